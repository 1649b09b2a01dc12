//! Refunds between rows and domain.

use std::collections::HashMap;

use crate::store::sql::{Connection, OptionalExtension, Row, Transaction, params};
use jiff::Timestamp;

use super::rows::{amount, time, unreadable};
use crate::payments::attempt::{AttemptId, OrderId};
use crate::payments::refund::{Plan, PlannedLine, Refund, RefundId, RefundState};
use crate::store::StoreError;
use crate::store::records::{BeginRefund, KnownRefund};

/// All refunds of an order, oldest first.
pub(super) fn refunds_of(connection: &Connection<'_>, order: OrderId) -> Result<Vec<Refund>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT * FROM refunds WHERE order_id = ?1 ORDER BY id")?;
    let mut refunds = statement.query_map([order.0], refund)?.collect::<Result<Vec<_>, _>>()?;
    if refunds.is_empty() {
        return Ok(refunds);
    }
    let mut statement = connection.prepare_cached(
        "SELECT l.* FROM refund_lines l JOIN refunds r ON r.id = l.refund_id
          WHERE r.order_id = ?1 ORDER BY l.refund_id, l.position",
    )?;
    let mut lines: HashMap<RefundId, Vec<PlannedLine>> = HashMap::new();
    for line in statement.query_map([order.0], line)? {
        let (refund, line) = line?;
        lines.entry(refund).or_default().push(line);
    }
    for refund in &mut refunds {
        refund.lines = lines.remove(&refund.id).unwrap_or_default();
    }
    Ok(refunds)
}

/// One refund.
pub(super) fn refund_by_id(connection: &Connection<'_>, id: RefundId) -> Result<Refund, StoreError> {
    let found =
        connection.prepare_cached("SELECT * FROM refunds WHERE id = ?1")?.query_row([id.0], refund)?;
    with_lines(connection, found)
}

/// The refund made for a key before.
pub(super) fn known(
    connection: &Connection<'_>,
    order: OrderId,
    key: &str,
) -> Result<Option<KnownRefund>, StoreError> {
    let found = connection
        .prepare_cached("SELECT * FROM refunds WHERE order_id = ?1 AND key = ?2")?
        .query_row(params![order.0, key], |row| Ok((row.get("body_hash")?, refund(row)?)))
        .optional()?;
    let Some((body_hash, refund)) = found else { return Ok(None) };
    Ok(Some(KnownRefund { body_hash, refund: with_lines(connection, refund)? }))
}

/// Stores a planned refund: done when it is only recorded, else not known yet.
pub(super) fn insert(tx: &Transaction<'_>, begin: &BeginRefund, plan: &Plan) -> Result<RefundId, StoreError> {
    let offline = begin.wish.offline;
    let state = if offline { RefundState::Success } else { RefundState::Unknown };
    let ask_at = begin.schedule.next_about_refund(0, begin.now);
    let id = tx.prepare_cached(
        "INSERT INTO refunds (handle, order_id, attempt_id, payment, key, body_hash, state, amount_minor, currency,
                charged_minor, shipping_minor, reason, merchant_request_id, created_at, updated_at, next_ask_at,
                asked_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?14, ?15, ?16)
         RETURNING id",
    )?
    .query_row(params![
        begin.handle,
        begin.order.0,
        begin.attempt.0,
        plan.payment,
        begin.key,
        begin.body_hash,
        state.word(),
        plan.amount.minor(),
        plan.amount.currency().code(),
        plan.charged_minor,
        plan.shipping_minor,
        begin.reason,
        (!offline).then_some(begin.merchant_request_id.as_str()),
        begin.now.as_millisecond(),
        (!offline).then_some(ask_at.as_millisecond()),
        begin.by,
    ], |row| row.get("id").map(RefundId))?;
    for (position, line) in plan.lines.iter().enumerate() {
        tx.prepare_cached(
            "INSERT INTO refund_lines (refund_id, position, line_id, quantity, amount_minor)
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
            id.0,
            i64::try_from(position).unwrap_or(i64::MAX),
            line.id,
            line.quantity,
            line.minor
        ])?;
    }
    Ok(id)
}

/// Stores a refund's new state; a decided one is not asked about any more.
pub(super) fn set_state(
    tx: &Transaction<'_>,
    id: RefundId,
    state: RefundState,
    code: Option<&str>,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE refunds SET state = ?2, code = ?3, updated_at = ?4,
                next_ask_at = CASE WHEN ?5 THEN coalesce(next_ask_at, ?4) END WHERE id = ?1",
    )?
    .execute(params![id.0, state.word(), code, now.as_millisecond(), state.is_open()])?;
    Ok(())
}

fn with_lines(connection: &Connection<'_>, mut refund: Refund) -> Result<Refund, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT * FROM refund_lines WHERE refund_id = ?1 ORDER BY position")?;
    let rows = statement.query_map([refund.id.0], line)?;
    refund.lines = rows.map(|row| row.map(|(_, line)| line)).collect::<Result<_, _>>()?;
    Ok(refund)
}

fn refund(row: &Row<'_>) -> Result<Refund, StoreError> {
    let state: String = row.get("state")?;
    Ok(Refund {
        id: RefundId(row.get("id")?),
        handle: row.get("handle")?,
        attempt: AttemptId(row.get("attempt_id")?),
        payment: row.get("payment")?,
        state: RefundState::from_word(&state).ok_or_else(|| unreadable("state"))?,
        amount: amount(row)?,
        charged_minor: row.get("charged_minor")?,
        shipping_minor: row.get("shipping_minor")?,
        lines: Vec::new(),
        reason: row.get("reason")?,
        by: row.get("asked_by")?,
        code: row.get("code")?,
        merchant_request_id: row.get("merchant_request_id")?,
        created_at: time(row, "created_at")?,
        updated_at: time(row, "updated_at")?,
    })
}

fn line(row: &Row<'_>) -> Result<(RefundId, PlannedLine), StoreError> {
    let line = PlannedLine {
        id: row.get("line_id")?,
        quantity: row.get("quantity")?,
        minor: row.get("amount_minor")?,
    };
    Ok((RefundId(row.get("refund_id")?), line))
}
