//! `cargo xtask woo-journeys`: the journeys of the test run at any shop that is given, a real WooCommerce among them.

use std::path::PathBuf;
use std::process::{Command, ExitCode, Stdio};

use anyhow::Context;
use clap::Args;
use serde_json::{Value, json};

use crate::process::cargo;
use crate::tools::{self, Needs};
use crate::workspace::Workspace;

/// Names the file with the shop's description to the journeys.
const SHOP: &str = "ALLIANCEPAY_WOO_SHOP";

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// The shop's address
    #[arg(long)]
    base_url: String,
    /// JSON: productUrl, checkoutUrl, adminUrl, adminUser, adminPassword, backend, bank; also blocksUrl, webhookSecret, orders ("posts")
    #[arg(long)]
    seed: PathBuf,
    /// One line of JSON at the end
    #[arg(long)]
    json: bool,
    /// Only journeys whose name contains this
    #[arg(long)]
    only: Option<String>,
}

pub(crate) fn run(workspace: &Workspace, options: &Options) -> anyhow::Result<ExitCode> {
    let toolbox = tools::install(workspace, Needs::Browser)?;
    let text = std::fs::read_to_string(&options.seed)
        .with_context(|| format!("reading {}", options.seed.display()))?;
    let mut shop: Value = serde_json::from_str(&text).context("the seed file is no JSON")?;
    shop["baseUrl"] = json!(options.base_url.trim_end_matches('/'));
    let file = tempfile::NamedTempFile::new()?;
    std::fs::write(file.path(), shop.to_string())?;
    let mut tests = cargo();
    tests
        .current_dir(&workspace.root)
        // The whole workspace: with one package cargo would choose other features and compile everything again.
        .args(["test", "--workspace", "--test", "journeys", "--"])
        // One after another: they share one shop and one bank.
        .args(["--test-threads=1", options.only.as_deref().unwrap_or("woo::")])
        .env(SHOP, file.path())
        .env("CARGO_TARGET_DIR", &workspace.target);
    if let Some(browsers) = &toolbox.browsers {
        browsers.tell(&mut tests);
    }
    report(&mut tests, options.json)
}

/// What the journeys print goes on to stderr; the verdicts are counted.
fn report(tests: &mut Command, as_json: bool) -> anyhow::Result<ExitCode> {
    let output = tests.stderr(Stdio::inherit()).output().context("the journeys could not be started")?;
    let text = String::from_utf8_lossy(&output.stdout);
    eprint!("{text}");
    let verdicts: Vec<(&str, bool)> = text.lines().filter_map(verdict).collect();
    if as_json {
        let all: Vec<Value> =
            verdicts.iter().map(|(name, passed)| json!({"journey": name, "passed": passed})).collect();
        println!("{}", json!({"journeys": all}));
    } else {
        let passed = verdicts.iter().filter(|(_, passed)| *passed).count();
        println!("{passed} passed, {} failed", verdicts.len() - passed);
    }
    let all_well = output.status.success() && !verdicts.is_empty();
    Ok(if all_well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The harness' line about one journey.
fn verdict(line: &str) -> Option<(&str, bool)> {
    let (name, word) = line.strip_prefix("test ")?.split_once(" ... ")?;
    match word {
        "ok" => Some((name, true)),
        "FAILED" => Some((name, false)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verdicts_are_read_from_the_harness_lines() {
        assert_eq!(verdict("test woo::paid::a ... ok"), Some(("woo::paid::a", true)));
        assert_eq!(verdict("test woo::paid::b ... FAILED"), Some(("woo::paid::b", false)));
        assert_eq!(verdict("test result: ok. 3 passed; 0 failed"), None);
        assert_eq!(verdict("running 2 tests"), None);
    }
}
