//! The one writer: a thread that owns the connection and runs transactions in the order they came.

use std::sync::mpsc;
use std::thread;

use rusqlite::{Connection, TransactionBehavior};
use tokio::sync::oneshot;

use crate::store::StoreError;
use crate::store::sql::{self, Transaction};

type Work = Box<dyn FnOnce(&mut Connection) + Send>;

/// A handle to the writer's thread; the thread ends when the handle is dropped.
#[derive(Debug)]
pub(super) struct Writer {
    queue: Option<mpsc::Sender<Work>>,
    thread: Option<thread::JoinHandle<()>>,
}

impl Writer {
    pub(super) fn start(mut connection: Connection) -> Result<Self, StoreError> {
        let (queue, work) = mpsc::channel::<Work>();
        let thread = thread::Builder::new()
            .name("ledger-writer".to_owned())
            .spawn(move || {
                for work in work {
                    work(&mut connection);
                }
            })
            .map_err(|error| StoreError::Unavailable(error.to_string()))?;
        Ok(Self { queue: Some(queue), thread: Some(thread) })
    }

    /// Runs `work` in one transaction; it is committed before the answer comes, or not at all.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (answer, answered) = oneshot::channel();
        let job: Work = Box::new(move |connection| {
            // The caller may be gone; what it asked for is done all the same.
            let _ = answer.send(transaction(connection, work));
        });
        let gone = || StoreError::Unavailable("the writer has stopped".to_owned());
        self.queue.as_ref().ok_or_else(gone)?.send(job).map_err(|_| gone())?;
        answered.await.map_err(|_| gone())?
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.queue = None;
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the ledger's writer ended by a panic");
        }
    }
}

fn transaction<T>(
    connection: &mut Connection,
    work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let value = work(&Transaction::new(sql::Connection::sqlite(&tx)))?;
    tx.commit()?;
    Ok(value)
}
