//! `cargo xtask bench`: figures beside a peer's in the same run, as ratios. One file per benchmark.

mod backend;
mod widget;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;

use crate::workspace::Workspace;

#[derive(Debug, Subcommand)]
pub(crate) enum Bench {
    /// The merchant backend while 10,000 pages wait, beside an empty handler (about 3 minutes)
    Backend(backend::Options),
    /// The widget's page beside Adyen's Drop-in and two hand-written pages, in one Chromium (about 10 minutes)
    Widget(widget::Options),
}

/// Where the figures go.
#[derive(Debug, clap::Args)]
pub(crate) struct Output {
    /// Writes the figures to this file instead of printing them
    #[arg(long)]
    json: Option<PathBuf>,
}

pub(crate) fn run(workspace: &Workspace, bench: &Bench) -> anyhow::Result<ExitCode> {
    match bench {
        Bench::Backend(options) => backend::run(workspace, options),
        Bench::Widget(options) => widget::run(workspace, options),
    }
}
