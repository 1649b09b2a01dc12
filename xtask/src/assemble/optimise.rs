//! wasm-opt over the bound module, in two runs: it shrinks the code, then gives short names to what the module and its
//! glue call each other. wasm-bindgen's names carry hashes, which compress to nothing less than themselves, twice.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::Path;

use anyhow::Context;
use serde::Deserialize;

use crate::process::{answer, command, run};

/// `--all-features` would make a module that Chromium refuses; wasm-opt reads the right set from the module, which is
/// why only the last run may take that list out. Nothing of ours is below the first kilobyte of memory.
const SHRINK: [&str; 7] = [
    "--low-memory-unused",
    "--flatten",
    "--rereloop",
    "-Oz",
    "--converge",
    "--strip-debug",
    "--strip-producers",
];
const RENAME: [&str; 2] = ["--minify-imports-and-exports-and-modules", "--strip-target-features"];

/// What everything is called now.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Names {
    /// Module, old name, new name.
    pub(super) imports: Vec<(String, String, String)>,
    /// Old name, new name.
    pub(super) exports: Vec<(String, String)>,
}

/// Writes the optimised module.
pub(crate) fn optimise(wasm_opt: &OsStr, bound: &Path, fresh: &Path) -> anyhow::Result<Names> {
    let shrunk = fresh.with_extension("shrunk");
    run(command(wasm_opt).args(SHRINK).arg(bound).arg("-o").arg(&shrunk), "wasm-opt")?;
    let mut rename = command(wasm_opt);
    rename.args(RENAME).arg(&shrunk).arg("-o").arg(fresh);
    let names = answer(&mut rename, "wasm-opt, renaming")?;
    std::fs::remove_file(&shrunk)?;
    serde_json::from_str(&names).context("the names wasm-opt gave")
}

impl Names {
    /// The exports by their old names.
    pub(super) fn exports(&self) -> BTreeMap<&str, &str> {
        self.exports.iter().map(|(old, new)| (old.as_str(), new.as_str())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_feature_is_allowed_that_the_module_does_not_list() {
        let all = SHRINK.iter().chain(&RENAME);
        assert!(
            all.clone().all(|argument| !argument.contains("features") || argument.starts_with("--strip"))
        );
        assert!(!SHRINK.contains(&"--strip-target-features"), "the second run reads the list");
    }
}
