//! `npm/`: the same files laid out as a package, for shops that bundle.

use std::path::Path;

use serde_json::json;

const NAME: &str = "@alliancepay/checkout";

pub(crate) fn write(
    root: &Path,
    files: &Path,
    version: &str,
    wasm: &str,
    texts: &[String],
) -> anyhow::Result<()> {
    let package = files.join("npm");
    std::fs::create_dir_all(&package)?;
    let mut names = vec!["alliancepay.js", "alliancepay.mjs", wasm];
    names.extend(texts.iter().map(String::as_str));
    for name in &names {
        std::fs::copy(files.join(name), package.join(name))?;
    }
    let types = root.join("embed/index.d.ts");
    let mut description = json!({
        "name": NAME,
        "version": version,
        "description": "AlliancePay checkout widget",
        "license": "MIT OR Apache-2.0",
        "type": "module",
        "sideEffects": true,
        "exports": {
            ".": { "import": "./alliancepay.mjs" },
            "./alliancepay.js": "./alliancepay.js",
            "./alliancepay.wasm": format!("./{wasm}"),
        },
        "unpkg": "./alliancepay.js",
        "jsdelivr": "./alliancepay.js",
        "files": names,
    });
    if types.is_file() {
        std::fs::copy(&types, package.join("index.d.ts"))?;
        // "types" must stand first among the conditions: tools take the first that fits.
        description["exports"]["."] = json!({ "types": "./index.d.ts", "import": "./alliancepay.mjs" });
        description["types"] = json!("./index.d.ts");
        names.push("index.d.ts");
        description["files"] = json!(names);
    }
    std::fs::write(package.join("package.json"), serde_json::to_string_pretty(&description)? + "\n")?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_package_holds_the_merchants_files_and_the_types() {
        let folder = tempfile::tempdir().expect("folder");
        let (root, files) = (folder.path().join("root"), folder.path().join("files"));
        std::fs::create_dir_all(root.join("embed")).expect("folder");
        std::fs::create_dir_all(&files).expect("folder");
        std::fs::write(root.join("embed/index.d.ts"), "export {};").expect("file");
        for name in ["alliancepay.js", "alliancepay.mjs", "alliancepay-1.wasm", "alliancepay-uk-1.json"] {
            std::fs::write(files.join(name), name).expect("file");
        }
        let texts = ["alliancepay-uk-1.json".to_owned()];
        write(&root, &files, "1.2.3", "alliancepay-1.wasm", &texts).expect("written");
        let text = std::fs::read_to_string(files.join("npm/package.json")).expect("file");
        let package: serde_json::Value = serde_json::from_str(&text).expect("json");
        assert_eq!(package["version"], "1.2.3");
        for name in ["index.d.ts", "alliancepay-uk-1.json"] {
            assert!(files.join("npm").join(name).is_file(), "{name}");
        }
    }
}
