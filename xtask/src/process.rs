//! Running other programs: they die with us, their output goes to stderr, a failure says what failed.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, bail};

/// A command that gets SIGTERM when this process is gone, however it went.
///
/// `setpriv` (util-linux, part of every Debian) arranges that; without it the command still runs.
pub(crate) fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = match on_path("setpriv") {
        Some(setpriv) => {
            let mut command = Command::new(setpriv);
            command.args(["--pdeathsig", "TERM", "--"]).arg(program.as_ref());
            command
        }
        None => Command::new(program.as_ref()),
    };
    command.stdin(Stdio::null());
    command
}

/// The cargo that runs us, or the one on `PATH`.
pub(crate) fn cargo() -> Command {
    command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Runs to the end; its output joins our progress on stderr.
pub(crate) fn run(command: &mut Command, what: &str) -> anyhow::Result<()> {
    let status = command
        .stdout(Stdio::from(std::io::stderr()))
        .status()
        .with_context(|| format!("{what}: could not be started"))?;
    if !status.success() {
        bail!("{what} failed ({status})");
    }
    Ok(())
}

/// Runs to the end and returns what it printed.
pub(crate) fn answer(command: &mut Command, what: &str) -> anyhow::Result<String> {
    let output =
        command.stderr(Stdio::piped()).output().with_context(|| format!("{what}: could not be started"))?;
    if !output.status.success() {
        bail!("{what} failed ({}): {}", output.status, String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The first program of that name on `PATH`.
pub(crate) fn on_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

/// What a log says, whatever bytes programs wrote into it; nothing if there is none.
pub(crate) fn text_of(log: &Path) -> String {
    String::from_utf8_lossy(&std::fs::read(log).unwrap_or_default()).into_owned()
}

/// The last lines of a log, for the person whose step failed.
pub(crate) fn tail(log: &Path, lines: usize) -> String {
    let text = text_of(log);
    let all: Vec<&str> = text.lines().collect();
    all[all.len().saturating_sub(lines)..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_names_the_step_and_quotes_the_program() {
        let error = answer(command("sh").args(["-c", "echo broken >&2; exit 3"]), "the step").unwrap_err();
        let text = error.to_string();
        assert!(text.contains("the step") && text.contains("broken"), "{text}");
    }

    #[test]
    fn the_tail_is_the_end_of_the_log() {
        let log = tempfile::NamedTempFile::new().expect("file");
        std::fs::write(log.path(), "a\nb\nc\n").expect("write");
        assert_eq!(tail(log.path(), 2), "b\nc");
    }
}
