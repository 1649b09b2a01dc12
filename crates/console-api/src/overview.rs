//! `GET /v1/overview`: one day in numbers. Shares are whole per mille: no floats near money.

use checkout_api::{Anomaly, OrderRef, PaymentState};
use money::Amount;
use serde::{Deserialize, Serialize};

/// One day of the shop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Overview {
    /// The day: `YYYY-MM-DD`.
    pub day: String,
    /// The time zone the day is counted in.
    pub zone: String,
    /// How many payments were captured that day.
    pub captured_count: u64,
    /// How much came by them, by currency.
    pub captured: Vec<Amount>,
    /// How much went back that day, by currency.
    pub refunded: Vec<Amount>,
    /// Every hour of the day, the first first.
    pub hours: Vec<Hour>,
    /// Attempts begun that day that ended: captured, rejected or cancelled.
    pub attempts_ended: u64,
    /// How many of them were captured. Not the day's captures: an attempt of yesterday may be captured today.
    pub attempts_succeeded: u64,
    /// The same in per mille of those that ended; null when none ended.
    pub success_per_mille: Option<u32>,
    /// Why payments begun that day were declined, the most frequent first.
    pub declines: Vec<Decline>,
    /// Orders whose payment is under way now.
    pub waiting: u64,
    /// The order that has waited longest.
    pub oldest_unresolved: Option<Unresolved>,
    /// Orders with an anomaly now, by kind.
    pub anomalies: Vec<AnomalyCount>,
    /// How long notifications of that day's captures took, from the bank's operation on; null without any.
    pub notification_delay: Option<Delay>,
}

/// One hour.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Hour {
    /// When it begins: RFC 3339, UTC. A day has 23 to 25 of them.
    pub from: String,
    /// How many payments were captured.
    pub captured_count: u64,
    /// How much came, by currency.
    pub captured: Vec<Amount>,
}

/// A reason to decline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Decline {
    /// The bank's code; null where it gave none.
    pub reason: Option<String>,
    /// How often.
    pub count: u64,
}

/// An order whose payment is not decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Unresolved {
    /// The shop's order number.
    pub order: OrderRef,
    /// How it stands.
    pub state: PaymentState,
    /// When its attempt began: RFC 3339, UTC.
    pub since: String,
}

/// How many orders have an anomaly.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AnomalyCount {
    /// Which.
    pub anomaly: Anomaly,
    /// How many orders.
    pub count: u64,
}

/// How long something took.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Delay {
    /// Half took no longer, in milliseconds.
    pub p50_ms: u64,
    /// 95 of 100 took no longer, in milliseconds.
    pub p95_ms: u64,
    /// How many were measured.
    pub count: u64,
}
