//! A database that notes how long it takes, waiting for its turn included.

use std::ops::Deref;
use std::time::Instant;

use tokio::sync::mpsc::Receiver;

use super::Database;
use crate::store::StoreError;
use crate::store::records::Change;
use crate::store::sql::{Connection, Transaction};
use crate::telemetry::Latency;

/// A database and its times.
#[derive(Debug)]
pub(crate) struct Timed<D> {
    database: D,
    pub(super) latency: Latency,
}

impl<D> Timed<D> {
    pub(in crate::store) fn new(database: D) -> Self {
        Self { database, latency: Latency::default() }
    }
}

impl<D> Deref for Timed<D> {
    type Target = D;

    fn deref(&self) -> &D {
        &self.database
    }
}

impl<D: Database> Database for Timed<D> {
    const SHARED: bool = D::SHARED;

    fn changes(&self) -> Option<Receiver<Change>> {
        self.database.changes()
    }

    async fn room(&self) -> Result<(), StoreError> {
        self.database.room().await
    }

    async fn write<T: Send + 'static>(
        &self,
        work: impl Fn(&Transaction<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let begun = Instant::now();
        let result = self.database.write(work).await;
        self.latency.writes.note(begun.elapsed());
        result
    }

    async fn look<T: Send + 'static>(
        &self,
        work: impl Fn(&Connection<'_>) -> Result<T, StoreError> + Send + Sync + 'static,
    ) -> Result<T, StoreError> {
        let begun = Instant::now();
        let result = self.database.look(work).await;
        self.latency.reads.note(begun.elapsed());
        result
    }

    async fn snapshot<T: Send + 'static>(
        &self,
        work: impl Fn(&Connection<'_>) -> Result<T, StoreError> + Send + Sync + 'static,
    ) -> Result<T, StoreError> {
        let begun = Instant::now();
        let result = self.database.snapshot(work).await;
        self.latency.reads.note(begun.elapsed());
        result
    }
}
