//! Who changes an order is alone with it until the transaction ends. SQLite's one writer is that already; in PostgreSQL
//! the order's row is locked before anything is read that decides, and each statement after it sees what others stored.

use crate::payments::attempt::{AttemptId, OrderId};
use crate::payments::refund::RefundId;
use crate::store::StoreError;
use crate::store::sql::{Transaction, params};

/// Held by who stores rows of a settlement file. What a row waits for cannot become known meanwhile, see `learning`.
pub(super) fn settlement(tx: &Transaction<'_>) -> Result<(), StoreError> {
    tx.execute_on_postgres("SELECT pg_advisory_xact_lock(7268410553)", params![])
}

/// Held, before any order, by who may learn of operations: many at once, but not beside `settlement`. Else a row and its
/// operation, stored at the same moment, would each not see the other, and the row would wait for good.
pub(super) fn learning(tx: &Transaction<'_>) -> Result<(), StoreError> {
    tx.execute_on_postgres("SELECT pg_advisory_xact_lock_shared(7268410553)", params![])
}

/// By the order.
pub(super) fn order(tx: &Transaction<'_>, id: OrderId) -> Result<(), StoreError> {
    tx.execute_on_postgres("SELECT FROM orders WHERE id = ?1 FOR NO KEY UPDATE", params![id.0])
}

/// By the shop's number; nothing is locked where there is no such order.
pub(super) fn order_by_ref(tx: &Transaction<'_>, order_ref: &str) -> Result<(), StoreError> {
    tx.execute_on_postgres("SELECT FROM orders WHERE order_ref = ?1 FOR NO KEY UPDATE", params![order_ref])
}

/// By one of its attempts.
pub(super) fn order_of_attempt(tx: &Transaction<'_>, id: AttemptId) -> Result<(), StoreError> {
    let sql =
        "SELECT FROM orders o JOIN attempts a ON a.order_id = o.id WHERE a.id = ?1 FOR NO KEY UPDATE OF o";
    tx.execute_on_postgres(sql, params![id.0])
}

/// By the secret of a notification URL.
pub(super) fn order_of_secret(tx: &Transaction<'_>, secret: &str) -> Result<(), StoreError> {
    let sql = "SELECT FROM orders o JOIN attempts a ON a.order_id = o.id
                WHERE a.notification_secret = ?1 FOR NO KEY UPDATE OF o";
    tx.execute_on_postgres(sql, params![secret])
}

/// By one of its refunds.
pub(super) fn order_of_refund(tx: &Transaction<'_>, id: RefundId) -> Result<(), StoreError> {
    let sql =
        "SELECT FROM orders o JOIN refunds r ON r.order_id = o.id WHERE r.id = ?1 FOR NO KEY UPDATE OF o";
    tx.execute_on_postgres(sql, params![id.0])
}
