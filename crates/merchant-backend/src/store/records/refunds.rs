//! What goes into the transactions about refunds and what comes out. Plain data.

use jiff::Timestamp;

use super::DueQuestion;
use crate::payments::attempt::{Attempt, AttemptId, OrderId};
use crate::payments::product::Product;
use crate::payments::refund::{Plan, Refund, RefundId, Refusal, Wish};
use crate::payments::schedule::Schedule;

/// A wish to refund.
#[derive(Debug, Clone)]
pub struct BeginRefund {
    /// The order.
    pub order: OrderId,
    /// The attempt whose money is to go back.
    pub attempt: AttemptId,
    /// The caller's idempotency key.
    pub key: String,
    /// The body, hashed.
    pub body_hash: Vec<u8>,
    /// What is to go back.
    pub wish: Wish,
    /// Staff's reason.
    pub reason: Option<String>,
    /// Who asks for it.
    pub by: String,
    /// For a new refund.
    pub handle: String,
    /// For a new refund that the bank is asked for.
    pub merchant_request_id: String,
    /// When to look for it.
    pub schedule: Schedule,
    /// The time of the request.
    pub now: Timestamp,
}

/// What a wish to refund led to.
#[derive(Debug, Clone)]
pub enum RefundBegun {
    /// This refund was made for the key before.
    Existing(Box<Refund>),
    /// The key came with another body before.
    KeyReused,
    /// Nothing may go back as wished.
    Refused(Refusal),
    /// Stored and done: the bank is not asked.
    Recorded(Box<Refund>),
    /// Stored; the bank must be called.
    Send(Box<RefundToSend>),
}

/// A refund and what the bank must be told.
#[derive(Debug, Clone)]
pub struct RefundToSend {
    /// The refund.
    pub refund: Refund,
    /// The plan it is made by.
    pub plan: Plan,
    /// The attempt whose money goes back.
    pub attempt: Attempt,
}

/// A refund made for a key before.
#[derive(Debug, Clone)]
pub struct KnownRefund {
    /// The body it came with.
    pub body_hash: Vec<u8>,
    /// The refund.
    pub refund: Refund,
}

/// A refund to look for.
#[derive(Debug, Clone)]
pub struct RefundToFind {
    /// The refund.
    pub refund: RefundId,
    /// Our id of the request.
    pub merchant_request_id: String,
}

impl DueQuestion {
    /// A question about a refund.
    pub fn about_refund(order: OrderId, attempt: AttemptId, product: Product, find: RefundToFind) -> Self {
        Self { order, attempt, product, bank_order: None, refund: Some(find) }
    }
}
