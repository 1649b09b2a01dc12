//! `GET /v1/checkout`: what a page with an order token may know of its order.

use money::Amount;

use crate::{OrderRef, PaymentState, Product, SessionId};

/// The order behind an order token.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub struct Checkout {
    /// The shop's order number.
    pub order: OrderRef,
    /// What the stored order asks for.
    pub amount: Amount,
    /// The shop's words for the order.
    pub description: Option<String>,
    /// The ways to pay this order, in the order to show them.
    pub products: Vec<Product>,
    /// The latest attempt.
    pub session: Option<SessionId>,
    /// The latest attempt's state.
    pub state: Option<PaymentState>,
    /// Whether the order may be paid by a new attempt now.
    pub can_retry: bool,
    /// When the token ends: RFC 3339, UTC.
    pub order_token_expires_at: String,
}
