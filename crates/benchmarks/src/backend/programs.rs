//! One started program: it says on its first line where it answers, or is asked until it does.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, bail};
use serde_json::Value;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};
use tokio::time::Instant;

const START: Duration = Duration::from_secs(30);

/// Starts a program that prints `{"url"}`; it ends with the returned child.
pub(super) async fn announced(program: &Path, arguments: &[&str]) -> anyhow::Result<(Child, String)> {
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .with_context(|| format!("starting {}", program.display()))?;
    let out = child.stdout.take().context("the program's output")?;
    let line = BufReader::new(out).lines().next_line().await?;
    let said: Value = serde_json::from_str(&line.context("the program ended at once")?)?;
    let url = said["url"].as_str().context("the program did not say where it answers")?.to_owned();
    Ok((child, url))
}

/// Starts the backend and waits until it answers.
pub(super) async fn backend(program: &Path, config: &Path, origin: &str) -> anyhow::Result<Child> {
    let log = std::fs::File::create(config.with_file_name("backend.log"))?;
    let mut child = Command::new(program)
        .arg("serve")
        .arg("--config")
        .arg(config)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(log)
        .kill_on_drop(true)
        .spawn()
        .with_context(|| format!("starting {}", program.display()))?;
    let deadline = Instant::now() + START;
    while Instant::now() < deadline {
        if reqwest::get(format!("{origin}/readyz")).await.is_ok_and(|answer| answer.status().is_success()) {
            return Ok(child);
        }
        if let Some(status) = child.try_wait()? {
            let log = std::fs::read_to_string(config.with_file_name("backend.log")).unwrap_or_default();
            bail!("the backend ended at start ({status}): {log}");
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    bail!("the backend did not answer within {START:?}")
}

/// Resident memory of a process in bytes.
pub(super) fn memory(child: &Child) -> anyhow::Result<u64> {
    let id = child.id().context("the program has ended")?;
    let status = std::fs::read_to_string(format!("/proc/{id}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS")?;
    let kilobytes: u64 = line.trim().trim_end_matches(" kB").trim().parse()?;
    Ok(kilobytes * 1024)
}
