//! The driver's process: started on a free port, ended with every browser it opened.

use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use rustix::process::{Pid, Signal, kill_process_group};

use crate::Engine;

/// How long a driver may take to close its browsers after it was asked to.
const GRACE: Duration = Duration::from_secs(5);
/// What the drivers say before the number of their port.
const ANNOUNCEMENTS: [&str; 2] = ["started successfully on port ", "Listening on 127.0.0.1:"];

#[derive(Debug)]
pub(crate) struct Process {
    child: Child,
    address: String,
}

impl Process {
    pub(crate) fn start(engine: Engine, arguments: &[impl AsRef<std::ffi::OsStr>]) -> anyhow::Result<Self> {
        let (variable, usual) = engine.driver();
        let program = std::env::var(variable).unwrap_or_else(|_| usual.to_owned());
        let mut child = Command::new(&program)
            .args(arguments)
            // A group of its own: Firefox outlives a driver that is asked to end, and is ended with the group.
            .process_group(0)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("starting {program}; `cargo xtask tools --test` installs it"))?;
        let output = child.stdout.take().context("the driver's output")?;
        let Some(port) = announced_port(BufReader::new(output)) else {
            let _ = child.kill();
            let _ = child.wait();
            bail!("{program} ended without saying which port it listens on");
        };
        Ok(Self { child, address: format!("http://127.0.0.1:{port}") })
    }

    pub(crate) fn address(&self) -> &str {
        &self.address
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let group = Pid::from_child(&self.child);
        // SIGTERM, not SIGKILL: browsers then remove what they left in the system's temporary folder.
        let _ = kill_process_group(group, Signal::TERM);
        let deadline = Instant::now() + GRACE;
        while Instant::now() < deadline {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        let _ = kill_process_group(group, Signal::KILL);
        let _ = self.child.wait();
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
    let (_, rest) = ANNOUNCEMENTS.iter().find_map(|words| line.split_once(words))?;
    rest.trim_end().trim_end_matches('.').parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_is_read_from_the_drivers_own_announcement() {
        assert_eq!(port_in("ChromeDriver was started successfully on port 41231.\n"), Some(41231));
        assert_eq!(port_in("1764\tgeckodriver\tINFO\tListening on 127.0.0.1:41232\n"), Some(41232));
        assert_eq!(port_in("Only local connections are allowed.\n"), None);
    }
}
