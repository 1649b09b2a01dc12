//! Giving money back through a provider: what is asked, and what can be known of it afterwards.

use money::Amount;
use serde_json::json;

use crate::payments::product::Product;
use crate::payments::refund::{NOT_SENT, RefundFact};

/// A refund of one payment, whole or in part.
#[derive(Debug, Clone)]
pub struct RefundOrder {
    /// The way it was paid, which picks the terminal.
    pub product: Product,
    /// Our id of this refund; the only way back to it when the answer is lost.
    pub merchant_request_id: String,
    /// The id that the provider knows the payment by.
    pub operation_id: String,
    /// How much goes back, in the currency the buyer was charged in.
    pub amount: Amount,
    /// The shop's order number.
    pub order: String,
    /// Where the provider tells the end.
    pub notification_url: String,
}

/// What the provider told of a refund.
#[derive(Debug, Clone)]
pub struct RefundTold {
    /// What it means.
    pub fact: RefundFact,
    /// The message, personal data and secrets masked; none where the provider was not reached.
    pub raw: Option<String>,
}

impl RefundTold {
    /// The refund did not reach the provider.
    pub fn not_sent() -> Self {
        Self { fact: RefundFact::Refused(NOT_SENT.to_owned()), raw: None }
    }

    /// The provider refused it, by its code and in its words.
    pub fn refused(code: String, message: &str) -> Self {
        let raw = refusal(&code, message);
        Self { fact: RefundFact::Refused(code), raw: Some(raw) }
    }
}

/// A refusal as the history keeps it.
pub(crate) fn refusal(code: &str, message: &str) -> String {
    json!({"code": code, "message": message}).to_string()
}

/// What came of asking for a refund.
#[derive(Debug, Clone)]
pub enum RefundSent {
    /// The provider answered.
    Answered(RefundTold),
    /// No readable answer, or the provider has it already: it is to be looked for.
    Unclear(String),
}

/// A question about one refund.
#[derive(Debug, Clone)]
pub struct RefundQuestion {
    /// The way it was paid, which picks the terminal.
    pub product: Product,
    /// Our id of the refund.
    pub merchant_request_id: String,
}
