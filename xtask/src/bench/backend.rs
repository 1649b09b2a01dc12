//! The merchant backend under load, beside an empty handler: programs built for release, client and server apart.

use std::process::{ExitCode, Stdio};

use anyhow::Context;

use super::Output;
use crate::process::{cargo, command, run as run_to_end};
use crate::workspace::Workspace;

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    #[command(flatten)]
    output: Output,
    /// Pages that wait
    #[arg(long, default_value_t = 10_000)]
    waiters: usize,
}

/// 0 only if what is required holds.
pub(crate) fn run(workspace: &Workspace, options: &Options) -> anyhow::Result<ExitCode> {
    let mut build = cargo();
    build
        .current_dir(&workspace.root)
        .env("CARGO_TARGET_DIR", &workspace.target)
        .args(["build", "--release"]);
    build.args(["--quiet", "-p", "benchmarks", "-p", "merchant-backend", "-p", "sandbox-bank"]);
    eprintln!("bench backend: building for release (first time usually 6 minutes)");
    run_to_end(&mut build, "cargo build")?;
    let programs = workspace.target.join("release");
    let mut bench = command(programs.join("bench-backend"));
    for (flag, program) in
        [("--backend", "merchant-backend"), ("--bank", "sandbox-bank"), ("--empty", "bench-empty")]
    {
        bench.arg(flag).arg(programs.join(program));
    }
    bench.args(["--waiters", &options.waiters.to_string()]);
    if let Some(path) = &options.output.json {
        bench.arg("--json").arg(path);
    }
    let status = bench.stdout(Stdio::inherit()).status().context("the benchmark could not be started")?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
