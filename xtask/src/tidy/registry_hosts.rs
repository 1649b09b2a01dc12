//! No package registry's host in any file: each machine's own settings say where packages come from.

use super::sources::Sources;
use super::{Finding, Rule};

const HOSTS: [&str; 9] = [
    "registry.npmjs.org",
    "registry.yarnpkg.com",
    "npm.pkg.github.com",
    "index.crates.io",
    "static.crates.io",
    "pypi.org/simple",
    "files.pythonhosted.org",
    "repo.packagist.org",
    "artifactory",
];

pub(super) const RULE: Rule = Rule {
    name: "registry hosts",
    reason: "a committed host breaks every machine that takes packages from elsewhere",
    find,
};

fn find(sources: &Sources) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in sources.files().filter(|file| !file.is_a_rule()) {
        for (number, line) in file.lines() {
            for host in HOSTS.iter().filter(|host| line.contains(*host)) {
                findings.push(Finding::new(&file.path, number, format!("names {host}")));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_registrys_host_is_caught() {
        let bad = "\"resolved\": \"https://registry.npmjs.org/esbuild\"";
        assert_eq!(find(&Sources::of(&[("package-lock.json", bad)])).len(), 1);
        let good = "source = \"registry+https://github.com/rust-lang/crates.io-index\"";
        assert_eq!(find(&Sources::of(&[("Cargo.lock", good)])), []);
    }
}
