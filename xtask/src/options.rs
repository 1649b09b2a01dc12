//! The widget's options, once: `embed/options.json`. From it come the list the element observes, the TypeScript types
//! and the table of the documentation; `cargo xtask options` writes them, tidy compares, and a test of the widget holds
//! what the Rust code reads to the same table.

use std::fmt::Write as _;

use anyhow::{Context, ensure};
use serde::Deserialize;

use crate::workspace::Workspace;

/// The one source.
pub(crate) const TABLE: &str = "embed/options.json";
const DOCUMENT: &str = "docs/embedding.md";
/// Around what is made in the document.
const MARKS: (&str, &str) = ("<!-- made from embed/options.json -->\n", "<!-- until here -->");
const WIDTH: usize = 120;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Choice {
    /// As an attribute.
    name: String,
    /// What TypeScript calls it, where it is no list of words.
    #[serde(default, rename = "type")]
    kind: Option<String>,
    /// The words it may be.
    #[serde(default)]
    values: Vec<String>,
    /// In Markdown; absent where there is none.
    #[serde(default)]
    default: Option<String>,
    /// In Markdown.
    meaning: String,
    /// Whether a change of it keeps the checkout under way; the widget's own test reads it.
    #[serde(default, rename = "look")]
    _look: bool,
}

/// Path and contents of every file that the table makes; `read` gives a file's text.
pub(crate) fn made<'a>(
    read: &dyn Fn(&str) -> Option<&'a str>,
) -> anyhow::Result<Vec<(&'static str, String)>> {
    let table = read(TABLE).with_context(|| format!("{TABLE} is missing"))?;
    let table: Vec<Choice> = serde_json::from_str(table).with_context(|| TABLE.to_owned())?;
    for choice in &table {
        ensure!(choice.kind.is_some() == choice.values.is_empty(), "{}: a type or values", choice.name);
    }
    let document = read(DOCUMENT).with_context(|| format!("{DOCUMENT} is missing"))?;
    Ok(vec![
        ("embed/options.js", list(&table)),
        ("embed/npm/options.d.ts", types(&table)),
        (DOCUMENT, within(document, &documentation(&table))?),
    ])
}

/// `cargo xtask options`.
pub(crate) fn write(workspace: &Workspace) -> anyhow::Result<()> {
    let mut texts = Vec::new();
    for path in [TABLE, DOCUMENT] {
        let text = std::fs::read_to_string(workspace.root.join(path)).with_context(|| path.to_owned())?;
        texts.push((path, text));
    }
    let read = |wanted: &str| texts.iter().find(|(path, _)| *path == wanted).map(|(_, text)| text.as_str());
    for (path, text) in made(&read)? {
        std::fs::write(workspace.root.join(path), text).with_context(|| format!("writing {path}"))?;
    }
    Ok(())
}

/// What the element observes.
fn list(table: &[Choice]) -> String {
    let mut script =
        format!("// Made from {TABLE} by `cargo xtask options`.\n\n/** Every option, as an attribute. */\n");
    script += "export const OPTIONS = [\n";
    for choice in table {
        let _ = writeln!(script, "  {:?},", choice.name);
    }
    script + "];\n"
}

fn types(table: &[Choice]) -> String {
    let mut types = format!("// Made from {TABLE} by `cargo xtask options`.\n\n");
    types += "/** Options of the widget; as attributes of `<alliancepay-checkout>` they are written with dashes. */\n";
    types += "export interface Options {\n";
    for choice in table {
        let mut words = choice.meaning.clone();
        if let Some(default) = &choice.default {
            let _ = write!(words, " Default: {default}.");
        }
        types += &comment(&words);
        let _ = writeln!(types, "  {}?: {};", camel_case(&choice.name), choice.kind());
    }
    types + "}\n"
}

/// One line where it fits, else a block.
fn comment(words: &str) -> String {
    let line = format!("  /** {words} */\n");
    if line.chars().count() <= WIDTH + 1 {
        return line;
    }
    let mut block = "  /**\n   *".to_owned();
    let mut length = 4;
    for word in words.split(' ') {
        if length + 1 + word.chars().count() > WIDTH {
            block += "\n   *";
            length = 4;
        }
        length += 1 + word.chars().count();
        let _ = write!(block, " {word}");
    }
    block + "\n   */\n"
}

fn documentation(table: &[Choice]) -> String {
    let mut text =
        "| attribute | in JavaScript | takes | default | meaning |\n|---|---|---|---|---|\n".to_owned();
    for choice in table {
        let takes = if choice.values.is_empty() {
            format!("`{}`", choice.kind().replace('|', "\\|"))
        } else {
            choice.values.iter().map(|value| format!("`{value}`")).collect::<Vec<_>>().join(", ")
        };
        let _ = writeln!(
            text,
            "| `{}` | `{}` | {takes} | {} | {} |",
            choice.name,
            camel_case(&choice.name),
            choice.default.as_deref().unwrap_or("–"),
            choice.meaning
        );
    }
    text
}

/// The document with what is between the marks replaced.
fn within(document: &str, made: &str) -> anyhow::Result<String> {
    let (before, rest) = document.split_once(MARKS.0).with_context(|| format!("no {} there", MARKS.0))?;
    let (_, after) = rest.split_once(MARKS.1).with_context(|| format!("no {} there", MARKS.1))?;
    Ok([before, MARKS.0, "\n", made, "\n", MARKS.1, after].concat())
}

impl Choice {
    fn kind(&self) -> String {
        match &self.kind {
            Some(kind) => kind.clone(),
            None => self.values.iter().map(|value| format!("{value:?}")).collect::<Vec<_>>().join(" | "),
        }
    }
}

fn camel_case(name: &str) -> String {
    let mut parts = name.split('-');
    let mut camel = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        camel += &part[..1].to_uppercase();
        camel += &part[1..];
    }
    camel
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENT_BEFORE: &str =
        "# Embedding\n<!-- made from embed/options.json -->\nold\n<!-- until here -->\nMore.\n";

    fn files(table: &str) -> anyhow::Result<Vec<(&'static str, String)>> {
        let read = |path: &str| match path {
            TABLE => Some(table),
            DOCUMENT => Some(DOCUMENT_BEFORE),
            _ => None,
        };
        made(&read)
    }

    #[test]
    fn one_table_makes_the_list_the_types_and_the_documentation() {
        let table = r#"[{"name": "logo-url", "type": "string", "meaning": "A mark."},
            {"name": "theme", "values": ["auto", "dark"], "default": "`auto`", "look": true, "meaning": "M."}]"#;
        let [(_, list), (_, types), (_, document)] = files(table).expect("made").try_into().expect("three");
        assert!(list.ends_with("export const OPTIONS = [\n  \"logo-url\",\n  \"theme\",\n];\n"), "{list}");
        assert!(types.contains("  /** A mark. */\n  logoUrl?: string;\n"), "{types}");
        assert!(types.contains("/** M. Default: `auto`. */\n  theme?: \"auto\" | \"dark\";\n"), "{types}");
        assert!(
            document.contains("| `theme` | `theme` | `auto`, `dark` | `auto` | M. |\n\n<!-- until"),
            "{document}"
        );
        assert!(document.starts_with("# Embedding\n") && document.ends_with("\nMore.\n"), "{document}");
    }

    #[test]
    fn making_it_again_changes_nothing_and_an_unclear_option_is_refused() {
        let once = within(DOCUMENT_BEFORE, "| a |\n").expect("made");
        assert_eq!(within(&once, "| a |\n").expect("made"), once);
        assert!(files(r#"[{"name": "a", "meaning": "Neither."}]"#).is_err());
    }

    #[test]
    fn long_meanings_are_wrapped() {
        let long = comment(&"word ".repeat(40));
        assert!(long.lines().all(|line| line.chars().count() <= WIDTH), "{long}");
    }
}
