//! What a screen reader is given of a page: the accessibility tree in short lines, one per element that says something.

use std::collections::HashMap;
use std::fmt::Write as _;

use anyhow::Context;
use browser::Page;
use serde_json::{Value, json};

/// Properties worth a word.
const TELLING: [&str; 5] = ["level", "checked", "busy", "disabled", "live"];

pub(super) async fn heard(page: &Page) -> anyhow::Result<String> {
    let tree = page.devtools("Accessibility.getFullAXTree", json!({})).await?;
    let nodes = tree["nodes"].as_array().context("the tree's nodes")?;
    let by_id: HashMap<&str, &Value> =
        nodes.iter().filter_map(|node| Some((node["nodeId"].as_str()?, node))).collect();
    let root = nodes.first().context("a root")?;
    let mut text = String::new();
    write_down(root, &by_id, 0, "", &mut text);
    Ok(text)
}

fn write_down(node: &Value, all: &HashMap<&str, &Value>, depth: usize, above: &str, text: &mut String) {
    let role = node["role"]["value"].as_str().unwrap_or_default();
    let name = node["name"]["value"].as_str().unwrap_or_default();
    if role == "InlineTextBox" || (role == "StaticText" && name == above) {
        return;
    }
    let silent = node["ignored"] == true || (["generic", "none"].contains(&role) && name.is_empty());
    if !silent {
        let _ = write!(text, "{:indent$}{role}", "", indent = depth * 2);
        if !name.is_empty() {
            let _ = write!(text, " “{name}”");
        }
        for property in node["properties"].as_array().into_iter().flatten() {
            let (word, value) = (property["name"].as_str().unwrap_or_default(), &property["value"]["value"]);
            let is_plain = value.is_null() || *value == false || *value == "false";
            if TELLING.contains(&word) && !is_plain {
                let _ = write!(text, " {word}={}", value.as_str().map_or(value.to_string(), str::to_owned));
            }
        }
        text.push('\n');
    }
    let (depth, above) = if silent { (depth, above) } else { (depth + 1, name) };
    for child in node["childIds"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if let Some(child) = all.get(child) {
            write_down(child, all, depth, above, text);
        }
    }
}
