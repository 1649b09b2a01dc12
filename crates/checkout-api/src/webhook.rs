//! What the backend tells the shop by itself: an order changed. The signature travels in the header
//! `AlliancePay-Signature`, not here.

use crate::{DeliveryState, OrderRef, ShopOrder};

/// The body of a webhook. Several may come in any order: keep the highest `order.revision`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub struct OrderWebhook {
    /// The webhook's id; each retry has the same.
    pub id: String,
    /// `order.updated`; skip types you do not know.
    #[cfg_attr(feature = "serde", serde(rename = "type"))]
    pub kind: String,
    /// When the change happened: RFC 3339, UTC.
    pub created_at: String,
    /// The order as it stands when this is sent, the same as `GET /v1/orders/{order}`.
    pub order: ShopOrder,
}

/// One webhook and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub struct WebhookDelivery {
    /// The webhook's id.
    pub id: String,
    /// The shop's order number.
    pub order: OrderRef,
    /// The revision whose change it tells of; it may carry a newer one.
    pub revision: u64,
    /// How it stands.
    pub state: DeliveryState,
    /// How often it was sent since it was made or last replayed.
    pub tries: u32,
    /// What went wrong the last time.
    pub problem: Option<String>,
    /// When the change happened: RFC 3339, UTC.
    pub created_at: String,
    /// When it is sent next: RFC 3339, UTC.
    pub next_try_at: Option<String>,
    /// When the shop first took it: RFC 3339, UTC.
    pub delivered_at: Option<String>,
}

/// The answer to `GET /v1/webhooks`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub struct WebhookList {
    /// Newest first.
    pub webhooks: Vec<WebhookDelivery>,
}
