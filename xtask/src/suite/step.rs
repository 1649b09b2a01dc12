//! Running the steps one after another: timing, logs, the table at the end.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use anyhow::Context;

use super::counts::Counts;
use crate::process::tail;

/// How much of a failed step's log is shown.
const SHOWN: usize = 60;

/// How a step's program is counted.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Counting {
    /// As one.
    Once,
    /// By the tests it reports.
    TestResults,
}

/// What was run and how it went.
#[derive(Debug)]
pub(crate) struct Report {
    /// The command whose steps these are.
    title: &'static str,
    logs: PathBuf,
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    name: &'static str,
    counts: Counts,
    took: Duration,
}

impl Report {
    pub(crate) fn new(title: &'static str, logs: PathBuf) -> anyhow::Result<Self> {
        std::fs::create_dir_all(&logs).with_context(|| format!("making {}", logs.display()))?;
        Ok(Self { title, logs, rows: Vec::new() })
    }

    /// A step done by ourselves; counts as one. Returns whether it went well.
    pub(crate) fn step(&mut self, name: &'static str, work: impl FnOnce() -> anyhow::Result<()>) -> bool {
        eprintln!("{}: {name}", self.title);
        let begun = Instant::now();
        let counts = match work() {
            Ok(()) => Counts::PASSED,
            Err(error) => {
                eprintln!("{error:#}");
                Counts::FAILED
            }
        };
        self.record(name, counts, begun.elapsed())
    }

    /// A step done by ourselves that counts what it found and writes a log.
    pub(crate) fn counted(
        &mut self,
        name: &'static str,
        work: impl FnOnce(&Path) -> anyhow::Result<Counts>,
    ) -> bool {
        eprintln!("{}: {name}", self.title);
        let begun = Instant::now();
        let counts = work(&self.logs.join(format!("{name}.log"))).unwrap_or_else(|error| {
            eprintln!("{error:#}");
            Counts::FAILED
        });
        self.record(name, counts, begun.elapsed())
    }

    /// A step done by a program. Returns whether it went well.
    pub(crate) fn command(&mut self, name: &'static str, counting: Counting, command: &mut Command) -> bool {
        eprintln!("{}: {name}", self.title);
        let begun = Instant::now();
        let log = self.logs.join(format!("{name}.log"));
        let ran = File::create(&log).and_then(|output| {
            command.stdin(Stdio::null()).stdout(output.try_clone()?).stderr(output).status()
        });
        let success = match ran {
            Ok(status) => status.success(),
            Err(error) => {
                eprintln!("{name} could not be run: {error}");
                false
            }
        };
        let counts = match counting {
            Counting::Once if success => Counts::PASSED,
            Counting::Once => Counts::FAILED,
            Counting::TestResults => {
                let output = std::fs::read(&log).unwrap_or_default();
                Counts::from_output(&String::from_utf8_lossy(&output)).with_status(success)
            }
        };
        if !success {
            eprintln!("{}\n(the whole log: {})", tail(&log, SHOWN), log.display());
        }
        self.record(name, counts, begun.elapsed())
    }

    fn record(&mut self, name: &'static str, counts: Counts, took: Duration) -> bool {
        eprintln!("{}: {name}: {counts} in {} s", self.title, took.as_secs());
        self.rows.push(Row { name, counts, took });
        counts.failed == 0
    }

    /// Prints the table and the last line.
    pub(crate) fn finish(&self, took: Duration) -> ExitCode {
        let mut sum = Counts::default();
        println!();
        for row in &self.rows {
            sum.add(row.counts);
            let mark = if row.counts.failed == 0 { "ok" } else { "FAILED" };
            println!("{:<14} {:>5} s  {:<22} {mark}", row.name, row.took.as_secs(), row.counts.to_string());
        }
        println!("{:<14} {:>5} s", "together", took.as_secs());
        println!("{sum}");
        sum.exit_code()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::process::command;

    #[test]
    fn a_failing_step_is_counted_and_the_next_one_still_runs() {
        let folder = tempfile::tempdir().expect("folder");
        let mut report = Report::new("test", folder.path().join("logs")).expect("report");
        assert!(!report.command("broken", Counting::Once, &mut command("false")));
        let mut tests = command("echo");
        tests.arg("test result: ok. 4 passed; 0 failed; 0 ignored");
        assert!(report.command("tests", Counting::TestResults, &mut tests));
        let counts: Vec<Counts> = report.rows.iter().map(|row| row.counts).collect();
        assert_eq!(counts, [Counts::FAILED, Counts { passed: 4, failed: 0 }]);
    }
}
