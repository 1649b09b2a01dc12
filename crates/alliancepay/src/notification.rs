//! What the bank sends us when an order is finished. It is not signed: a hint to ask, never a proof.

use serde::{Deserialize, Deserializer, de};
use serde_json::Value;

use crate::jwe::{self, JweError, PrivateJwk};
use crate::lenient;
use crate::operation::Operation;
use crate::time::BankTime;
use crate::vocabulary::{DirectType, OrderStatus, PayType, PaymentMethod, TryMode};

/// A notification (AlliancePay docs: callback page). Anybody can send one: ask [`crate::Client::operations`].
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", remote = "Self")]
pub struct Notification {
    /// The bank's number of the order.
    pub hpp_order_id: String,
    /// Our handle from create-order.
    #[serde(default, deserialize_with = "lenient::text")]
    pub merchant_request_id: Option<String>,
    /// Whose order it is.
    #[serde(default, deserialize_with = "lenient::text")]
    pub merchant_id: Option<String>,
    /// The bank's other id of the order.
    #[serde(default, deserialize_with = "lenient::text")]
    pub ecom_order_id: Option<String>,
    /// The ordered sum in minor units.
    #[serde(default, deserialize_with = "lenient::integer")]
    pub coin_amount: Option<i64>,
    /// The bank's word about the order.
    #[serde(default)]
    pub order_status: OrderStatus,
    /// The kind of payment.
    #[serde(default)]
    pub hpp_pay_type: PayType,
    /// How the buyer may pay, as asked for.
    #[serde(default, deserialize_with = "lenient::words")]
    pub payment_methods: Vec<PaymentMethod>,
    /// How the buyer reached the payment.
    #[serde(default)]
    pub hpp_direct_type: DirectType,
    /// How often the order can be tried.
    #[serde(default)]
    pub try_mode: TryMode,
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
    /// Where the bank was told to send this.
    #[serde(default, deserialize_with = "lenient::text")]
    pub notification_url: Option<String>,
    /// The bank encrypts the notifications of this order; one that came in clear can say so too.
    #[serde(default, deserialize_with = "lenient::flag")]
    pub notification_encryption: bool,
    /// The operation it is about; the English docs call the same object `operations`. None when the bank sent `{}`.
    #[serde(default, deserialize_with = "operation")]
    pub operation: Option<Operation>,
}

impl<'de> Deserialize<'de> for Notification {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let fields = lenient::renamed(deserializer, &[("operations", "operation")])?;
        Self::deserialize(fields).map_err(de::Error::custom)
    }
}

/// Why a body is no notification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotificationError {
    /// Not the documented JSON.
    #[error("the body is not a notification of the bank")]
    Malformed,
    /// Encrypted, and no key was given.
    #[error("the notification is encrypted: give the terminal's private key")]
    Encrypted,
    /// Encrypted for another key, or changed.
    #[error("the notification cannot be decrypted: {0}")]
    Jwe(#[from] JweError),
}

impl Notification {
    /// Reads a body in clear, or encrypted for `key`: a bare compact JWE or `{"jwe": …}` (the docs leave the
    /// envelope open; the official PHP library takes the bare one).
    pub fn from_body(body: &[u8], key: Option<&PrivateJwk>) -> Result<Self, NotificationError> {
        let text = std::str::from_utf8(body).map_err(|_| NotificationError::Malformed)?.trim();
        let Ok(json) = serde_json::from_str::<Value>(text) else {
            return Self::open(text, key);
        };
        match json.get("jwe").or(Some(&json)).and_then(Value::as_str) {
            Some(compact) => Self::open(compact, key),
            None => serde_json::from_value(json).map_err(|_| NotificationError::Malformed),
        }
    }

    fn open(compact: &str, key: Option<&PrivateJwk>) -> Result<Self, NotificationError> {
        if compact.split('.').count() != 5 {
            return Err(NotificationError::Malformed);
        }
        let plaintext = jwe::decrypt(compact, key.ok_or(NotificationError::Encrypted)?)?;
        serde_json::from_slice(&plaintext).map_err(|_| NotificationError::Malformed)
    }
}

fn operation<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Operation>, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::Object(fields) if !fields.is_empty() => {
            serde_json::from_value(Value::Object(fields)).map(Some).map_err(de::Error::custom)
        }
        Value::Object(_)
        | Value::Null
        | Value::Array(_)
        | Value::String(_)
        | Value::Bool(_)
        | Value::Number(_) => Ok(None),
    }
}
