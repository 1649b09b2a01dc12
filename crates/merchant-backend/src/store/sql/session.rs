//! A PostgreSQL connection of the pool on a thread that may block, and transactions on it.

use std::fmt;
use std::time::Duration;

use deadpool_postgres::{Client, Object};
use tokio::runtime::Handle;
use tokio_postgres::binary_copy::BinaryCopyInWriter;
use tokio_postgres::error::SqlState;
use tokio_postgres::types::{ToSql, Type};

use super::{Connection, Transaction, Value};
use crate::store::StoreError;

/// How often a transaction that others were in the way of is begun anew.
const TRIES: u32 = 8;
const FIRST_PAUSE: Duration = Duration::from_millis(2);

/// Each statement sees what is committed before it. What a transaction decides by, it locks first: see `ledger/locks.rs`.
const WRITE: &str = "BEGIN ISOLATION LEVEL READ COMMITTED";
/// Longer than the server lets a statement take (`postgres/address.rs`): who is silent for so long is frozen.
const SILENCE: Duration = Duration::from_secs(65);
const NO_LIMITS: &str = "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0; \
    SET LOCAL idle_in_transaction_session_timeout = 0";

/// One picture for all statements.
const SNAPSHOT: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/// One connection.
pub(crate) struct Session {
    /// Absent only while it is dropped.
    client: Option<Client>,
    runtime: Handle,
    /// A transaction is open: such a connection does not go back into the pool.
    open: std::cell::Cell<bool>,
    /// A transaction was to be committed: the database may have done it.
    committing: std::cell::Cell<bool>,
    /// The database owes an answer for longer than it may.
    silent: std::cell::Cell<bool>,
    /// How long an answer may take; none: as long as it takes.
    patience: std::cell::Cell<Option<Duration>>,
}

impl Session {
    pub(crate) fn new(client: Client, runtime: Handle) -> Self {
        let cell = std::cell::Cell::new;
        let patience = std::cell::Cell::new(Some(SILENCE));
        let (open, committing, silent) = (cell(false), cell(false), cell(false));
        Self { client: Some(client), runtime, open, committing, silent, patience }
    }

    /// Whether the connection has ended: a read that failed on it may succeed on another. The server says that it ends one
    /// a moment before it does.
    pub(crate) fn is_gone(&self) -> bool {
        let closed = self.client.as_ref().is_none_or(|client| client.is_closed());
        closed || (!self.silent.get() && self.batch("SELECT 1").is_err())
    }

    /// The same of a transaction, and nothing of it was done.
    pub(crate) fn was_cut_off(&self) -> bool {
        !self.committing.get() && self.is_gone()
    }

    /// Lets the transaction that is open take as long as it takes: nobody waits for it but an operator.
    pub(crate) fn take_time(&self) -> Result<(), StoreError> {
        self.patience.set(None);
        self.batch(NO_LIMITS)
    }

    /// Runs `work` in a transaction; once more where another transaction was in the way.
    pub(crate) fn write<T>(
        &self,
        work: impl Fn(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut pause = FIRST_PAUSE;
        for _ in 1..TRIES {
            match self.transaction(WRITE, &work) {
                Err(StoreError::Collided(cause)) => {
                    tracing::debug!(cause, "a transaction is begun anew");
                    std::thread::sleep(pause);
                    pause *= 2;
                }
                done => return done,
            }
        }
        self.transaction(WRITE, &work)
    }

    /// Runs `work` in a transaction, once: it is long.
    pub(crate) fn write_once<T>(
        &self,
        work: impl Fn(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.transaction(WRITE, &work)
    }

    /// The types of the columns that a statement answers.
    pub(crate) fn column_types(&self, sql: &str) -> Result<Vec<Type>, StoreError> {
        let statement = self.runtime.block_on(self.client()?.prepare(sql))?;
        Ok(statement.columns().iter().map(|column| column.type_().clone()).collect())
    }

    /// Brings many rows at once: `rows` is given what writes one.
    pub(crate) fn copy_in(
        &self,
        sql: &str,
        types: &[Type],
        rows: impl FnOnce(&mut dyn FnMut(&[Value<'_>]) -> Result<(), StoreError>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let sink = self.runtime.block_on(self.client()?.copy_in(sql))?;
        let mut writer = std::pin::pin!(BinaryCopyInWriter::new(sink, types));
        rows(&mut |values| {
            let values: Vec<&(dyn ToSql + Sync)> = values.iter().map(|value| value as _).collect();
            Ok(self.runtime.block_on(writer.as_mut().write(&values))?)
        })?;
        self.runtime.block_on(writer.as_mut().finish())?;
        Ok(())
    }

    /// Runs reads that must fit together.
    pub(crate) fn snapshot<T>(
        &self,
        work: impl Fn(&Connection<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.transaction(SNAPSHOT, &|tx: &Transaction<'_>| work(tx))
    }

    /// Runs several statements that have no values.
    pub(crate) fn batch(&self, sql: &str) -> Result<(), StoreError> {
        self.answered(self.client()?.batch_execute(sql))
    }

    pub(super) fn prepare(&self, sql: &str) -> Result<tokio_postgres::Statement, StoreError> {
        self.answered(self.client()?.prepare_cached(&numbered(sql)))
    }

    pub(super) fn execute(
        &self,
        statement: &tokio_postgres::Statement,
        values: &[Value<'_>],
    ) -> Result<u64, StoreError> {
        let values: Vec<&(dyn ToSql + Sync)> = values.iter().map(|value| value as _).collect();
        self.answered(self.client()?.execute(statement, &values))
    }

    pub(super) fn query(
        &self,
        statement: &tokio_postgres::Statement,
        values: &[Value<'_>],
    ) -> Result<Vec<tokio_postgres::Row>, StoreError> {
        let values: Vec<&(dyn ToSql + Sync)> = values.iter().map(|value| value as _).collect();
        self.answered(self.client()?.query(statement, &values))
    }

    fn transaction<T>(
        &self,
        begin: &str,
        work: &impl Fn(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.open.set(true);
        self.committing.set(false);
        self.batch(begin)?;
        match work(&Transaction::new(Connection::postgres(self))) {
            Ok(value) => {
                self.committing.set(true);
                self.batch("COMMIT")?;
                self.open.set(false);
                Ok(value)
            }
            Err(error) => {
                if self.batch("ROLLBACK").is_ok() {
                    self.open.set(false);
                }
                Err(error)
            }
        }
    }

    /// Waits for an answer. A connection that owes one does not go back into the pool.
    fn answered<T>(
        &self,
        answer: impl Future<Output = Result<T, tokio_postgres::Error>>,
    ) -> Result<T, StoreError> {
        let Some(patience) = self.patience.get() else { return Ok(self.runtime.block_on(answer)?) };
        let Ok(answer) = self.runtime.block_on(async { tokio::time::timeout(patience, answer).await }) else {
            self.open.set(true);
            self.silent.set(true);
            return Err(StoreError::Unavailable(format!("the database said nothing for {patience:?}")));
        };
        Ok(answer?)
    }

    fn client(&self) -> Result<&Client, StoreError> {
        self.client.as_ref().ok_or_else(|| StoreError::Unavailable("the connection is gone".to_owned()))
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if let Some(client) = self.client.take()
            && self.open.get()
        {
            drop(Object::take(client));
        }
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("open", &self.open).finish_non_exhaustive()
    }
}

/// PostgreSQL writes the places of values with another sign. No statement of the ledger holds the sign otherwise.
fn numbered(sql: &str) -> String {
    sql.replace('?', "$")
}

impl From<tokio_postgres::Error> for StoreError {
    fn from(error: tokio_postgres::Error) -> Self {
        let Some(said) = error.as_db_error() else { return Self::Unavailable(error.to_string()) };
        // Not its detail: that quotes values, and some are secrets.
        let text = format!("{} ({})", said.message(), said.code().code());
        let collided = [
            SqlState::T_R_SERIALIZATION_FAILURE,
            SqlState::T_R_DEADLOCK_DETECTED,
            SqlState::LOCK_NOT_AVAILABLE,
            // Another made the same row in between: what was decided without it is decided again.
            SqlState::UNIQUE_VIOLATION,
        ];
        if collided.contains(said.code()) {
            Self::Collided(text)
        } else if said.code().code().starts_with("23") {
            Self::Refused(text)
        } else {
            Self::Unavailable(text)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;
    use std::time::Instant;

    use postgres_server::Server;

    use super::*;
    use crate::store::postgres::{Postgres, PostgresAddress};

    /// It ends with this program.
    static SERVER: LazyLock<Server> = LazyLock::new(|| Server::start().unwrap());

    const SOON: Duration = Duration::from_secs(5);

    fn database(name: &str) -> Postgres {
        SERVER.create_database(name).unwrap();
        Postgres::connect(&PostgresAddress::parse(&SERVER.url(name), None).unwrap()).unwrap()
    }

    fn pid(session: &Session) -> i32 {
        let statement = session.prepare("SELECT pg_backend_pid()").unwrap();
        session.query(&statement, &[]).unwrap()[0].get(0)
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_database_that_says_nothing_is_given_up_and_that_connection_is_not_used_again() {
        let database = database("silent");

        let silent = database.on_a_thread(|session| {
            let pid = pid(session);
            session.patience.set(Some(Duration::from_millis(200)));
            let begun = Instant::now();
            let waited = session.write(|tx| tx.execute("SELECT pg_sleep(60)", [0_i64; 0]));
            assert!(matches!(waited, Err(StoreError::Unavailable(_))), "{waited:?}");
            assert!(begun.elapsed() < SOON, "the farewell may wait once more, and no longer");
            assert!(!session.is_gone(), "nobody knows what became of it, so it is not tried on another");
            Ok(pid)
        });
        let silent = silent.await.unwrap();

        let begun = Instant::now();
        let next = database.on_a_thread(|session| Ok(pid(session))).await.unwrap();
        assert!(begun.elapsed() < SOON);
        assert_ne!(next, silent, "the next to ask has a connection that answers");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn an_operator_s_long_work_is_not_given_up() {
        let database = database("long");
        let done = database.on_a_thread(|session| {
            session.patience.set(Some(Duration::from_millis(200)));
            session.write_once(|tx| {
                session.take_time()?;
                tx.execute("SELECT pg_sleep(1)", [0_i64; 0])
            })
        });
        assert_eq!(done.await.unwrap(), 1);
    }
}
