//! What one buyer, the shop and the bank's faults do in one purchase: all of it follows from the seed.

use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use rand::{Rng as _, SeedableRng as _};
use serde_json::{Value, json};

/// One purchase before it happens.
#[derive(Debug, Clone)]
pub(crate) struct Story {
    pub(crate) order: String,
    /// Minor units.
    pub(crate) sum: u64,
    pub(crate) opening: Opening,
    pub(crate) paying: Vec<Paying>,
    pub(crate) refunding: Refunding,
    /// Bodies for the sandbox's switch of faults, set just before.
    pub(crate) faults: Vec<Value>,
}

/// How the session is asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Opening {
    Once,
    /// The same request twice at the same moment.
    TwiceSameKey,
    /// Two tabs: two keys at the same moment.
    TwoTabs,
}

/// What the buyer does on a payment page; the next one follows after a refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Paying {
    Card,
    /// Presses pay twice at the same moment.
    CardTwice,
    ThreeDs,
    SettlesLater,
    Declined,
    Cancelled,
    Abandoned,
}

/// What the shop gives back once the order is captured.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Refunding {
    Nothing,
    All,
    /// A part, in percent.
    Part(u64),
    /// The same request with the same key, twice at once.
    PartTwiceSameKey(u64),
    /// Two different refunds at once that together exceed what was paid.
    TooMuchAtOnce,
    /// A sum the sandbox's terminal refuses to refund.
    Refused,
}

const CALL_FAULTS: [(&str, &str); 12] = [
    ("create-order", "answer-lost"),
    ("create-order", "http500"),
    ("create-order", "slow"),
    ("create-order", "duplicate-replayed"),
    ("operations", "answer-lost"),
    ("operations", "http500"),
    ("operations", "pending"),
    ("operations", "slow"),
    ("operations", "token-killed"),
    ("authorize", "answer-lost"),
    ("authorize", "http500"),
    ("create-order", "token-killed"),
];
const NOTIFICATION_FAULTS: [&str; 5] = ["lost", "late", "twice", "reordered", "pending"];
const REFUND_FAULTS: [&str; 5] = ["answer-lost", "http500", "pending", "slow", "token-killed"];

impl Story {
    pub(crate) fn tell(seed: u64, number: usize, of: usize) -> Self {
        let mut random = StdRng::seed_from_u64(seed.wrapping_mul(1_000_003) ^ number as u64);
        let opening = match random.random_range(0..10) {
            0 | 1 => Opening::TwiceSameKey,
            2 | 3 => Opening::TwoTabs,
            _ => Opening::Once,
        };
        let paying = paying(&mut random, number, of);
        let refunding = match random.random_range(0..12) {
            0 | 1 => Refunding::All,
            2 | 3 => Refunding::Part(random.random_range(1..100)),
            4 => Refunding::PartTwiceSameKey(random.random_range(1..100)),
            5 => Refunding::TooMuchAtOnce,
            6 => Refunding::Refused,
            _ => Refunding::Nothing,
        };
        Self {
            order: format!("C{seed}-{number}"),
            sum: random.random_range(1_000..5_000_000),
            opening,
            paying,
            refunding,
            faults: faults(&mut random, matches!(refunding, Refunding::Nothing)),
        }
    }
}

/// Pages nobody pays are among the first purchases: their minute passes while the others are made.
fn paying(random: &mut StdRng, number: usize, of: usize) -> Vec<Paying> {
    let last = match random.random_range(0..10) {
        0 => Paying::CardTwice,
        1 => Paying::ThreeDs,
        2 => Paying::SettlesLater,
        3 if number * 4 < of => Paying::Abandoned,
        4 => Paying::Cancelled,
        5 => Paying::Declined,
        _ => Paying::Card,
    };
    let mut pages = Vec::new();
    while random.random_bool(0.2) && pages.len() < 2 {
        pages.push(if random.random_bool(0.5) { Paying::Declined } else { Paying::Cancelled });
    }
    pages.push(last);
    pages
}

fn faults(random: &mut StdRng, no_refund: bool) -> Vec<Value> {
    let mut faults = Vec::new();
    if random.random_bool(0.35)
        && let Some((on, kind)) = CALL_FAULTS.choose(random)
    {
        faults.push(json!({"on": on, "kind": kind, "ms": random.random_range(200..1500)}));
    }
    if random.random_bool(0.5)
        && let Some(kind) = NOTIFICATION_FAULTS.choose(random)
    {
        faults.push(json!({"on": "notification", "kind": kind, "ms": random.random_range(200..3000)}));
    }
    if !no_refund
        && random.random_bool(0.5)
        && let Some(kind) = REFUND_FAULTS.choose(random)
    {
        faults.push(json!({"on": "refund", "kind": kind, "ms": random.random_range(200..3000)}));
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_tells_the_same_story() {
        let told = |seed| format!("{:?}", Story::tell(seed, 7, 100));
        assert_eq!(told(42), told(42));
        assert_ne!(told(42), told(43));
    }
}
