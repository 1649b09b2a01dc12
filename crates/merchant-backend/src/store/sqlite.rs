//! The ledger in one SQLite file: WAL, `synchronous=FULL`, one writer on a thread of its own, readers beside it.
//!
//! Every write is one `BEGIN IMMEDIATE` transaction on the writer's thread. A session's status is read on the
//! caller's thread: a WAL reader waits for nobody, and the row is found by one index.

mod alone;
mod anomalies;
mod answers;
mod attempts;
mod bank_tokens;
mod events;
mod figures;
mod hints;
mod migrations;
mod operations;
mod orders;
mod outbox;
mod reads;
mod refund_rows;
mod refunds;
mod rows;
mod writer;

use std::fs::OpenOptions;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use alliancepay::Secret;
use async_trait::async_trait;
use checkout_api::SessionId;
use jiff::Timestamp;
use money::Amount;
use rusqlite::{Connection, OpenFlags};

use super::records::{
    Begin, BeginRefund, Begun, CheckoutView, ClaimedWebhook, Delivery, DeliveryPlan, DueQuestion, Figures,
    HintStored, KnownRefund, OrderFilter, OrderPage, OrderPut, OrderView, PutOrderRecord, Recorded,
    RefundBegun, Renewal, RenewalClaim, SessionView, Succession, TokenOwner, WebhookView,
};
use super::{Store, StoreError};
use crate::payments::attempt::{AttemptId, OrderId};
use crate::payments::refund::{Refund, RefundFact, RefundId};
use crate::payments::schedule::Schedule;
use crate::provider::{Answer, Hint, OpenedPage};
use crate::telemetry::{Latency, Seconds};
pub use alone::Alone;
use writer::Writer;

const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
const STATEMENTS_KEPT: usize = 64;

/// The ledger in one SQLite file.
#[derive(Debug)]
pub struct SqliteStore {
    writer: Writer,
    readers: Arc<Readers>,
    latency: Latency,
}

impl SqliteStore {
    /// Opens the file, makes it if there is none, and brings its schema up to date.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        private_file(path)?;
        let mut connection = Connection::open(path)?;
        configure(&connection)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        migrations::run(&mut connection, Timestamp::now())?;
        let latency = Latency::default();
        let readers =
            Arc::new(Readers { path: path.to_owned(), idle: Mutex::default(), took: latency.reads.clone() });
        Ok(Self { writer: Writer::start(connection, latency.writes.clone())?, readers, latency })
    }

    fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T, StoreError>) -> Result<T, StoreError> {
        self.readers.with(work)
    }

    /// For reads that may take a while: on a thread that nobody waits on.
    async fn read_apart<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let readers = self.readers.clone();
        let reading = tokio::task::spawn_blocking(move || readers.with(work));
        reading.await.map_err(|error| StoreError::Unavailable(error.to_string()))?
    }
}

/// Makes the ledger's file for its owner only; SQLite gives the files beside it the same rights.
fn private_file(path: &Path) -> Result<(), StoreError> {
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
        .open(path)
        .map(drop)
        .map_err(|error| StoreError::Unavailable(format!("{}: {error}", path.display())))
}

#[async_trait]
impl Store for SqliteStore {
    async fn put_order(&self, put: PutOrderRecord) -> Result<OrderPut, StoreError> {
        self.writer.run(move |tx| orders::put(tx, &put)).await
    }

    async fn token_owner(&self, hash: Vec<u8>, now: Timestamp) -> Result<Option<TokenOwner>, StoreError> {
        self.read(|connection| reads::token_owner(connection, &hash, now))
    }

    async fn begin_attempt(&self, begin: Begin) -> Result<Begun, StoreError> {
        self.writer.run(move |tx| attempts::begin(tx, &begin)).await
    }

    async fn succeed_attempt(&self, succession: Succession) -> Result<Begun, StoreError> {
        self.writer.run(move |tx| attempts::succeed(tx, &succession)).await
    }

    async fn record_page(
        &self,
        attempt: AttemptId,
        page: OpenedPage,
        schedule: Schedule,
        now: Timestamp,
    ) -> Result<SessionView, StoreError> {
        self.writer.run(move |tx| attempts::record_page(tx, attempt, &page, &schedule, now)).await
    }

    async fn record_refusal(
        &self,
        attempt: AttemptId,
        code: String,
        now: Timestamp,
    ) -> Result<SessionView, StoreError> {
        self.writer.run(move |tx| attempts::record_refusal(tx, attempt, &code, now)).await
    }

    async fn record_answer(
        &self,
        attempt: AttemptId,
        answer: Answer,
        schedule: Schedule,
        now: Timestamp,
    ) -> Result<Recorded, StoreError> {
        self.writer.run(move |tx| answers::record(tx, attempt, &answer, &schedule, now)).await
    }

    async fn record_no_news(
        &self,
        attempt: AttemptId,
        detail: String,
        schedule: Schedule,
        now: Timestamp,
    ) -> Result<Recorded, StoreError> {
        self.writer.run(move |tx| answers::record_no_news(tx, attempt, &detail, &schedule, now)).await
    }

    async fn record_silence(
        &self,
        attempt: AttemptId,
        schedule: Schedule,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.writer.run(move |tx| answers::record_silence(tx, attempt, &schedule, now)).await
    }

    async fn store_hint(
        &self,
        secret: String,
        hint: Hint,
        now: Timestamp,
    ) -> Result<Option<HintStored>, StoreError> {
        self.writer.run(move |tx| hints::store(tx, &secret, &hint, now)).await
    }

    async fn due(&self, now: Timestamp, limit: u32) -> Result<Vec<DueQuestion>, StoreError> {
        self.read(|connection| reads::due(connection, now, limit))
    }

    async fn askable(&self, order: OrderId) -> Result<Vec<DueQuestion>, StoreError> {
        self.read(|connection| reads::askable(connection, order))
    }

    async fn session(&self, session: SessionId, now: Timestamp) -> Result<Option<SessionView>, StoreError> {
        self.read(|connection| reads::session(connection, &session, now))
    }

    async fn checkout(&self, order: OrderId, now: Timestamp) -> Result<Option<CheckoutView>, StoreError> {
        self.read(|connection| reads::checkout(connection, order, now))
    }

    async fn order_sum(&self, order_ref: String) -> Result<Option<(OrderId, Amount)>, StoreError> {
        self.read(|connection| orders::sum(connection, &order_ref))
    }

    async fn order(&self, order_ref: String) -> Result<Option<OrderView>, StoreError> {
        self.read_apart(move |connection| orders::whole(connection, &order_ref)).await
    }

    async fn orders(&self, filter: OrderFilter) -> Result<OrderPage, StoreError> {
        self.read_apart(move |connection| orders::list(connection, &filter)).await
    }

    async fn known_refund(&self, order: OrderId, key: String) -> Result<Option<KnownRefund>, StoreError> {
        self.read(|connection| refund_rows::known(connection, order, &key))
    }

    async fn begin_refund(&self, begin: BeginRefund) -> Result<RefundBegun, StoreError> {
        self.writer.run(move |tx| refunds::begin(tx, &begin)).await
    }

    async fn record_refund(
        &self,
        refund: RefundId,
        fact: Option<RefundFact>,
        schedule: Schedule,
        now: Timestamp,
    ) -> Result<Recorded, StoreError> {
        self.writer.run(move |tx| refunds::record(tx, refund, fact.as_ref(), &schedule, now)).await
    }

    async fn record_refund_silence(
        &self,
        refund: RefundId,
        schedule: Schedule,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.writer.run(move |tx| refunds::record_silence(tx, refund, &schedule, now)).await
    }

    async fn refund(&self, refund: RefundId) -> Result<Refund, StoreError> {
        self.read(|connection| refund_rows::refund_by_id(connection, refund))
    }

    async fn listen_to_changes(&self, listened: bool) -> Result<(), StoreError> {
        self.writer.run(move |tx| outbox::listen(tx, listened)).await
    }

    async fn claim_webhooks(
        &self,
        lease_until: Timestamp,
        limit: u32,
        now: Timestamp,
    ) -> Result<Vec<ClaimedWebhook>, StoreError> {
        if !self.read(|connection| outbox::any_due(connection, now))? {
            return Ok(Vec::new());
        }
        self.writer.run(move |tx| outbox::claim(tx, lease_until, limit, now)).await
    }

    async fn record_delivery(&self, delivery: Delivery, plan: DeliveryPlan) -> Result<(), StoreError> {
        self.writer.run(move |tx| outbox::record(tx, &delivery, &plan)).await
    }

    async fn webhooks(&self, order_ref: Option<String>, limit: u32) -> Result<Vec<WebhookView>, StoreError> {
        self.read_apart(move |connection| outbox::list(connection, order_ref.as_deref(), limit)).await
    }

    async fn replay_webhook(&self, id: String, now: Timestamp) -> Result<Option<WebhookView>, StoreError> {
        self.writer.run(move |tx| outbox::replay(tx, &id, now)).await
    }

    async fn bank_token(&self, service_code: String) -> Result<Option<Secret>, StoreError> {
        self.read(|connection| bank_tokens::load(connection, &service_code))
    }

    async fn claim_renewal(&self, claim: RenewalClaim) -> Result<Renewal, StoreError> {
        self.writer.run(move |tx| bank_tokens::claim(tx, &claim)).await
    }

    async fn end_renewal(
        &self,
        service_code: String,
        holder: String,
        token: Option<Secret>,
    ) -> Result<(), StoreError> {
        self.writer.run(move |tx| bank_tokens::end(tx, &service_code, &holder, token.as_ref())).await
    }

    async fn forget_expired(&self, now: Timestamp) -> Result<(), StoreError> {
        self.writer
            .run(move |tx| attempts::forget_expired(tx, now).and_then(|()| outbox::forget(tx, now)))
            .await
    }

    async fn figures(&self) -> Result<Figures, StoreError> {
        self.read_apart(figures::figures).await
    }

    fn latency(&self) -> Latency {
        self.latency.clone()
    }

    async fn ready(&self) -> Result<(), StoreError> {
        // A write that reaches the disk: a full one can still be read.
        self.writer.run(|tx| Ok(tx.execute("UPDATE migrations SET run_at = run_at", []).map(drop)?)).await
    }
}

/// Read-only connections, opened as they are needed and kept.
#[derive(Debug)]
struct Readers {
    path: std::path::PathBuf,
    idle: Mutex<Vec<Connection>>,
    took: Seconds,
}

impl Readers {
    fn with<T>(&self, work: impl FnOnce(&Connection) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let begun = Instant::now();
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let connection = match idle {
            Some(connection) => connection,
            None => self.open()?,
        };
        let result = work(&connection);
        self.took.note(begun.elapsed());
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
        result
    }

    fn open(&self) -> Result<Connection, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.path, flags)?;
        configure(&connection)?;
        connection.pragma_update(None, "query_only", true)?;
        Ok(connection)
    }
}

fn configure(connection: &Connection) -> Result<(), StoreError> {
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
    Ok(())
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::ConstraintViolation) => Self::Refused(error.to_string()),
            _ => Self::Unavailable(error.to_string()),
        }
    }
}
