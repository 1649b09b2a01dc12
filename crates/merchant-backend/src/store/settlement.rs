//! The part of the ledger that holds the providers' files: what they said, row by row, and what each row came to.

use async_trait::async_trait;
use jiff::Timestamp;
use jiff::civil::Date;

use super::StoreError;
use super::records::{
    Batch, BatchRecorded, DaySums, ImportBegun, ImportFilter, ImportId, ImportPage, ImportView, NewImport,
    RowFilter, RowPage, Transaction, TransactionFilter,
};

/// Imports of settlement files. A file is known by its contents: the same one again is the same import.
#[async_trait]
pub trait SettlementStore {
    /// Finds the import of this file, or begins one.
    async fn begin_import(&self, new: NewImport) -> Result<ImportBegun, StoreError>;

    /// Stores the next rows of a file and what follows from them, all or none. Rows that the import has already are
    /// passed over: two who carry the same file through do it once.
    async fn record_rows(&self, batch: Batch) -> Result<BatchRecorded, StoreError>;

    /// Stores that the file was read to its end.
    async fn finish_import(&self, import: ImportId, now: Timestamp) -> Result<ImportView, StoreError>;

    /// An import by the id that callers see.
    async fn import(&self, handle: String) -> Result<Option<ImportView>, StoreError>;

    /// A page of imports, newest first.
    async fn imports(&self, filter: ImportFilter) -> Result<ImportPage, StoreError>;

    /// A page of an import's rows, in the file's order.
    async fn import_rows(&self, filter: RowFilter) -> Result<RowPage, StoreError>;

    /// Sums by day and currency, newest day first.
    async fn settlement_days(&self, from: Date, to: Date, limit: u32) -> Result<Vec<DaySums>, StoreError>;

    /// The next operations of a span of time, oldest first.
    async fn transactions(&self, filter: TransactionFilter) -> Result<Vec<Transaction>, StoreError>;
}
