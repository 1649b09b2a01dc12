//! `cargo xtask soak`: the runs that take too long for `test`, one after another. One more is one more of [`RUNS`].

use std::process::{ExitCode, Stdio};
use std::time::Instant;

use anyhow::{Context, bail};
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser};

use crate::process::cargo;
use crate::suite::step::Report;
use crate::workspace::Workspace;

/// Something that runs long.
struct LongRun {
    name: &'static str,
    about: &'static str,
    steps: &'static [(&'static str, Step)],
}

/// What is run, and with which arguments.
#[derive(Debug, Clone, Copy)]
enum Step {
    /// A command of `cargo xtask`.
    Xtask(&'static [&'static str]),
    /// A command of cargo's.
    Cargo(&'static [&'static str]),
}

/// In the order they run.
const RUNS: [LongRun; 6] = [
    LongRun {
        name: "chaos",
        about: "500 purchases and 50 kills on each store, held against the bank's books (about 12 minutes)",
        steps: &[
            ("chaos-sqlite", Step::Xtask(&["chaos", "--purchases", "500", "--kills", "50"])),
            (
                "chaos-postgres",
                Step::Xtask(&["chaos", "--purchases", "500", "--kills", "50", "--store", "postgres"]),
            ),
        ],
    },
    LongRun {
        name: "model",
        about: "the session protocol explored further than in `test` (an hour at most)",
        steps: &[(
            "model",
            Step::Cargo(&["run", "--release", "--quiet", "-p", "protocol-model", "--example", "soak"]),
        )],
    },
    LongRun {
        name: "load",
        about: "the backend while 10,000 pages wait (about 3 minutes)",
        steps: &[("load", Step::Xtask(&["bench", "backend"]))],
    },
    LongRun {
        name: "orders",
        about: "the list of orders on a ledger of a million (about 10 minutes)",
        steps: &[("orders", Step::Xtask(&["bench", "orders"]))],
    },
    LongRun {
        name: "widget",
        about: "the widget's page beside its peers (about 10 minutes)",
        steps: &[("widget", Step::Xtask(&["bench", "widget"]))],
    },
    LongRun {
        name: "accessibility",
        about: "axe on every screen of the widget in every language, light and dark, in both engines (about 20 minutes)",
        steps: &[("accessibility", Step::Xtask(&["looks", "--everywhere"]))],
    },
];

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Only this run; without it all of them, one after another
    #[arg(value_parser = names())]
    name: Option<String>,
}

/// Runs what is asked for; a run that fails does not stop the next. 0 only if all went well.
pub(crate) fn run(workspace: &Workspace, options: &Options) -> anyhow::Result<ExitCode> {
    let begun = Instant::now();
    let report = Report::new("soak", workspace.target.join("soak-logs"))?;
    for (name, step) in chosen(options.name.as_deref()) {
        report.step(name, || step.run(workspace));
    }
    Ok(report.finish(begun.elapsed()))
}

impl Step {
    /// What it prints is shown at once: these runs are long, and their figures are answers.
    fn run(self, workspace: &Workspace) -> anyhow::Result<()> {
        match self {
            Self::Xtask(arguments) => match crate::run(&crate::parsed(arguments)?)? {
                ExitCode::SUCCESS => Ok(()),
                _ => bail!("`cargo xtask {}` did not hold: see above", arguments.join(" ")),
            },
            Self::Cargo(arguments) => {
                let mut cargo = cargo();
                cargo
                    .current_dir(&workspace.root)
                    .env("CARGO_TARGET_DIR", &workspace.target)
                    .args(arguments)
                    .stdout(Stdio::inherit());
                let status = cargo.status().context("cargo could not be started")?;
                if status.success() {
                    Ok(())
                } else {
                    bail!("`cargo {}` did not hold ({status}): see above", arguments.join(" "))
                }
            }
        }
    }
}

fn names() -> PossibleValuesParser {
    PossibleValuesParser::new(RUNS.map(|run| PossibleValue::new(run.name).help(run.about)))
}

fn chosen(name: Option<&str>) -> impl Iterator<Item = (&'static str, Step)> {
    let runs = RUNS.into_iter().filter(move |run| name.is_none_or(|name| name == run.name));
    runs.flat_map(|run| run.steps.iter().copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_chooses_its_run_and_no_name_all_of_them() {
        let steps = |name| chosen(name).map(|(step, _)| step).collect::<Vec<_>>();
        assert_eq!(steps(Some("chaos")), ["chaos-sqlite", "chaos-postgres"]);
        assert_eq!(steps(Some("load")), ["load"]);
        assert_eq!(steps(None).len(), RUNS.iter().map(|run| run.steps.len()).sum::<usize>());
    }

    #[test]
    fn every_command_of_ours_that_is_named_is_one() {
        for (name, step) in chosen(None) {
            match step {
                Step::Xtask(arguments) => {
                    assert!(crate::parsed(arguments).is_ok(), "{name}");
                }
                Step::Cargo(arguments) => assert!(["run", "test"].contains(&arguments[0]), "{name}"),
            }
        }
    }
}
