//! One row of the list of orders: its columns and how they are read; and what the list keeps with the order itself.

use checkout_api::OrderRef;

use super::rows::{
    amount, amount_in, anomalies, attempts_of, product_or_none, revision, state, time, time_or_none,
};
use crate::payments::attempt::OrderId;
use crate::search_words;
use crate::store::StoreError;
use crate::store::records::SummaryView;
use crate::store::sql::{OptionalExtension, Row, Transaction, params};

/// Of `orders o` and [`STANDING_ATTEMPT`].
pub(super) const COLUMNS: &str = "o.id, o.order_ref, o.amount_minor, o.currency, o.description, o.state, o.reason, \
    o.revision, o.created_at, o.updated_at, o.refunded_minor, o.anomalies, o.change, a.product, a.notified_at";

/// The attempt whose state the order has.
pub(super) const STANDING_ATTEMPT: &str =
    "LEFT JOIN attempts a ON a.id = coalesce(o.paid_by, o.latest_attempt)";

/// Reads a row.
pub(super) fn read(row: &Row<'_>) -> Result<SummaryView, StoreError> {
    Ok(SummaryView {
        order: OrderRef::new(row.get::<String>("order_ref")?),
        state: state(row, "state")?,
        reason: row.get("reason")?,
        amount: amount(row)?,
        description: row.get("description")?,
        anomalies: anomalies(row, "anomalies")?,
        refunded: amount_in(row, "refunded_minor", "currency")?,
        product: product_or_none(row, "product")?,
        notified_at: time_or_none(row, "notified_at")?,
        revision: revision(row)?,
        created_at: time(row, "created_at")?,
        updated_at: time(row, "updated_at")?,
    })
}

/// Tells those who watch the list that the order changed, and keeps with it what it is filtered by.
pub(super) fn changed(tx: &Transaction<'_>, order: OrderId) -> Result<(), StoreError> {
    let all = attempts_of(tx, order)?;
    let mut kinds: Vec<&str> =
        all.iter().flat_map(|attempt| &attempt.anomalies).map(|anomaly| anomaly.word()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let kinds = (!kinds.is_empty()).then(|| kinds.join(","));
    // Transactions of PostgreSQL end in another order than they began: readers wait for those that are still open.
    let next = tx.pick(
        "UPDATE orders SET anomalies = ?2, change = (SELECT max(change) + 1 FROM orders) WHERE id = ?1",
        "UPDATE orders SET anomalies = ?2, change = CAST(CAST(pg_current_xact_id() AS TEXT) AS BIGINT) WHERE id = ?1",
    );
    tx.prepare_cached(next)?.execute(params![order.0, kinds])?;
    Ok(())
}

/// Makes the order's words anew, if they are others now.
pub(super) fn find_by_words(tx: &Transaction<'_>, order: OrderId) -> Result<(), StoreError> {
    let mut texts: Vec<Option<String>> = Vec::new();
    for (columns, sql) in [
        (3, "SELECT order_ref, description, customer_id FROM orders WHERE id = ?1"),
        (
            3,
            "SELECT bank_order, bank_reference, merchant_request_id FROM attempts WHERE order_id = ?1 ORDER BY id",
        ),
        (
            2,
            "SELECT p.rrn, p.operation_id FROM operations p JOIN attempts a ON a.id = p.attempt_id
              WHERE a.order_id = ?1 ORDER BY p.id",
        ),
        (1, "SELECT name FROM order_lines WHERE order_id = ?1 ORDER BY position"),
    ] {
        let rows = tx.prepare_cached(sql)?.query_map(params![order.0], |row| {
            (0..columns).map(|column| row.get(column)).collect::<Result<Vec<_>, _>>()
        })?;
        for row in rows {
            texts.extend(row?);
        }
    }
    let words = search_words::of(texts.iter().flatten().map(String::as_str));
    let stored: Option<String> = tx
        .prepare_cached("SELECT words FROM order_words WHERE order_id = ?1")?
        .query_row(params![order.0], |row| row.get(0))
        .optional()?;
    if stored.as_ref() == Some(&words) {
        return Ok(());
    }
    tx.prepare_cached(
        "INSERT INTO order_words (order_id, words) VALUES (?1, ?2)
         ON CONFLICT (order_id) DO UPDATE SET words = excluded.words",
    )?
    .execute(params![order.0, words])?;
    if stored.is_some() {
        tx.execute_on_sqlite("DELETE FROM order_search WHERE rowid = ?1", params![order.0])?;
    }
    tx.execute_on_sqlite("INSERT INTO order_search (rowid, words) VALUES (?1, ?2)", params![order.0, words])
}
