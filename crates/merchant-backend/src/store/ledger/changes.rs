//! What changed of the list of orders since somebody looked, and the messages behind a history.

use super::summary::{self, COLUMNS, STANDING_ATTEMPT};
use crate::store::StoreError;
use crate::store::orders_list::{ChangeMark, Changes};
use crate::store::sql::{Connection, OptionalExtension, params};

/// Transactions of PostgreSQL that are still open may have an earlier number than one that has ended: nothing from the
/// first of them on is shown yet.
const ENDED: &str = "AND o.change < CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS TEXT) AS BIGINT)";

/// What changed after a place; without one only the place of now.
pub(super) fn read(
    connection: &Connection<'_>,
    after: Option<ChangeMark>,
    limit: u32,
) -> Result<Changes, StoreError> {
    let newest = connection.pick(
        "SELECT coalesce(max(change), 0) AS change FROM orders",
        "SELECT CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS TEXT) AS BIGINT) - 1 AS change",
    );
    let newest: i64 = connection.query_row(newest, params![], |row| row.get("change"))?;
    // A place that is still to come is one of another ledger: the shop moved to a new database.
    let Some(after) = after.filter(|after| after.change <= newest) else {
        return Ok(Changes { orders: Vec::new(), mark: ChangeMark { change: newest, order: i64::MAX } });
    };
    let ended = connection.on_postgres(ENDED);
    let sql = format!(
        "SELECT {COLUMNS} FROM orders o {STANDING_ATTEMPT} WHERE (o.change, o.id) > (?1, ?2) {ended}
          ORDER BY o.change, o.id LIMIT {limit}"
    );
    let rows = connection.prepare_cached(&sql)?.query_map(params![after.change, after.order], |row| {
        let mark = ChangeMark { change: row.get("change")?, order: row.get("id")? };
        Ok((mark, summary::read(row)?))
    })?;
    let rows = rows.collect::<Result<Vec<_>, StoreError>>()?;
    let mark = rows.last().map_or(after, |(mark, _)| *mark);
    Ok(Changes { orders: rows.into_iter().map(|(_, summary)| summary).collect(), mark })
}

/// The message of an entry of an order's history.
pub(super) fn message(
    connection: &Connection<'_>,
    order_ref: &str,
    event: i64,
) -> Result<Option<String>, StoreError> {
    connection
        .prepare_cached(
            "SELECT e.raw FROM events e JOIN orders o ON o.id = e.order_id
              WHERE e.id = ?1 AND o.order_ref = ?2 AND e.raw IS NOT NULL",
        )?
        .query_row(params![event, order_ref], |row| row.get(0))
        .optional()
}
