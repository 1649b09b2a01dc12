//! What is made from the table of options says what the table says.

use super::sources::Sources;
use super::{Finding, Rule};
use crate::options;

pub(super) const RULE: Rule = Rule {
    name: "options table",
    reason: "attributes, types and documentation come from embed/options.json; run `cargo xtask options`",
    find,
};

fn find(sources: &Sources) -> Vec<Finding> {
    let read = |path: &str| sources.files().find(|file| file.path == path).map(|file| file.text.as_str());
    if read(options::TABLE).is_none() {
        return Vec::new();
    }
    let made = match options::made(&read) {
        Ok(made) => made,
        Err(error) => return vec![Finding::new(options::TABLE, 1, format!("{error:#}"))],
    };
    made.iter()
        .filter(|(path, text)| read(path) != Some(text.as_str()))
        .map(|(path, _)| Finding::new(path, 1, "is not what the table says"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_that_the_table_does_not_make_is_caught() {
        let table = r#"[{"name": "view", "values": ["pay"], "meaning": "M."}]"#;
        let document = "<!-- made from embed/options.json -->\n<!-- until here -->";
        let sources = Sources::of(&[(options::TABLE, table), ("docs/embedding.md", document)]);
        let places: Vec<String> = find(&sources).into_iter().map(|finding| finding.place).collect();
        assert_eq!(places.len(), 3, "{places:?}");
        assert_eq!(find(&Sources::of(&[("README.md", "")])), []);
    }
}
