//! The driver process: started on a free port, stopped with every browser it opened.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use fantoccini::ClientBuilder;
use hyper_util::client::legacy::connect::HttpConnector;
use rustix::process::{Pid, Signal, kill_process};

use crate::{Page, Profile};

/// How long a driver may take to close its browsers after it was asked to.
const GRACE: Duration = Duration::from_secs(5);

/// A running WebDriver for Chromium. Dropping it closes every browser it still has.
#[derive(Debug)]
pub struct Chromium {
    driver: Child,
    address: String,
}

impl Chromium {
    /// Starts the driver named by `CHROMEDRIVER`, or the one on `PATH`, on a port of its own choice.
    pub fn start() -> anyhow::Result<Self> {
        let program = std::env::var("CHROMEDRIVER").unwrap_or_else(|_| "chromedriver".to_owned());
        let mut driver = Command::new(&program)
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("starting {program}; `cargo xtask tools --test` installs it"))?;
        let answer = driver.stdout.take().context("chromedriver's output")?;
        let Some(port) = announced_port(BufReader::new(answer)) else {
            let _ = driver.kill();
            let _ = driver.wait();
            bail!("{program} ended without saying which port it listens on");
        };
        Ok(Self { driver, address: format!("http://127.0.0.1:{port}") })
    }

    /// Opens a fresh browser: no cookies, no storage, no cache.
    pub async fn open(&self, profile: &Profile) -> anyhow::Result<Page> {
        let folder = tempfile::Builder::new().prefix("buyer-").tempdir()?;
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(profile.capabilities(folder.path()))
            .connect(&self.address)
            .await
            .context("opening Chromium through chromedriver")?;
        Ok(Page::new(client, folder))
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        // SIGTERM, not SIGKILL: the driver then closes its browsers instead of leaving them behind.
        let _ = kill_process(Pid::from_child(&self.driver), Signal::TERM);
        let deadline = Instant::now() + GRACE;
        while Instant::now() < deadline {
            if !matches!(self.driver.try_wait(), Ok(None)) {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// Reads the driver's output up to the line naming its port; the rest is read and dropped in the background,
/// so that the driver never blocks on a full pipe.
fn announced_port(mut output: impl BufRead + Send + 'static) -> Option<u16> {
    let mut line = String::new();
    loop {
        line.clear();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if let Some(port) = port_in(&line) {
            std::thread::spawn(move || std::io::copy(&mut output, &mut std::io::sink()));
            return Some(port);
        }
    }
}

fn port_in(line: &str) -> Option<u16> {
    let (_, rest) = line.split_once("started successfully on port ")?;
    rest.trim_end().trim_end_matches('.').parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_is_read_from_the_drivers_own_announcement() {
        assert_eq!(port_in("ChromeDriver was started successfully on port 41231.\n"), Some(41231));
        assert_eq!(port_in("Only local connections are allowed.\n"), None);
    }
}
