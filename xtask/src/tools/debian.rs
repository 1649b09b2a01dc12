//! Debian packages, with sudo where we are not root.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};

use super::step::Step;
use crate::process::{command, on_path, run};

/// Installs Debian packages after bringing the package lists up to date.
pub(crate) fn install(packages: &[&str], usually: &str) -> anyhow::Result<()> {
    let names = packages.join(" ");
    if on_path("apt-get").is_none() {
        bail!(
            "{names}: not here, and this is no Debian (no apt-get). Install them by hand and run this again"
        );
    }
    let remedy = format!("Try it by hand: sudo apt-get update && sudo apt-get install {names}");
    update(&remedy)?;
    let install = Step {
        doing: &format!("installing Debian's {names}"),
        usually,
        progress: Some(("Setting up", 40)),
        remedy: &remedy,
    };
    let mut apt = as_root("apt-get")?;
    apt.args(["install", "--yes", "--no-install-recommends"]).args(packages);
    install.run(&mut apt, &log("apt-install"))
}

/// A line of shell, run as root.
pub(crate) fn shell_as_root(line: &str) -> anyhow::Result<()> {
    run(as_root("sh")?.args(["-c", line]), "a change to this machine's packages")
}

/// Downloads one package's file without installing it; returns its path.
pub(crate) fn download(package: &str, folder: &Path) -> anyhow::Result<PathBuf> {
    if on_path("apt-get").is_none() {
        bail!("{package}: this is no Debian (no apt-get), and it is nowhere else to be had");
    }
    let remedy = format!("Try it by hand: apt-get update && apt-get download {package}");
    update(&remedy)?;
    let step = Step {
        doing: &format!("downloading Debian's {package}"),
        usually: "5 seconds",
        progress: None,
        remedy: &remedy,
    };
    step.run(command("apt-get").current_dir(folder).args(["download", package]), &log("apt-download"))?;
    let is_it = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        name.starts_with(package) && path.extension().is_some_and(|ending| ending == "deb")
    };
    let mut files = std::fs::read_dir(folder)?.filter_map(|entry| Some(entry.ok()?.path()));
    files.find(is_it).with_context(|| format!("apt-get left no file of {package}"))
}

fn update(remedy: &str) -> anyhow::Result<()> {
    let update =
        Step { doing: "updating Debian's package lists", usually: "10 seconds", progress: None, remedy };
    update.run(as_root("apt-get")?.arg("update"), &log("apt-update"))
}

fn log(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("alliancepay-{name}-{}.log", std::process::id()))
}

/// A command run as root; apt's questions are answered by their defaults.
fn as_root(program: &str) -> anyhow::Result<Command> {
    let mut command_line = if rustix::process::geteuid().is_root() {
        command("env")
    } else {
        let sudo = on_path("sudo").with_context(|| format!("{program} needs root, and there is no sudo"))?;
        // Not `setpriv`: sudo is setuid and clears what setpriv arranges.
        let mut sudo = Command::new(sudo);
        sudo.args(["env"]);
        sudo
    };
    command_line.arg("DEBIAN_FRONTEND=noninteractive").arg(program);
    Ok(command_line)
}
