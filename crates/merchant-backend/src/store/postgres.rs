//! The ledger in PostgreSQL: several instances of the backend serve one merchant.
//!
//! What is stored and read stands in `ledger`, for both databases. Here is what only this one needs: connections
//! (`address`, `tls`), the schema (`migrations`), and hearing what other instances stored (`news`). A transaction runs at READ
//! COMMITTED and locks the order it decides about first: unlike SERIALIZABLE it never throws work of unrelated orders
//! away, and orders are what SQLite's one writer kept apart. Where two make the same new row, the later one is run again.

mod address;
mod dump;
mod migrations;
mod news;
mod tls;

use std::sync::Arc;
use std::time::Duration;

use deadpool_postgres::{Manager, ManagerConfig, Pool, RecyclingMethod, Runtime};
use jiff::Timestamp;
use tokio::runtime::Handle;
use tokio::sync::mpsc::Receiver;
use tokio_postgres::NoTls;

use super::StoreError;
use super::ledger::{Database, Ledger, Timed};
use super::records::Change;
use super::sql::{Connection, Session, Transaction};
pub use address::{AddressError, PostgresAddress};
pub use dump::dump;

/// Connections of one instance: PostgreSQL's default of 100 leaves room for a few instances and a person.
const CONNECTIONS: usize = 16;
/// How long a request waits for a connection.
const PATIENCE: Duration = Duration::from_secs(5);
/// On how many connections something is tried: all of the pool may have ended with a server that was started anew.
const TRIES: usize = CONNECTIONS + 1;

/// The ledger in PostgreSQL.
pub type PostgresStore = Ledger<Postgres>;

/// A PostgreSQL database.
#[derive(Debug)]
pub struct Postgres {
    pool: Pool,
    address: PostgresAddress,
}

impl Ledger<Postgres> {
    /// Connects and brings the schema up to date.
    pub async fn connect(address: &PostgresAddress) -> Result<Self, StoreError> {
        let database = Postgres::connect(address)?;
        database.on_a_thread(|session| migrations::run(session, Timestamp::now())).await?;
        Ok(Self { database: Timed::new(database) })
    }
}

impl Postgres {
    pub(super) fn connect(address: &PostgresAddress) -> Result<Self, StoreError> {
        let config = ManagerConfig { recycling_method: RecyclingMethod::Fast };
        let manager = if address.is_encrypted() {
            Manager::from_config(address.client_config(), tls::connector(address)?, config)
        } else {
            Manager::from_config(address.client_config(), NoTls, config)
        };
        let pool = Pool::builder(manager)
            .max_size(CONNECTIONS)
            .runtime(Runtime::Tokio1)
            .wait_timeout(Some(PATIENCE))
            .create_timeout(Some(PATIENCE))
            .build()
            .map_err(|error| StoreError::Unavailable(error.to_string()))?;
        Ok(Self { pool, address: address.clone() })
    }

    pub(super) async fn on_a_thread<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Session) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let client = self.pool.get().await.map_err(|error| StoreError::Unavailable(told(&error)))?;
        let runtime = Handle::current();
        let working = tokio::task::spawn_blocking(move || work(&Session::new(client, runtime)));
        working.await.map_err(|error| StoreError::Unavailable(error.to_string()))?
    }

    /// Runs reads. A connection that broke while it lay in the pool says nothing of the database: reads change nothing,
    /// so they are done again on another one.
    async fn read<T: Send + 'static>(
        &self,
        work: impl Fn(&Session) -> Result<T, StoreError> + Send + Sync + 'static,
    ) -> Result<T, StoreError> {
        let work = Arc::new(work);
        for _ in 1..TRIES {
            let work = work.clone();
            let tried = self.on_a_thread(move |session| {
                let done = work(session);
                Ok(if done.is_err() && session.is_gone() { None } else { Some(done) })
            });
            if let Some(done) = tried.await? {
                return done;
            }
        }
        self.on_a_thread(move |session| work(session)).await
    }
}

impl Database for Postgres {
    const SHARED: bool = true;

    fn changes(&self) -> Option<Receiver<Change>> {
        Some(news::hear(self.address.clone()))
    }

    /// The server's disk is the server's to watch: what it has no room for, it refuses.
    async fn room(&self) -> Result<(), StoreError> {
        Ok(())
    }

    async fn write<T: Send + 'static>(
        &self,
        work: impl Fn(&Transaction<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let mut work = work;
        for _ in 1..TRIES {
            let tried = self.on_a_thread(move |session| {
                let done = session.write(&work);
                let again = done.is_err() && session.was_cut_off();
                Ok((done, again.then_some(work)))
            });
            match tried.await? {
                (_, Some(again)) => work = again,
                (done, None) => return done,
            }
        }
        self.on_a_thread(move |session| session.write(work)).await
    }

    async fn look<T: Send + 'static>(
        &self,
        work: impl Fn(&Connection<'_>) -> Result<T, StoreError> + Send + Sync + 'static,
    ) -> Result<T, StoreError> {
        self.read(move |session| work(&Connection::postgres(session))).await
    }

    async fn snapshot<T: Send + 'static>(
        &self,
        work: impl Fn(&Connection<'_>) -> Result<T, StoreError> + Send + Sync + 'static,
    ) -> Result<T, StoreError> {
        self.read(move |session| session.snapshot(&work)).await
    }
}

/// The whole chain of causes: the outermost one alone says "error connecting to server".
fn told(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        let said = next.to_string();
        if !text.contains(&said) {
            text = format!("{text}: {said}");
        }
        cause = next.source();
    }
    text
}
