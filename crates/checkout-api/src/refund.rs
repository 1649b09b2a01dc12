//! Money on its way back to the buyer: what the shop or its staff asks for, and how it stands.

use money::Amount;

use crate::{RefundState, SessionId};

/// The body of `POST /v1/orders/{order}/refunds`. Neither a sum nor lines nor shipping: everything that remains.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase", deny_unknown_fields))]
pub struct RefundRequest {
    /// A free sum in minor units of the order's currency; not together with `lines`.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub amount_minor: Option<i64>,
    /// Lines of the basket; not together with `amountMinor`.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub lines: Option<Vec<RefundRequestLine>>,
    /// Shipping that goes back, on top of the sum or the lines.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub shipping_minor: Option<i64>,
    /// What it is expected to come to, in minor units of the order's currency: a person confirmed this sum. Refused as
    /// `refund_changed` where it comes to another, because something went back meanwhile.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub expected_minor: Option<i64>,
    /// Why, in staff's words.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub reason: Option<String>,
    /// Record it only: the money went back another way, and the bank is not called.
    #[cfg_attr(feature = "serde", serde(default))]
    pub offline: bool,
    /// The attempt whose payment goes back; absent: the one that paid the order.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub session: Option<SessionId>,
}

/// A part of a line that goes back: a quantity at the line's price, or a sum.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase", deny_unknown_fields))]
pub struct RefundRequestLine {
    /// The shop's id of the line.
    pub id: String,
    /// How many; not together with `amountMinor`.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub quantity: Option<u32>,
    /// How much of the line's sum; not together with `quantity`.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub amount_minor: Option<i64>,
}

/// A refund as the backend keeps it; the answer to `POST /v1/orders/{order}/refunds`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub struct ShopRefund {
    /// The refund's id.
    pub refund: String,
    /// The attempt whose payment goes back.
    pub session: SessionId,
    /// How it stands.
    pub state: RefundState,
    /// How much goes back.
    pub amount: Amount,
    /// How much of it is shipping.
    pub shipping_minor: i64,
    /// How much of it is of which line.
    pub lines: Vec<ShopRefundLine>,
    /// Staff's reason.
    pub reason: Option<String>,
    /// Who asked for it: `shop`, `staff:LOGIN`, `token:ACTOR`.
    pub by: String,
    /// Recorded only; the bank was not asked.
    pub offline: bool,
    /// Why it failed: the bank's code, or `not_sent`, `never_arrived`.
    pub code: Option<String>,
    /// Our id of the request to the bank; absent for a refund that is only recorded.
    pub merchant_request_id: Option<String>,
    /// When it was asked for: RFC 3339, UTC.
    pub created_at: String,
    /// When it last changed: RFC 3339, UTC.
    pub updated_at: String,
}

/// What of a line went back by one refund.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub struct ShopRefundLine {
    /// The shop's id of the line.
    pub id: String,
    /// How many; 0 for a refund of a sum.
    pub quantity: u32,
    /// How much.
    pub amount_minor: i64,
}

/// A line of the basket and what of it went back.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub struct ShopLine {
    /// The shop's id of the line, unique within the order.
    pub id: String,
    /// What is sold.
    pub name: String,
    /// How many.
    pub quantity: u32,
    /// The price of one, in minor units of the amount's currency.
    pub unit_minor: i64,
    /// How many went back: refunds that are done.
    pub refunded_quantity: u32,
    /// How much went back: refunds that are done.
    pub refunded_minor: i64,
    /// How many may still go back: refunds under way are taken off too.
    pub refundable_quantity: u32,
    /// How much may still go back: refunds under way are taken off too.
    pub refundable_minor: i64,
}

/// What may still go back of the payment that paid the order. Refunds under way are taken off.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub struct Refundable {
    /// Whether anything may go back now.
    pub possible: bool,
    /// How much remains.
    pub amount: Amount,
    /// How much of shipping remains.
    pub shipping_minor: i64,
    /// Why nothing may go back now, as a stable word: `not_paid`, `nothing_left`,
    /// `waits_for_settlement`; absent when something may.
    pub reason: Option<String>,
    /// Whether the bank takes a refund of this payment; else it can only be recorded (`offline`).
    pub at_bank: bool,
}
