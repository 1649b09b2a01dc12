//! A schema as tables: one for the type itself and one for each type it holds.

use std::fmt::Write;

use serde_json::Value;

use crate::page::{one_line, word};

pub(crate) fn table(text: &mut String, document: &Value, schema: &Value) {
    let mut waiting = vec![(String::new(), schema.clone())];
    let mut done: Vec<String> = Vec::new();
    while let Some((title, schema)) = waiting.pop() {
        let Some(fields) = resolved(document, &schema)["properties"].as_object().cloned() else { continue };
        let required = resolved(document, &schema)["required"].clone();
        if !title.is_empty() {
            write!(text, "\n`{title}`:\n").unwrap();
        }
        text.push_str("\n| field | type | what |\n|---|---|---|\n");
        let mut inner = Vec::new();
        for (name, field) in &fields {
            let needed = required.as_array().is_some_and(|list| list.iter().any(|one| one == name));
            let optional = if needed { "" } else { ", optional" };
            let described = if word(&field["description"]).is_empty() {
                word(&resolved(document, field)["description"]).to_owned()
            } else {
                word(&field["description"]).to_owned()
            };
            let kind = kind(document, field, &mut inner);
            writeln!(text, "| `{name}` | {kind}{optional} | {} |", one_line(&described)).unwrap();
        }
        for name in inner.into_iter().rev() {
            if !done.contains(&name) {
                done.push(name.clone());
                let schema = document["components"]["schemas"][&name].clone();
                waiting.push((name, schema));
            }
        }
    }
}

/// The type in words; names of types with fields of their own go into `inner`.
fn kind(document: &Value, field: &Value, inner: &mut Vec<String>) -> String {
    if let Some(name) = reference(field) {
        let schema = &document["components"]["schemas"][name];
        if schema["properties"].is_object() {
            inner.push(name.to_owned());
            return name.to_owned();
        }
        return kind(document, schema, inner);
    }
    if let Some(words) = field["enum"].as_array() {
        let words: Vec<String> =
            words.iter().map(|word| format!("`{}`", word.as_str().unwrap_or("?"))).collect();
        return words.join(" ");
    }
    for several in ["oneOf", "allOf", "anyOf"] {
        if let Some(list) = field[several].as_array() {
            let kinds: Vec<String> = list
                .iter()
                .filter(|one| one["type"] != "null")
                .map(|one| kind(document, one, inner))
                .collect();
            let null = if list.iter().any(|one| one["type"] == "null") { " or null" } else { "" };
            return format!("{}{null}", kinds.join(", "));
        }
    }
    match &field["type"] {
        Value::Array(types) => {
            let single: Vec<&str> =
                types.iter().filter_map(Value::as_str).filter(|one| *one != "null").collect();
            let mut field = field.clone();
            field["type"] = Value::from(single.first().copied().unwrap_or_default());
            format!("{} or null", kind(document, &field, inner))
        }
        Value::String(one) if one == "array" => format!("list of {}", kind(document, &field["items"], inner)),
        Value::String(one) => one.clone(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => "anything".to_owned(),
    }
}

fn resolved<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    match reference(schema) {
        Some(name) => &document["components"]["schemas"][name],
        None => schema,
    }
}

fn reference(schema: &Value) -> Option<&str> {
    schema["$ref"].as_str()?.rsplit('/').next()
}
