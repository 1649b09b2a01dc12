//! `cargo xtask bench`: figures beside a peer's in the same run, as ratios. One file per benchmark.

mod widget;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;

use crate::workspace::Workspace;

#[derive(Debug, Subcommand)]
pub(crate) enum Bench {
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
        Bench::Widget(options) => widget::run(workspace, options),
    }
}
