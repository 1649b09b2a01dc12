//! The create-order answer: where to send the buyer, and the bank's own number of the order.

use serde::Deserialize;

use crate::lenient;
use crate::time::BankTime;
use crate::vocabulary::{OrderStatus, PayType, PaymentMethod};

/// An order the bank has made (AlliancePay docs: create order page).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OrderCreated {
    /// The bank's number of the order. The buyer sees it too: it is no secret.
    pub hpp_order_id: String,
    /// The bank's other id of the order; only in samples.
    #[serde(default, deserialize_with = "lenient::text")]
    pub ecom_order_id: Option<String>,
    /// Echo of our handle; absent means the bank did not repeat it.
    #[serde(default, deserialize_with = "lenient::text")]
    pub merchant_request_id: Option<String>,
    /// Echo of the merchant.
    #[serde(default, deserialize_with = "lenient::text")]
    pub merchant_id: Option<String>,
    /// Echo of the kind of payment.
    #[serde(default)]
    pub hpp_pay_type: PayType,
    /// Echo of how the buyer may pay.
    #[serde(default, deserialize_with = "lenient::words")]
    pub payment_methods: Vec<PaymentMethod>,
    /// Echo of the sum in minor units of the currency that was asked for; the currency itself is not repeated.
    #[serde(default, deserialize_with = "lenient::integer")]
    pub coin_amount: Option<i64>,
    /// PENDING on a new order.
    #[serde(default)]
    pub order_status: OrderStatus,
    /// When the bank made it.
    #[serde(default, deserialize_with = "lenient::time")]
    pub create_date: Option<BankTime>,
    /// When the payment page stops working.
    #[serde(default, deserialize_with = "lenient::time")]
    pub expired_order_date: Option<BankTime>,
    /// The payment page: send the buyer here. Its host is the bank's choice.
    pub redirect_url: String,
    /// The bank's status page; none for A2A.
    #[serde(default, deserialize_with = "lenient::text")]
    pub status_url: Option<String>,
    /// The NBU QR code's text, when asked for.
    #[serde(default, deserialize_with = "lenient::text")]
    pub nbu_qr_code: Option<String>,
}
