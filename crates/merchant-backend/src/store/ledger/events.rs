//! The order's history, and the bump of its revision that every visible change brings.

use console_api::vocabulary::EVENTS;

use crate::store::sql::{Transaction, params};
use jiff::Timestamp;

use super::rows::attempts_of;
use super::{outbox, refunds, summary};
use crate::payments::attempt::{AttemptId, OrderId, order_standing, paid_by};
use crate::store::StoreError;

/// One entry to write.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Event<'a> {
    pub(super) attempt: Option<AttemptId>,
    pub(super) who: &'a str,
    pub(super) what: &'a str,
    pub(super) detail: Option<&'a str>,
    pub(super) raw: Option<&'a str>,
}

/// Writes an entry.
pub(super) fn write(
    tx: &Transaction<'_>,
    order: OrderId,
    event: Event<'_>,
    now: Timestamp,
) -> Result<(), StoreError> {
    debug_assert!(EVENTS.contains(&event.what), "`{}` is no word of a history", event.what);
    tx.prepare_cached(
        "INSERT INTO events (order_id, attempt_id, at, who, what, detail, raw) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![
        order.0,
        event.attempt.map(|attempt| attempt.0),
        now.as_millisecond(),
        event.who,
        event.what,
        event.detail,
        event.raw,
    ])?;
    Ok(())
}

/// Derives the order's state from its attempts anew counts the change, and tells the shop of it.
pub(super) fn order_changed(tx: &Transaction<'_>, order: OrderId, now: Timestamp) -> Result<(), StoreError> {
    let attempts = attempts_of(tx, order)?;
    let (state, reason) = order_standing(&attempts);
    let paid = paid_by(&attempts);
    let refunded = refunds::gone(tx, order)?;
    tx.prepare_cached(
        "UPDATE orders SET state = ?2, reason = ?3, revision = revision + 1, updated_at = ?4, paid_by = ?5,
                refunded_minor = ?6 WHERE id = ?1",
    )?
    .execute(params![
        order.0,
        state.word(),
        reason,
        now.as_millisecond(),
        paid.map(|attempt| attempt.id.0),
        refunded,
    ])?;
    // Other instances' waiting pages hear of it when the transaction is committed, and not before.
    tx.execute_on_postgres("SELECT pg_notify('orders', ?1)", params![order.0.to_string()])?;
    summary::changed(tx, order)?;
    summary::find_by_words(tx, order)?;
    outbox::write(tx, order, now)
}
