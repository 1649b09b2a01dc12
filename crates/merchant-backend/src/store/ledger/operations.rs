//! The bank's operations as rows: one per movement, the newest version of it.

use crate::store::sql::{Connection, Row, Transaction, params};

use super::rows::{ms, time_or_none, unreadable};
use crate::payments::attempt::AttemptId;
use crate::provider::{Operation, OperationKind, OperationStatus};
use crate::store::StoreError;

/// SQL: whether the bank has yet to decide an operation of this attempt.
macro_rules! undecided_operation_of {
    ($attempt:literal) => {
        concat!(
            "EXISTS (SELECT 1 FROM operations WHERE attempt_id = ",
            $attempt,
            " AND standing = 'undecided')"
        )
    };
}
pub(super) use undecided_operation_of;

/// The stored operations of an attempt, in the order they came.
pub(super) fn operations_of(
    connection: &Connection<'_>,
    attempt: AttemptId,
) -> Result<Vec<Operation>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT * FROM operations WHERE attempt_id = ?1 ORDER BY rowid")?;
    let rows = statement.query_map([attempt.0], operation)?;
    rows.collect::<Result<_, _>>()
}

/// One row of the table.
pub(super) fn operation(row: &Row<'_>) -> Result<Operation, StoreError> {
    let kind: String = row.get("kind")?;
    let status: String = row.get("status")?;
    Ok(Operation {
        id: row.get("id")?,
        kind: match row.get::<String>("effect")?.as_str() {
            "capture" => OperationKind::Capture(kind),
            "refund" => OperationKind::Refund(kind),
            "other" => OperationKind::Other(kind),
            _ => return Err(unreadable("effect")),
        },
        status: match row.get::<String>("standing")?.as_str() {
            "success" => OperationStatus::Success,
            "failed" => OperationStatus::Failed(status),
            "undecided" => OperationStatus::Undecided(status),
            _ => return Err(unreadable("standing")),
        },
        amount_minor: row.get("amount_minor")?,
        currency: row.get("currency")?,
        charged_minor: row.get("charged_minor")?,
        operation_id: row.get("operation_id")?,
        merchant_request_id: row.get("merchant_request_id")?,
        gives_back: row.get("gives_back")?,
        refundable: row.get("refundable")?,
        rrn: row.get("rrn")?,
        instrument: row.get("instrument")?,
        payment_service: row.get("payment_service")?,
        reason: row.get("reason")?,
        receipt: row.get("receipt")?,
        created_at: time_or_none(row, "created_at")?,
        modified_at: time_or_none(row, "modified_at")?,
    })
}

/// Stores an operation or its newer version.
pub(super) fn upsert(
    tx: &Transaction<'_>,
    attempt: AttemptId,
    operation: &Operation,
) -> Result<(), StoreError> {
    let effect = match operation.kind {
        OperationKind::Capture(_) => "capture",
        OperationKind::Refund(_) => "refund",
        OperationKind::Other(_) => "other",
    };
    let standing = match operation.status {
        OperationStatus::Success => "success",
        OperationStatus::Failed(_) => "failed",
        OperationStatus::Undecided(_) => "undecided",
    };
    tx.prepare_cached(
        "INSERT INTO operations (id, attempt_id, kind, status, effect, standing, amount_minor, currency, operation_id,
                rrn, instrument, reason, receipt, created_at, modified_at, charged_minor, merchant_request_id, gives_back,
                refundable, payment_service)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)
         ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, status = excluded.status, effect = excluded.effect,
                standing = excluded.standing, amount_minor = excluded.amount_minor, currency = excluded.currency,
                operation_id = excluded.operation_id, rrn = excluded.rrn, instrument = excluded.instrument,
                reason = excluded.reason, receipt = excluded.receipt, created_at = excluded.created_at,
                modified_at = excluded.modified_at, charged_minor = excluded.charged_minor,
                merchant_request_id = excluded.merchant_request_id, gives_back = excluded.gives_back,
                refundable = excluded.refundable,
                payment_service = excluded.payment_service
         WHERE operations.attempt_id = excluded.attempt_id",
    )?
    .execute(params![
        operation.id,
        attempt.0,
        operation.kind.word(),
        operation.status.word(),
        effect,
        standing,
        operation.amount_minor,
        operation.currency,
        operation.operation_id,
        operation.rrn,
        operation.instrument,
        operation.reason,
        operation.receipt,
        ms(operation.created_at),
        ms(operation.modified_at),
        operation.charged_minor,
        operation.merchant_request_id,
        operation.gives_back,
        operation.refundable,
        operation.payment_service,
    ])?;
    Ok(())
}
