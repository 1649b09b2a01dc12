//! The audit log: entries of what staff did, read together with the orders' histories.

use console_api::vocabulary::DEEDS;

use crate::store::sql::{Connection, Transaction, Value, params};

use super::rows::time;
use crate::store::StoreError;
use crate::store::staff::{AuditCursor, AuditFilter, AuditView, NewAuditEntry};

/// Writes an entry.
pub(super) fn write(tx: &Transaction<'_>, entry: &NewAuditEntry) -> Result<(), StoreError> {
    debug_assert!(DEEDS.contains(&entry.action), "`{}` is no word of the audit log", entry.action);
    tx.prepare_cached(
        "INSERT INTO audit (at, actor, action, order_ref, detail) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![
        entry.now.as_millisecond(),
        entry.actor,
        entry.action,
        entry.order,
        entry.detail
    ])?;
    Ok(())
}

/// A page of both tables, newest first. Both grow at their end only, so each is read backwards by its own id.
pub(super) fn read(
    connection: &Connection<'_>,
    filter: &AuditFilter,
) -> Result<(Vec<AuditView>, Option<AuditCursor>), StoreError> {
    let limit = usize::try_from(filter.limit).unwrap_or(usize::MAX);
    let mut of_staff = entries(connection, filter, Source::Staff)?.into_iter().peekable();
    let mut of_orders = entries(connection, filter, Source::Orders)?.into_iter().peekable();
    let mut next = filter.before;
    let mut page = Vec::new();
    while page.len() < limit {
        let newer = |left: &(i64, AuditView), right: &(i64, AuditView)| left.1.at >= right.1.at;
        let staff_first = match (of_staff.peek(), of_orders.peek()) {
            (Some(left), Some(right)) => newer(left, right),
            (left, _) => left.is_some(),
        };
        let taken = if staff_first { of_staff.next() } else { of_orders.next() };
        let Some((id, entry)) = taken else { break };
        if staff_first {
            next.audit = id;
        } else {
            next.events = id;
        }
        page.push(entry);
    }
    let more = of_staff.peek().is_some() || of_orders.peek().is_some();
    Ok((page, more.then_some(next)))
}

#[derive(Clone, Copy)]
enum Source {
    Staff,
    Orders,
}

fn entries(
    connection: &Connection<'_>,
    filter: &AuditFilter,
    source: Source,
) -> Result<Vec<(i64, AuditView)>, StoreError> {
    let (columns, table, actor, before) = match source {
        Source::Staff => (
            "a.id, a.at, a.actor, a.action, a.order_ref, a.detail",
            "audit a",
            "a.actor = ?",
            filter.before.audit,
        ),
        Source::Orders => (
            "a.id, a.at, a.who AS actor, a.what AS action, o.order_ref, a.detail",
            "events a JOIN orders o ON o.id = a.order_id",
            "a.who = ?",
            filter.before.events,
        ),
    };
    let order = match source {
        Source::Staff => "a.order_ref = ?",
        Source::Orders => "a.order_id = (SELECT id FROM orders WHERE order_ref = ?)",
    };
    let mut values = vec![Value::Int(before)];
    let mut conditions = String::from("a.id < ?1");
    // A condition that is not there leaves the index to the one that is.
    for (condition, value) in [(order, &filter.order), (actor, &filter.actor)] {
        if let Some(value) = value {
            values.push(Value::Text(value));
            conditions.push_str(" AND ");
            conditions.push_str(&condition.replace('?', &format!("?{}", values.len())));
        }
    }
    let limit = u64::from(filter.limit) + 1;
    let sql = format!("SELECT {columns} FROM {table} WHERE {conditions} ORDER BY a.id DESC LIMIT {limit}");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(values, |row| {
        Ok((
            row.get("id")?,
            AuditView {
                at: time(row, "at")?,
                actor: row.get("actor")?,
                action: row.get("action")?,
                order: row.get("order_ref")?,
                detail: row.get("detail")?,
            },
        ))
    })?;
    rows.collect()
}
