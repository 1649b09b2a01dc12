//! What goes into the transactions about settlement files and what comes out. Plain data.

use checkout_api::{OrderRef, SessionId};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::payments::attempt::OrderId;
use crate::payments::product::Product;
use crate::payments::state::State;
use crate::provider::Operation;
use crate::settlement::{Entry, Kind};

/// The store's id of an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ImportId(pub i64);

/// A file to import.
#[derive(Debug, Clone)]
pub struct NewImport {
    /// The id that callers see, for a new import.
    pub handle: String,
    /// The contents, hashed.
    pub hash: Vec<u8>,
    /// The file's name, where one came with it.
    pub name: Option<String>,
    /// Which kind of file it is.
    pub format: &'static str,
    /// Its size.
    pub bytes: i64,
    /// Who brought it.
    pub by: String,
    /// The time.
    pub now: Timestamp,
}

/// The import of a file.
#[derive(Debug, Clone)]
pub struct ImportBegun {
    /// The import as it stands.
    pub import: ImportView,
    /// Whether it was begun just now.
    pub new: bool,
}

/// How many rows stand how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// All rows; the four kinds add up to it.
    pub rows: i64,
    /// Of them, those that an earlier file brought already.
    pub already_known: i64,
    /// Settle an operation.
    pub matched: i64,
    /// No operation is known for them.
    pub unmatched: i64,
    /// Differ from their operation.
    pub mismatched: i64,
    /// Cannot be read.
    pub malformed: i64,
}

/// An import as it stands.
#[derive(Debug, Clone)]
pub struct ImportView {
    /// The store's id.
    pub id: ImportId,
    /// The id that callers see.
    pub handle: String,
    /// The file's name.
    pub name: Option<String>,
    /// Which kind of file it is.
    pub format: String,
    /// Its size.
    pub bytes: i64,
    /// How far it was read.
    pub bytes_done: i64,
    /// Who brought it first.
    pub by: String,
    /// The rows so far.
    pub tally: Tally,
    /// When it began.
    pub started_at: Timestamp,
    /// When rows were last stored.
    pub updated_at: Timestamp,
    /// When the file was read to its end.
    pub finished_at: Option<Timestamp>,
}

/// The next rows of a file.
#[derive(Debug, Clone)]
pub struct Batch {
    /// The import.
    pub import: ImportId,
    /// The rows, in the file's order, none left out.
    pub entries: Vec<Entry>,
    /// Who brought the file.
    pub by: String,
    /// The day of rows that tell none.
    pub day: Date,
    /// The time.
    pub now: Timestamp,
}

/// What a batch came to.
#[derive(Debug, Clone)]
pub struct BatchRecorded {
    /// Orders that changed.
    pub orders: Vec<OrderId>,
    /// How many of its rows no file brought before.
    pub fresh: u64,
}

/// Which imports to list.
#[derive(Debug, Clone)]
pub struct ImportFilter {
    /// Only imports before this one.
    pub before: Option<ImportId>,
    /// How many.
    pub limit: u32,
}

/// A page of imports.
#[derive(Debug, Clone)]
pub struct ImportPage {
    /// Newest first.
    pub imports: Vec<ImportView>,
    /// Where the next page starts.
    pub next: Option<ImportId>,
}

/// Which rows to list.
#[derive(Debug, Clone)]
pub struct RowFilter {
    /// The import.
    pub import: ImportId,
    /// Only rows of this kind.
    pub kind: Option<Kind>,
    /// Only rows after this number.
    pub after: i64,
    /// How many.
    pub limit: u32,
}

/// A page of rows.
#[derive(Debug, Clone)]
pub struct RowPage {
    /// In the file's order.
    pub rows: Vec<RowView>,
    /// Give this as `after` for the next page.
    pub next: Option<i64>,
}

/// A row as it stands.
#[derive(Debug, Clone)]
pub struct RowView {
    /// Counts the file's rows.
    pub number: i64,
    /// The line of the file.
    pub line: i64,
    /// How it stands.
    pub kind: Kind,
    /// Why, as a stable word; absent for a matched row.
    pub reason: Option<String>,
    /// Why, in words.
    pub detail: Option<String>,
    /// The order it is about.
    pub order: Option<OrderRef>,
    /// The attempt it is about.
    pub session: Option<SessionId>,
    /// The ledger's id of the operation it is about.
    pub operation: Option<String>,
    /// Which way the money went; absent for a malformed row, as are the sums.
    pub movement: Option<String>,
    /// The sum, signed.
    pub amount_minor: Option<i64>,
    /// What the provider keeps.
    pub commission_minor: Option<i64>,
    /// What reaches the merchant.
    pub net_minor: Option<i64>,
    /// The currency of the sums.
    pub currency: Option<String>,
    /// The id that refunds refer to.
    pub operation_id: Option<String>,
    /// The bank's reference number.
    pub rrn: Option<String>,
    /// The day it was settled.
    pub day: String,
    /// The row, masked.
    pub raw: String,
    /// When it was matched.
    pub matched_at: Option<Timestamp>,
}

/// The sums of one day in one currency.
#[derive(Debug, Clone)]
pub struct DaySums {
    /// The day.
    pub day: String,
    /// The currency.
    pub currency: String,
    /// Matched rows.
    pub matched: i64,
    /// What payments brought.
    pub payments_minor: i64,
    /// What refunds took: zero or below.
    pub refunds_minor: i64,
    /// What the provider kept.
    pub commission_minor: i64,
    /// What reaches the merchant.
    pub net_minor: i64,
    /// Rows that are unmatched or mismatched.
    pub open: i64,
    /// Their net sum.
    pub open_net_minor: i64,
}

/// Which operations to report.
#[derive(Debug, Clone)]
pub struct TransactionFilter {
    /// At or after.
    pub from: Timestamp,
    /// Before.
    pub to: Timestamp,
    /// Only operations after this one.
    pub after: Option<TransactionMark>,
    /// How many.
    pub limit: u32,
}

/// A place in the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransactionMark {
    /// The operation's time.
    pub at: Timestamp,
    /// Its id.
    pub id: String,
}

/// One operation and what belongs to it.
#[derive(Debug, Clone)]
pub struct Transaction {
    /// When it was made; where the provider does not say, when its attempt was stored.
    pub at: Timestamp,
    /// The operation.
    pub operation: Operation,
    /// The shop's order number.
    pub order: OrderRef,
    /// The order's state.
    pub order_state: State,
    /// The attempt.
    pub session: SessionId,
    /// The way to pay.
    pub product: Product,
    /// The terminal's merchant.
    pub merchant_id: String,
    /// Our id of the request that made the bank's order.
    pub merchant_request_id: String,
    /// The day, commission, net sum and currency of the row that settles it.
    pub settled: Option<(String, i64, i64, String)>,
}
