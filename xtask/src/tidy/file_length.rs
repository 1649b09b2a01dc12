//! No file above 400 lines: a file that long holds more than one thing.

use super::sources::Sources;
use super::{Finding, Rule};

const LONGEST: usize = 400;

pub(super) const RULE: Rule = Rule {
    name: "file length",
    reason: "a reader should find one thing per file; split it by what it is about",
    find,
};

fn find(sources: &Sources) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in sources.files().filter(|file| file.has_ending(&["rs", "js", "mjs", "css", "php"])) {
        let length = file.text.lines().count();
        if length > LONGEST {
            findings.push(Finding::new(&file.path, length, format!("{length} lines, {LONGEST} at most")));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_too_many_is_caught() {
        let (good, bad) = ("x\n".repeat(LONGEST), "x\n".repeat(LONGEST + 1));
        assert_eq!(find(&Sources::of(&[("a.rs", &good), ("a.md", &bad)])), []);
        assert_eq!(find(&Sources::of(&[("a.css", &bad)])).len(), 1);
    }
}
