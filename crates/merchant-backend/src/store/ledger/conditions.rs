//! Conditions of a statement that is put together: each with its values, numbered as they come.

use crate::store::sql::Value;

/// A value that lives as long as the conditions.
#[derive(Debug, Clone)]
pub(super) enum Owned {
    Int(i64),
    Text(String),
}

/// Conditions and their values.
#[derive(Debug, Clone, Default)]
pub(super) struct Conditions {
    texts: Vec<String>,
    values: Vec<Owned>,
}

impl Conditions {
    /// Adds one; every `?` in it takes one of the values.
    pub(super) fn add(&mut self, condition: &str, values: impl IntoIterator<Item = Owned>) {
        let first = self.values.len();
        self.values.extend(values);
        let mut text = String::new();
        let mut number = first;
        for c in condition.chars() {
            text.push(c);
            if c == '?' {
                number += 1;
                text.push_str(&number.to_string());
            }
        }
        debug_assert_eq!(number, self.values.len(), "{condition}");
        self.texts.push(text);
    }

    /// Begins a new list; the values stay and are numbered on.
    pub(super) fn begin(&mut self) {
        self.texts.clear();
    }

    /// All of them.
    pub(super) fn sql(&self) -> String {
        if self.texts.is_empty() { "TRUE".to_owned() } else { self.texts.join(" AND ") }
    }

    pub(super) fn values(&self) -> Vec<Value<'_>> {
        self.values
            .iter()
            .map(|owned| match owned {
                Owned::Int(number) => Value::Int(*number),
                Owned::Text(text) => Value::Text(text),
            })
            .collect()
    }
}
