//! npm's lock files pin by hash, not by address.

use super::sources::Sources;
use super::{Finding, Rule};

pub(super) const RULE: Rule = Rule {
    name: "package lock",
    reason: "a resolved address ties the lock to one machine's registry; write it with \
             `npm install --package-lock-only --omit-lockfile-registry-resolved`",
    find,
};

fn find(sources: &Sources) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in sources.files().filter(|file| file.path.ends_with("package-lock.json")) {
        for (number, _) in file.lines().filter(|(_, line)| line.contains("\"resolved\":")) {
            findings.push(Finding::new(&file.path, number, "a resolved address"));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_resolved_address_is_caught() {
        let file = "xtask/npm/package-lock.json";
        assert_eq!(find(&Sources::of(&[(file, "{\n\"resolved\": \"https://x\"\n}")])).len(), 1);
        assert_eq!(find(&Sources::of(&[(file, "{\"integrity\": \"sha512-x\"}")])), []);
    }
}
