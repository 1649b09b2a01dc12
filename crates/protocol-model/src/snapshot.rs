//! A checkout as a text that two checkouts share exactly when nothing can tell them apart from here on.
//!
//! Taken from its `Debug` text: ids are numbered in the order they appear, times are told from now, and what only
//! spreads requests over time is left out. A number nobody explained here stays as it is, so that a new field can
//! only make the model larger, never blind.

use std::collections::BTreeMap;
use std::fmt::Write;

/// The model's policy has one pause for everything: this long.
pub(crate) const PAUSE: u64 = 1_000;

/// Words before a number that is a moment on the checkout's own clock.
const MOMENTS: [&str; 5] = ["due: ", "doubt: ", "deadline: ", "Waiting(", "Cut("];

/// What can be told of a checkout.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Snapshot {
    /// Everything but the revisions.
    pub(crate) text: String,
    /// The revisions in it, in order: only which is newer can make a difference.
    pub(crate) revisions: Vec<u64>,
}

/// The snapshot of a checkout's `Debug` text.
pub(crate) fn canonical(debug: &str) -> Snapshot {
    let now = debug.rfind("now: ").map_or(0, |at| number_at(&debug[at + 5..]).0);
    // The configuration is the same in every state.
    let debug = debug.find(", phase: ").map_or(debug, |at| &debug[at..]);
    let mut text = String::with_capacity(debug.len());
    let mut ids: BTreeMap<u64, usize> = BTreeMap::new();
    let mut revisions = Vec::new();
    let mut after_id = false;
    let mut rest = debug;
    while let Some(at) = rest.find(|letter: char| letter.is_ascii_digit()) {
        let (words, digits) = rest.split_at(at);
        text.push_str(words);
        let (number, length) = number_at(digits);
        rest = &digits[length..];
        let is_id = words.ends_with("RequestId(") || words.ends_with("WakeId(");
        let moment = MOMENTS.iter().any(|word| words.ends_with(word)) || (after_id && words == "), ");
        after_id = is_id;
        if is_id {
            let next = ids.len();
            push(&mut text, *ids.entry(number).or_insert(next));
        } else if words.ends_with("Revision(") {
            revisions.push(number);
        } else if moment || words.ends_with("not_before: ") {
            push(&mut text, number.saturating_sub(now));
        } else if words.ends_with("asked: Some(") {
            push(&mut text, now.saturating_sub(number).min(PAUSE));
        } else if words.ends_with("idle: ") {
            push(&mut text, number.min(1));
        } else if !["now: ", "last_id: ", "Jitter("].iter().any(|word| words.ends_with(word)) {
            push(&mut text, number);
        }
    }
    text.push_str(rest);
    Snapshot { text, revisions }
}

fn push(text: &mut String, number: impl std::fmt::Display) {
    // Writing to a string cannot fail.
    let _ = write!(text, "{number}");
}

/// The number a text begins with, and how many digits it has.
fn number_at(text: &str) -> (u64, usize) {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    (text[..length].parse().unwrap_or(u64::MAX), length)
}

#[cfg(test)]
mod tests {
    use super::canonical;

    #[test]
    fn ids_and_times_are_told_relative_to_now() {
        let early = "C { x: 1, phase: W { deadline: 900 }, a: Asking(RequestId(7), 500), session: \"session-1\", \
                     wake: (WakeId(8), 700), asked: Some(350), idle: 1, now: 400, last_id: 9 }";
        let late = "C { x: 2, phase: W { deadline: 1900 }, a: Asking(RequestId(17), 1500), session: \"session-1\", \
                    wake: (WakeId(28), 1700), asked: Some(1350), idle: 5, now: 1400, last_id: 29 }";
        assert_eq!(canonical(early), canonical(late));
        assert!(canonical(early).text.contains("deadline: 500"));
        assert!(canonical(early).text.contains("Asking(RequestId(0), 100)"));
        assert_ne!(canonical(early), canonical(&late.replace("1900", "1901")));
        assert_ne!(canonical(early), canonical(&late.replace("session-1", "session-2")));
    }
}
