//! `checkout-core` is compiled with no browser, async, HTTP or clock crate, not even through another crate.

use super::sources::Sources;
use super::{Finding, Rule};

const FORBIDDEN: [&str; 24] = [
    "async-std",
    "async-trait",
    "chrono",
    "futures",
    "futures-core",
    "futures-util",
    "getrandom",
    "gloo-net",
    "gloo-timers",
    "http",
    "hyper",
    "instant",
    "jiff",
    "js-sys",
    "leptos",
    "rand",
    "reqwest",
    "smol",
    "time",
    "tokio",
    "ureq",
    "wasm-bindgen",
    "web-sys",
    "web-time",
];

pub(super) const RULE: Rule = Rule {
    name: "core graph",
    reason: "the checkout's decisions take events and the time as input, so that they can be tested without a world",
    find,
};

fn find(sources: &Sources) -> Vec<Finding> {
    let mut findings = Vec::new();
    for line in sources.core_graph.lines() {
        let name = line.split_whitespace().next().unwrap_or_default();
        if FORBIDDEN.contains(&name) {
            findings.push(Finding::new("crates/checkout-core/Cargo.toml", 1, format!("brings in {name}")));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_async_crate_behind_another_crate_is_caught() {
        let graph = |text: &str| Sources::default().with_core_graph(text);
        assert_eq!(find(&graph("checkout-core v0.1.0 (/x)\nserde v1.0.0\nmoney v0.1.0 (/x)")), []);
        assert_eq!(find(&graph("checkout-core v0.1.0 (/x)\nserde v1.0.0\ntokio v1.0.0")).len(), 1);
    }
}
