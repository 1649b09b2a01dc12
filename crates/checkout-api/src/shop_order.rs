//! The order as the shop's server and its staff see it: `PUT`, `GET /v1/orders/{order}`, the list and `check`.
//!
//! Only the shop key opens these; nothing here reaches a buyer's page.

use money::Amount;

use crate::{
    Anomaly, OrderRef, OrderToken, PaymentState, Product, Refundable, SessionId, ShopLine, ShopRefund,
};

/// The body of `PUT /v1/orders/{order}`: what is sold. The sum paid is this `amount` and nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub struct PutOrder {
    /// What the buyer pays.
    pub amount: Amount,
    /// The shop's words for the order, shown to the buyer.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub description: Option<String>,
    /// The basket.
    #[cfg_attr(feature = "serde", serde(default))]
    pub lines: Vec<OrderLine>,
    /// Shipping, in minor units of the amount's currency.
    #[cfg_attr(feature = "serde", serde(default))]
    pub shipping_minor: i64,
    /// The shop's own id of the buyer; absent: the order number stands in for it at the bank.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub customer_id: Option<String>,
    /// The country the buyer's bill is in: two capital letters. Some ways to pay are offered to some countries only;
    /// absent: those of the merchant's own country.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub buyer_country: Option<String>,
    /// Where the buyer comes back to; absent: the backend's own status page.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub return_url: Option<String>,
    /// The buyer's language: `uk` or `en`.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub locale: Option<String>,
    /// The ways to pay; absent: all that the backend has terminals for.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub products: Option<Vec<Product>>,
}

/// One line of the basket.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub struct OrderLine {
    /// The shop's id of the line, unique within the order.
    pub id: String,
    /// What is sold.
    pub name: String,
    /// How many.
    pub quantity: u32,
    /// The price of one, in minor units of the amount's currency.
    pub unit_minor: i64,
}

/// The answer to `PUT /v1/orders/{order}`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub struct OrderAccepted {
    /// The shop's order number.
    pub order: OrderRef,
    /// The order's state.
    pub state: PaymentState,
    /// The right to pay this order, for the buyer's page.
    pub order_token: OrderToken,
    /// When the token ends: RFC 3339, UTC.
    pub order_token_expires_at: String,
}

/// The whole order: `GET /v1/orders/{order}`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub struct ShopOrder {
    /// The shop's order number.
    pub order: OrderRef,
    /// The captured attempt's state, else the latest attempt's; `CREATED` before the first.
    pub state: PaymentState,
    /// Why, for REJECTED and CANCELLED.
    pub reason: Option<String>,
    /// Counts the order's changes; a larger one is newer.
    pub revision: u64,
    /// What the buyer pays.
    pub amount: Amount,
    /// The shop's words for the order.
    pub description: Option<String>,
    /// The basket, and what of it went back.
    pub lines: Vec<ShopLine>,
    /// Shipping, in minor units.
    pub shipping_minor: i64,
    /// The shop's own id of the buyer.
    pub customer_id: Option<String>,
    /// The country the buyer's bill is in, where the shop names it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub buyer_country: Option<String>,
    /// Where the buyer comes back to.
    pub return_url: Option<String>,
    /// The buyer's language.
    pub locale: Option<String>,
    /// The ways to pay.
    pub products: Vec<Product>,
    /// The anomalies of all attempts. Any of them blocks automatic fulfilment.
    pub anomalies: Vec<Anomaly>,
    /// What went back: refunds that are done.
    pub refunded: Amount,
    /// How much of it was shipping.
    pub shipping_refunded_minor: i64,
    /// Every attempt, oldest first.
    pub attempts: Vec<ShopAttempt>,
    /// Every movement the bank reported, oldest first.
    pub operations: Vec<ShopOperation>,
    /// Every refund, oldest first.
    pub refunds: Vec<ShopRefund>,
    /// What may still go back.
    pub refundable: Refundable,
    /// What happened, oldest first.
    pub events: Vec<ShopEvent>,
    /// When the shop first put the order: RFC 3339, UTC.
    pub created_at: String,
    /// When it last changed: RFC 3339, UTC.
    pub updated_at: String,
}

/// One attempt to pay the order.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub struct ShopAttempt {
    /// The payment session.
    pub session: SessionId,
    /// The attempt's state.
    pub state: PaymentState,
    /// Why, for REJECTED and CANCELLED.
    pub reason: Option<String>,
    /// The way to pay.
    pub product: Product,
    /// The sum this attempt asked for.
    pub amount: Amount,
    /// Money facts beside the state.
    pub anomalies: Vec<Anomaly>,
    /// What of this attempt's money may still go back; absent when none of it came.
    pub refundable: Option<Amount>,
    /// Why it cannot go back now, as a stable word: `waits_for_settlement`, until the state is PAID. Absent otherwise.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub refund_hindrance: Option<String>,
    /// The bank's id of the order made for this attempt.
    pub bank_order: Option<String>,
    /// The bank's second id of it.
    pub bank_reference: Option<String>,
    /// Our id of the request that made it.
    pub merchant_request_id: String,
    /// The terminal's merchant at the bank.
    pub merchant_id: String,
    /// The bank's word for the way to pay: `PURCHASE`, `A2A`.
    pub pay_type: String,
    /// The bank's own status page.
    pub status_page: Option<String>,
    /// The bank's receipt, once money came.
    pub receipt: Option<String>,
    /// When a notification first came on this attempt's own URL with its ids: RFC 3339, UTC.
    pub notified_at: Option<String>,
    /// When the bank last answered about it: RFC 3339, UTC.
    pub asked_at: Option<String>,
    /// When its money became settled, the state PAID: RFC 3339, UTC. Stays when the money goes back later.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub settled_at: Option<String>,
    /// When it was stored: RFC 3339, UTC.
    pub created_at: String,
    /// When its page stops taking money: RFC 3339, UTC.
    pub expires_at: String,
}

/// One movement on the order, as the bank last described it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub struct ShopOperation {
    /// The bank's id of the movement.
    pub id: String,
    /// The attempt it belongs to.
    pub session: SessionId,
    /// The bank's word for what it is: `PURCHASE`, `REFUND`.
    pub kind: String,
    /// The bank's word for how it stands: `SUCCESS`, `PENDING`.
    pub status: String,
    /// The sum, in the currency the buyer was charged in; absent when the bank names no currency we know.
    pub amount: Option<Amount>,
    /// The id that refunds refer to.
    pub operation_id: Option<String>,
    /// The bank's reference number.
    pub rrn: Option<String>,
    /// The masked card or account.
    pub instrument: Option<String>,
    /// What it was paid with, in the bank's words: `APPLE_PAY`, `GOOGLE_PAY`.
    pub payment_service: Option<String>,
    /// Why it failed.
    pub reason: Option<String>,
    /// The bank's receipt.
    pub receipt: Option<String>,
    /// When the bank made it: RFC 3339, UTC.
    pub created_at: Option<String>,
    /// When the bank last changed it: RFC 3339, UTC.
    pub modified_at: Option<String>,
}

/// One entry of the order's history.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub struct ShopEvent {
    /// Names the entry: its message is `GET /v1/orders/{order}/events/{id}/raw`.
    pub id: String,
    /// When: RFC 3339, UTC.
    pub at: String,
    /// Who caused it: `shop`, `buyer`, `bank`, `time`, `staff:LOGIN`, `token:ACTOR`.
    pub who: String,
    /// What happened, as a stable word.
    pub what: String,
    /// The attempt, where it is about one.
    pub session: Option<SessionId>,
    /// More, for a person.
    pub detail: Option<String>,
    /// Whether the message that caused it is kept.
    pub has_raw: bool,
}

/// One row of `GET /v1/orders`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub struct OrderSummary {
    /// The shop's order number.
    pub order: OrderRef,
    /// The order's state.
    pub state: PaymentState,
    /// Why, for REJECTED and CANCELLED.
    pub reason: Option<String>,
    /// What the buyer pays.
    pub amount: Amount,
    /// The shop's words for the order.
    pub description: Option<String>,
    /// The anomalies of all attempts.
    pub anomalies: Vec<Anomaly>,
    /// What went back: refunds that are done.
    pub refunded: Amount,
    /// `alliancepay` once there is an attempt to pay it here, else `none`.
    pub payment: String,
    /// The way to pay of the attempt that its state is of.
    pub product: Option<Product>,
    /// When a notification first came on that attempt's own URL with its ids: RFC 3339, UTC.
    pub notified_at: Option<String>,
    /// Counts the order's changes.
    pub revision: u64,
    /// When the shop first put it: RFC 3339, UTC.
    pub created_at: String,
    /// When it last changed: RFC 3339, UTC.
    pub updated_at: String,
}

/// The answer to `GET /v1/orders`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub struct OrderList {
    /// In the order asked for; newest first by default.
    pub orders: Vec<OrderSummary>,
    /// Give this as `cursor` for the next page; null on the last.
    pub next: Option<String>,
}

/// The answer to `POST /v1/orders/{order}/check`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub struct OrderChecked {
    /// The order after the question.
    pub order: ShopOrder,
    /// Whether the answer changed anything.
    pub changed: bool,
    /// Who answered: `bank`.
    pub source: String,
}
