//! The bank's state and rules, without HTTP: everything here is a plain function of the state and the clock.

pub(crate) mod cards;
pub(crate) mod clock;
pub(crate) mod conversion;
pub(crate) mod creation;
pub(crate) mod customer_check;
pub(crate) mod dates;
pub(crate) mod faults;
pub(crate) mod fields;
pub(crate) mod merchant;
pub(crate) mod messages;
pub(crate) mod notifier;
pub(crate) mod operation;
pub(crate) mod order;
pub(crate) mod order_check;
pub(crate) mod payment;
pub(crate) mod refund;
pub(crate) mod refusal;
pub(crate) mod register;
pub(crate) mod tokens;
pub(crate) mod truth;
pub(crate) mod turn;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use self::clock::{Clock, Pace};
use self::faults::{Call, Faults};
use self::merchant::Merchant;
use self::notifier::Notifier;
use self::order::Order;
use self::tokens::Tokens;
use crate::aggregator::{Account, Aggregator};

/// Where the documents leave the bank's behaviour open, the sandbox can be either bank.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Switches {
    /// A superseded bank token works a minute more instead of dying at once.
    pub token_grace: bool,
    /// An order nobody paid becomes CANCELED when it expires; else it stays PENDING.
    pub cancel_expired: bool,
    /// After a declined card the buyer may try again in the same order even without MULTI_PAYMENT.
    pub retry_after_decline: bool,
}

/// How often each call came, in all and per merchantRequestId.
#[derive(Debug, Default)]
pub(crate) struct Calls {
    pub(crate) all: BTreeMap<Call, u64>,
    pub(crate) by_request: BTreeMap<String, BTreeMap<Call, u64>>,
}

impl Calls {
    pub(crate) fn count(&mut self, call: Call, merchant_request_id: Option<&str>) {
        *self.all.entry(call).or_default() += 1;
        if let Some(id) = merchant_request_id {
            *self.by_request.entry(id.to_owned()).or_default().entry(call).or_default() += 1;
        }
    }
}

#[derive(Debug)]
pub(crate) struct Bank {
    pub(crate) merchant: Merchant,
    /// Scheme, host and port of the pages.
    pub(crate) origin: String,
    pub(crate) pace: Pace,
    pub(crate) switches: Switches,
    pub(crate) clock: Clock,
    pub(crate) tokens: Tokens,
    pub(crate) orders: Vec<Order>,
    pub(crate) faults: Faults,
    pub(crate) calls: Calls,
    pub(crate) notifier: Notifier,
    pub(crate) aggregator: Aggregator,
}

impl Bank {
    pub(crate) fn new(merchant: Merchant, origin: String, pace: Pace, switches: Switches) -> Self {
        let aggregator = Aggregator::new(Account::of(&merchant));
        Self {
            merchant,
            origin,
            pace,
            switches,
            clock: Clock::default(),
            tokens: Tokens::default(),
            orders: Vec::new(),
            faults: Faults::default(),
            calls: Calls::default(),
            notifier: Notifier::default(),
            aggregator,
        }
    }

    pub(crate) fn order(&self, hpp_order_id: &str) -> Option<&Order> {
        self.orders.iter().find(|order| order.hpp_order_id == hpp_order_id)
    }
}
