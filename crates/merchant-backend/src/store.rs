//! The ledger's storage: one trait whose methods are whole transactions. What a transaction decides, it decides by
//! the pure functions of `payments`; SQL lives below `store/` and nowhere else: `ledger` says what is stored, `sqlite` and
//! `postgres` how a transaction runs.

pub mod ledger;
pub mod moving;
pub mod orders_list;
pub mod postgres;
pub mod records;
mod settlement;
mod sql;
pub mod sqlite;
pub mod staff;

use std::fmt;
use std::time::Duration;

use alliancepay::Secret;
use async_trait::async_trait;
use checkout_api::SessionId;
use jiff::Timestamp;
use money::Amount;
use tokio::sync::mpsc::Receiver;

use crate::payments::attempt::{AttemptId, OrderId};
use crate::payments::refund::{Refund, RefundId};
use crate::payments::schedule::Schedule;
use crate::provider::{Answer, Hint, OpenedPage, RefundTold};
use crate::telemetry::Latency;
use orders_list::OrdersListStore;
use records::{
    Begin, BeginRefund, Begun, Change, CheckoutView, ClaimedWebhook, Delivery, DeliveryPlan, DueQuestion,
    Figures, HintStored, KnownRefund, OrderPut, OrderView, PutOrderRecord, Recorded, RefundBegun, Refusal,
    Renewal, RenewalClaim, SessionView, Succession, TokenOwner, Turn, TurnClaim, WebhookView,
};
pub use settlement::SettlementStore;
use staff::StaffStore;

/// The ledger; the staff's part of it is [`StaffStore`], what they read of all orders is [`OrdersListStore`], the providers'
/// files are [`SettlementStore`]'s.
#[async_trait]
pub trait Store: StaffStore + OrdersListStore + SettlementStore + Send + Sync + fmt::Debug {
    /// Stores or renews an order and issues a token for it.
    async fn put_order(&self, put: PutOrderRecord) -> Result<OrderPut, StoreError>;

    /// The order a token may pay; `None` for a token that is unknown or too old.
    async fn token_owner(&self, hash: Vec<u8>, now: Timestamp) -> Result<Option<TokenOwner>, StoreError>;

    /// Finds the attempt a wish to pay means, or stores a new one before the bank is called.
    async fn begin_attempt(&self, begin: Begin) -> Result<Begun, StoreError>;

    /// Marks an attempt the bank will not tell us about as unreachable and stores its successor.
    async fn succeed_attempt(&self, succession: Succession) -> Result<Begun, StoreError>;

    /// Stores the page the bank gave.
    async fn record_page(
        &self,
        attempt: AttemptId,
        page: OpenedPage,
        schedule: Schedule,
        now: Timestamp,
    ) -> Result<SessionView, StoreError>;

    /// Stores that the bank gave no page: it refused to make the order, or made it and declined it at once.
    async fn record_refusal(
        &self,
        attempt: AttemptId,
        refusal: Refusal,
        schedule: Schedule,
        now: Timestamp,
    ) -> Result<SessionView, StoreError>;

    /// Stores what the bank answered and what follows from it.
    async fn record_answer(
        &self,
        attempt: AttemptId,
        answer: Answer,
        schedule: Schedule,
        now: Timestamp,
    ) -> Result<Recorded, StoreError>;

    /// Stores that the bank had nothing to say; an attempt whose time ran out ends here.
    async fn record_no_news(
        &self,
        attempt: AttemptId,
        detail: String,
        schedule: Schedule,
        now: Timestamp,
    ) -> Result<Recorded, StoreError>;

    /// Stores that the bank did not answer, and when to ask again.
    async fn record_silence(
        &self,
        attempt: AttemptId,
        schedule: Schedule,
        now: Timestamp,
    ) -> Result<(), StoreError>;

    /// Stores a notification; `None` if no attempt has this secret.
    async fn store_hint(
        &self,
        secret: String,
        hint: Hint,
        now: Timestamp,
    ) -> Result<Option<HintStored>, StoreError>;

    /// The secret of the attempt that has this order at the provider, or that made this request.
    async fn notification_secret(
        &self,
        bank_order: String,
        merchant_request_id: Option<String>,
    ) -> Result<Option<String>, StoreError>;

    /// The attempts to ask about now, longest due first; in a shared ledger for this caller alone until the lease ends.
    async fn due(
        &self,
        now: Timestamp,
        lease_until: Timestamp,
        limit: u32,
    ) -> Result<Vec<DueQuestion>, StoreError>;

    /// The attempts of an order that the bank can be asked about, whatever their schedule says.
    async fn askable(&self, order: OrderId) -> Result<Vec<DueQuestion>, StoreError>;

    /// A session as its page may see it.
    async fn session(&self, session: SessionId, now: Timestamp) -> Result<Option<SessionView>, StoreError>;

    /// An order as a page with its token may see it.
    async fn checkout(&self, order: OrderId, now: Timestamp) -> Result<Option<CheckoutView>, StoreError>;

    /// An order's id and sum by the shop's number.
    async fn order_sum(&self, order_ref: String) -> Result<Option<(OrderId, Amount)>, StoreError>;

    /// The whole order by the shop's number.
    async fn order(&self, order_ref: String) -> Result<Option<OrderView>, StoreError>;

    /// The refund made for a key before.
    async fn known_refund(&self, order: OrderId, key: String) -> Result<Option<KnownRefund>, StoreError>;

    /// Reserves what is to go back, before the bank is called; or finds the refund of the same key.
    async fn begin_refund(&self, begin: BeginRefund) -> Result<RefundBegun, StoreError>;

    /// Stores what was learned of a refund and what follows for its order. `None`: the bank has not heard of it.
    async fn record_refund(
        &self,
        refund: RefundId,
        told: Option<RefundTold>,
        schedule: Schedule,
        now: Timestamp,
    ) -> Result<Recorded, StoreError>;

    /// Stores that nothing was learned of a refund, and when to look for it again.
    async fn record_refund_silence(
        &self,
        refund: RefundId,
        schedule: Schedule,
        now: Timestamp,
    ) -> Result<(), StoreError>;

    /// A refund.
    async fn refund(&self, refund: RefundId) -> Result<Refund, StoreError>;

    /// From now on every change of an order is written to the outbox with it; or no longer.
    async fn listen_to_changes(&self, listened: bool) -> Result<(), StoreError>;

    /// The webhooks to send now, for this caller alone until the lease ends.
    async fn claim_webhooks(
        &self,
        lease_until: Timestamp,
        limit: u32,
        now: Timestamp,
    ) -> Result<Vec<ClaimedWebhook>, StoreError>;

    /// Stores what became of a try.
    async fn record_delivery(&self, delivery: Delivery, plan: DeliveryPlan) -> Result<(), StoreError>;

    /// The webhooks of an order, or of all orders; newest first.
    async fn webhooks(&self, order_ref: Option<String>, limit: u32) -> Result<Vec<WebhookView>, StoreError>;

    /// Has a webhook sent again; `None` if there is none with this id.
    async fn replay_webhook(&self, id: String, now: Timestamp) -> Result<Option<WebhookView>, StoreError>;

    /// The stored bank token.
    async fn bank_token(&self, service_code: String) -> Result<Option<Secret>, StoreError>;

    /// Reserves the renewal of a bank token, unless there is a new one or somebody else is at it.
    async fn claim_renewal(&self, claim: RenewalClaim) -> Result<Renewal, StoreError>;

    /// Stores the new bank token, if there is one, and gives the reservation back.
    async fn end_renewal(
        &self,
        service_code: String,
        holder: String,
        token: Option<Secret>,
    ) -> Result<(), StoreError>;

    /// Removes order tokens, idempotency keys and delivered webhooks that are past their time. Keys of refunds stay.
    async fn forget_expired(&self, now: Timestamp) -> Result<(), StoreError>;

    /// Makes due now what was put off while this machine's clock was ahead; tells how much it was.
    async fn mend_times(&self, now: Timestamp) -> Result<u64, StoreError>;

    /// Figures about the whole ledger.
    async fn figures(&self) -> Result<Figures, StoreError>;

    /// How long reads and writes of this process take.
    fn latency(&self) -> Latency;

    /// Whether other instances may serve the same ledger. Alone, nobody takes turns and nobody else has news.
    fn is_shared(&self) -> bool;

    /// Takes a turn with an order, if it is free.
    async fn take_turn(&self, claim: TurnClaim) -> Result<Turn, StoreError>;

    /// Keeps a turn for longer, or ends it and keeps others off for a rest.
    async fn hold_turn(
        &self,
        name: String,
        holder: String,
        rest: Duration,
        ended: bool,
    ) -> Result<(), StoreError>;

    /// What other instances store from now on; `None` where there are none.
    fn changes(&self) -> Option<Receiver<Change>>;

    /// Whether the ledger can be read and written.
    async fn ready(&self) -> Result<(), StoreError>;
}

/// Why a transaction did not happen. The cause is for the log, never for the caller.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database could not do it; nothing was changed.
    #[error("the ledger cannot be used: {0}")]
    Unavailable(String),
    /// A row holds what this version cannot read.
    #[error("the ledger holds an unreadable row: {0}")]
    Unreadable(String),
    /// A named constraint refused it.
    #[error("the ledger refused: {0}")]
    Refused(String),
    /// Another transaction was in the way, again and again.
    #[error("the ledger is too busy: {0}")]
    Collided(String),
    /// A row that something else points to is not there.
    #[error("the ledger misses a row")]
    Absent,
}
