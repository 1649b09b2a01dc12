//! Rows of files as rows of tables: found again, stored, revised; and the operations that one may be about.

use std::collections::HashSet;

use crate::store::sql::{OptionalExtension, Row, Transaction, params};
use jiff::Timestamp;

use super::super::operations::operation;
use super::super::rows::{product, unreadable};
use crate::payments::attempt::{Attempt, AttemptId, OrderId};
use crate::provider::{Operation, OperationKind};
use crate::settlement::matching::{Candidate, Objection, Verdict};
use crate::settlement::{Entry, Kind, Malformed, Movement, SettlementRow};
use crate::store::StoreError;
use crate::store::records::{Batch, ImportId};

/// Whether a row was stored before.
pub(super) struct Known {
    /// The row and how it stands.
    pub(super) row: Option<(i64, Kind)>,
    /// The how-many-eth of its like it is in this file.
    pub(super) occurrence: i64,
}

/// A row that settles nothing yet.
pub(super) struct Open {
    pub(super) id: i64,
    pub(super) kind: Kind,
    pub(super) row: SettlementRow,
    reason: Option<String>,
    about: Option<String>,
}

/// Looks for a row. The same row twice in one file is two rows.
pub(super) fn known(tx: &Transaction<'_>, import: ImportId, entry: &Entry) -> Result<Known, StoreError> {
    let fingerprint = entry.fingerprint();
    // From the few equal rows to the file, never through all rows of the file.
    let before: i64 = tx
        .prepare_cached(
            "SELECT count(*) FROM settlement_rows r WHERE r.fingerprint = ?1
                AND EXISTS (SELECT 1 FROM settlement_sightings s WHERE s.row_id = r.id AND s.import_id = ?2)",
        )?
        .query_row(params![fingerprint, import.0], |row| row.get(0))?;
    let occurrence = before + 1;
    let row = tx
        .prepare_cached("SELECT id, kind FROM settlement_rows WHERE fingerprint = ?1 AND occurrence = ?2")?
        .query_row(params![fingerprint, occurrence], |row| Ok((row.get("id")?, kind(row)?)))
        .optional()?;
    Ok(Known { row, occurrence })
}

/// Stores that this file holds the row.
pub(super) fn see(tx: &Transaction<'_>, import: ImportId, entry: &Entry, row: i64) -> Result<(), StoreError> {
    let count = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    tx.prepare_cached(
        "INSERT INTO settlement_sightings (import_id, number, line, row_id) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute(params![import.0, count(entry.number), count(entry.line), row])?;
    Ok(())
}

/// Stores a row that cannot be read.
pub(super) fn insert_malformed(
    tx: &Transaction<'_>,
    batch: &Batch,
    malformed: &Malformed,
    occurrence: i64,
) -> Result<i64, StoreError> {
    tx.prepare_cached(
        "INSERT INTO settlement_rows (fingerprint, occurrence, kind, reason, detail, day, raw, recorded_by, recorded_at)
         VALUES (?1, ?2, 'malformed', 'malformed', ?3, ?4, ?5, ?6, ?7) RETURNING id",
    )?
    .query_row(params![
        malformed.hash,
        occurrence,
        malformed.reason,
        batch.day.to_string(),
        malformed.raw,
        batch.by,
        batch.now.as_millisecond(),
    ], |row| row.get(0))
}

/// Stores a row and its verdict.
pub(super) fn insert(
    tx: &Transaction<'_>,
    batch: &Batch,
    row: &SettlementRow,
    fingerprint: &[u8],
    occurrence: i64,
    verdict: &Verdict<'_>,
) -> Result<i64, StoreError> {
    tx.prepare_cached(
        "INSERT INTO settlement_rows (fingerprint, occurrence, kind, reason, detail, operation, movement, amount_minor,
                commission_minor, net_minor, currency, provider_id, operation_id, rrn, order_hint, merchant_id, day, raw,
                recorded_by, recorded_at, matched_at, part)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20,
                ?21, ?22)
         RETURNING id",
    )?
    .query_row(params![
        fingerprint,
        occurrence,
        verdict.kind().word(),
        verdict.objection.as_ref().map(Objection::word),
        verdict.objection.as_ref().map(ToString::to_string),
        verdict.about.map(|about| &about.operation.id),
        row.movement.word(),
        row.amount_minor,
        row.commission_minor,
        row.net_minor,
        row.currency,
        row.provider_id,
        row.operation_id,
        row.rrn,
        row.order_hint,
        row.merchant_id,
        row.day.unwrap_or(batch.day).to_string(),
        row.raw,
        batch.by,
        batch.now.as_millisecond(),
        matched_at(verdict, batch.now),
        part(tx, verdict)?,
    ], |row| row.get(0))
}

/// Stores another verdict about a row.
pub(super) fn revise(
    tx: &Transaction<'_>,
    open: &Open,
    verdict: &Verdict<'_>,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE settlement_rows SET kind = ?2, reason = ?3, detail = ?4, operation = ?5,
                matched_at = ?6, part = ?7 WHERE id = ?1",
    )?
    .execute(params![
        open.id,
        verdict.kind().word(),
        verdict.objection.as_ref().map(Objection::word),
        verdict.objection.as_ref().map(ToString::to_string),
        verdict.about.map(|about| &about.operation.id),
        matched_at(verdict, now),
        part(tx, verdict)?,
    ])?;
    Ok(())
}

/// Which part of its operation a row settles: 0 is the whole, and the table takes each only once.
fn part(tx: &Transaction<'_>, verdict: &Verdict<'_>) -> Result<i64, StoreError> {
    let Some(about) = verdict.about.filter(|_| verdict.is_part) else { return Ok(0) };
    tx.prepare_cached(
        "SELECT coalesce(max(part), 0) + 1 FROM settlement_rows WHERE operation = ?1 AND kind = 'matched'",
    )?
    .query_row([&about.operation.id], |row| row.get(0))
}

fn matched_at(verdict: &Verdict<'_>, now: Timestamp) -> Option<i64> {
    (verdict.kind() == Kind::Matched).then(|| now.as_millisecond())
}

/// Whether a verdict says anything new.
pub(super) fn is_news(open: &Open, verdict: &Verdict<'_>) -> bool {
    open.reason.as_deref() != verdict.objection.as_ref().map(Objection::word)
        || open.about.as_ref() != verdict.about.map(|about| &about.operation.id)
}

/// The operations that share a key with a row; `stored` is its id, where it is stored already.
pub(super) fn candidates(
    tx: &Transaction<'_>,
    row: &SettlementRow,
    stored: Option<i64>,
) -> Result<Vec<Candidate>, StoreError> {
    let keys = [
        ("p.id = ?1", &row.provider_id),
        ("p.operation_id = ?1", &row.operation_id),
        ("p.rrn = ?1", &row.rrn),
        ("o.order_ref = ?1", &row.order_hint),
        ("a.merchant_request_id = ?1", &row.order_hint),
        ("a.id = (SELECT f.attempt_id FROM refunds f WHERE f.merchant_request_id = ?1)", &row.order_hint),
        ("a.id IN (SELECT q.attempt_id FROM operations q WHERE q.operation_id = ?1)", &row.operation_id),
    ];
    let mut found: Vec<Candidate> = Vec::new();
    for (condition, key) in keys {
        let Some(key) = key else { continue };
        let sql = format!(
            "SELECT p.*, a.order_id, a.merchant_id, a.product, a.currency AS ordered_in, a.merchant_request_id AS request_id, o.order_ref,
                    EXISTS (SELECT 1 FROM settlement_rows r WHERE r.operation = p.id AND r.kind = 'matched') AS settled,
                    CAST((SELECT coalesce(sum(r.amount_minor), 0) FROM settlement_rows r
                      WHERE r.operation = p.id AND r.kind = 'matched' AND r.id <> ?2)
                    + (SELECT coalesce(sum(r.amount_minor), 0) FROM settlement_rows r
                      WHERE r.provider_id = p.id AND r.kind IN ('unmatched', 'mismatched')
                        AND r.movement = 'payment' AND r.id <> ?2) AS BIGINT) AS other_parts
               FROM operations p JOIN attempts a ON a.id = p.attempt_id JOIN orders o ON o.id = a.order_id
              WHERE {condition} ORDER BY p.rowid"
        );
        let mut statement = tx.prepare_cached(&sql)?;
        for candidate in statement.query_map(params![key, stored.unwrap_or(0)], candidate)? {
            let candidate = candidate?;
            if found.iter().all(|one| one.operation.id != candidate.operation.id) {
                found.push(candidate);
            }
        }
        // What the strongest key means is enough.
        if found.iter().any(|one| !is_only_its_payment(row, one)) {
            break;
        }
    }
    Ok(found)
}

/// An aggregator's refund names its payment beside itself: the payment found so is not what the row is about.
fn is_only_its_payment(row: &SettlementRow, one: &Candidate) -> bool {
    row.movement == Movement::Refund
        && one.product.settles_by_answer()
        && matches!(one.operation.kind, OperationKind::Capture(_))
}

/// The attempts with an order at the provider that a row names, whatever is known of their money.
pub(super) fn named(
    tx: &Transaction<'_>,
    row: &SettlementRow,
) -> Result<Vec<(AttemptId, OrderId)>, StoreError> {
    let mut statement = tx.prepare_cached(
        "SELECT id, order_id FROM attempts
          WHERE bank_order IS NOT NULL
            AND (bank_order IN (?1, ?2) OR merchant_request_id = ?3
                 OR order_id = (SELECT id FROM orders WHERE order_ref = ?3))
          ORDER BY id",
    )?;
    statement
        .query_map(params![row.provider_id, row.operation_id, row.order_hint], |row| {
            Ok((AttemptId(row.get("id")?), OrderId(row.get("order_id")?)))
        })?
        .collect()
}

/// The operations of an attempt that rows settle.
pub(super) fn settled_of(tx: &Transaction<'_>, attempt: AttemptId) -> Result<HashSet<String>, StoreError> {
    let mut statement = tx.prepare_cached(
        "SELECT p.id FROM operations p JOIN settlement_rows r ON r.operation = p.id AND r.kind = 'matched'
          WHERE p.attempt_id = ?1",
    )?;
    let rows = statement.query_map([attempt.0], |row| row.get(0))?;
    rows.collect()
}

/// The rows that wait for one of these operations or for the attempt's order.
pub(super) fn open_about(
    tx: &Transaction<'_>,
    attempt: &Attempt,
    operations: &[Operation],
) -> Result<Vec<Open>, StoreError> {
    let order: String = tx
        .prepare_cached("SELECT order_ref FROM orders WHERE id = ?1")?
        .query_row([attempt.order.0], |row| row.get(0))?;
    let mut keys = vec![("order_hint", order), ("order_hint", attempt.merchant_request_id.clone())];
    for operation in operations {
        keys.push(("provider_id", operation.id.clone()));
        keys.extend(operation.merchant_request_id.clone().map(|id| ("order_hint", id)));
        keys.extend(operation.operation_id.clone().map(|id| ("operation_id", id)));
        keys.extend(operation.rrn.clone().map(|rrn| ("rrn", rrn)));
    }
    let mut found: Vec<Open> = Vec::new();
    for (column, key) in keys {
        let sql = format!(
            "SELECT * FROM settlement_rows WHERE {column} = ?1 AND kind IN ('unmatched', 'mismatched') ORDER BY id"
        );
        let mut statement = tx.prepare_cached(&sql)?;
        for row in statement.query_map([key], open)? {
            let row = row?;
            if found.iter().all(|one| one.id != row.id) {
                found.push(row);
            }
        }
    }
    Ok(found)
}

pub(super) fn kind(row: &Row<'_>) -> Result<Kind, StoreError> {
    let word: String = row.get("kind")?;
    Kind::from_word(&word).ok_or_else(|| unreadable("kind"))
}

fn candidate(row: &Row<'_>) -> Result<Candidate, StoreError> {
    let (product, ordered_in) = (product(row, "product")?, row.get::<String>("ordered_in")?);
    Ok(Candidate {
        operation: operation(row)?,
        attempt: AttemptId(row.get("attempt_id")?),
        order: OrderId(row.get("order_id")?),
        order_ref: row.get("order_ref")?,
        product,
        ordered_in: ordered_in.parse().map_err(|_| unreadable("ordered_in"))?,
        merchant_id: row.get("merchant_id")?,
        request_id: row.get("request_id")?,
        settled: row.get("settled")?,
        other_parts: if product.settles_by_answer() { Some(row.get("other_parts")?) } else { None },
    })
}

fn open(row: &Row<'_>) -> Result<Open, StoreError> {
    let movement: String = row.get("movement")?;
    Ok(Open {
        id: row.get("id")?,
        kind: kind(row)?,
        reason: row.get("reason")?,
        about: row.get("operation")?,
        row: SettlementRow {
            movement: Movement::from_word(&movement),
            amount_minor: row.get("amount_minor")?,
            currency: row.get("currency")?,
            commission_minor: row.get("commission_minor")?,
            net_minor: row.get("net_minor")?,
            provider_id: row.get("provider_id")?,
            operation_id: row.get("operation_id")?,
            rrn: row.get("rrn")?,
            order_hint: row.get("order_hint")?,
            merchant_id: row.get("merchant_id")?,
            mark: None,
            day: None,
            raw: row.get("raw")?,
        },
    })
}
