//! One route's page.

use std::fmt::Write;

use serde_json::Value;

use crate::shape;

pub(crate) struct Route<'a> {
    pub(crate) method: String,
    pub(crate) path: &'a str,
    pub(crate) operation: &'a Value,
}

impl Route<'_> {
    pub(crate) fn name(&self) -> &str {
        self.operation["operationId"].as_str().unwrap()
    }

    pub(crate) fn tag(&self) -> &str {
        self.operation["tags"][0].as_str().unwrap()
    }

    fn needs(&self, scheme: &str) -> bool {
        let list = self.operation["security"].as_array();
        list.is_some_and(|list| list.iter().any(|one| !one[scheme].is_null()))
    }
}

pub(crate) fn render(document: &Value, route: &Route<'_>) -> String {
    let operation = route.operation;
    let mut text = format!("# {}\n\n`{} {}`\n", word(&operation["summary"]), route.method, route.path);
    let description = word(&operation["description"]);
    if !description.is_empty() {
        write!(text, "\n{description}\n").unwrap();
    }
    write!(text, "\n{}\n\n```sh\n{}\n```\n", caller(route), curl(route)).unwrap();
    parameters(&mut text, operation);
    body(&mut text, document, operation);
    answers(&mut text, document, operation);
    problems(&mut text, operation);
    text.push_str("\n[All routes](README.md)\n");
    text
}

fn caller(route: &Route<'_>) -> &'static str {
    match (route.needs("shopKey"), route.needs("console"), route.needs("orderToken")) {
        (true, true, _) => "For the shop's server, with the shop key, and for staff who are signed in.",
        (true, false, _) => "For the shop's server, with the shop key.",
        (false, true, _) => "For staff who are signed in at the console.",
        (false, false, true) => "For the buyer's page, with its order token.",
        (false, false, false) => "For everyone.",
    }
}

fn curl(route: &Route<'_>) -> String {
    let operation = route.operation;
    let mut path = route.path.to_owned();
    let mut lines = Vec::new();
    for parameter in operation["parameters"].as_array().into_iter().flatten() {
        let example = &parameter["example"];
        let shown = example.as_str().map_or_else(|| example.to_string(), str::to_owned);
        match word(&parameter["in"]) {
            "path" => {
                let name = word(&parameter["name"]);
                let value = if example.is_null() { format!("${}", name.to_uppercase()) } else { shown };
                path = path.replace(&format!("{{{name}}}"), &value);
            }
            "header" => lines.push(format!("-H '{}: {shown}'", word(&parameter["name"]))),
            _ => {}
        }
    }
    for (scheme, variable) in [("shopKey", "SHOP_KEY"), ("orderToken", "ORDER_TOKEN")] {
        if route.needs(scheme) {
            lines.push(format!("-H \"Authorization: Bearer ${variable}\""));
        }
    }
    for (kind, content) in operation["requestBody"]["content"].as_object().into_iter().flatten() {
        if kind == "application/x-www-form-urlencoded" {
            lines.push("-d \"order_token=$ORDER_TOKEN\"".to_owned());
            continue;
        }
        lines.push(format!("-H 'Content-Type: {kind}'"));
        if !content["example"].is_null() {
            lines.push(format!("-d '{}'", content["example"]));
        }
    }
    let method = if route.method == "GET" { String::new() } else { format!("-X {} ", route.method) };
    let mut command = format!("curl {method}\"$BACKEND{path}\"");
    for line in lines {
        command += " \\\n  ";
        command += &line;
    }
    command
}

fn parameters(text: &mut String, operation: &Value) {
    let Some(list) = operation["parameters"].as_array().filter(|list| !list.is_empty()) else { return };
    text.push_str("\n## Takes\n\n| name | where | what |\n|---|---|---|\n");
    for parameter in list {
        let needed = if parameter["required"] == true { "" } else { ", optional" };
        let (name, place) = (word(&parameter["name"]), word(&parameter["in"]));
        writeln!(text, "| `{name}` | {place}{needed} | {} |", one_line(word(&parameter["description"])))
            .unwrap();
    }
}

fn body(text: &mut String, document: &Value, operation: &Value) {
    let body = &operation["requestBody"];
    for (kind, content) in body["content"].as_object().into_iter().flatten() {
        write!(text, "\n## Body\n\n`{kind}`").unwrap();
        let description = word(&body["description"]);
        if !description.is_empty() {
            write!(text, ": {description}").unwrap();
        }
        text.push('\n');
        shape::table(text, document, &content["schema"]);
    }
}

fn answers(text: &mut String, document: &Value, operation: &Value) {
    text.push_str("\n## Answers\n");
    let mut shown = None;
    for (status, answer) in operation["responses"].as_object().unwrap() {
        if status.as_str() >= "400" {
            continue;
        }
        write!(text, "\n**{status}** {}\n", one_line(word(&answer["description"]))).unwrap();
        for (kind, content) in answer["content"].as_object().into_iter().flatten() {
            // The same shape is shown once.
            if shown.as_ref() == Some(&content["schema"]) {
                continue;
            }
            shown = Some(content["schema"].clone());
            if content["example"].is_null() {
                write!(text, "\n`{kind}`\n").unwrap();
            } else {
                let example = serde_json::to_string_pretty(&content["example"]).unwrap();
                write!(text, "\n```json\n{example}\n```\n").unwrap();
            }
            shape::table(text, document, &content["schema"]);
        }
    }
}

fn problems(text: &mut String, operation: &Value) {
    let responses = operation["responses"].as_object().unwrap();
    if !responses.keys().any(|status| status.as_str() >= "400") {
        return;
    }
    text.push_str("\n## Problems\n\n| status | code | what to do |\n|---|---|---|\n");
    for (status, answer) in responses.iter().filter(|(status, _)| status.as_str() >= "400") {
        for line in word(&answer["description"]).lines() {
            match line.strip_prefix('`').and_then(|line| line.split_once("`: ")) {
                Some((code, meaning)) => writeln!(text, "| {status} | `{code}` | {meaning} |").unwrap(),
                None => writeln!(text, "| {status} | | {line} |").unwrap(),
            }
        }
    }
}

pub(crate) fn one_line(text: &str) -> String {
    text.replace('\n', " ").replace('|', "\\|")
}

pub(crate) fn word(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
