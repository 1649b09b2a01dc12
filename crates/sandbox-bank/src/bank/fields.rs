//! Reads a JSON object field by field and collects every mistake, as the bank's validation does. The bank's general
//! rule: an optional field that is there but null, empty or ill-formed fails the whole request.

use serde_json::{Map, Value};

/// A walk over one object; `errors` are the texts of `validation.errors[].message`.
#[derive(Debug)]
pub(crate) struct Fields<'a> {
    object: &'a Map<String, Value>,
    prefix: &'static str,
    pub(crate) errors: Vec<String>,
}

impl<'a> Fields<'a> {
    pub(crate) fn of(object: &'a Map<String, Value>, prefix: &'static str) -> Self {
        Self { object, prefix, errors: Vec::new() }
    }

    pub(crate) fn required(&mut self, name: &str, max: usize) -> String {
        if !self.object.contains_key(name) {
            self.wrong(name, "must not be null");
            return String::new();
        }
        self.optional(name, max).unwrap_or_default()
    }

    pub(crate) fn optional(&mut self, name: &str, max: usize) -> Option<String> {
        let value = self.object.get(name)?;
        let Some(text) = value.as_str() else {
            self.wrong(name, if value.is_null() { "must not be null" } else { "must be a string" });
            return None;
        };
        if text.trim().is_empty() {
            self.wrong(name, "must not be empty");
            return None;
        }
        if text.chars().count() > max {
            self.wrong(name, &format!("size must be between 1 and {max}"));
            return None;
        }
        Some(text.to_owned())
    }

    /// An optional text that also has to pass `check`.
    pub(crate) fn checked(
        &mut self,
        name: &str,
        max: usize,
        rule: &str,
        check: impl Fn(&str) -> bool,
    ) -> Option<String> {
        let text = self.optional(name, max)?;
        if check(&text) {
            return Some(text);
        }
        self.wrong(name, rule);
        None
    }

    pub(crate) fn choice<T: Copy>(&mut self, name: &str, choices: &[(&str, T)]) -> Option<T> {
        let text = self.optional(name, 64)?;
        let found = choices.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        if found.is_none() {
            let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
            self.wrong(name, &format!("must be any of {}", words.join(", ")));
        }
        found
    }

    pub(crate) fn whole(&mut self, name: &str, min: u64, max: u64) -> Option<u64> {
        let value = self.object.get(name)?;
        let number = value.as_u64().filter(|number| (min..=max).contains(number));
        if number.is_none() {
            self.wrong(name, &format!("must be a whole number between {min} and {max}"));
        }
        number
    }

    /// A flag; the bank's own examples also send it as a string.
    pub(crate) fn flag(&mut self, name: &str) -> bool {
        let Some(value) = self.object.get(name) else { return false };
        let flag = value.as_bool().or_else(|| value.as_str().and_then(|text| text.parse().ok()));
        if flag.is_none() {
            self.wrong(name, "must be true or false");
        }
        flag.unwrap_or_default()
    }

    pub(crate) fn words(&mut self, name: &str, allowed: &[&str]) -> Vec<String> {
        let list: Vec<String> = self
            .object
            .get(name)
            .and_then(Value::as_array)
            .map(|items| items.iter().filter_map(Value::as_str).map(str::to_owned).collect())
            .unwrap_or_default();
        if list.is_empty() || !list.iter().all(|word| allowed.contains(&word.as_str())) {
            self.wrong(name, &format!("must hold at least one of {}", allowed.join(", ")));
        }
        list
    }

    pub(crate) fn object(&mut self, name: &str) -> Map<String, Value> {
        let found = self.object.get(name).and_then(Value::as_object).cloned();
        if found.is_none() {
            self.wrong(name, "must not be null");
        }
        found.unwrap_or_default()
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.object.contains_key(name)
    }

    pub(crate) fn wrong(&mut self, name: &str, rule: &str) {
        self.errors.push(format!("{}{name} {rule}", self.prefix));
    }
}
