//! Turning a hold into a payment. What is not completed before the hold ends, the bank gives back; it documents no
//! call that ends a hold earlier.

use jiff::Timestamp;
use money::Amount;
use serde::Serialize;

use crate::error::Error;
use crate::refund::check_shared;
use crate::rules::{optional, refuse};
use crate::time::BankTime;

/// The completion of a PREAUTH operation (AlliancePay docs: completion page, `payments/v1/completion`).
///
/// It moves money, so what [`crate::Refund`] says about storing it first holds here too; the way back is
/// [`crate::Client::operation_by_request`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// Our own handle of this completion, at most 36 characters.
    pub merchant_request_id: String,
    /// `operationId` of the PREAUTH operation.
    pub original_operation_id: String,
    /// How much is taken, in kopecks: at most a fifth more or less than was held.
    pub amount: Amount,
    /// Where the bank tells the end of it; at most 255 characters.
    pub notification_url: Option<String>,
    /// Ask for an encrypted notification.
    pub notification_encryption: bool,
    /// Comes back in the daily registers; 255 of the bank's own set of characters.
    pub merchant_comment: Option<String>,
    /// A further description; at most 1000 characters.
    pub comment: Option<String>,
    /// What the payment is for; at most 255 characters.
    pub purpose: Option<String>,
}

impl Completion {
    /// A completion with `amount` of the hold `original_operation_id`.
    pub fn new(
        merchant_request_id: impl Into<String>,
        original_operation_id: impl Into<String>,
        amount: Amount,
    ) -> Self {
        Self {
            merchant_request_id: merchant_request_id.into(),
            original_operation_id: original_operation_id.into(),
            amount,
            notification_url: None,
            notification_encryption: false,
            merchant_comment: None,
            comment: None,
            purpose: None,
        }
    }

    /// Refuses what the bank is documented to refuse, before anything is sent: [`Error::InvalidRequest`].
    pub fn check(&self) -> Result<(), Error> {
        if self.original_operation_id.trim().is_empty() {
            return refuse("originalOperationId", "the operationId of a PREAUTH operation");
        }
        let Self { merchant_request_id, amount, notification_url, merchant_comment, .. } = self;
        check_shared(merchant_request_id, *amount, notification_url.as_deref(), merchant_comment.as_deref())?;
        if !optional(self.comment.as_deref(), 1000) {
            return refuse("comment", "1 to 1000 characters");
        }
        if !optional(self.purpose.as_deref(), 255) {
            return refuse("purpose", "1 to 255 characters");
        }
        Ok(())
    }

    /// Refuses a sum that is more than a fifth away from what was `held`, or in another currency.
    pub fn check_hold(&self, held: Amount) -> Result<(), Error> {
        let (taken, of) = (i128::from(self.amount.minor()), i128::from(held.minor()));
        if held.currency() == self.amount.currency() && (taken - of).abs() * 5 <= of {
            Ok(())
        } else {
            refuse("coinAmount", "within 20 % of the held sum")
        }
    }

    /// The JSON that is encrypted for the bank; `at` as in [`crate::Refund::body`].
    pub fn body<'a>(&'a self, merchant_id: &'a str, at: Timestamp) -> CompletionBody<'a> {
        CompletionBody {
            merchant_request_id: &self.merchant_request_id,
            merchant_id,
            original_operation_id: &self.original_operation_id,
            coin_amount: self.amount.minor().to_string(),
            date: BankTime::new(at),
            notification_url: self.notification_url.as_deref(),
            notification_encryption: self.notification_encryption.then_some("true"),
            merchant_comment: self.merchant_comment.as_deref(),
            comment: self.comment.as_deref(),
            purpose: self.purpose.as_deref(),
        }
    }
}

/// [`Completion`] in the bank's spelling; absent fields are left out.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CompletionBody<'a> {
    merchant_request_id: &'a str,
    merchant_id: &'a str,
    original_operation_id: &'a str,
    coin_amount: String,
    date: BankTime,
    #[serde(skip_serializing_if = "Option::is_none")]
    notification_url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    notification_encryption: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    merchant_comment: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    comment: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    purpose: Option<&'a str>,
}

#[cfg(test)]
mod tests {
    use money::Currency;

    use super::*;

    #[test]
    fn a_completion_takes_a_fifth_more_or_less_and_not_a_kopeck_beyond() {
        let uah = |minor| Amount::new(minor, Currency::Uah).unwrap();
        let taken = |minor| Completion::new("c", "o", uah(minor)).check_hold(uah(25_000)).is_ok();
        assert_eq!([19_999, 20_000, 25_000, 30_000, 30_001].map(taken), [false, true, true, true, false]);
        let dollars = Amount::new(25_000, Currency::Usd).unwrap();
        assert!(Completion::new("c", "o", dollars).check_hold(uah(25_000)).is_err());
    }
}
