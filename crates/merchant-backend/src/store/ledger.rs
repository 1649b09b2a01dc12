//! What is stored and what is read, for both databases: every statement of the product stands below this folder.
//!
//! To add a query: write a function beside its like, over [`Connection`] for reads and [`Transaction`] for writes, call it
//! in the store's trait below, and add its columns to a new migration in `migrations/sqlite` and `migrations/postgres`.
//! In PostgreSQL others write at the same time: a transaction that decides by rows locks their order first (`locks`).
//!
//! SQL that both speak: `?1` for values (no `?` in texts); `RETURNING id` for a new row's id; `ON CONFLICT … DO UPDATE`;
//! `string_agg(x, ',')`; `IS DISTINCT FROM`; `TRUE`, not `1`, where a condition is meant; `CAST(?1 AS TEXT) IS NULL`;
//! `CAST(sum(x) AS BIGINT)`. PostgreSQL's tables have BIGINT for every number, BYTEA for bytes, BOOLEAN for yes and no.

mod anomalies;
mod answers;
mod attempts;
mod audit;
mod bank_tokens;
mod changes;
mod clock;
mod conditions;
mod console_tokens;
mod day_numbers;
mod due;
mod events;
mod figures;
mod hints;
mod locks;
mod operations;
mod orders;
mod orders_list;
mod orders_list_store;
mod outbox;
mod reads;
mod refund_rows;
mod refunds;
mod rows;
mod settlement;
mod staff;
mod staff_store;
mod summary;
mod timed;
mod turns;

use std::fmt;
use std::future::Future;
use std::time::Duration;

use alliancepay::Secret;
use async_trait::async_trait;
use checkout_api::SessionId;
use jiff::Timestamp;
use money::Amount;
use tokio::sync::mpsc::Receiver;

use super::records::{
    Begin, BeginRefund, Begun, Change, CheckoutView, ClaimedWebhook, Delivery, DeliveryPlan, DueQuestion,
    Figures, HintStored, KnownRefund, OrderPut, OrderView, PutOrderRecord, Recorded, RefundBegun, Refusal,
    Renewal, RenewalClaim, SessionView, Succession, TokenOwner, Turn, TurnClaim, WebhookView,
};
use super::sql::{Connection, Transaction, params};
use super::{Store, StoreError};
use crate::payments::attempt::{AttemptId, OrderId};
use crate::payments::refund::{Refund, RefundId};
use crate::payments::schedule::Schedule;
use crate::provider::{Answer, Hint, OpenedPage, RefundTold};
use crate::telemetry::Latency;
pub(crate) use timed::Timed;

/// The ledger in a database.
#[derive(Debug)]
pub struct Ledger<D> {
    pub(super) database: Timed<D>,
}

/// How a database runs what the ledger wants of it.
pub(crate) trait Database: Send + Sync + fmt::Debug + 'static {
    /// Others may use it at the same time.
    const SHARED: bool;

    /// What the others store from now on.
    fn changes(&self) -> Option<Receiver<Change>>;

    /// Whether there is room for what is still to be written, as far as that can be told here.
    fn room(&self) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// One transaction. `work` may run more than once; only its last run counts.
    fn write<T: Send + 'static>(
        &self,
        work: impl Fn(&Transaction<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> impl Future<Output = Result<T, StoreError>> + Send;

    /// One statement that reads.
    fn look<T: Send + 'static>(
        &self,
        work: impl Fn(&Connection<'_>) -> Result<T, StoreError> + Send + Sync + 'static,
    ) -> impl Future<Output = Result<T, StoreError>> + Send;

    /// Several statements that read one picture.
    fn snapshot<T: Send + 'static>(
        &self,
        work: impl Fn(&Connection<'_>) -> Result<T, StoreError> + Send + Sync + 'static,
    ) -> impl Future<Output = Result<T, StoreError>> + Send;
}

#[async_trait]
impl<D: Database> Store for Ledger<D> {
    async fn put_order(&self, put: PutOrderRecord) -> Result<OrderPut, StoreError> {
        self.database.write(move |tx| orders::put(tx, &put)).await
    }

    async fn token_owner(&self, hash: Vec<u8>, now: Timestamp) -> Result<Option<TokenOwner>, StoreError> {
        self.database.look(move |connection| reads::token_owner(connection, &hash, now)).await
    }

    async fn begin_attempt(&self, begin: Begin) -> Result<Begun, StoreError> {
        self.database.write(move |tx| attempts::begin(tx, &begin)).await
    }

    async fn succeed_attempt(&self, succession: Succession) -> Result<Begun, StoreError> {
        self.database.write(move |tx| attempts::succeed(tx, &succession)).await
    }

    async fn record_page(
        &self,
        attempt: AttemptId,
        page: OpenedPage,
        schedule: Schedule,
        now: Timestamp,
    ) -> Result<SessionView, StoreError> {
        self.database.write(move |tx| attempts::record_page(tx, attempt, &page, &schedule, now)).await
    }

    async fn record_refusal(
        &self,
        attempt: AttemptId,
        refusal: Refusal,
        schedule: Schedule,
        now: Timestamp,
    ) -> Result<SessionView, StoreError> {
        self.database.write(move |tx| attempts::record_refusal(tx, attempt, &refusal, &schedule, now)).await
    }

    async fn record_answer(
        &self,
        attempt: AttemptId,
        answer: Answer,
        schedule: Schedule,
        now: Timestamp,
    ) -> Result<Recorded, StoreError> {
        self.database.write(move |tx| answers::record(tx, attempt, &answer, &schedule, now)).await
    }

    async fn record_no_news(
        &self,
        attempt: AttemptId,
        detail: String,
        schedule: Schedule,
        now: Timestamp,
    ) -> Result<Recorded, StoreError> {
        self.database.write(move |tx| answers::record_no_news(tx, attempt, &detail, &schedule, now)).await
    }

    async fn record_silence(
        &self,
        attempt: AttemptId,
        schedule: Schedule,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.database.write(move |tx| answers::record_silence(tx, attempt, &schedule, now)).await
    }

    async fn store_hint(
        &self,
        secret: String,
        hint: Hint,
        now: Timestamp,
    ) -> Result<Option<HintStored>, StoreError> {
        self.database.write(move |tx| hints::store(tx, &secret, &hint, now)).await
    }

    async fn notification_secret(
        &self,
        bank_order: String,
        merchant_request_id: Option<String>,
    ) -> Result<Option<String>, StoreError> {
        self.database
            .look(move |connection| hints::secret_of(connection, &bank_order, merchant_request_id.as_deref()))
            .await
    }

    async fn due(
        &self,
        now: Timestamp,
        lease_until: Timestamp,
        limit: u32,
    ) -> Result<Vec<DueQuestion>, StoreError> {
        // A look first: a claim that finds nothing would be a transaction for nothing, five times a second.
        let due = self.database.look(move |connection| due::list(connection, now, limit)).await?;
        if due.is_empty() || !D::SHARED {
            return Ok(due);
        }
        self.database.write(move |tx| due::claim(tx, now, lease_until, limit)).await
    }

    async fn askable(&self, order: OrderId) -> Result<Vec<DueQuestion>, StoreError> {
        self.database.look(move |connection| reads::askable(connection, order)).await
    }

    async fn session(&self, session: SessionId, now: Timestamp) -> Result<Option<SessionView>, StoreError> {
        self.database.look(move |connection| reads::session(connection, &session, now)).await
    }

    async fn checkout(&self, order: OrderId, now: Timestamp) -> Result<Option<CheckoutView>, StoreError> {
        self.database.look(move |connection| reads::checkout(connection, order, now)).await
    }

    async fn order_sum(&self, order_ref: String) -> Result<Option<(OrderId, Amount)>, StoreError> {
        self.database.look(move |connection| orders::sum(connection, &order_ref)).await
    }

    async fn order(&self, order_ref: String) -> Result<Option<OrderView>, StoreError> {
        self.database.snapshot(move |connection| orders::whole(connection, &order_ref)).await
    }

    async fn known_refund(&self, order: OrderId, key: String) -> Result<Option<KnownRefund>, StoreError> {
        self.database.look(move |connection| refund_rows::known(connection, order, &key)).await
    }

    async fn begin_refund(&self, begin: BeginRefund) -> Result<RefundBegun, StoreError> {
        self.database.write(move |tx| refunds::begin(tx, &begin)).await
    }

    async fn record_refund(
        &self,
        refund: RefundId,
        told: Option<RefundTold>,
        schedule: Schedule,
        now: Timestamp,
    ) -> Result<Recorded, StoreError> {
        self.database.write(move |tx| refunds::record(tx, refund, told.as_ref(), &schedule, now)).await
    }

    async fn record_refund_silence(
        &self,
        refund: RefundId,
        schedule: Schedule,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.database.write(move |tx| refunds::record_silence(tx, refund, &schedule, now)).await
    }

    async fn refund(&self, refund: RefundId) -> Result<Refund, StoreError> {
        self.database.look(move |connection| refund_rows::refund_by_id(connection, refund)).await
    }

    async fn listen_to_changes(&self, listened: bool) -> Result<(), StoreError> {
        self.database.write(move |tx| outbox::listen(tx, listened)).await
    }

    async fn claim_webhooks(
        &self,
        lease_until: Timestamp,
        limit: u32,
        now: Timestamp,
    ) -> Result<Vec<ClaimedWebhook>, StoreError> {
        if !self.database.look(move |connection| outbox::any_due(connection, now)).await? {
            return Ok(Vec::new());
        }
        self.database.write(move |tx| outbox::claim(tx, lease_until, limit, now)).await
    }

    async fn record_delivery(&self, delivery: Delivery, plan: DeliveryPlan) -> Result<(), StoreError> {
        self.database.write(move |tx| outbox::record(tx, &delivery, &plan)).await
    }

    async fn webhooks(&self, order_ref: Option<String>, limit: u32) -> Result<Vec<WebhookView>, StoreError> {
        self.database.snapshot(move |connection| outbox::list(connection, order_ref.as_deref(), limit)).await
    }

    async fn replay_webhook(&self, id: String, now: Timestamp) -> Result<Option<WebhookView>, StoreError> {
        self.database.write(move |tx| outbox::replay(tx, &id, now)).await
    }

    async fn bank_token(&self, service_code: String) -> Result<Option<Secret>, StoreError> {
        self.database.look(move |connection| bank_tokens::load(connection, &service_code)).await
    }

    async fn claim_renewal(&self, claim: RenewalClaim) -> Result<Renewal, StoreError> {
        self.database.write(move |tx| bank_tokens::claim(tx, &claim)).await
    }

    async fn end_renewal(
        &self,
        service_code: String,
        holder: String,
        token: Option<Secret>,
    ) -> Result<(), StoreError> {
        self.database.write(move |tx| bank_tokens::end(tx, &service_code, &holder, token.as_ref())).await
    }

    async fn forget_expired(&self, now: Timestamp) -> Result<(), StoreError> {
        self.database
            .write(move |tx| {
                attempts::forget_expired(tx, now)?;
                staff::forget_ended(tx, now)?;
                outbox::forget(tx, now)?;
                turns::forget(tx)
            })
            .await
    }

    async fn mend_times(&self, now: Timestamp) -> Result<u64, StoreError> {
        if !self.database.snapshot(move |connection| clock::is_ahead(connection, now)).await? {
            return Ok(0);
        }
        self.database.write(move |tx| clock::mend(tx, now)).await
    }

    async fn figures(&self) -> Result<Figures, StoreError> {
        self.database.snapshot(figures::figures).await
    }

    fn latency(&self) -> Latency {
        self.database.latency.clone()
    }

    fn is_shared(&self) -> bool {
        D::SHARED
    }

    async fn take_turn(&self, claim: TurnClaim) -> Result<Turn, StoreError> {
        self.database.write(move |tx| turns::take(tx, &claim)).await
    }

    async fn hold_turn(
        &self,
        name: String,
        holder: String,
        rest: Duration,
        ended: bool,
    ) -> Result<(), StoreError> {
        self.database.write(move |tx| turns::hold(tx, &name, &holder, rest, ended)).await
    }

    fn changes(&self) -> Option<Receiver<Change>> {
        self.database.changes()
    }

    async fn ready(&self) -> Result<(), StoreError> {
        self.database.room().await?;
        // A write that reaches the disk: a full one can still be read.
        self.database
            .write(|tx| tx.execute("UPDATE migrations SET run_at = run_at", params![]).map(drop))
            .await
    }
}
