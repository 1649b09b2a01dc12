//! Running the steps one after another: timing, logs, the table at the end.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use anyhow::Context;

use super::counts::Counts;
use super::reasons;
use crate::process::{tail, text_of};

/// How much of a failed step's log is shown.
const SHOWN: usize = 40;

/// How a step's program is counted.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Counting {
    /// As one.
    Once,
    /// By the tests it reports.
    TestResults,
}

/// What was run and how it went. Steps may run at the same time: the table then has them in the order they ended.
#[derive(Debug)]
pub(crate) struct Report {
    /// The command whose steps these are.
    title: &'static str,
    logs: PathBuf,
    rows: Mutex<Vec<Row>>,
}

#[derive(Debug)]
struct Row {
    name: &'static str,
    counts: Counts,
    took: Duration,
    /// What a failed step said last.
    complaint: Option<String>,
}

impl Report {
    pub(crate) fn new(title: &'static str, logs: PathBuf) -> anyhow::Result<Self> {
        std::fs::create_dir_all(&logs).with_context(|| format!("making {}", logs.display()))?;
        Ok(Self { title, logs, rows: Mutex::default() })
    }

    /// Where a step's output is.
    pub(crate) fn log(&self, name: &str) -> PathBuf {
        self.logs.join(format!("{name}.log"))
    }

    /// A step done by ourselves; counts as one. Returns whether it went well.
    pub(crate) fn step(&self, name: &'static str, work: impl FnOnce() -> anyhow::Result<()>) -> bool {
        eprintln!("{}: {name}", self.title);
        let begun = Instant::now();
        let (counts, complaint) = match work() {
            Ok(()) => (Counts::PASSED, None),
            Err(error) => (Counts::FAILED, Some(format!("{error:#}"))),
        };
        self.record(Row { name, counts, took: begun.elapsed(), complaint })
    }

    /// A step done by ourselves that counts what it found and writes a log.
    pub(crate) fn counted(
        &self,
        name: &'static str,
        work: impl FnOnce(&Path) -> anyhow::Result<Counts>,
    ) -> bool {
        eprintln!("{}: {name}", self.title);
        let begun = Instant::now();
        let log = self.log(name);
        let (counts, complaint) = match work(&log) {
            Ok(counts) if counts.failed == 0 => (counts, None),
            Ok(counts) => (counts, Some(complaint_of(&log))),
            Err(error) => (Counts::FAILED, Some(format!("{error:#}"))),
        };
        self.record(Row { name, counts, took: begun.elapsed(), complaint })
    }

    /// A step done by a program. Returns whether it went well.
    pub(crate) fn command(&self, name: &'static str, counting: Counting, command: &mut Command) -> bool {
        eprintln!("{}: {name}", self.title);
        let begun = Instant::now();
        let log = self.log(name);
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
            Counting::TestResults => Counts::from_output(&text_of(&log)).with_status(success),
        };
        let complaint = (!success).then(|| complaint_of(&log));
        self.record(Row { name, counts, took: begun.elapsed(), complaint })
    }

    fn record(&self, row: Row) -> bool {
        if let Some(complaint) = &row.complaint {
            eprintln!("{complaint}");
        }
        eprintln!("{}: {}: {} in {} s", self.title, row.name, row.counts, row.took.as_secs());
        let well = row.counts.failed == 0;
        self.rows().push(row);
        well
    }

    fn rows(&self) -> MutexGuard<'_, Vec<Row>> {
        self.rows.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Prints what failed once more, where a reader of a long output looks first, then the table and the last line.
    pub(crate) fn finish(&self, took: Duration) -> ExitCode {
        let mut sum = Counts::default();
        let rows = self.rows();
        for row in rows.iter() {
            if let Some(complaint) = &row.complaint {
                println!("\n{}: {} FAILED:\n{complaint}", self.title, row.name);
            }
        }
        println!();
        for row in rows.iter() {
            sum.add(row.counts);
            let mark = if row.counts.failed == 0 { "ok" } else { "FAILED" };
            println!("{:<14} {:>5} s  {:<22} {mark}", row.name, row.took.as_secs(), row.counts.to_string());
        }
        println!("{:<14} {:>5} s", "together", took.as_secs());
        println!("{sum}");
        sum.exit_code()
    }
}

/// What the log says of its failure: each test's reason, then the end.
fn complaint_of(log: &Path) -> String {
    let mut said = reasons::of(&text_of(log));
    said.push(tail(log, SHOWN));
    said.push(format!("(the whole log: {})", log.display()));
    said.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::process::command;

    #[test]
    fn a_failing_step_is_counted_and_the_next_one_still_runs() {
        let folder = tempfile::tempdir().expect("folder");
        let report = Report::new("test", folder.path().join("logs")).expect("report");
        assert!(!report.command("broken", Counting::Once, &mut command("false")));
        let mut tests = command("echo");
        tests.arg("test result: ok. 4 passed; 0 failed; 0 ignored");
        assert!(report.command("tests", Counting::TestResults, &mut tests));
        let counts: Vec<Counts> = report.rows().iter().map(|row| row.counts).collect();
        assert_eq!(counts, [Counts::FAILED, Counts { passed: 4, failed: 0 }]);
    }
}
