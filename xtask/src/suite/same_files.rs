//! The demo shop's page loads the very files a merchant loads: same bytes, hashes as the manifest says, and
//! nothing of Trunk's own beside them.

use std::path::Path;

use anyhow::{Context, ensure};

use crate::assemble::Manifest;
use crate::files::{files_below, integrity};
use crate::workspace::Workspace;

pub(crate) fn check(workspace: &Workspace) -> anyhow::Result<()> {
    compare(&workspace.shop(), &workspace.dist())
}

fn compare(shop: &Path, dist: &Path) -> anyhow::Result<()> {
    let widget = shop.join("widget");
    let (there, mut here) = (files_below(&widget)?, files_below(dist)?);
    // The staff's console is beside them, for another page.
    here.retain(|file| !file.starts_with("console"));
    ensure!(there == here, "the page's widget has other files than dist/: {there:?} and {here:?}");
    for name in &here {
        let (page, merchant) = (std::fs::read(widget.join(name))?, std::fs::read(dist.join(name))?);
        ensure!(page == merchant, "{} differs between the page's widget and dist/", name.display());
    }

    let manifest = std::fs::read_to_string(dist.join("manifest.json")).context("dist/manifest.json")?;
    let manifest: Manifest = serde_json::from_str(&manifest).context("dist/manifest.json")?;
    for entry in &manifest.files {
        let actual = integrity(&std::fs::read(dist.join(&entry.path))?);
        ensure!(actual == entry.sha384, "{}: the manifest says {}, it is {actual}", entry.path, entry.sha384);
    }
    let wasm = manifest.files.iter().find(|entry| entry.is_wasm()).context("no wasm in dist/")?;
    for loader in ["alliancepay.js", "alliancepay.mjs"] {
        let text = std::fs::read_to_string(dist.join(loader)).with_context(|| format!("dist/{loader}"))?;
        ensure!(text.contains(&wasm.path), "dist/{loader} does not name {}", wasm.path);
        ensure!(text.contains(&wasm.sha384), "dist/{loader} does not pin the hash of {}", wasm.path);
    }

    let page = std::fs::read_to_string(shop.join("index.html")).context("the page Trunk built")?;
    ensure!(page.contains("/widget/alliancepay.js"), "the page does not load /widget/alliancepay.js");
    ensure!(!page.contains("_bg.wasm"), "the page loads Trunk's own wasm beside the merchant's");
    let stray: Vec<_> =
        files_below(shop)?.into_iter().filter(|name| name.to_string_lossy().ends_with("_bg.wasm")).collect();
    ensure!(stray.is_empty(), "Trunk's own wasm is still in the page's folder: {stray:?}");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::copy_folder;

    fn built(folder: &Path) -> (std::path::PathBuf, std::path::PathBuf) {
        let (shop, dist) = (folder.join("shop"), folder.join("dist"));
        std::fs::create_dir_all(&dist).expect("folder");
        let hash = integrity(b"wasm");
        std::fs::write(dist.join("a-1.wasm"), "wasm").expect("file");
        for loader in ["alliancepay.js", "alliancepay.mjs"] {
            std::fs::write(dist.join(loader), format!("load('a-1.wasm','{hash}')")).expect("file");
        }
        let files = serde_json::json!([{"path": "a-1.wasm", "sha384": hash, "brotli": 4}]);
        let manifest = serde_json::json!({"version": "1", "build": "stable", "files": files});
        std::fs::write(dist.join("manifest.json"), manifest.to_string()).expect("file");
        copy_folder(&dist, &shop.join("widget")).expect("copied");
        std::fs::write(shop.join("index.html"), "<script src=/widget/alliancepay.js>").expect("file");
        (shop, dist)
    }

    #[test]
    fn the_same_files_pass() {
        let folder = tempfile::tempdir().expect("folder");
        let (shop, dist) = built(folder.path());
        compare(&shop, &dist).expect("same");
    }

    #[test]
    fn a_changed_wasm_is_caught_even_when_both_copies_changed() {
        let folder = tempfile::tempdir().expect("folder");
        let (shop, dist) = built(folder.path());
        std::fs::write(dist.join("a-1.wasm"), "evil").expect("file");
        assert!(compare(&shop, &dist).unwrap_err().to_string().contains("differs"));
        std::fs::write(shop.join("widget/a-1.wasm"), "evil").expect("file");
        assert!(compare(&shop, &dist).unwrap_err().to_string().contains("manifest"));
    }

    #[test]
    fn trunks_own_wasm_beside_the_merchants_is_caught() {
        let folder = tempfile::tempdir().expect("folder");
        let (shop, dist) = built(folder.path());
        std::fs::write(shop.join("x_bg.wasm"), "").expect("file");
        assert!(compare(&shop, &dist).is_err());
    }
}
