//! Where things are: the repository, the build folder, the per-user cache.

use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};

/// The folders every command works with.
#[derive(Debug, Clone)]
pub(crate) struct Workspace {
    pub(crate) root: PathBuf,
    pub(crate) target: PathBuf,
    cache: PathBuf,
}

impl Workspace {
    pub(crate) fn find() -> anyhow::Result<Self> {
        // The run-time value first: with a build folder shared by several clones, the compiled-in one may be
        // that of another clone.
        let manifest =
            std::env::var("CARGO_MANIFEST_DIR").unwrap_or_else(|_| env!("CARGO_MANIFEST_DIR").to_owned());
        let root = Path::new(&manifest).parent().context("xtask's folder has no parent")?.to_path_buf();
        let target = match std::env::var_os("CARGO_TARGET_DIR") {
            Some(folder) => root.join(folder),
            None => root.join("target"),
        };
        Ok(Self { root, target, cache: cache_folder()? })
    }

    /// Where installed tools live, one folder per tool and version.
    pub(crate) fn tools(&self) -> PathBuf {
        self.cache.join("tools")
    }

    /// What Trunk writes: the demo shop's page with the merchant's files under `widget/`.
    pub(crate) fn shop(&self) -> PathBuf {
        self.root.join("target/shop")
    }

    /// The widget that traps, for journeys.
    pub(crate) fn trap(&self) -> PathBuf {
        self.root.join("target/trap-widget")
    }

    /// The built documentation; a journey opens its playground.
    pub(crate) fn docs_site(&self) -> PathBuf {
        self.root.join("target/docs-site")
    }

    /// What a merchant loads.
    pub(crate) fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// The version of a crate in Cargo.lock.
    pub(crate) fn locked_version(&self, package: &str) -> anyhow::Result<String> {
        let path = self.root.join("Cargo.lock");
        let lock = std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
        version_in(&lock, package).ok_or_else(|| anyhow!("Cargo.lock does not name the crate {package}"))
    }

    /// The one version of everything in this workspace.
    pub(crate) fn version(&self) -> anyhow::Result<String> {
        self.locked_version("alliancepay-checkout")
    }
}

fn cache_folder() -> anyhow::Result<PathBuf> {
    let base = match std::env::var_os("XDG_CACHE_HOME") {
        Some(folder) if !folder.is_empty() => PathBuf::from(folder),
        _ => {
            let home = std::env::var_os("HOME").context("neither XDG_CACHE_HOME nor HOME is set")?;
            PathBuf::from(home).join(".cache")
        }
    };
    Ok(base.join("alliancepay-checkout"))
}

fn version_in(lock: &str, package: &str) -> Option<String> {
    let mut lines = lock.lines();
    lines.find(|line| *line == format!("name = \"{package}\""))?;
    let version = lines.next()?.strip_prefix("version = \"")?;
    Some(version.trim_end_matches('"').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locked_version_is_that_of_the_whole_name() {
        let lock = "[[package]]\nname = \"wasm-bindgen-shared\"\nversion = \"9.9.9\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(version_in(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(version_in(lock, "wasm"), None);
    }
}
