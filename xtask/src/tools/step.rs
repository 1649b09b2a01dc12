//! One long step: its output goes to a log, a line every ten seconds says how far it is.

use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};

use crate::process::tail;

const LOOK: Duration = Duration::from_millis(200);
const SPEAK: Duration = Duration::from_secs(10);

/// What a person is told while a step runs and when it fails.
#[derive(Debug)]
pub(crate) struct Step<'a> {
    /// What is being done, as in "building trunk 0.21.14".
    pub(crate) doing: &'a str,
    /// How long it usually takes, as in "3 minutes".
    pub(crate) usually: &'a str,
    /// How many lines beginning with this word mean the end is reached, roughly.
    pub(crate) progress: Option<(&'a str, usize)>,
    /// What the person can do when it fails.
    pub(crate) remedy: &'a str,
}

impl Step<'_> {
    /// Runs the command to its end, telling how far it is.
    pub(crate) fn run(&self, command: &mut Command, log: &Path) -> anyhow::Result<()> {
        eprintln!("tools: {} (usually {})", self.doing, self.usually);
        if let Some(folder) = log.parent() {
            std::fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
        }
        let output = File::create(log).with_context(|| format!("making {}", log.display()))?;
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::from(output.try_clone()?))
            .stderr(Stdio::from(output))
            .spawn()
            .with_context(|| format!("{}: could not be started. {}", self.doing, self.remedy))?;
        let begun = Instant::now();
        let mut spoken = Instant::now();
        let status = loop {
            if let Some(status) = child.try_wait()? {
                break status;
            }
            if spoken.elapsed() >= SPEAK {
                spoken = Instant::now();
                eprintln!("tools:   {}", self.so_far(log, begun.elapsed()));
            }
            std::thread::sleep(LOOK);
        };
        if !status.success() {
            bail!(
                "{} failed ({status}). The end of {}:\n{}\n{}",
                self.doing,
                log.display(),
                tail(log, 15),
                self.remedy
            );
        }
        eprintln!("tools:   done in {} s", begun.elapsed().as_secs());
        Ok(())
    }

    fn so_far(&self, log: &Path, elapsed: Duration) -> String {
        let seconds = elapsed.as_secs();
        match self.progress {
            Some((word, total)) => {
                let text = std::fs::read(log).unwrap_or_default();
                let done = count_lines(&String::from_utf8_lossy(&text), word);
                format!("{done} of about {} steps, {seconds} s so far", total.max(done))
            }
            None => format!("{seconds} s so far"),
        }
    }
}

fn count_lines(text: &str, word: &str) -> usize {
    text.lines().filter(|line| line.trim_start().starts_with(word)).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::process::command;

    #[test]
    fn a_failed_step_quotes_its_log_and_says_what_to_do() {
        let folder = tempfile::tempdir().expect("folder");
        let step = Step { doing: "building x", usually: "1 s", progress: None, remedy: "Plug it in." };
        let mut broken = command("sh");
        broken.args(["-c", "echo no socket; exit 1"]);
        let error = step.run(&mut broken, &folder.path().join("logs/x.log")).unwrap_err().to_string();
        assert!(error.contains("no socket") && error.contains("Plug it in."), "{error}");
    }

    #[test]
    fn progress_counts_cargos_lines() {
        assert_eq!(count_lines("   Compiling a v1\n  Downloaded b\n   Compiling c v2\n", "Compiling"), 2);
    }
}
