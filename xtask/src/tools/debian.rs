//! Debian packages, with sudo where we are not root.

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
    let logs = std::env::temp_dir();
    let log = |name: &str| logs.join(format!("alliancepay-{name}-{}.log", std::process::id()));
    let update = Step {
        doing: "updating Debian's package lists",
        usually: "10 seconds",
        progress: None,
        remedy: &remedy,
    };
    update.run(as_root("apt-get")?.arg("update"), &log("apt-update"))?;
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
