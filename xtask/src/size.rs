//! What the widget weighs on the wire: each file, what one buyer downloads, its budget, and what others weigh.
//!
//! The budget only goes down. More than it is a failure; so is, in the test run, much less: the lower figure is then to
//! be written into `xtask/size-budget.json`, so that what was gained cannot be lost again unseen. The sum has a budget, and
//! so has each kind of file that a shop may take.

mod budget;

use anyhow::{Context, ensure};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::assemble::{Entry, Manifest, is_of_another_language};
use crate::process::{answer, command};
use crate::workspace::Workspace;
use budget::{Budgets, kind};

/// What shops that bundle take in the place of the script; not compressed in `dist/`, for bundlers do it.
const NPM_ENTRY: &str = "npm/index.mjs";

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
    Budgets::read(&workspace.root)?.has_not_grown(&workspace.root)?;
    let weight = Weight::of(workspace)?;
    weight.hold()?;
    for Held { what, bytes, budget } in weight.held() {
        ensure!(
            bytes + SLACK >= budget,
            "the widget got smaller: lower the budget of {what} in xtask/size-budget.json from {budget} to {bytes}"
        );
    }
    Ok(())
}

#[derive(Debug)]
struct Weight {
    build: String,
    files: Vec<Value>,
    download: u64,
    budget: u64,
    kinds: Vec<Held>,
}

/// What a file takes on the wire, where nothing packed lies beside it.
#[derive(Debug, Deserialize)]
struct Packed {
    gzip: u64,
    brotli: u64,
}

/// Something that has a budget.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Held {
    what: String,
    bytes: u64,
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
        let budgets = Budgets::read(&workspace.root)?;
        let budget = budgets.download(&manifest.build)?;
        let download = manifest.files.iter().filter(|entry| is_downloaded(entry)).map(|e| e.brotli).sum();
        let entry = dist.join(NPM_ENTRY);
        let mut node = command("node");
        node.arg(workspace.root.join("xtask/npm/weigh.mjs")).arg(&entry);
        let weighed = answer(&mut node, "weighing the npm package's entry")?;
        let Packed { gzip, brotli } = serde_json::from_str(&weighed).context("the weigher's answer")?;
        let raw = entry.metadata().with_context(|| format!("reading {}", entry.display()))?.len();
        files.push(json!({"path": NPM_ENTRY, "raw": raw, "gzip": gzip, "brotli": brotli}));
        let kinds = kinds(&files, |kind| budgets.file(&manifest.build, kind));
        Ok(Self { build: manifest.build, files, download, budget, kinds })
    }

    /// The sum and every kind of file, each with its budget.
    fn held(&self) -> Vec<Held> {
        let what = format!("the {} build", self.build);
        let all = Held { what, bytes: self.download, budget: self.budget };
        std::iter::once(all).chain(self.kinds.iter().cloned()).collect()
    }

    fn json(&self) -> Value {
        json!({
            "build": self.build,
            "files": self.files,
            "download": {"lang": LANGUAGE, "brotli": self.download},
            "budget": self.budget,
            "kinds": self.kinds.iter().map(|held| {
                json!({"kind": held.what, "brotli": held.bytes, "budget": held.budget})
            }).collect::<Vec<_>>(),
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
        println!("\nthe largest file of each kind, brotli:");
        for Held { what, bytes, budget } in &self.kinds {
            println!("{bytes:>8}  {what}, budget {budget}");
        }
    }

    fn hold(&self) -> anyhow::Result<()> {
        for Held { what, bytes, budget } in self.held() {
            ensure!(bytes <= budget, "{what}: {bytes} bytes of a budget of {budget}: find what has grown");
        }
        Ok(())
    }
}

/// The largest file of each kind that has a budget.
fn kinds(files: &[Value], budget: impl Fn(&str) -> Option<u64>) -> Vec<Held> {
    let mut largest: Vec<Held> = Vec::new();
    for file in files {
        let of = file["path"].as_str().and_then(kind);
        let (Some(kind), Some(bytes)) = (of, file["brotli"].as_u64()) else { continue };
        let Some(budget) = budget(kind) else { continue };
        match largest.iter_mut().find(|held| held.what == kind) {
            Some(held) => held.bytes = held.bytes.max(bytes),
            None => largest.push(Held { what: kind.to_owned(), bytes, budget }),
        }
    }
    largest
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
        let weight = |download, of_the_script| Weight {
            build: "small".to_owned(),
            files: vec![],
            download,
            budget: 10,
            kinds: vec![Held { what: "script".to_owned(), bytes: of_the_script, budget: 3 }],
        };
        assert!(weight(10, 3).hold().is_ok() && weight(11, 3).hold().is_err());
        let grown = weight(10, 4).hold().unwrap_err().to_string();
        assert!(grown.starts_with("script: 4 bytes"), "{grown}");
    }

    #[test]
    fn of_several_files_of_a_kind_the_largest_counts() {
        let files = [("alliancepay-uk-1.json", 9), ("alliancepay-en-1.json", 4), ("alliancepay.js", 5)];
        let files = files.map(|(path, brotli)| json!({"path": path, "brotli": brotli}));
        let held = kinds(&files, |kind| (kind == "texts").then_some(10));
        assert_eq!(held, [Held { what: "texts".to_owned(), bytes: 9, budget: 10 }]);
    }
}
