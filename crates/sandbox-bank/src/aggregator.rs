//! A stand-in for Worldline Connect as the aggregator of Alipay+: signed calls, a wallet page, webhooks, refunds, the
//! daily settlement file. It shares the bank's clock, pace and fault switches, and no code with the client crate.
//!
//! `account` holds the keys, `payment` and `refund` the rules, `time` what happens by itself, `events` and `letters`
//! the webhooks, `api` the merchant's calls, `pages` what the buyer sees, `control` the test switches, `wx` the file.

mod account;
mod api;
mod control;
mod delivery;
mod events;
mod idempotence;
mod letters;
mod messages;
mod pages;
mod payment;
mod products;
mod refund;
mod signature;
mod time;
mod trouble;
mod truth;
mod wx;

use axum::Router;
use jiff::Timestamp;

use self::idempotence::Remembered;
use self::letters::Letters;
use self::payment::Payment;
use self::wx::Movement;
use crate::bank::Calls;
use crate::shared::Shared;

pub use account::Account;
pub(crate) use delivery::send;

/// Where webhooks go, and which.
#[derive(Debug, Clone, Default)]
pub(crate) struct Endpoint {
    pub(crate) url: Option<String>,
    /// Also what only repeats what the merchant knows: created, redirected, refund requested.
    pub(crate) all: bool,
}

#[derive(Debug)]
pub(crate) struct Aggregator {
    pub(crate) account: Account,
    pub(crate) endpoint: Endpoint,
    pub(crate) payments: Vec<Payment>,
    pub(crate) movements: Vec<Movement>,
    pub(crate) letters: Letters,
    pub(crate) remembered: Remembered,
    pub(crate) calls: Calls,
}

impl Aggregator {
    pub(crate) fn new(account: Account) -> Self {
        Self {
            account,
            endpoint: Endpoint::default(),
            payments: Vec::new(),
            movements: Vec::new(),
            letters: Letters::default(),
            remembered: Remembered::default(),
            calls: Calls::default(),
        }
    }

    /// By the payment's id, the merchant's reference or the wallet page's code.
    pub(crate) fn payment(&self, name: &str) -> Option<&Payment> {
        self.payments.iter().rev().find(|payment| payment.is_named(name))
    }

    /// When something happens by itself next.
    pub(crate) fn next_turn(&self) -> Option<Timestamp> {
        self.payments.iter().filter_map(Payment::next_change).chain(self.letters.next_due()).min()
    }
}

pub(crate) fn routes(shared: &Shared) -> Router<Shared> {
    api::routes(shared).merge(pages::routes()).merge(control::routes())
}
