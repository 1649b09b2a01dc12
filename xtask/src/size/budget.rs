//! `xtask/size-budget.json`: for each build what a buyer may download in all, for the shipped one also what each kind of
//! file may weigh. A figure is never higher than it was.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, ensure};
use serde::Deserialize;

use crate::process::command;

const FILE: &str = "xtask/size-budget.json";

/// The committed figures, in bytes of brotli.
#[derive(Debug, Deserialize)]
pub(super) struct Budgets {
    /// By build, then by kind of file.
    #[serde(default)]
    files: BTreeMap<String, BTreeMap<String, u64>>,
    /// In all, by build.
    #[serde(flatten)]
    downloads: BTreeMap<String, u64>,
}

/// The kinds of files that have a budget of their own; of several the largest counts.
pub(super) fn kind(path: &str) -> Option<&'static str> {
    let ending = Path::new(path).extension().and_then(|ending| ending.to_str());
    match (path, ending) {
        ("alliancepay.js", _) => Some("script"),
        ("alliancepay.mjs", _) => Some("module"),
        ("npm/index.mjs", _) => Some("npm entry"),
        (_, Some("wasm")) => Some("wasm"),
        (_, Some("json")) => Some("texts"),
        _ => None,
    }
}

impl Budgets {
    pub(super) fn read(root: &Path) -> anyhow::Result<Self> {
        let path = root.join(FILE);
        let text = std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
        serde_json::from_str(&text).context("the size budget")
    }

    pub(super) fn download(&self, build: &str) -> anyhow::Result<u64> {
        self.downloads.get(build).copied().context("the size budget has no such build")
    }

    /// Of one kind of file; none where the build has no such figures.
    pub(super) fn file(&self, build: &str, kind: &str) -> Option<u64> {
        self.files.get(build)?.get(kind).copied()
    }

    /// Fails where a figure is higher than it was committed, or was before that. Without a history there is nothing to
    /// compare with: an unpacked archive can be tested too.
    pub(super) fn has_not_grown(&self, root: &Path) -> anyhow::Result<()> {
        let git = |arguments: &[&str]| {
            let answer = command("git").current_dir(root).args(arguments).output().ok()?;
            answer.status.success().then(|| String::from_utf8_lossy(&answer.stdout).into_owned())
        };
        let Some(commits) = git(&["log", "-2", "--format=%H", "--", FILE]) else { return Ok(()) };
        for commit in commits.lines() {
            let text = git(&["show", &format!("{commit}:{FILE}")]);
            let Some(before) = text.and_then(|text| serde_json::from_str::<Self>(&text).ok()) else {
                continue;
            };
            self.is_not_above(&before)?;
        }
        Ok(())
    }

    fn is_not_above(&self, before: &Self) -> anyhow::Result<()> {
        let before: BTreeMap<String, u64> = before.figures().into_iter().collect();
        for (name, now) in self.figures() {
            let then = before.get(&name).copied().unwrap_or(now);
            ensure!(now <= then, "{FILE}: {name} was {then} and is {now}: the budget only goes down");
        }
        Ok(())
    }

    fn figures(&self) -> Vec<(String, u64)> {
        let downloads = self.downloads.iter().map(|(build, bytes)| (build.clone(), *bytes));
        let files = self.files.iter().flat_map(|(build, files)| {
            files.iter().map(move |(kind, bytes)| (format!("{build}, {kind}"), *bytes))
        });
        downloads.chain(files).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn budgets(text: &str) -> Budgets {
        serde_json::from_str(text).expect("budgets")
    }

    #[test]
    fn a_figure_may_go_down_and_a_new_one_may_come_and_none_may_go_up() {
        let before = budgets(r#"{"small": 10, "files": {"small": {"wasm": 7}}}"#);
        let lower = budgets(r#"{"small": 9, "stable": 99, "files": {"small": {"wasm": 7, "script": 3}}}"#);
        assert!(lower.is_not_above(&before).is_ok());
        let higher = budgets(r#"{"small": 11}"#).is_not_above(&before).unwrap_err().to_string();
        assert!(higher.contains("small was 10 and is 11"), "{higher}");
        assert!(budgets(r#"{"files": {"small": {"wasm": 8}}}"#).is_not_above(&before).is_err());
    }

    #[test]
    fn each_shipped_file_is_of_a_kind() {
        for (path, expected) in [
            ("alliancepay.js", "script"),
            ("alliancepay.mjs", "module"),
            ("alliancepay-12ab.wasm", "wasm"),
            ("alliancepay-uk-12ab.json", "texts"),
            ("npm/index.mjs", "npm entry"),
        ] {
            assert_eq!(kind(path), Some(expected), "{path}");
        }
        assert_eq!(kind("npm/react.mjs"), None);
    }
}
