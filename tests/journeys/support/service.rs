//! One of our programs as a child process: started, watched until it answers, killed without warning on demand,
//! always killed at the end. What it says goes to a log file.

use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, bail, ensure};

use super::eventually;

/// A child process with a log, killed when dropped.
#[derive(Debug)]
pub(crate) struct Service {
    name: &'static str,
    arguments: Vec<String>,
    log: PathBuf,
    child: Child,
}

impl Service {
    /// Starts `name` from the folder that also holds this test's binary; returns once `ready` answers 2xx.
    pub(crate) async fn start(
        name: &'static str,
        arguments: Vec<String>,
        folder: &Path,
        ready: &str,
    ) -> anyhow::Result<Self> {
        let log = folder.join(format!("{name}.log"));
        let child = spawn(name, &arguments, &log)?;
        let mut service = Self { name, arguments, log, child };
        service.wait_until_ready(ready).await?;
        Ok(service)
    }

    /// SIGKILL: no farewell, no flush.
    pub(crate) fn kill(&mut self) -> anyhow::Result<()> {
        self.child.kill().with_context(|| format!("killing {}", self.name))?;
        self.child.wait().with_context(|| format!("waiting for {}", self.name))?;
        Ok(())
    }

    /// Starts it again after `kill`, with the same arguments and the same files.
    pub(crate) async fn start_again(&mut self, ready: &str) -> anyhow::Result<()> {
        self.child = spawn(self.name, &self.arguments, &self.log)?;
        self.wait_until_ready(ready).await
    }

    async fn wait_until_ready(&mut self, ready: &str) -> anyhow::Result<()> {
        let (name, log) = (self.name, self.log.clone());
        let child = &mut self.child;
        let ended = eventually(&format!("{name} answers at {ready}"), async || {
            if let Some(status) = child.try_wait()? {
                return Ok(Some(Some(status)));
            }
            let answer = reqwest::get(ready).await?;
            ensure!(answer.status().is_success(), "{ready} answers {}", answer.status());
            Ok(Some(None))
        })
        .await;
        match ended {
            Ok(None) => Ok(()),
            Ok(Some(status)) => bail!("{name} ended with {status}: {}", last_words(&log)),
            Err(error) => Err(error.context(last_words(&log))),
        }
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn spawn(name: &str, arguments: &[String], log: &Path) -> anyhow::Result<Child> {
    let program = program(name)?;
    let log = || -> anyhow::Result<File> { Ok(OpenOptions::new().create(true).append(true).open(log)?) };
    Command::new(&program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(log()?)
        .stderr(log()?)
        .spawn()
        .with_context(|| format!("starting {}", program.display()))
}

/// Our programs lie beside the folder of test binaries.
pub(super) fn program(name: &str) -> anyhow::Result<PathBuf> {
    let here = std::env::current_exe()?;
    let folder = here.parent().and_then(Path::parent).context("the target folder")?;
    let program = folder.join(name);
    ensure!(
        program.exists(),
        "{} is not built: run `cargo xtask test`, or `cargo build --bins -p {name}` first",
        program.display()
    );
    Ok(program)
}

fn last_words(log: &Path) -> String {
    let text = std::fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(12)..].join("\n")
}
