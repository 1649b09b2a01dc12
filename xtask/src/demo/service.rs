//! One running program: its log, whether it answers, its end.

use std::fs::File;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use rustix::process::{Pid, Signal, kill_process_group};

use super::probe;
use crate::process::{command, tail};

const PATIENCE: Duration = Duration::from_mins(1);
const BETWEEN_LOOKS: Duration = Duration::from_millis(50);
/// How long a program may take to finish what it does.
const GRACE: Duration = Duration::from_secs(3);

/// A program of the demo. Dropping it ends it.
#[derive(Debug)]
pub(crate) struct Service {
    name: &'static str,
    child: Child,
    log: PathBuf,
}

impl Service {
    pub(crate) fn command(program: &Path) -> Command {
        command(program)
    }

    pub(crate) fn start(name: &'static str, mut command: Command, log: &Path) -> anyhow::Result<Self> {
        let output = File::create(log).with_context(|| format!("making {}", log.display()))?;
        let child = command
            .stdin(Stdio::null())
            .stdout(output.try_clone()?)
            .stderr(output)
            // A group of its own: the terminal's Ctrl-C reaches us only, and we end the programs in order.
            .process_group(0)
            .spawn()
            .with_context(|| format!("the {name} could not be started"))?;
        Ok(Self { name, child, log: log.to_path_buf() })
    }

    /// Waits until the address answers; `false` when told to stop before.
    pub(crate) fn wait_for(&mut self, url: &str, mut stop: impl FnMut() -> bool) -> anyhow::Result<bool> {
        let deadline = Instant::now() + PATIENCE;
        while !probe::answers(url)? {
            if stop() {
                return Ok(false);
            }
            if let Some(ending) = self.ended()? {
                bail!("{ending}");
            }
            if Instant::now() > deadline {
                bail!("the {} does not answer at {url}. Its log ends:\n{}", self.name, tail(&self.log, 20));
            }
            std::thread::sleep(BETWEEN_LOOKS);
        }
        Ok(true)
    }

    /// What to say if it has ended by itself.
    pub(crate) fn ended(&mut self) -> anyhow::Result<Option<String>> {
        Ok(self.child.try_wait()?.map(|status| {
            format!("the {} ended by itself ({status}). Its log ends:\n{}", self.name, tail(&self.log, 20))
        }))
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let group = Pid::from_child(&self.child);
        let _ = kill_process_group(group, Signal::TERM);
        let deadline = Instant::now() + GRACE;
        while matches!(self.child.try_wait(), Ok(None)) && Instant::now() < deadline {
            std::thread::sleep(BETWEEN_LOOKS);
        }
        let _ = kill_process_group(group, Signal::KILL);
        let _ = self.child.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_ends_by_itself_is_reported_with_its_last_words() {
        let folder = tempfile::tempdir().expect("folder");
        let mut broken = command("sh");
        broken.args(["-c", "echo no key file; exit 4"]);
        let mut service = Service::start("shop", broken, &folder.path().join("shop.log")).expect("started");
        let error = service.wait_for("http://127.0.0.1:1/", || false).unwrap_err().to_string();
        assert!(error.contains("shop") && error.contains("no key file"), "{error}");
    }

    #[test]
    fn dropping_ends_the_program_and_what_it_started() {
        let folder = tempfile::tempdir().expect("folder");
        let log = folder.path().join("log");
        let mut parent = command("sh");
        parent.args(["-c", "sleep 600 & echo $!; wait"]);
        let service = Service::start("bank", parent, &log).expect("started");
        let grandchild = loop {
            let text = std::fs::read_to_string(&log).expect("log");
            if let Some(pid) = text.strip_suffix('\n') {
                break pid.to_owned();
            }
            std::thread::yield_now();
        };
        drop(service);
        // The signal is sent; the system takes its moment to carry it out.
        let deadline = Instant::now() + GRACE;
        loop {
            let stat = std::fs::read_to_string(format!("/proc/{grandchild}/stat")).unwrap_or_default();
            if stat.is_empty() || stat.contains(") Z ") {
                break;
            }
            assert!(Instant::now() < deadline, "{stat}");
            std::thread::yield_now();
        }
    }
}
