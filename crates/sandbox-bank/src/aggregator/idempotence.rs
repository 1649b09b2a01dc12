//! Requests with an idempotence key are done once and answered alike for a day.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

const REMEMBERED_FOR: SignedDuration = SignedDuration::from_hours(24);

#[derive(Debug, Default)]
pub(crate) struct Remembered(BTreeMap<String, Entry>);

#[derive(Debug, Clone)]
struct Entry {
    begun: Timestamp,
    answer: Option<(u16, Value)>,
}

/// What a key means when it comes.
#[derive(Debug)]
pub(crate) enum Begun {
    First,
    Running,
    /// Answered before: when it was first asked, and how.
    Again(Timestamp, u16, Value),
}

impl Remembered {
    pub(crate) fn begin(&mut self, key: &str, now: Timestamp) -> Begun {
        self.0.retain(|_, entry| now.duration_since(entry.begun) < REMEMBERED_FOR);
        match self.0.get(key) {
            None => {
                self.0.insert(key.to_owned(), Entry { begun: now, answer: None });
                Begun::First
            }
            Some(Entry { answer: None, .. }) => Begun::Running,
            Some(Entry { begun, answer: Some((http, body)) }) => Begun::Again(*begun, *http, body.clone()),
        }
    }

    pub(crate) fn finish(&mut self, key: &str, http: u16, body: &Value) {
        if let Some(entry) = self.0.get_mut(key) {
            entry.answer = Some((http, body.clone()));
        }
    }

    /// Nothing was done, so nothing is remembered.
    pub(crate) fn forget(&mut self, key: &str) {
        self.0.remove(key);
    }
}
