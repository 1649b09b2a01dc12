//! Settlement: the registers that were imported, their rows, and the sums by day. Sums are whole minor units and
//! signed: what leaves the merchant is below zero, so they are no `Amount`s.

use checkout_api::{OrderRef, SessionId};
use serde::{Deserialize, Serialize};

/// The answer to `POST /v1/settlements`. `rows` is `matched` + `unmatched` + `mismatched` + `malformed`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SettlementImported {
    /// Names the import; the same file again has the same one.
    pub id: String,
    /// The file's rows.
    pub rows: u64,
    /// Rows that settle an operation.
    pub matched: u64,
    /// Of all rows, those that were stored before this request.
    pub already_known: u64,
    /// Rows that no operation is known for.
    pub unmatched: u64,
    /// Rows that differ from their operation.
    pub mismatched: u64,
    /// Rows that cannot be read.
    pub malformed: u64,
}

/// One import: `GET /v1/settlements/{id}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Settlement {
    /// Names the import.
    pub id: String,
    /// The file's name, where one came with it.
    pub file: Option<String>,
    /// Which kind of file it is: `alliancepay-register`.
    pub format: String,
    /// Whether the file was read to its end. If not, it is under way, or was cut off: the same file again goes on.
    pub complete: bool,
    /// Who brought it.
    pub imported_by: String,
    /// The file's size.
    pub bytes: u64,
    /// How far it was read.
    pub bytes_done: u64,
    /// The rows read so far.
    pub rows: u64,
    /// Rows that settle an operation, as they stand now.
    pub matched: u64,
    /// Rows that an earlier file brought.
    pub already_known: u64,
    /// Rows that no operation is known for.
    pub unmatched: u64,
    /// Rows that differ from their operation.
    pub mismatched: u64,
    /// Rows that cannot be read.
    pub malformed: u64,
    /// When it began: RFC 3339, UTC.
    pub started_at: String,
    /// When rows were last stored: RFC 3339, UTC.
    pub updated_at: String,
    /// When it was read to its end: RFC 3339, UTC.
    pub finished_at: Option<String>,
}

/// The answer to `GET /v1/settlements`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SettlementList {
    /// Newest first.
    pub settlements: Vec<Settlement>,
    /// Give this as `cursor` for the next page; null on the last.
    pub next: Option<String>,
}

/// How a row stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum SettlementKind {
    /// It settles one operation.
    Matched,
    /// No operation is known for it yet.
    Unmatched,
    /// It is about an operation we know, and they differ.
    Mismatched,
    /// It cannot be read.
    Malformed,
}

/// Why a row settles nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SettlementReason {
    /// A stable word: `no_operation`, `sum`, `currency`, `merchant`, `already_settled`, `malformed`, …
    pub code: String,
    /// In words, English.
    pub detail: String,
}

/// One row of a file, as it stands now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SettlementRow {
    /// Counts the file's rows from 1.
    pub row: u64,
    /// The line of the file it begins on.
    pub line: u64,
    /// How it stands.
    pub kind: SettlementKind,
    /// Why it settles nothing; null for a matched row.
    pub reason: Option<SettlementReason>,
    /// The order it is about, where one is known.
    pub order: Option<OrderRef>,
    /// The payment session.
    pub session: Option<SessionId>,
    /// The operation, by its `id` in the order.
    pub operation: Option<String>,
    /// `payment`, `refund`, or the file's own word; null for a malformed row, as are the sums.
    pub movement: Option<String>,
    /// The sum, signed, in minor units.
    pub amount_minor: Option<i64>,
    /// What the bank keeps of it.
    pub commission_minor: Option<i64>,
    /// What reaches the merchant.
    pub net_minor: Option<i64>,
    /// The currency of the sums, as the file names it.
    pub currency: Option<String>,
    /// The operation's id as the file has it.
    pub operation_id: Option<String>,
    /// The bank's reference number.
    pub rrn: Option<String>,
    /// The day it was settled: `YYYY-MM-DD`.
    pub day: String,
    /// The row's known columns as they came; the others masked.
    pub raw: String,
    /// When it was matched: RFC 3339, UTC.
    pub matched_at: Option<String>,
}

/// The answer to `GET /v1/settlements/{id}/rows`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SettlementRows {
    /// In the file's order.
    pub rows: Vec<SettlementRow>,
    /// Give this as `cursor` for the next page; null on the last.
    pub next: Option<String>,
}

/// The sums of one day in one currency, over all files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SettlementDay {
    /// The day: `YYYY-MM-DD`.
    pub day: String,
    /// The currency.
    pub currency: String,
    /// How many rows settle an operation.
    pub matched: u64,
    /// What payments brought.
    pub payments_minor: i64,
    /// What refunds took: zero or below.
    pub refunds_minor: i64,
    /// What the bank kept.
    pub commission_minor: i64,
    /// What reaches the merchant: payments and refunds less commission.
    pub net_minor: i64,
    /// Rows that are unmatched or mismatched: their sums are not in the ones above.
    pub open: u64,
    /// The net sum of those.
    pub open_net_minor: i64,
}

/// The answer to `GET /v1/settlements/days`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SettlementDays {
    /// Newest first.
    pub days: Vec<SettlementDay>,
}
