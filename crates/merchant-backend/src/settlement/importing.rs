//! Carries a file through: read on a thread of its own, stored in batches. What is stored is whole rows, counted; a
//! file cut off by a kill goes on where it stopped when it comes again.

use std::io;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use tokio::sync::mpsc;

use super::Entry;
use super::file::SettlementFile;
use super::upload::Upload;
use crate::provider::alliancepay::register::NotARegister;
use crate::random::random_text;
use crate::store::records::{Batch, ImportBegun, ImportView, NewImport};
use crate::store::staff::NewAuditEntry;
use crate::store::{Store, StoreError};
use crate::waiting::Waiting;

/// Rows to a transaction: payments wait no longer for the writer than one takes.
const ROWS_AT_ONCE: usize = 100;
/// Batches read ahead of the ledger. With their size it bounds the memory, whatever the file's.
const BATCHES_AHEAD: usize = 2;

/// Why a file was not imported to its end.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// It is no register; nothing was stored.
    #[error(transparent)]
    NotARegister(#[from] NotARegister),
    /// The ledger could not take all of it. What it took is whole; the same file again goes on.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file kept aside cannot be read back.
    #[error("the file cannot be read back: {0}")]
    Unreadable(#[from] io::Error),
    /// The reader's thread ended by itself.
    #[error("the reader stopped")]
    Stopped,
}

/// An import that is through.
#[derive(Debug)]
pub struct Imported {
    /// The import as it stands.
    pub import: ImportView,
    /// Whether this file came for the first time.
    pub new: bool,
    /// How many rows this call brought that the ledger had not.
    pub fresh: u64,
}

/// Imports a file. Drop the call and it stops between two batches.
pub async fn import(
    store: Arc<dyn Store>,
    waiting: Waiting,
    upload: Upload,
    by: String,
    day: Date,
) -> Result<Imported, ImportError> {
    let opened = tokio::task::spawn_blocking(move || {
        let rows = SettlementFile::open(upload.read()?)?;
        Ok::<_, NotARegister>((rows, upload))
    });
    let (rows, upload) = opened.await.map_err(|_| ImportError::Stopped)??;
    let new = NewImport {
        handle: random_text()?,
        hash: upload.hash,
        name: upload.name,
        format: rows.format(),
        bytes: i64::try_from(upload.bytes).unwrap_or(i64::MAX),
        by: by.clone(),
        now: Timestamp::now(),
    };
    let ImportBegun { import, new } = store.begin_import(new).await?;
    if import.finished_at.is_some() {
        return Ok(Imported { import, new, fresh: 0 });
    }
    if new {
        let detail = format!("{} {}", import.handle, import.name.as_deref().unwrap_or("without a name"));
        let entry = NewAuditEntry {
            actor: by.clone(),
            action: "register_imported",
            order: None,
            detail: Some(detail),
            now: Timestamp::now(),
        };
        store.write_audit(entry).await?;
    }
    let (batches, mut read) = mpsc::channel(BATCHES_AHEAD);
    let reader = tokio::task::spawn_blocking(move || send_batches(rows, &batches));
    let mut fresh = 0;
    while let Some(entries) = read.recv().await {
        let batch = Batch { import: import.id, entries, by: by.clone(), day, now: Timestamp::now() };
        let recorded = store.record_rows(batch).await?;
        fresh += recorded.fresh;
        recorded.orders.into_iter().for_each(|order| waiting.wake(order));
    }
    reader.await.map_err(|_| ImportError::Stopped)??;
    let import = store.finish_import(import.id, Timestamp::now()).await?;
    let tally = import.tally;
    tracing::info!(
        import = import.handle,
        rows = tally.rows,
        matched = tally.matched,
        unmatched = tally.unmatched,
        mismatched = tally.mismatched,
        malformed = tally.malformed,
        "a settlement file is imported"
    );
    Ok(Imported { import, new, fresh })
}

/// Sends all rows, or stops when nobody takes them any more.
fn send_batches(
    rows: impl Iterator<Item = io::Result<Entry>>,
    batches: &mpsc::Sender<Vec<Entry>>,
) -> io::Result<()> {
    let mut batch = Vec::with_capacity(ROWS_AT_ONCE);
    for entry in rows {
        batch.push(entry?);
        if batch.len() == ROWS_AT_ONCE {
            let full = std::mem::replace(&mut batch, Vec::with_capacity(ROWS_AT_ONCE));
            if batches.blocking_send(full).is_err() {
                return Ok(());
            }
        }
    }
    if !batch.is_empty() {
        // Whoever took the others takes the last, or has stopped with an error of its own.
        let _ = batches.blocking_send(batch);
    }
    Ok(())
}
