//! Programs built from crates: each version in a folder of its own, so that clones with other versions get on.

use std::path::{Path, PathBuf};

use anyhow::Context;

use super::step::Step;
use crate::process::cargo;

const TRUNK: &str = "0.21.14";
const GECKODRIVER: &str = "0.37.1";
/// Quick to compile before quick to run: trunk's own profile optimises across all of its 420 crates on one core, which
/// took half of its minutes, and what these programs do here takes seconds either way.
const PROFILE: [(&str, &str); 3] = [
    ("CARGO_PROFILE_RELEASE_LTO", "off"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
    ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"),
];
const REMEDY: &str = "It needs the network and a C compiler (Debian: build-essential). Run the command again: \
                      what is already compiled is kept.";

/// Trunk builds the page and the wasm.
pub(crate) fn trunk(tools: &Path) -> anyhow::Result<PathBuf> {
    let package =
        Package { name: "trunk", version: TRUNK, locked: true, crates: 420, usually: "3 to 5 minutes" };
    package.install(tools, &format!("trunk-{TRUNK}"), "trunk")
}

/// wasm-bindgen's command must be of exactly the version of the crate.
pub(crate) fn wasm_bindgen(tools: &Path, version: &str) -> anyhow::Result<PathBuf> {
    // Its own lock file may name crates that are no longer served: cargo picks newer ones.
    let package =
        Package { name: "wasm-bindgen-cli", version, locked: false, crates: 230, usually: "3 to 5 minutes" };
    package.install(tools, &format!("wasm-bindgen-{version}"), "wasm-bindgen")
}

/// Firefox's WebDriver. Mozilla publishes it as a crate; Debian has no package of it.
pub(crate) fn geckodriver(tools: &Path) -> anyhow::Result<PathBuf> {
    let package = Package {
        name: "geckodriver",
        version: GECKODRIVER,
        locked: true,
        crates: 200,
        usually: "1 to 2 minutes",
    };
    package.install(tools, &format!("geckodriver-{GECKODRIVER}"), "geckodriver")
}

/// Where they are compiled; of no use once all are there.
pub(super) fn build_folder(tools: &Path) -> PathBuf {
    tools.join("build")
}

struct Package<'a> {
    name: &'a str,
    version: &'a str,
    locked: bool,
    crates: usize,
    usually: &'a str,
}

impl Package<'_> {
    fn install(&self, tools: &Path, folder: &str, program: &str) -> anyhow::Result<PathBuf> {
        let root = tools.join(folder);
        let installed = root.join("bin").join(program);
        if installed.is_file() {
            return Ok(installed);
        }
        // They share many of their dependencies, so they share a build folder, which `tools::install` removes at last.
        let build = build_folder(tools);
        let mut install = cargo();
        install
            .current_dir(tools)
            .args(["install", self.name, "--version", self.version, "--root"])
            .arg(&root)
            .env("CARGO_TARGET_DIR", &build)
            .envs(PROFILE)
            .env_remove("RUSTFLAGS");
        if self.locked {
            install.arg("--locked");
        }
        let step = Step {
            doing: &format!("building {} {} from source", self.name, self.version),
            usually: self.usually,
            progress: Some(("Compiling", self.crates)),
            remedy: REMEDY,
        };
        step.run(&mut install, &tools.join("logs").join(format!("{folder}.log")))?;
        installed.is_file().then_some(installed).with_context(|| {
            format!("{} was installed, but there is no {program} in {}", self.name, root.display())
        })
    }
}
