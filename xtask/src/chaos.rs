//! Purchases under faults and SIGKILL, held against the sandbox bank's books: `cargo xtask chaos`, and a slice of it
//! with a fixed seed in `cargo xtask test`.

use std::process::{Command, ExitCode, Stdio};

use anyhow::Context;
use clap::{Args, ValueEnum};

use crate::process::{cargo, command, run as run_to_end};
use crate::tools::postgres;
use crate::workspace::Workspace;

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Fixes what every buyer, shop and fault does
    #[arg(long, default_value_t = 1)]
    seed: u64,
    #[arg(long, default_value_t = 500)]
    purchases: usize,
    /// How often the backend gets SIGKILL
    #[arg(long, default_value_t = 50)]
    kills: usize,
    #[arg(long, value_enum, default_value_t = Store::Sqlite)]
    store: Store,
    /// One line of JSON, and nothing of the progress
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Store {
    Sqlite,
    Postgres,
}

impl Options {
    /// What the ordinary test run does: done within two minutes.
    pub(crate) fn slice(store: Store) -> Self {
        Self { seed: 20_261_122, purchases: 60, kills: 6, store, json: false }
    }
}

/// 0 only if nothing differs from the bank's books.
pub(crate) fn run(workspace: &Workspace, options: &Options) -> anyhow::Result<ExitCode> {
    match options.store {
        Store::Sqlite => {}
        Store::Postgres => postgres::install()?,
    }
    build(workspace)?;
    let mut chaos = program(workspace, options);
    if options.json {
        chaos.stderr(Stdio::null());
    }
    let status = chaos.stdout(Stdio::inherit()).status().context("the chaos run could not be started")?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

pub(crate) fn build(workspace: &Workspace) -> anyhow::Result<()> {
    let mut build = cargo();
    build.current_dir(&workspace.root).env("CARGO_TARGET_DIR", &workspace.target).args(["build", "--quiet"]);
    run_to_end(build.args(["-p", "chaos", "-p", "merchant-backend", "-p", "sandbox-bank"]), "cargo build")
}

/// The run as a command; its programs must be built.
pub(crate) fn program(workspace: &Workspace, options: &Options) -> Command {
    let programs = workspace.target.join("debug");
    let mut chaos = command(programs.join("chaos"));
    chaos
        // A run that ends with an error says which; where in its own code is nobody's question, and buries the answer.
        .env("RUST_BACKTRACE", "0")
        .args(["--seed", &options.seed.to_string(), "--purchases", &options.purchases.to_string()])
        .args(["--kills", &options.kills.to_string()])
        .arg("--backend")
        .arg(programs.join("merchant-backend"))
        .arg("--bank")
        .arg(programs.join("sandbox-bank"));
    chaos.args(match options.store {
        Store::Sqlite => ["--store", "sqlite"],
        Store::Postgres => ["--store", "postgres"],
    });
    chaos
}
