//! The names of the workspace's test programs, as cargo knows them.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Context;
use serde::Deserialize;

use crate::process::{answer, cargo};

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    targets: Vec<Target>,
}

#[derive(Deserialize)]
struct Target {
    kind: Vec<String>,
    name: String,
}

/// Names of integration tests in all packages.
pub(crate) fn tests(root: &Path) -> anyhow::Result<BTreeSet<String>> {
    let mut cargo = cargo();
    cargo.current_dir(root).args(["metadata", "--no-deps", "--format-version", "1"]);
    names(&answer(&mut cargo, "cargo metadata")?)
}

fn names(metadata: &str) -> anyhow::Result<BTreeSet<String>> {
    let metadata: Metadata = serde_json::from_str(metadata).context("cargo metadata's answer")?;
    let targets = metadata.packages.into_iter().flat_map(|package| package.targets);
    Ok(targets
        .filter(|target| target.kind.iter().any(|kind| kind == "test"))
        .map(|target| target.name)
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_integration_tests_are_named() {
        let metadata =
            r#"{"packages":[{"targets":[{"kind":["lib"],"name":"a"},{"kind":["test"],"name":"api"}]}]}"#;
        assert_eq!(names(metadata).expect("names"), BTreeSet::from(["api".to_owned()]));
    }
}
