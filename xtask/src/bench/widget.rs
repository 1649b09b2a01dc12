//! Builds the widget and its peers, then has them measured side by side.

use std::path::{Path, PathBuf};
use std::process::{ExitCode, Stdio};

use anyhow::Context;

use super::Output;
use crate::assemble::compress;
use crate::dist::{self, Build};
use crate::files::remove_folder;
use crate::process::{cargo, command, run as run_to_end};
use crate::tools::{self, Needs, from_npm};
use crate::workspace::Workspace;

const PEERS: [&str; 3] = ["adyen", "preact", "plain"];

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    #[command(flatten)]
    output: Output,
    /// How often each page is loaded under each condition
    #[arg(long, default_value_t = 15)]
    runs: usize,
    /// Draws the figures into this file, as SVG
    #[arg(long)]
    picture: Option<PathBuf>,
}

/// 0 only if everything required holds.
pub(crate) fn run(workspace: &Workspace, options: &Options) -> anyhow::Result<ExitCode> {
    let toolbox = tools::install(workspace, Needs::Browser)?;
    let widget = dist::build(workspace, &toolbox, Build::Small)?;
    let peers = build_peers(workspace)?;
    let mut build = cargo();
    build.current_dir(&workspace.root).env("CARGO_TARGET_DIR", &workspace.target);
    run_to_end(build.args(["build", "--quiet", "-p", "benchmarks"]), "cargo build")?;

    let mut bench = command(workspace.target.join("debug/bench-widget"));
    bench.arg("--widget").arg(widget).arg("--peers").arg(peers).args(["--runs", &options.runs.to_string()]);
    for (flag, path) in [("--json", &options.output.json), ("--picture", &options.picture)] {
        if let Some(path) = path {
            bench.arg(flag).arg(path);
        }
    }
    if let Some(browsers) = &toolbox.browsers {
        browsers.tell(&mut bench);
    }
    let status = bench.stdout(Stdio::inherit()).status().context("the benchmark could not be started")?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Bundled as a shop would: minified, with brotli beside each file.
fn build_peers(workspace: &Workspace) -> anyhow::Result<PathBuf> {
    let source = workspace.root.join("crates/benchmarks/peers");
    let npm = from_npm::install(&workspace.tools(), &source, "the benchmark's peers")?;
    let out = workspace.target.join("peers");
    remove_folder(&out)?;
    std::fs::create_dir_all(&out).with_context(|| format!("making {}", out.display()))?;
    for peer in PEERS {
        bundle(npm.folder(), &source.join(format!("{peer}.js")), &out)?;
    }
    compress::beside(&workspace.root, &out)?;
    Ok(out)
}

fn bundle(npm: &Path, entry: &Path, out: &Path) -> anyhow::Result<()> {
    let mut esbuild = command(npm.join("node_modules/.bin/esbuild"));
    esbuild
        .arg(entry)
        .args(["--bundle", "--minify", "--target=es2022", "--format=esm", "--log-level=error"])
        .arg("--define:process.env.NODE_ENV=\"production\"")
        .arg(format!("--outdir={}", out.display()))
        // The sources are in the repository, what they import is in the cache.
        .env("NODE_PATH", npm.join("node_modules"));
    run_to_end(&mut esbuild, "esbuild")
}
