//! The loader: hand-written `embed/` and wasm-bindgen's glue, bundled for each way to load it. The sources import the glue as
//! `alliancepay-glue`, the style sheet as `alliancepay-style`, the languages' hashes as `alliancepay-languages`, the
//! addresses of all files as `alliancepay-files`, and find what only the build knows in `__WASM_FILE__`,
//! `__WASM_INTEGRITY__`, `__VERSION__`.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::Wasm;
use super::languages::Languages;
use crate::process::{command, run};

/// Browsers of 2021 and later: what WebAssembly with bulk memory and reference types needs anyway.
const TARGET: &str = "--target=es2021";

/// What goes into the loader.
#[derive(Debug)]
pub(crate) struct Widget<'a> {
    /// The repository, with `embed/` and `style/` in it.
    pub(crate) root: &'a Path,
    pub(crate) glue: &'a Path,
    pub(crate) wasm: &'a Wasm,
    pub(crate) languages: &'a Languages,
    pub(crate) version: &'a str,
}

impl Widget<'_> {
    /// Writes `alliancepay.js` (classic, global `AlliancePay`) and `alliancepay.mjs`.
    pub(crate) fn bundle(&self, esbuild: &OsStr, files: &Path) -> anyhow::Result<()> {
        let style = files.with_file_name("widget.css");
        let mut sheet = command(esbuild);
        sheet.arg(self.root.join("style/widget.css")).args(["--bundle", "--minify", "--log-level=warning"]);
        // Older browsers take the rules they know; esbuild would write the newer ones out at length.
        sheet.arg("--target=esnext").arg(format!("--outfile={}", style.display()));
        run(&mut sheet, "bundling the style sheet")?;

        let generated = |name: &str, text: String| -> anyhow::Result<PathBuf> {
            let path = files.with_file_name(name);
            std::fs::write(&path, text)?;
            Ok(path)
        };
        let hashes = generated("languages.js", self.languages.hashes())?;
        let addresses = generated("files.js", self.languages.addresses(&self.wasm.name, ""))?;

        let mut classic = self.esbuild(esbuild, "classic.js", &[("style", &style), ("languages", &hashes)]);
        // A classic script has no import.meta; the loader takes its address from document.currentScript.
        classic.args(["--format=iife", "--define:import.meta.url=undefined"]);
        classic.arg(format!("--outfile={}", files.join("alliancepay.js").display()));
        run(&mut classic, "bundling alliancepay.js")?;

        let known = [("style", &style), ("languages", &hashes), ("files", &addresses)];
        let mut module = self.esbuild(esbuild, "module.mjs", &known);
        module.arg("--format=esm");
        module.arg(format!("--outfile={}", files.join("alliancepay.mjs").display()));
        run(&mut module, "bundling alliancepay.mjs")
    }

    /// Writes the entry of the npm package, for other people's bundlers.
    pub(crate) fn bundle_for_npm(&self, esbuild: &OsStr, package: &Path) -> anyhow::Result<()> {
        let made = package.parent().unwrap_or(package);
        let of_build = |name: &str| made.with_file_name(name);
        // Vite would write small files into the script: twelve languages for everybody.
        let addresses = of_build("files-of-package.js");
        std::fs::write(&addresses, self.languages.addresses(&self.wasm.name, "?no-inline"))?;
        let (style, hashes) = (of_build("widget.css"), of_build("languages.js"));
        let known = [("style", &style), ("languages", &hashes), ("files", &addresses)];
        let mut entry = self.esbuild(esbuild, "npm/index.mjs", &known);
        entry.arg("--format=esm");
        entry.arg(format!("--outfile={}", package.join("index.mjs").display()));
        run(&mut entry, "bundling the entry of the npm package")
    }

    fn esbuild(&self, program: &OsStr, entry: &str, known: &[(&str, &PathBuf)]) -> std::process::Command {
        let mut esbuild = command(program);
        esbuild
            .arg(self.root.join("embed").join(entry))
            .args(["--bundle", "--minify", "--charset=utf8", "--legal-comments=none", "--log-level=warning"])
            // wasm-bindgen hands `page.js` over once for each of its functions, where wasm-opt has not made it one.
            .arg("--log-override:duplicate-object-key=silent")
            .arg(TARGET)
            .arg(format!("--alias:alliancepay-glue={}", self.glue.display()))
            .arg("--loader:.css=text")
            .arg(define("__WASM_FILE__", &self.wasm.name))
            .arg(define("__WASM_INTEGRITY__", &self.wasm.integrity))
            .arg(define("__VERSION__", self.version));
        for (name, path) in known {
            esbuild.arg(format!("--alias:alliancepay-{name}={}", path.display()));
        }
        esbuild
    }
}

fn define(name: &str, text: &str) -> String {
    format!("--define:{name}={}", serde_json::Value::from(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_definition_is_a_string_to_javascript() {
        assert_eq!(define("__VERSION__", "1.2.3"), "--define:__VERSION__=\"1.2.3\"");
    }
}
