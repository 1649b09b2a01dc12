//! `npm/`: the package for shops that bundle. Its entry does nothing on import; the wasm and the texts lie beside it, named
//! where bundlers see them.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::Path;

use serde::Serialize;
use serde_json::{Value, json};

use super::bundle::Widget;

const NAME: &str = "@alliancepay/checkout";
/// Hand-written and shipped as they are; the entry is bundled.
const SOURCES: [&str; 7] =
    ["README.md", "element.mjs", "element.d.ts", "index.d.ts", "options.d.ts", "react.mjs", "react.d.ts"];
const LICENCES: [&str; 2] = ["LICENSE-APACHE", "LICENSE-MIT"];
/// The classic script, for pages that take a package from a mirror of npm.
const SCRIPT: &str = "alliancepay.js";
/// Defines the element when it is imported.
const ELEMENT: &str = "element.mjs";

/// Writes the package into `files/npm`.
pub(crate) fn write(
    files: &Path,
    widget: &Widget<'_>,
    esbuild: &OsStr,
    texts: &[String],
) -> anyhow::Result<()> {
    let package = files.join("npm");
    std::fs::create_dir_all(&package)?;
    widget.bundle_for_npm(esbuild, &package)?;
    for name in SOURCES {
        std::fs::copy(widget.root.join("embed/npm").join(name), package.join(name))?;
    }
    for name in LICENCES {
        std::fs::copy(widget.root.join(name), package.join(name))?;
    }
    let wasm = widget.wasm.name.as_str();
    for name in texts.iter().map(String::as_str).chain([SCRIPT, wasm]) {
        std::fs::copy(files.join(name), package.join(name))?;
    }
    let description = description(widget.version, wasm, texts);
    std::fs::write(package.join("package.json"), serde_json::to_string_pretty(&description)? + "\n")?;
    Ok(())
}

/// `package.json`. No `Value`: the order of conditions decides, tools take the first that fits.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct PackageJson<'a> {
    name: &'a str,
    version: &'a str,
    description: &'a str,
    license: &'a str,
    keywords: [&'a str; 5],
    r#type: &'a str,
    /// What a bundler may not drop although nothing of it is used; the rest does nothing on import.
    side_effects: [String; 2],
    exports: BTreeMap<&'a str, Export>,
    types: String,
    unpkg: String,
    jsdelivr: String,
    peer_dependencies: Value,
    peer_dependencies_meta: Value,
    files: Vec<&'a str>,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Export {
    Typed { types: String, default: String },
    File(String),
}

impl Export {
    fn typed(name: &str) -> Self {
        Self::Typed { types: format!("./{name}.d.ts"), default: format!("./{name}.mjs") }
    }
}

fn description<'a>(version: &'a str, wasm: &'a str, texts: &'a [String]) -> PackageJson<'a> {
    let beside = |name: &str| format!("./{name}");
    let mut files = vec!["index.mjs", SCRIPT, wasm];
    files.extend(SOURCES.into_iter().chain(LICENCES));
    files.extend(texts.iter().map(String::as_str));
    PackageJson {
        name: NAME,
        version,
        description: "AlliancePay checkout: a payment widget that never lies about money",
        license: "MIT OR Apache-2.0",
        keywords: ["alliancepay", "checkout", "payment", "web component", "react"],
        r#type: "module",
        side_effects: [beside(ELEMENT), beside(SCRIPT)],
        exports: BTreeMap::from([
            (".", Export::typed("index")),
            ("./element", Export::typed("element")),
            ("./react", Export::typed("react")),
            ("./alliancepay.js", Export::File(beside(SCRIPT))),
            ("./alliancepay.wasm", Export::File(beside(wasm))),
            ("./package.json", Export::File("./package.json".to_owned())),
        ]),
        types: "./index.d.ts".to_owned(),
        unpkg: beside(SCRIPT),
        jsdelivr: beside(SCRIPT),
        peer_dependencies: json!({"react": ">=18"}),
        peer_dependencies_meta: json!({"react": {"optional": true}}),
        files,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_that_is_named_is_in_the_package() {
        let texts = ["alliancepay-uk-1.json".to_owned()];
        let package = description("1.2.3", "alliancepay-1.wasm", &texts);
        let named = package.exports.values().flat_map(|export| match export {
            Export::Typed { types, default } => vec![types, default],
            Export::File(file) => vec![file],
        });
        for name in named.chain(&package.side_effects).map(|name| name.trim_start_matches("./")) {
            assert!(name == "package.json" || package.files.contains(&name), "{name}: {:?}", package.files);
        }
        assert!(package.files.contains(&"alliancepay-uk-1.json"), "{:?}", package.files);
    }

    #[test]
    fn the_types_are_found_before_the_code() {
        let text = serde_json::to_string(&description("1", "a.wasm", &[])).expect("json");
        assert!(text.contains(r#"".":{"types":"./index.d.ts","default":"./index.mjs"}"#), "{text}");
    }
}
