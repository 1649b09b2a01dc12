//! The programs of a run: the bank lives through it, the backend is killed and started again.

use std::fs::OpenOptions;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, bail};
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};
use tokio::time::Instant;

use crate::settings::Settings;

const START: Duration = Duration::from_secs(20);
/// The bank waits this much less than the real one.
const TIMES_FASTER: &str = "5";

/// The sandbox bank; it ends with this value.
#[derive(Debug)]
pub(crate) struct SandboxBank {
    _child: Child,
    url: String,
}

impl SandboxBank {
    pub(crate) async fn start(program: &Path, folder: &Path) -> anyhow::Result<Self> {
        let mut child = Command::new(program)
            .args(["--listen", "127.0.0.1:0", "--time-scale", TIMES_FASTER])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log(folder, "bank.log")?)
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("starting {}", program.display()))?;
        let out = child.stdout.take().context("the bank's output")?;
        let line = BufReader::new(out).lines().next_line().await?.context("the bank ended at once")?;
        let said: serde_json::Value = serde_json::from_str(&line).context("the bank's first line")?;
        let url = said["url"].as_str().context("the bank did not say where it answers")?.to_owned();
        Ok(Self { _child: child, url })
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

/// One life of the backend.
#[derive(Debug)]
pub(crate) struct Backend {
    child: Child,
}

impl Backend {
    /// Starts it and waits until it answers.
    pub(crate) async fn start(program: &Path, settings: &Settings, folder: &Path) -> anyhow::Result<Self> {
        let mut child = Command::new(program)
            .arg("serve")
            .arg("--config")
            .arg(&settings.file)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log(folder, "backend.log")?)
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("starting {}", program.display()))?;
        let deadline = Instant::now() + START;
        let ready = format!("{}/readyz", settings.backend);
        while Instant::now() < deadline {
            if reqwest::get(&ready).await.is_ok_and(|answer| answer.status().is_success()) {
                return Ok(Self { child });
            }
            if let Some(status) = child.try_wait()? {
                bail!("the backend ended at start ({status}); see backend.log in {}", folder.display());
            }
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
        bail!("the backend did not answer within {START:?}")
    }

    /// SIGKILL: nothing is written any more, nothing is said goodbye to.
    pub(crate) async fn kill(mut self) -> anyhow::Result<()> {
        self.child.kill().await.context("killing the backend")
    }
}

fn log(folder: &Path, name: &str) -> anyhow::Result<Stdio> {
    Ok(OpenOptions::new().create(true).append(true).open(folder.join(name))?.into())
}
