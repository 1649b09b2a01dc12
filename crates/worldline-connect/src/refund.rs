//! Giving money back: the request and the refund as the platform tells it (Connect docs: create refund, refunds and
//! cancellations). Alipay+ gives back only what is PAID.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::amount::AmountOfMoney;
use crate::create_payment::merchant_reference;
use crate::error::{Error, refuse};
use crate::lenient;
use crate::payment::{References, StatusOutput};
use crate::vocabulary::{RefundReason, RefundStatus};

/// A request to give money back. The default, an empty one, means the whole sum.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CreateRefund {
    /// How much goes back; `None` is the whole sum. Several parts may add up to what was paid.
    pub amount: Option<AmountOfMoney>,
    /// The merchant's reference of this refund: 1 to 30 characters.
    pub merchant_reference: Option<String>,
    /// Why.
    pub reason: Option<RefundReason>,
}

impl CreateRefund {
    /// A refund of a part, or of the whole by its sum.
    pub fn of(amount: AmountOfMoney, merchant_reference: impl Into<String>) -> Self {
        Self { amount: Some(amount), merchant_reference: Some(merchant_reference.into()), reason: None }
    }

    pub(crate) fn check(&self) -> Result<(), Error> {
        if self.amount.as_ref().is_some_and(|amount| amount.amount <= 0) {
            return refuse("amountOfMoney.amount", "above zero");
        }
        self.merchant_reference.as_deref().map_or(Ok(()), merchant_reference)
    }

    pub(crate) fn body(&self) -> Value {
        let mut body = json!({});
        if let Some(amount) = &self.amount {
            body["amountOfMoney"] = json!(amount);
        }
        if let Some(reference) = &self.merchant_reference {
            body["refundReferences"] = json!({"merchantReference": reference});
        }
        if let Some(reason) = &self.reason {
            body["refundReason"] = json!(reason);
        }
        body
    }
}

/// A refund.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Refund {
    /// The platform's id; opaque text.
    pub id: String,
    /// How it stands.
    #[serde(default)]
    pub status: RefundStatus,
    /// Sum and references.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub refund_output: RefundOutput,
    /// The status in detail.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub status_output: StatusOutput,
}

/// Sum and references of a refund.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct RefundOutput {
    /// How much goes back.
    #[serde(deserialize_with = "lenient::or_default")]
    pub amount_of_money: Option<AmountOfMoney>,
    /// The merchant's references.
    #[serde(deserialize_with = "lenient::or_default")]
    pub references: References,
}

/// The refunds of one payment, or those a search found.
#[derive(Debug, Deserialize)]
pub(crate) struct Refunds {
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub(crate) refunds: Vec<Refund>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_request_gives_the_whole_sum_back() {
        assert_eq!(CreateRefund::default().body(), json!({}));
        let part = CreateRefund::of(AmountOfMoney::new(500, "EUR"), "R-1");
        let body = json!({
            "amountOfMoney": {"amount": 500, "currencyCode": "EUR"},
            "refundReferences": {"merchantReference": "R-1"},
        });
        assert_eq!(part.body(), body);
        assert!(part.check().is_ok());
        assert!(CreateRefund::of(AmountOfMoney::new(-5, "EUR"), "R-2").check().is_err());
    }
}
