//! What goes into and comes out of the outbox of webhooks, and of the bank tokens. Plain data.

use std::time::Duration;

use alliancepay::Secret;
use checkout_api::OrderRef;
use jiff::Timestamp;

/// When webhooks are sent again.
#[derive(Debug, Clone)]
pub struct DeliveryPlan {
    /// Pauses after failed tries; the last one repeats.
    pub pauses: Vec<Duration>,
    /// How long one is tried before it is given up.
    pub patience: Duration,
}

/// A webhook to send now. Nobody else sends it until the lease ends.
#[derive(Debug, Clone)]
pub struct ClaimedWebhook {
    /// Its id.
    pub id: String,
    /// The shop's order number.
    pub order: OrderRef,
    /// When the change happened.
    pub created_at: Timestamp,
}

/// What became of a try.
#[derive(Debug, Clone)]
pub struct Delivery {
    /// The webhook.
    pub id: String,
    /// What went wrong; `None` when the shop took it.
    pub problem: Option<String>,
    /// The time.
    pub now: Timestamp,
}

/// A webhook and how it stands.
#[derive(Debug, Clone)]
pub struct WebhookView {
    /// Its id.
    pub id: String,
    /// The shop's order number.
    pub order: OrderRef,
    /// The revision whose change it tells of.
    pub revision: u64,
    /// When the change happened.
    pub created_at: Timestamp,
    /// Tries since it was made or last replayed.
    pub tries: u32,
    /// When it is sent next.
    pub next_try_at: Option<Timestamp>,
    /// When the shop first took it.
    pub delivered_at: Option<Timestamp>,
    /// What went wrong the last time.
    pub problem: Option<String>,
}

/// A wish to renew a bank token.
#[derive(Debug, Clone)]
pub struct RenewalClaim {
    /// Whose token.
    pub service_code: String,
    /// The token that is of no use any more.
    pub stale: Option<Secret>,
    /// Who wishes.
    pub holder: String,
    /// How long the renewal is reserved.
    pub lease: Duration,
}

/// Whether to renew a bank token.
#[derive(Debug, Clone)]
pub enum Renewal {
    /// There is another token than the stale one.
    Done(Secret),
    /// Nobody else renews it until the lease ends.
    Yours,
    /// Somebody else renews it.
    AnotherIsAtIt,
}
