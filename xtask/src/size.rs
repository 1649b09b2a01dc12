//! What the widget weighs on the wire, against its budget.

use anyhow::Context;
use serde_json::json;

use crate::assemble::{Entry, Manifest};
use crate::workspace::Workspace;

/// Bytes of classic loader and wasm together, compressed, with styles and texts inside.
const BUDGET: u64 = 60_000;

pub(crate) fn run(workspace: &Workspace, as_json: bool) -> anyhow::Result<()> {
    let dist = workspace.dist();
    let manifest = std::fs::read_to_string(dist.join("manifest.json"))
        .context("no dist/manifest.json; run `cargo xtask dist` first")?;
    let manifest: Manifest = serde_json::from_str(&manifest).context("dist/manifest.json")?;
    let mut files = Vec::new();
    for entry in &manifest.files {
        let bytes = |suffix: &str| -> anyhow::Result<u64> {
            let path = dist.join(format!("{}{suffix}", entry.path));
            Ok(path.metadata().with_context(|| format!("reading {}", path.display()))?.len())
        };
        let (raw, gzip) = (bytes("")?, bytes(".gz")?);
        files.push(json!({"path": entry.path, "raw": raw, "gzip": gzip, "brotli": entry.brotli}));
    }
    let download: u64 = manifest.files.iter().filter(|entry| is_downloaded(entry)).map(|e| e.brotli).sum();
    // Both languages are inside the one wasm, so the number is the same for every buyer.
    let answer = json!({
        "build": manifest.build,
        "files": files,
        "download": {"lang": "uk", "brotli": download},
        "budget": BUDGET,
    });
    if as_json {
        println!("{answer}");
        return Ok(());
    }
    for file in &files {
        println!(
            "{:<36} {:>8} raw {:>8} gzip {:>8} brotli",
            file["path"].as_str().unwrap_or_default(),
            file["raw"],
            file["gzip"],
            file["brotli"]
        );
    }
    println!("a buyer downloads {download} bytes of {BUDGET} ({} build)", manifest.build);
    Ok(())
}

/// A page takes the classic script or the module, never both.
fn is_downloaded(entry: &Entry) -> bool {
    entry.path == "alliancepay.js" || entry.is_wasm()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_buyer_downloads_one_loader_and_the_wasm() {
        let entry = |path: &str| Entry { path: path.to_owned(), sha384: String::new(), brotli: 1 };
        assert!(is_downloaded(&entry("alliancepay.js")) && is_downloaded(&entry("alliancepay-12ab.wasm")));
        assert!(!is_downloaded(&entry("alliancepay.mjs")));
    }
}
