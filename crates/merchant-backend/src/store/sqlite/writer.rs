//! The one writer: a thread that owns the connection and runs transactions in the order they came.

use std::panic::{AssertUnwindSafe, catch_unwind};
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
            // A transaction that is left by a panic is rolled back: the next one finds what was before it.
            let done = catch_unwind(AssertUnwindSafe(|| transaction(connection, work)));
            let ended = || StoreError::Unavailable("a transaction ended by a panic".to_owned());
            // The caller may be gone; what it asked for is done all the same.
            let _ = answer.send(done.unwrap_or_else(|_| Err(ended())));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_leaves_nothing_of_its_transaction_and_the_next_one_is_done() {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch("CREATE TABLE one (number INTEGER) STRICT").unwrap();
        let writer = Writer::start(connection).unwrap();
        let broken = writer.run::<()>(|tx| {
            tx.execute("INSERT INTO one (number) VALUES (1)", sql::params![])?;
            panic!("in the middle");
        });
        assert!(matches!(broken.await, Err(StoreError::Unavailable(_))));
        let kept = writer.run(|tx| {
            tx.execute("INSERT INTO one (number) VALUES (2)", sql::params![])?;
            tx.query_row("SELECT sum(number) AS sum FROM one", sql::params![], |row| row.get::<i64>("sum"))
        });
        assert_eq!(kept.await.unwrap(), 2);
    }
}
