//! Errors: `application/problem+json` (RFC 9457) with a stable code.

use crate::SessionId;

/// Why a request was not done. `code` is for programs, `title` and `detail` are for the merchant's developer.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub struct Problem {
    /// A URI that names the kind of problem.
    #[cfg_attr(feature = "serde", serde(rename = "type"))]
    pub kind: String,
    /// One sentence for the kind.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// The stable code, see [`code`].
    pub code: String,
    /// What happened this time and what to do next.
    pub detail: String,
    /// Found again in the backend's log.
    pub request_id: String,
    /// For `order_already_paid`: the session that was captured.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub session: Option<SessionId>,
}

/// The codes that callers decide by.
pub mod code {
    /// The order token is unknown, of another order, or older than 24 hours.
    pub const ORDER_TOKEN_INVALID: &str = "order_token_invalid";
    /// The order is captured; paying again would charge twice.
    pub const ORDER_ALREADY_PAID: &str = "order_already_paid";
    /// The order's sum cannot change while an attempt lives.
    pub const ORDER_LOCKED: &str = "order_locked";
    /// The idempotency key came with another body.
    pub const IDEMPOTENCY_KEY_REUSED: &str = "idempotency_key_reused";
    /// The same key is still being worked on; ask again after `Retry-After`.
    pub const IDEMPOTENCY_KEY_IN_USE: &str = "idempotency_key_in_use";
    /// The bank did not answer in time, or not readably; the same key may be sent again.
    pub const BANK_UNAVAILABLE: &str = "bank_unavailable";
    /// The bank refused the order; the merchant must act.
    pub const BANK_REFUSED: &str = "bank_refused";
    /// No such thing, or not for this caller.
    pub const NOT_FOUND: &str = "not_found";
    /// The request cannot be read.
    pub const INVALID_REQUEST: &str = "invalid_request";
    /// Too many requests; wait for `Retry-After`.
    pub const RATE_LIMITED: &str = "rate_limited";
}
