//! What the widget weighs on the wire: each file, what one buyer downloads, its budget, and what others weigh.
//!
//! The budget only goes down. More than it is a failure; so is, in the test run, much less: the lower figure is then to
//! be written into `xtask/size-budget.json`, so that what was gained cannot be lost again unseen.

use std::collections::BTreeMap;

use anyhow::{Context, ensure};
use serde_json::{Value, json};

use crate::assemble::{Entry, Manifest, is_of_another_language};
use crate::workspace::Workspace;

/// The language whose texts are counted: the largest of all.
const LANGUAGE: &str = "uk";

/// A figure this much below its budget asks for a lower one. Less is noise between machines and compilers.
const SLACK: u64 = 500;

/// What a shopper of others downloads before any request at run time: JavaScript and CSS, brotli 11.
const OTHERS: [(&str, u64); 9] = [
    ("hyperswitch-web 0.132.0, built from source", 459_031),
    ("Adyen Web 6.45.2, full Drop-in", 166_971),
    ("Primer primer-js 1.9.2, entry file alone", 147_599),
    ("Adyen Web 6.45.2, Drop-in with card", 109_572),
    ("Braintree Drop-in 1.48.0, styles not counted", 106_033),
    ("Adyen Web 6.45.2, Drop-in with one redirect method", 64_560),
    ("the same, Rollup and Terser: its best packing", 61_485),
    ("a hand-written page, Preact and htm, fewer features", 7_524),
    ("a hand-written page, no framework, fewer features", 2_737),
];

/// Prints; fails when the budget is exceeded.
pub(crate) fn run(workspace: &Workspace, as_json: bool) -> anyhow::Result<()> {
    let weight = Weight::of(workspace)?;
    if as_json {
        println!("{}", weight.json());
    } else {
        weight.print();
    }
    weight.hold()
}

/// Fails when the budget is exceeded, or is higher than it need be.
pub(crate) fn check(workspace: &Workspace) -> anyhow::Result<()> {
    let weight = Weight::of(workspace)?;
    weight.hold()?;
    let Weight { download, budget, build, .. } = &weight;
    ensure!(
        download + SLACK >= *budget,
        "the widget got smaller: lower \"{build}\" in xtask/size-budget.json from {budget} to {download}"
    );
    Ok(())
}

#[derive(Debug)]
struct Weight {
    build: String,
    files: Vec<Value>,
    download: u64,
    budget: u64,
}

impl Weight {
    fn of(workspace: &Workspace) -> anyhow::Result<Self> {
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
        let path = workspace.root.join("xtask/size-budget.json");
        let budgets =
            std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
        let budgets: BTreeMap<String, u64> = serde_json::from_str(&budgets).context("the size budget")?;
        let budget = *budgets.get(&manifest.build).context("the size budget has no such build")?;
        let download = manifest.files.iter().filter(|entry| is_downloaded(entry)).map(|e| e.brotli).sum();
        Ok(Self { build: manifest.build, files, download, budget })
    }

    fn json(&self) -> Value {
        json!({
            "build": self.build,
            "files": self.files,
            "download": {"lang": LANGUAGE, "brotli": self.download},
            "budget": self.budget,
        })
    }

    fn print(&self) {
        for file in &self.files {
            println!(
                "{:<40} {:>8} raw {:>8} gzip {:>8} brotli",
                file["path"].as_str().unwrap_or_default(),
                file["raw"],
                file["gzip"],
                file["brotli"]
            );
        }
        println!("\nwhat a buyer downloads, brotli:");
        println!("{:>8}  this widget, {} build, texts in {LANGUAGE}", self.download, self.build);
        for (name, bytes) in OTHERS {
            println!("{bytes:>8}  {name}");
        }
        println!("{:>8}  budget", self.budget);
    }

    fn hold(&self) -> anyhow::Result<()> {
        let Self { build, download, budget, .. } = self;
        ensure!(
            download <= budget,
            "a buyer downloads {download} bytes; the budget of the {build} build is {budget}: find what has grown"
        );
        Ok(())
    }
}

/// A page takes the classic script or the module, never both, and one language.
fn is_downloaded(entry: &Entry) -> bool {
    entry.path != "alliancepay.mjs" && !is_of_another_language(&entry.path, LANGUAGE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_buyer_downloads_one_loader_one_language_and_the_wasm() {
        let is_counted =
            |path: &str| is_downloaded(&Entry { path: path.to_owned(), sha384: String::new(), brotli: 1 });
        for counted in ["alliancepay.js", "alliancepay-12ab.wasm", "alliancepay-uk-12ab.json"] {
            assert!(is_counted(counted), "{counted}");
        }
        for other in ["alliancepay.mjs", "alliancepay-en-12ab.json"] {
            assert!(!is_counted(other), "{other}");
        }
    }

    #[test]
    fn more_than_the_budget_is_a_failure() {
        let weight = |download| Weight { build: "small".to_owned(), files: vec![], download, budget: 10 };
        assert!(weight(10).hold().is_ok() && weight(11).hold().is_err());
    }
}
