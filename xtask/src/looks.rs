//! `cargo xtask looks`: how every screen of the widget looks and sounds, against what is kept in the repository; and the
//! pictures of the console.

use std::process::ExitCode;

use clap::Args;

use crate::dist::{self, Build};
use crate::process::cargo;
use crate::tools::{self, Needs};
use crate::workspace::Workspace;

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Takes what is there now for what should be: look at the pictures before you commit them
    #[arg(long)]
    accept: bool,
    /// Instead: axe on every screen in every language, light and dark, in both engines (about 20 minutes)
    #[arg(long, conflicts_with = "accept")]
    everywhere: bool,
    /// Instead: makes the pictures of the console's pages for the documentation anew: look at them before you commit them
    #[arg(long, conflicts_with_all = ["accept", "everywhere"])]
    console: bool,
}

pub(crate) fn run(workspace: &Workspace, options: &Options) -> anyhow::Result<ExitCode> {
    let toolbox = tools::install(workspace, Needs::Everything)?;
    dist::build(workspace, &toolbox, Build::Small)?;
    let mut tests = cargo();
    tests.current_dir(&workspace.root).env("CARGO_TARGET_DIR", &workspace.target);
    tests.args(["test", "--workspace", "--test", "journeys", "--"]);
    toolbox.tell(&mut tests);
    if options.console {
        tests.args(["--ignored", "console_pages::pictures"]);
    } else if options.everywhere {
        tests.args(["--ignored", "axe_finds_nothing"]);
    } else {
        tests.arg("phases::looks::every_screen");
    }
    if options.accept {
        tests.env("ALLIANCEPAY_ACCEPT", "1");
    }
    Ok(if tests.status()?.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
