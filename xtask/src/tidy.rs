//! House rules that no lint can hold. Each rule is a file of its own with its reason and a test that a bad
//! example is caught.

mod bank_words;
mod core_graph;
mod documented_paths;
mod file_length;
mod floats;
mod layers;
mod options_table;
mod package_lock;
mod registry_hosts;
mod sources;
mod threats;
mod unfinished;

use std::process::ExitCode;

use anyhow::bail;

use crate::workspace::Workspace;
use sources::Sources;

/// One place that breaks a rule.
#[derive(Debug, PartialEq, Eq)]
struct Finding {
    place: String,
    what: String,
}

impl Finding {
    fn new(path: &str, line: usize, what: impl Into<String>) -> Self {
        Self { place: format!("{path}:{line}"), what: what.into() }
    }
}

struct Rule {
    name: &'static str,
    reason: &'static str,
    find: fn(&Sources) -> Vec<Finding>,
}

const RULES: [Rule; 11] = [
    file_length::RULE,
    layers::RULE,
    core_graph::RULE,
    bank_words::RULE,
    documented_paths::RULE,
    unfinished::RULE,
    registry_hosts::RULE,
    floats::RULE,
    package_lock::RULE,
    options_table::RULE,
    threats::RULE,
];

pub(crate) fn run(workspace: &Workspace) -> anyhow::Result<ExitCode> {
    check(workspace)?;
    eprintln!("tidy: {} rules kept", RULES.len());
    Ok(ExitCode::SUCCESS)
}

/// Fails with every place that breaks a rule.
pub(crate) fn check(workspace: &Workspace) -> anyhow::Result<()> {
    let sources = Sources::read(workspace)?;
    let mut broken = 0_usize;
    for rule in &RULES {
        let findings = (rule.find)(&sources);
        if !findings.is_empty() {
            eprintln!("tidy: {} ({})", rule.name, rule.reason);
        }
        for finding in &findings {
            eprintln!("  {}: {}", finding.place, finding.what);
        }
        broken += findings.len();
    }
    if broken > 0 {
        bail!("tidy: {broken} places break a rule");
    }
    Ok(())
}
