//! `GET /v1/audit`: who did what, newest first. Money's own history is the order's events.

use checkout_api::OrderRef;
use serde::{Deserialize, Serialize};

/// One thing that was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AuditEntry {
    /// When: RFC 3339, UTC.
    pub at: String,
    /// Who: `shop`, `staff:LOGIN`, `token:ACTOR`, `bank`, `buyer`, `time`, `command-line`.
    pub actor: String,
    /// What, as a stable word: `signed_in`, `order_checked`, `refund_asked_for`.
    pub action: String,
    /// The order it is about.
    pub order: Option<OrderRef>,
    /// More, for a person.
    pub detail: Option<String>,
}

/// The answer to `GET /v1/audit`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AuditList {
    /// Newest first.
    pub entries: Vec<AuditEntry>,
    /// Give this as `cursor` for the next page; null on the last.
    pub next: Option<String>,
}
