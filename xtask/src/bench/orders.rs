//! The list of orders on a ledger of a million: every filter's first page under 100 ms, 95 of 100 times.

use std::process::{ExitCode, Stdio};

use anyhow::Context;

use super::Output;
use crate::process::{cargo, command, run as run_to_end};
use crate::workspace::Workspace;

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    #[command(flatten)]
    output: Output,
    /// Orders in the ledger
    #[arg(long, default_value_t = 1_000_000)]
    orders: u64,
}

/// 0 only if every question stays under the limit.
pub(crate) fn run(workspace: &Workspace, options: &Options) -> anyhow::Result<ExitCode> {
    let mut build = cargo();
    build.current_dir(&workspace.root).env("CARGO_TARGET_DIR", &workspace.target).args([
        "build",
        "--release",
        "--quiet",
        "-p",
        "benchmarks",
        "--bin",
        "bench-orders",
    ]);
    eprintln!("bench orders: building for release (first time usually 6 minutes)");
    run_to_end(&mut build, "cargo build")?;
    let mut bench = command(workspace.target.join("release/bench-orders"));
    bench.args(["--orders", &options.orders.to_string()]);
    if let Some(path) = &options.output.json {
        bench.arg("--json").arg(path);
    }
    let status = bench.stdout(Stdio::inherit()).status().context("the benchmark could not be started")?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
