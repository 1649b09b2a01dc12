//! A payment as the platform tells it: in the answer to a question, in a list, in a webhook (Connect docs: get payment).

use serde::Deserialize;

use crate::amount::AmountOfMoney;
use crate::api_error::ApiError;
use crate::lenient;
use crate::vocabulary::{PaymentStatus, StatusCategory};

/// A payment. Whoever reads it compares the id and the merchant reference with what was stored.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Payment {
    /// The platform's id; opaque text with leading zeros.
    pub id: String,
    /// How it stands: the field to decide by.
    #[serde(default)]
    pub status: PaymentStatus,
    /// Sums, references and how it was paid.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub payment_output: PaymentOutput,
    /// The status in detail.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub status_output: StatusOutput,
}

/// Sums, references and how a payment was paid. Every sum is in hundredths of `amount_of_money`'s currency.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PaymentOutput {
    /// The ordered sum.
    #[serde(deserialize_with = "lenient::or_default")]
    pub amount_of_money: Option<AmountOfMoney>,
    /// The merchant's references.
    #[serde(deserialize_with = "lenient::or_default")]
    pub references: References,
    /// `redirect` for Alipay+.
    #[serde(deserialize_with = "lenient::text")]
    pub payment_method: Option<String>,
    /// What only redirect products have.
    #[serde(rename = "redirectPaymentMethodSpecificOutput", deserialize_with = "lenient::or_default")]
    pub redirect: RedirectOutput,
    /// What was collected; differs from the ordered sum when the collection came in parts.
    #[serde(deserialize_with = "lenient::integer")]
    pub amount_paid: Option<i64>,
    /// What was captured.
    #[serde(deserialize_with = "lenient::integer")]
    pub amount_captured: Option<i64>,
    /// What was asked to go back and has not yet.
    #[serde(deserialize_with = "lenient::integer")]
    pub amount_refund_requested: Option<i64>,
    /// What went back.
    #[serde(deserialize_with = "lenient::integer")]
    pub amount_refunded: Option<i64>,
    /// What was taken back by another hand.
    #[serde(deserialize_with = "lenient::integer")]
    pub amount_reversed: Option<i64>,
}

/// The merchant's references, as sent with the payment, and the platform's own.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct References {
    /// The key of reconciliation.
    #[serde(deserialize_with = "lenient::text")]
    pub merchant_reference: Option<String>,
    /// A numeric reference; need not be unique.
    #[serde(deserialize_with = "lenient::text")]
    pub merchant_order_id: Option<String>,
    /// The platform's reference.
    #[serde(deserialize_with = "lenient::text")]
    pub payment_reference: Option<String>,
}

/// What only redirect products have.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct RedirectOutput {
    /// Which product; 866 is Alipay+.
    #[serde(deserialize_with = "lenient::integer")]
    pub payment_product_id: Option<i64>,
    /// What only Alipay+ has.
    #[serde(rename = "paymentProduct866SpecificOutput", deserialize_with = "lenient::or_default")]
    alipay_plus: AlipayPlusOutput,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct AlipayPlusOutput {
    #[serde(deserialize_with = "lenient::text")]
    wallet_used: Option<String>,
}

impl RedirectOutput {
    /// The wallet the buyer used, in the platform's word for it; there is no list of them (SDK).
    pub fn wallet_used(&self) -> Option<&str> {
        self.alipay_plus.wallet_used.as_deref()
    }
}

/// A status in detail, of a payment or of a refund.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct StatusOutput {
    /// Whether [`crate::Client::refund`] would be taken; Alipay+ only after PAID.
    #[serde(deserialize_with = "lenient::flag")]
    pub is_refundable: bool,
    /// Whether the merchant could cancel; never for Alipay+ payments.
    #[serde(deserialize_with = "lenient::flag")]
    pub is_cancellable: bool,
    /// The group of the status.
    pub status_category: StatusCategory,
    /// The older numeric status: for display, reports and support, not for decisions (SDK).
    #[serde(deserialize_with = "lenient::integer")]
    pub status_code: Option<i64>,
    /// When it changed, `YYYYMMDDHHMMSS`; the documentation names no time zone.
    #[serde(deserialize_with = "lenient::text")]
    pub status_code_change_date_time: Option<String>,
    /// Why it was refused.
    #[serde(deserialize_with = "lenient::or_default")]
    pub errors: Vec<ApiError>,
}
