//! Packages from npm: esbuild, which is needed, and wasm-opt (package binaryen), which is worth having.

use std::path::{Path, PathBuf};

use anyhow::Context;

use super::step::Step;
use crate::files::{remove_folder, short_hash};
use crate::process::command;

/// The installed packages.
#[derive(Debug)]
pub(crate) struct NpmPackages(PathBuf);

impl NpmPackages {
    pub(crate) fn folder(&self) -> &Path {
        &self.0
    }

    pub(crate) fn program(&self, name: &str) -> Option<PathBuf> {
        let path = self.0.join("node_modules/.bin").join(name);
        path.is_file().then_some(path)
    }
}

/// Installs exactly what the lock file names, into a folder named by its contents.
pub(crate) fn install(tools: &Path, source: &Path, what: &str) -> anyhow::Result<NpmPackages> {
    let read = |name: &str| {
        let path = source.join(name);
        std::fs::read(&path).with_context(|| format!("reading {}", path.display()))
    };
    let (package, lock) = (read("package.json")?, read("package-lock.json")?);
    let folder = tools.join(format!("npm-{}", short_hash(&[&package, &lock])));
    if folder.is_dir() {
        return Ok(NpmPackages(folder));
    }
    let partial = folder.with_extension("partial");
    remove_folder(&partial)?;
    std::fs::create_dir_all(&partial)?;
    std::fs::write(partial.join("package.json"), package)?;
    std::fs::write(partial.join("package-lock.json"), lock)?;
    let step = Step {
        doing: &format!("installing {what} from npm"),
        usually: "20 seconds",
        progress: None,
        remedy: "It needs npm and the network. Run the command again.",
    };
    let mut npm = command("npm");
    npm.current_dir(&partial).args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]);
    step.run(&mut npm, &tools.join("logs/npm.log"))?;
    std::fs::rename(&partial, &folder)?;
    Ok(NpmPackages(folder))
}
