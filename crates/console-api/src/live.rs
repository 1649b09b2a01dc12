//! What the list of orders is kept fresh by, and the messages behind an order's history.

use checkout_api::OrderSummary;
use serde::{Deserialize, Serialize};

/// The answer to `GET /v1/orders/changes`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct OrderChanges {
    /// Give this as `after` of the next question.
    pub cursor: String,
    /// The orders that changed since, each once, as they stand now; the latest change last.
    pub orders: Vec<OrderSummary>,
}

/// The answer to `GET /v1/orders/{order}/events/{id}/raw`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct RawMessage {
    /// The entry of the history.
    pub id: String,
    /// The message, personal data and secrets masked. Mostly JSON, but shown as the text it is.
    pub raw: String,
}
