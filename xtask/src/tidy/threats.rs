//! Every threat of SECURITY.md has a test, and the test is there: a promise without one is a wish.

use super::sources::Sources;
use super::{Finding, Rule};

const DOCUMENT: &str = "SECURITY.md";
const SECTION: &str = "## Threats";
/// Fewer would mean that the table is gone or was written otherwise.
const LEAST: usize = 12;

pub(super) const RULE: Rule = Rule {
    name: "threats",
    reason: "each row of the table in SECURITY.md ends with `path::name` of a test that exists",
    find,
};

fn find(sources: &Sources) -> Vec<Finding> {
    let Some(document) = sources.files().find(|file| file.path == DOCUMENT) else { return Vec::new() };
    let mut findings = Vec::new();
    let rows: Vec<(usize, &str)> = document
        .lines()
        .skip_while(|(_, line)| *line != SECTION)
        .filter(|(_, line)| line.starts_with("| ") && !line.starts_with("| threat"))
        .collect();
    for (number, row) in &rows {
        let cell = row.trim_end_matches(['|', ' ']).rsplit('|').next().unwrap_or_default().trim();
        let test = cell.trim_matches('`');
        let is_there = test.rsplit_once("::").is_some_and(|(path, name)| {
            let needle = format!("fn {name}(");
            sources.files().any(|file| file.path == path && file.text.contains(&needle))
        });
        if !is_there {
            findings.push(Finding::new(DOCUMENT, *number, format!("there is no test `{test}`")));
        }
    }
    if document.text.contains(SECTION) && rows.len() < LEAST {
        findings.push(Finding::new(DOCUMENT, 1, format!("{} threats: the table is not read", rows.len())));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(last: &str) -> Vec<Finding> {
        let good = "| a | b | `tests/a.rs::it_holds` |\n".repeat(LEAST);
        let text =
            format!("# Security\n\n{SECTION}\n\n| threat | what | test |\n|---|---|---|\n{good}{last}\n");
        find(&Sources::of(&[(DOCUMENT, &text), ("tests/a.rs", "fn it_holds() {}")]))
    }

    #[test]
    fn a_row_without_its_test_is_caught() {
        assert_eq!(rows("| c | d | `tests/a.rs::it_holds` |"), []);
        assert_eq!(rows("| c | d | `tests/a.rs::it_may_hold` |").len(), 1);
        assert_eq!(rows("| c | d | `tests/b.rs::it_holds` |").len(), 1);
        assert_eq!(rows("| c | d | believed |").len(), 1);
    }
}
