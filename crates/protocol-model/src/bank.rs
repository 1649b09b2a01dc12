//! The bank: orders it made, pages that take money, notifications it wants delivered. The only truth about money.

use std::collections::BTreeSet;

use jiff::Timestamp;
use merchant_backend::provider::{Answer, Operation, OperationKind, OperationStatus, OrderWord};

use crate::ledger::{LIFETIME, MERCHANT, SUM};

/// Where the pages are.
pub(crate) const PAGES: &str = "https://pay.alb.ua/";

/// How the one movement of an order stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Movement {
    /// The buyer has paid and the bank has not decided.
    Pending,
    /// The bank holds the money.
    Success,
    /// Refused.
    Failed,
}

/// One order at the bank. It is made by the request of the attempt with the same number.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct BankOrder {
    /// The attempt whose request made it.
    pub attempt: usize,
    /// When its page stops taking money, by the bank's clock.
    pub expires: Timestamp,
    /// Whether the bank is done with it.
    pub closed: bool,
    /// The movement, once the buyer has paid.
    pub movement: Option<Movement>,
    /// Whether it was refused first.
    pub late: bool,
}

/// What the bank answers to create-order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Created {
    /// The order and its page.
    Page(Timestamp),
    /// It has an order of this request and will not say which.
    Duplicate,
}

/// What the bank says about an order when asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Standing {
    /// The attempt whose request made the order.
    attempt: usize,
    closed: bool,
    pub(crate) movement: Option<Movement>,
}

/// The bank.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Bank {
    /// Its orders, in the order they were made.
    pub orders: Vec<BankOrder>,
    /// Finished orders (by attempt) that the shop has not been notified of.
    pub unsent: BTreeSet<usize>,
}

impl Bank {
    /// Takes a create-order request.
    pub(crate) fn create(&mut self, attempt: usize, replays: bool, now: Timestamp) -> Created {
        match self.order(attempt) {
            Some(order) if replays => Created::Page(order.expires),
            Some(_) => Created::Duplicate,
            None => {
                let expires = merchant_backend::payments::schedule::after(now, LIFETIME);
                self.orders.push(BankOrder { attempt, expires, closed: false, movement: None, late: false });
                Created::Page(expires)
            }
        }
    }

    /// The order of an attempt.
    pub fn order(&self, attempt: usize) -> Option<&BankOrder> {
        self.orders.iter().find(|order| order.attempt == attempt)
    }

    /// Whether the page of an attempt takes money.
    pub fn takes_money(&self, attempt: usize, now: Timestamp) -> bool {
        self.order(attempt).is_some_and(|it| !it.closed && it.movement.is_none() && now < it.expires)
    }

    /// Whether the bank holds money of an attempt.
    pub fn captured(&self, attempt: usize) -> bool {
        self.order(attempt).is_some_and(|order| order.movement == Some(Movement::Success))
    }

    pub(crate) fn pay(&mut self, attempt: usize) {
        self.change(attempt, |order| order.movement = Some(Movement::Pending));
    }

    /// Decides a payment; the order is closed and the shop is to be notified.
    pub(crate) fn decide(&mut self, attempt: usize, movement: Movement) {
        self.change(attempt, |order| {
            order.movement = Some(movement);
            order.closed = true;
        });
        self.unsent.insert(attempt);
    }

    /// Takes a refusal back; the shop is to be notified.
    pub(crate) fn relent(&mut self, attempt: usize) {
        self.change(attempt, |order| {
            order.movement = Some(Movement::Success);
            order.late = true;
        });
        self.unsent.insert(attempt);
    }

    /// Closes an order nobody paid in time.
    pub(crate) fn close(&mut self, attempt: usize) {
        self.change(attempt, |order| order.closed = true);
        self.unsent.insert(attempt);
    }

    pub(crate) fn ask(&self, attempt: usize) -> Option<Standing> {
        let order = self.order(attempt)?;
        Some(Standing { attempt, closed: order.closed, movement: order.movement })
    }

    fn change(&mut self, attempt: usize, change: impl FnOnce(&mut BankOrder)) {
        if let Some(order) = self.orders.iter_mut().find(|order| order.attempt == attempt) {
            change(order);
        }
    }
}

impl Standing {
    /// The answer as the backend's provider tells it.
    pub(crate) fn answer(&self) -> Answer {
        let succeeded = self.movement == Some(Movement::Success);
        Answer {
            bank_order: bank_order(self.attempt),
            bank_reference: None,
            merchant_id: MERCHANT.to_owned(),
            merchant_request_id: request(self.attempt),
            order: match (self.closed, succeeded) {
                (false, _) => OrderWord::Open,
                (true, true) => OrderWord::Succeeded,
                (true, false) => OrderWord::Failed,
            },
            operations: self.movement.map(|movement| operation(self.attempt, movement)).into_iter().collect(),
            raw: String::new(),
        }
    }
}

/// The bank's id of the order an attempt made.
pub(crate) fn bank_order(attempt: usize) -> String {
    format!("bank-{attempt}")
}

/// Our id of an attempt's request.
pub(crate) fn request(attempt: usize) -> String {
    format!("request-{attempt}")
}

/// The movement as the backend's provider tells it.
pub(crate) fn operation(attempt: usize, movement: Movement) -> Operation {
    Operation {
        id: format!("operation-{attempt}"),
        kind: OperationKind::Capture("PURCHASE".to_owned()),
        status: match movement {
            Movement::Pending => OperationStatus::Undecided("PENDING".to_owned()),
            Movement::Success => OperationStatus::Success,
            Movement::Failed => OperationStatus::Failed("FAIL".to_owned()),
        },
        amount_minor: SUM,
        currency: "UAH".to_owned(),
        charged_minor: SUM,
        operation_id: None,
        merchant_request_id: None,
        gives_back: None,
        refundable: true,
        rrn: None,
        instrument: None,
        payment_service: None,
        reason: None,
        receipt: None,
        created_at: None,
        modified_at: None,
    }
}
