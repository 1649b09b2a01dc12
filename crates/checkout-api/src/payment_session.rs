//! `POST /v1/payment-sessions` and `GET /v1/payment-sessions/{session}` answer with this one shape.

use money::Amount;

use crate::{Anomaly, OrderRef, Outcome, PaymentState, Revision, SessionId};

/// One attempt to pay one order, as the buyer's page and the backend see it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub struct PaymentSession {
    /// The session's id.
    pub session: SessionId,
    /// The shop's order number.
    pub order: OrderRef,
    /// The stored state.
    pub state: PaymentState,
    /// Why, for REJECTED (the bank's code) and CANCELLED (`expired`, `bank`).
    pub reason: Option<String>,
    /// Counts the session's changes.
    pub revision: Revision,
    /// What the stored order asks for.
    pub amount: Amount,
    /// The hosted payment page; absent until the bank has given it.
    pub page: Option<String>,
    /// When the payment page stops taking money: RFC 3339, UTC.
    pub expires_at: Option<String>,
    /// What the buyer is told.
    pub outcome: Outcome,
    /// Money facts beside the state.
    #[cfg_attr(feature = "serde", serde(default))]
    pub anomalies: Vec<Anomaly>,
    /// Whether the order may be paid by a new attempt now.
    #[cfg_attr(feature = "serde", serde(default))]
    pub can_retry: bool,
}
