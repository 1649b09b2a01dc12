//! Which questions are due. In a shared ledger they are claimed: their next time becomes the end of a lease, and the
//! answer, or the lack of one, sets it anew.

use jiff::Timestamp;

use super::reads::{DUE_COLUMNS, question};
use super::rows::product;
use crate::payments::attempt::{AttemptId, OrderId};
use crate::payments::refund::RefundId;
use crate::store::StoreError;
use crate::store::records::{DueQuestion, RefundToFind};
use crate::store::sql::{Connection, Row, Transaction, params};

/// The questions that are due.
pub(super) fn list(
    connection: &Connection<'_>,
    now: Timestamp,
    limit: u32,
) -> Result<Vec<DueQuestion>, StoreError> {
    let sql =
        format!("SELECT {DUE_COLUMNS} FROM attempts WHERE next_ask_at <= ?1 ORDER BY next_ask_at LIMIT ?2");
    let mut statement = connection.prepare_cached(&sql)?;
    let attempts = statement.query_map(params![now.as_millisecond(), limit], question)?;
    let mut statement = connection.prepare_cached(
        "SELECT r.order_id, r.attempt_id, a.product, r.id, r.merchant_request_id
           FROM refunds r JOIN attempts a ON a.id = r.attempt_id
          WHERE r.next_ask_at <= ?1 AND r.merchant_request_id IS NOT NULL ORDER BY r.next_ask_at LIMIT ?2",
    )?;
    let refunds = statement.query_map(params![now.as_millisecond(), limit], about_refund)?;
    attempts.chain(refunds).collect()
}

/// Claims them until the lease ends; what another claims at this moment is left to it.
pub(super) fn claim(
    tx: &Transaction<'_>,
    now: Timestamp,
    lease_until: Timestamp,
    limit: u32,
) -> Result<Vec<DueQuestion>, StoreError> {
    let sql = format!(
        "UPDATE attempts SET next_ask_at = ?3
          WHERE id IN (SELECT id FROM attempts WHERE next_ask_at <= ?1 ORDER BY next_ask_at LIMIT ?2
                FOR UPDATE SKIP LOCKED)
         RETURNING {DUE_COLUMNS}"
    );
    let (now, until) = (now.as_millisecond(), lease_until.as_millisecond());
    let attempts = tx.prepare_cached(&sql)?.query_map(params![now, limit, until], question)?;
    let refunds = tx
        .prepare_cached(
            "UPDATE refunds r SET next_ask_at = ?3 FROM attempts a
              WHERE a.id = r.attempt_id AND r.id IN (SELECT id FROM refunds
                    WHERE next_ask_at <= ?1 AND merchant_request_id IS NOT NULL ORDER BY next_ask_at LIMIT ?2
                    FOR UPDATE SKIP LOCKED)
             RETURNING r.order_id, r.attempt_id, a.product, r.id, r.merchant_request_id",
        )?
        .query_map(params![now, limit, until], about_refund)?;
    attempts.chain(refunds).collect()
}

fn about_refund(row: &Row<'_>) -> Result<DueQuestion, StoreError> {
    let find = RefundToFind {
        refund: RefundId(row.get("id")?),
        merchant_request_id: row.get("merchant_request_id")?,
    };
    let (order, attempt) = (OrderId(row.get("order_id")?), AttemptId(row.get("attempt_id")?));
    Ok(DueQuestion::about_refund(order, attempt, product(row, "product")?, find))
}
