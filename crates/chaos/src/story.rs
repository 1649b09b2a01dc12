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
    /// The currency and the first way to pay follow from it.
    pub(crate) by: By,
    pub(crate) opening: Opening,
    pub(crate) paying: Vec<Paying>,
    pub(crate) refunding: Refunding,
    /// Bodies for the sandbox's switch of faults, set just before.
    pub(crate) faults: Vec<Value>,
}

/// Whose customer the buyer is at first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum By {
    /// The bank's, in hryvnias.
    Bank,
    /// Any bank's: pays from an account, in hryvnias.
    Account,
    /// A wallet's, in euro: the bank takes that too, and after a refusal the buyer may turn to it.
    Wallet(Settling),
}

/// How the backend learns that a wallet's money was collected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Settling {
    /// It is not collected in this run.
    Never,
    Webhook,
    /// The webhook is lost, and the shop imports the daily file.
    File,
    /// The webhook is lost, and nobody imports anything.
    Asking,
}

/// How the session is asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Opening {
    Once,
    /// The same request twice at the same moment.
    TwiceSameKey,
    /// Two tabs: two keys at the same moment, and two ways to pay where there are two.
    TwoTabs,
}

/// What the buyer does on a payment page; the next one follows after a refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Paying {
    Pays,
    /// Presses pay twice at the same moment; from an account: chooses two banks.
    PaysTwice,
    /// By 3-D Secure, or by the phone that scanned the code.
    Confirms,
    SettlesLater,
    Declined,
    /// Refused; the wallet's money comes all the same, after the buyer was told.
    DeclinedThenPaid,
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

const CALL_FAULTS: [(&str, &str); 13] = [
    ("create-order", "answer-lost"),
    ("create-order", "http500"),
    ("create-order", "slow"),
    ("create-order", "duplicate-replayed"),
    ("create-order", "duplicate-refused"),
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
        let by = match random.random_range(0..10) {
            0..5 => By::Wallet(settling(&mut random)),
            5 => By::Account,
            _ => By::Bank,
        };
        let paying = match by {
            By::Wallet(_) | By::Bank => paying(&mut random, number, of),
            By::Account => from_account(&mut random),
        };
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
            // Above what the sandbox decides by, below what a wallet takes at most.
            sum: random.random_range(2_000..by.most()),
            by,
            opening,
            paying,
            refunding,
            faults: faults(&mut random, matches!(refunding, Refunding::Nothing)),
        }
    }
}

impl By {
    pub(crate) fn currency(self) -> &'static str {
        match self {
            Self::Bank | Self::Account => "UAH",
            Self::Wallet(_) => "EUR",
        }
    }

    /// Minor units.
    fn most(self) -> u64 {
        match self {
            Self::Bank | Self::Account => 5_000_000,
            Self::Wallet(_) => 1_000_000,
        }
    }

    /// The way to pay of the buyer's first, second, … attempt: after a refusal one turns from wallet to card.
    pub(crate) fn product(self, attempt: usize) -> &'static str {
        match self {
            Self::Wallet(_) if attempt.is_multiple_of(2) => "alipayplus",
            Self::Wallet(_) | Self::Bank => "card",
            Self::Account => "a2a",
        }
    }
}

fn settling(random: &mut StdRng) -> Settling {
    match random.random_range(0..8) {
        0 | 1 => Settling::Never,
        2 | 3 => Settling::File,
        4 | 5 => Settling::Asking,
        _ => Settling::Webhook,
    }
}

/// Pages nobody pays, and money nobody tells of, are among the first purchases: their minute passes while the others are
/// made.
fn paying(random: &mut StdRng, number: usize, of: usize) -> Vec<Paying> {
    let last = match random.random_range(0..10) {
        0 => Paying::PaysTwice,
        1 => Paying::Confirms,
        2 => Paying::SettlesLater,
        3 if number * 4 < of => Paying::Abandoned,
        4 => Paying::Cancelled,
        5 => Paying::Declined,
        6 if number * 4 < of => Paying::DeclinedThenPaid,
        _ => Paying::Pays,
    };
    let mut pages = Vec::new();
    while random.random_bool(0.2) && pages.len() < 2 {
        pages.push(if random.random_bool(0.5) { Paying::Declined } else { Paying::Cancelled });
    }
    pages.push(last);
    pages
}

/// Always paid: a page of banks lives an hour at least, and this run does not.
fn from_account(random: &mut StdRng) -> Vec<Paying> {
    vec![if random.random_bool(0.3) { Paying::PaysTwice } else { Paying::Pays }]
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

    #[test]
    fn about_half_of_the_purchases_begin_at_a_wallet_and_each_way_of_settling_is_among_them() {
        let told: Vec<By> = (0..100).map(|number| Story::tell(1, number, 100).by).collect();
        let wallets = told.iter().filter(|by| matches!(by, By::Wallet(_))).count();
        assert!(told.contains(&By::Account));
        assert!((35..65).contains(&wallets), "{wallets}");
        for settling in [Settling::Never, Settling::Webhook, Settling::File, Settling::Asking] {
            assert!(told.contains(&By::Wallet(settling)), "{settling:?}");
        }
    }
}
