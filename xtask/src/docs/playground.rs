//! What the playground's controls are made of: the table of the options, the theming properties as `docs/embedding.md` tells
//! of them, the languages there are texts for.

use std::path::Path;

use anyhow::{Context, ensure};
use serde_json::{Value, json};

use crate::options::TABLE;

/// Before the name of a property, in its row of the table.
const ROW: &str = "| `--alliancepay-";

pub(super) fn data(root: &Path) -> anyhow::Result<Value> {
    let options: Value = serde_json::from_str(&super::read(&root.join(TABLE))?).context(TABLE)?;
    let document = super::read(&root.join("docs/embedding.md"))?;
    let properties: Vec<Value> = document.lines().filter_map(property).collect();
    ensure!(!properties.is_empty(), "docs/embedding.md tells of no theming property");
    let mut languages = Vec::new();
    for file in std::fs::read_dir(root.join("texts"))? {
        let path = file?.path();
        languages.extend(path.file_stem().and_then(|stem| stem.to_str()).map(str::to_owned));
    }
    languages.sort_unstable();
    Ok(json!({"options": options, "properties": properties, "languages": languages}))
}

/// Name, default and meaning.
fn property(line: &str) -> Option<Value> {
    let mut cells = line.strip_prefix(ROW)?.trim_end_matches(" |").split(" | ");
    let (name, usual, meaning) = (cells.next()?, cells.next()?, cells.next()?);
    Some(json!({"name": name.trim_end_matches('`'), "default": usual, "meaning": meaning}))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_of_the_table_is_a_property_and_no_other_line_is() {
        let row = "| `--alliancepay-accent` | `#1d4ed8`, dark `#8fb0ff` | button, choice, focus |";
        let made = json!({"name": "accent", "default": "`#1d4ed8`, dark `#8fb0ff`", "meaning": "button, choice, focus"});
        assert_eq!(property(row), Some(made));
        assert_eq!(property("| property | default | what for |"), None);
    }
}
