//! The ledger in one SQLite file: WAL, `synchronous=FULL`, one writer on a thread of its own, readers beside it.
//!
//! Every write is one `BEGIN IMMEDIATE` transaction on the writer's thread. A session's status is read on the
//! caller's thread: a WAL reader waits for nobody, and the row is found by one index.

mod alone;
mod backup;
mod migrations;
mod place;
mod writer;

use std::fs::OpenOptions;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::OpenFlags;
use tokio::sync::mpsc::Receiver;

use super::StoreError;
use super::ledger::{Database, Ledger, Timed};
use super::records::Change;
use super::sql::{Connection, Transaction};
pub use alone::Alone;
pub use backup::back_up;
pub(super) use migrations::mark_as_moved;
use place::Place;
use writer::Writer;

const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
const STATEMENTS_KEPT: usize = 64;

/// The ledger in one SQLite file.
pub type SqliteStore = Ledger<Sqlite>;

/// A SQLite file.
#[derive(Debug)]
pub struct Sqlite {
    writer: Writer,
    readers: Arc<Readers>,
    place: Arc<Place>,
}

impl Ledger<Sqlite> {
    /// Opens the file, makes it if there is none, and brings its schema up to date.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        private_file(path)?;
        let mut connection = rusqlite::Connection::open(path)?;
        configure(&connection)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        migrations::run(&mut connection, Timestamp::now())?;
        let place = Arc::new(Place::of(path));
        let readers = Readers { path: path.to_owned(), idle: Mutex::default(), place: place.clone() };
        let writer = Writer::start(connection)?;
        Ok(Self { database: Timed::new(Sqlite { writer, readers: Arc::new(readers), place }) })
    }
}

impl Database for Sqlite {
    const SHARED: bool = false;

    fn changes(&self) -> Option<Receiver<Change>> {
        None
    }

    /// A small write may still fit into a log that was longer once, while an order does not.
    async fn room(&self) -> Result<(), StoreError> {
        let place = self.place.clone();
        let trying = tokio::task::spawn_blocking(move || place.room());
        trying.await.map_err(|error| StoreError::Unavailable(error.to_string()))?
    }

    async fn write<T: Send + 'static>(
        &self,
        work: impl Fn(&Transaction<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        self.place.check()?;
        let done = self.writer.run(work).await;
        // What went into a file that nobody finds again is not done.
        self.place.check()?;
        done
    }

    /// On the caller's thread.
    async fn look<T: Send + 'static>(
        &self,
        work: impl Fn(&Connection<'_>) -> Result<T, StoreError> + Send + Sync + 'static,
    ) -> Result<T, StoreError> {
        self.readers.with(|connection| work(&Connection::sqlite(connection)))
    }

    /// May take a while: on a thread that nobody waits on.
    async fn snapshot<T: Send + 'static>(
        &self,
        work: impl Fn(&Connection<'_>) -> Result<T, StoreError> + Send + Sync + 'static,
    ) -> Result<T, StoreError> {
        let readers = self.readers.clone();
        let reading = tokio::task::spawn_blocking(move || {
            readers.with(|connection| {
                let snapshot = connection.unchecked_transaction()?;
                work(&Connection::sqlite(&snapshot))
            })
        });
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

/// Read-only connections, opened as they are needed and kept.
#[derive(Debug)]
struct Readers {
    path: std::path::PathBuf,
    idle: Mutex<Vec<rusqlite::Connection>>,
    place: Arc<Place>,
}

impl Readers {
    fn with<T>(
        &self,
        work: impl FnOnce(&rusqlite::Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.place.check()?;
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let connection = match idle {
            Some(connection) => connection,
            None => self.open()?,
        };
        let result = work(&connection);
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
        result
    }

    fn open(&self) -> Result<rusqlite::Connection, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = rusqlite::Connection::open_with_flags(&self.path, flags)?;
        configure(&connection)?;
        connection.pragma_update(None, "query_only", true)?;
        Ok(connection)
    }
}

fn configure(connection: &rusqlite::Connection) -> Result<(), StoreError> {
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
    Ok(())
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        if matches!(error, rusqlite::Error::QueryReturnedNoRows) {
            return Self::Absent;
        }
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::ConstraintViolation) => Self::Refused(error.to_string()),
            _ => Self::Unavailable(error.to_string()),
        }
    }
}
