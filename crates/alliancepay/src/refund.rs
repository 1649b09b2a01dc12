//! Giving money back. A refund is asynchronous: the bank answers PENDING first, the end comes by notification, by
//! [`crate::Client::operations`] or by [`crate::Client::find_refund`].

mod kopecks;

use jiff::Timestamp;
use money::{Amount, Currency};
use serde::Serialize;

use crate::error::Error;
use crate::rules::{self, refuse};
use crate::time::BankTime;

/// A refund of one payment, whole or in part (AlliancePay docs: refund page, `payments/v3/refund`).
///
/// Store it with its `merchant_request_id` before [`crate::Client::refund`] is called: if the answer is lost, that
/// handle is the only way back to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refund {
    /// Our own handle of this refund, unique per refund, at most 36 characters.
    pub merchant_request_id: String,
    /// `operationId` of the payment that succeeded; neither the order's number nor `ecomOperationId`.
    pub operation_id: String,
    /// How much goes back, in kopecks: the bank refunds in hryvnia also where the order was in another currency.
    /// [`crate::Operation::refund_amount`] converts.
    pub amount: Amount,
    /// Where the bank tells the end of this refund; at most 255 characters. The order's own address is not used.
    pub notification_url: Option<String>,
    /// Ask for an encrypted notification.
    pub notification_encryption: bool,
    /// Comes back in the daily registers; 255 of the bank's own set of characters.
    pub merchant_comment: Option<String>,
}

impl Refund {
    /// A refund of `amount` of the payment `operation_id`.
    pub fn new(
        merchant_request_id: impl Into<String>,
        operation_id: impl Into<String>,
        amount: Amount,
    ) -> Self {
        Self {
            merchant_request_id: merchant_request_id.into(),
            operation_id: operation_id.into(),
            amount,
            notification_url: None,
            notification_encryption: false,
            merchant_comment: None,
        }
    }

    /// Refuses what the bank is documented to refuse, before anything is sent: [`Error::InvalidRequest`].
    ///
    /// Whether so much is left to give back is the ledger's knowledge, not this crate's.
    pub fn check(&self) -> Result<(), Error> {
        if self.operation_id.trim().is_empty() {
            return refuse("operationId", "the operationId of a payment that succeeded");
        }
        let Self { merchant_request_id, amount, notification_url, merchant_comment, .. } = self;
        check_shared(merchant_request_id, *amount, notification_url.as_deref(), merchant_comment.as_deref())
    }

    /// The JSON that is encrypted for the bank. `at` is the clock the bank compares with its own: a time too far off
    /// fails the refund with `b_security_time_in_request_not_correct`.
    pub fn body<'a>(&'a self, merchant_id: &'a str, at: Timestamp) -> RefundBody<'a> {
        RefundBody {
            merchant_request_id: &self.merchant_request_id,
            merchant_id,
            operation_id: &self.operation_id,
            coin_amount: self.amount.minor().to_string(),
            date: BankTime::new(at),
            notification_url: self.notification_url.as_deref(),
            notification_encryption: self.notification_encryption.then_some("true"),
            merchant_comment: self.merchant_comment.as_deref(),
        }
    }
}

/// [`Refund`] in the bank's spelling; absent fields are left out.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RefundBody<'a> {
    merchant_request_id: &'a str,
    merchant_id: &'a str,
    operation_id: &'a str,
    /// A text, unlike create-order's number: so the docs have it.
    coin_amount: String,
    date: BankTime,
    #[serde(skip_serializing_if = "Option::is_none")]
    notification_url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    notification_encryption: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    merchant_comment: Option<&'a str>,
}

/// What a refund and a completion have in common.
pub(crate) fn check_shared(
    merchant_request_id: &str,
    amount: Amount,
    notification_url: Option<&str>,
    merchant_comment: Option<&str>,
) -> Result<(), Error> {
    rules::merchant_request_id(merchant_request_id)?;
    match amount.currency() {
        Currency::Uah if !amount.is_zero() => {}
        Currency::Uah => return refuse("coinAmount", "more than nothing"),
        Currency::Usd | Currency::Eur => {
            return refuse("coinAmount", "in kopecks, also for an order in another currency");
        }
    }
    rules::notification_url(notification_url)?;
    rules::merchant_comment(merchant_comment)
}
