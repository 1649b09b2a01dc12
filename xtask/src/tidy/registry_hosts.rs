//! No package registry's address in any file: each machine's own settings say where packages come from.

use super::sources::Sources;
use super::{Finding, Rule};

/// How npm, Yarn, pip and cargo write down where a package comes from, or where to look for it.
const MARKS: [&str; 6] =
    ["\"resolved\":", "resolved \"http", "registry=http", "--registry=", "--index-url", "--extra-index-url"];

pub(super) const RULE: Rule = Rule {
    name: "registry addresses",
    reason: "a committed address breaks every machine that takes packages from elsewhere",
    find,
};

fn find(sources: &Sources) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in sources.files().filter(|file| !file.is_a_rule()) {
        for (number, line) in file.lines() {
            for mark in MARKS.iter().filter(|mark| line.contains(*mark)) {
                findings.push(Finding::new(
                    &file.path,
                    number,
                    format!("says where packages come from: {mark}"),
                ));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_registrys_address_is_caught() {
        for (path, bad) in [
            ("package-lock.json", "\"resolved\": \"https://packages.example/esbuild\""),
            (".npmrc", "registry=https://packages.example/"),
            ("tools.sh", "pip install --index-url https://packages.example/simple jwcrypto"),
        ] {
            assert_eq!(find(&Sources::of(&[(path, bad)])).len(), 1, "{path}");
        }
        let good = "source = \"registry+https://github.com/rust-lang/crates.io-index\"";
        assert_eq!(find(&Sources::of(&[("Cargo.lock", good)])), []);
    }
}
