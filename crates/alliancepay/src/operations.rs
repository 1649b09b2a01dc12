//! The question about one order and its answer: the bank's truth, read before any money decision.

use serde::{Deserialize, Serialize};

use crate::lenient;
use crate::operation::Operation;
use crate::time::BankTime;
use crate::vocabulary::{OrderStatus, PayType, PaymentMethod};

/// The question (AlliancePay docs: operations page).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OperationsRequest<'a> {
    /// The bank's number of the order.
    pub hpp_order_id: &'a str,
}

/// The answer: the order and everything that happened to it (AlliancePay docs: operations page).
///
/// Whoever reads it compares `hpp_order_id`, `merchant_id` and `merchant_request_id` with what was stored.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OrderOperations {
    /// The bank's number of the order.
    pub hpp_order_id: String,
    /// Whose order it is.
    #[serde(default, deserialize_with = "lenient::text")]
    pub merchant_id: Option<String>,
    /// Our handle from create-order.
    #[serde(default, deserialize_with = "lenient::text")]
    pub merchant_request_id: Option<String>,
    /// The bank's other id of the order.
    #[serde(default, deserialize_with = "lenient::text")]
    pub ecom_order_id: Option<String>,
    /// The kind of payment.
    #[serde(default)]
    pub hpp_pay_type: PayType,
    /// How the buyer may pay, as asked for.
    #[serde(default, deserialize_with = "lenient::words")]
    pub payment_methods: Vec<PaymentMethod>,
    /// The ordered sum in minor units of the order's currency, which the answer does not name.
    #[serde(deserialize_with = "lenient::minor")]
    pub coin_amount: i64,
    /// The bank's word about the whole order; proves nothing.
    #[serde(default)]
    pub order_status: OrderStatus,
    /// When the bank made the order.
    #[serde(default, deserialize_with = "lenient::time")]
    pub create_date: Option<BankTime>,
    /// When the payment page stops working.
    #[serde(default, deserialize_with = "lenient::time")]
    pub expired_order_date: Option<BankTime>,
    /// The payment page; may be empty.
    #[serde(default, deserialize_with = "lenient::text")]
    pub redirect_url: Option<String>,
    /// The bank's status page; none for A2A.
    #[serde(default, deserialize_with = "lenient::text")]
    pub status_url: Option<String>,
    /// Where the bank sends its notifications: the URL that was sent with the order.
    #[serde(default, deserialize_with = "lenient::text")]
    pub notification_url: Option<String>,
    /// Payments, refunds and the like; empty before the buyer's first try, also when the bank leaves the list out.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub operations: Vec<Operation>,
}
