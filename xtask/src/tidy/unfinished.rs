//! No notes to self in code: what is not done is written down where work is planned.

use super::sources::{Sources, has_word};
use super::{Finding, Rule};

const NOTES: [&str; 4] = ["TODO", "FIXME", "XXX", "HACK"];

pub(super) const RULE: Rule =
    Rule { name: "unfinished", reason: "do it or plan it; a note in the code is read by nobody", find };

fn find(sources: &Sources) -> Vec<Finding> {
    let code = ["rs", "js", "mjs", "css", "html", "toml", "php", "sql", "sh", "ts", "py"];
    let mut findings = Vec::new();
    for file in sources.files().filter(|file| file.has_ending(&code) && !file.is_a_rule()) {
        for (number, line) in file.lines() {
            for note in NOTES.iter().filter(|note| has_word(line, note)) {
                findings.push(Finding::new(&file.path, number, format!("{note} left in")));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_to_self_is_caught() {
        assert_eq!(find(&Sources::of(&[("src/a.rs", "// TODO: later")])).len(), 1);
        assert_eq!(find(&Sources::of(&[("src/a.rs", "fn todo_list() {}"), ("A.md", "no TODO")])), []);
    }
}
