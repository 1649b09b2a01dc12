//! Node.js, which runs wasm-opt, compresses, and brings npm.

use super::debian;
use crate::process::{answer, command, on_path};

/// The oldest Node.js the packages we take from npm run on.
const OLDEST: u32 = 18;

pub(crate) fn install() -> anyhow::Result<()> {
    if on_path("npm").is_some() && installed_version().is_some_and(|version| version >= OLDEST) {
        return Ok(());
    }
    debian::install(&["nodejs", "npm"], "2 minutes")?;
    anyhow::ensure!(
        installed_version().is_some_and(|version| version >= OLDEST),
        "Node.js {OLDEST} or newer is needed; Debian's is older or hidden by another one on PATH"
    );
    Ok(())
}

fn installed_version() -> Option<u32> {
    major(&answer(command("node").arg("--version"), "node --version").ok()?)
}

fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_what_counts() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("nonsense"), None);
    }
}
