//! The outbox of webhooks: rows written with the changes they tell of, claimed by whoever sends them.

use std::time::Duration;

use crate::store::sql::{Connection, OptionalExtension, Row, Transaction, params};
use checkout_api::OrderRef;
use jiff::Timestamp;

use super::rows::{revision, time, time_or_none};
use crate::payments::attempt::OrderId;
use crate::payments::schedule::after;
use crate::store::StoreError;
use crate::store::records::{ClaimedWebhook, Delivery, DeliveryPlan, WebhookView};

/// How long a webhook that was delivered can be replayed.
const KEPT: Duration = Duration::from_hours(30 * 24);

const COLUMNS: &str =
    "w.id, o.order_ref, w.revision, w.created_at, w.tries, w.next_try_at, w.delivered_at, w.problem";

/// Sets whether changes are written to the outbox.
pub(super) fn listen(tx: &Transaction<'_>, listened: bool) -> Result<(), StoreError> {
    tx.execute("UPDATE webhook_switch SET listened = ?1", [listened])?;
    Ok(())
}

/// Writes that an order changed, if a shop listens.
pub(super) fn write(tx: &Transaction<'_>, order: OrderId, now: Timestamp) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO webhooks (id, order_id, revision, created_at, tries, next_try_at, since)
         SELECT ?2, id, revision, ?3, 0, ?3, ?3 FROM orders
          WHERE id = ?1 AND (SELECT listened FROM webhook_switch)",
    )?
    .execute(params![order.0, format!("wh_{}", uuid::Uuid::new_v4().simple()), now.as_millisecond()])?;
    Ok(())
}

/// Takes the webhooks that are due, for this caller alone until the lease ends.
pub(super) fn claim(
    tx: &Transaction<'_>,
    lease_until: Timestamp,
    limit: u32,
    now: Timestamp,
) -> Result<Vec<ClaimedWebhook>, StoreError> {
    let sql = format!(
        "SELECT w.id, w.created_at, o.order_ref FROM webhooks w JOIN orders o ON o.id = w.order_id
          WHERE w.next_try_at <= ?1 ORDER BY w.next_try_at LIMIT ?2 {}",
        tx.on_postgres("FOR UPDATE OF w SKIP LOCKED")
    );
    let claimed = tx
        .prepare_cached(&sql)?
        .query_map(params![now.as_millisecond(), limit], |row| {
            Ok(ClaimedWebhook {
                id: row.get("id")?,
                order: OrderRef::new(row.get::<String>("order_ref")?),
                created_at: time(row, "created_at")?,
            })
        })?
        .collect::<Result<Vec<_>, _>>()?;
    for webhook in &claimed {
        tx.prepare_cached("UPDATE webhooks SET next_try_at = ?2 WHERE id = ?1")?
            .execute(params![webhook.id, lease_until.as_millisecond()])?;
    }
    Ok(claimed)
}

/// Whether any webhook is due: a read that disturbs no writer.
pub(super) fn any_due(connection: &Connection<'_>, now: Timestamp) -> Result<bool, StoreError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM webhooks WHERE next_try_at <= ?1)";
    connection.prepare_cached(sql)?.query_row([now.as_millisecond()], |row| row.get(0))
}

/// Stores what became of a try.
pub(super) fn record(
    tx: &Transaction<'_>,
    delivery: &Delivery,
    plan: &DeliveryPlan,
) -> Result<(), StoreError> {
    let now = delivery.now;
    let Some(problem) = &delivery.problem else {
        tx.prepare_cached(
            "UPDATE webhooks SET tries = tries + 1, next_try_at = NULL, problem = NULL,
                    delivered_at = coalesce(delivered_at, ?2) WHERE id = ?1",
        )?
        .execute(params![delivery.id, now.as_millisecond()])?;
        return Ok(());
    };
    let (tries, since) = tx
        .prepare_cached("SELECT tries, since FROM webhooks WHERE id = ?1")?
        .query_row([&delivery.id], |row| Ok((row.get::<u32>("tries")?, time(row, "since")?)))?;
    let pause = plan.pauses.get(usize::try_from(tries).unwrap_or(usize::MAX)).or(plan.pauses.last());
    let next = after(now, pause.copied().unwrap_or(plan.patience));
    let next = (next < after(since, plan.patience)).then(|| next.as_millisecond());
    tx.prepare_cached("UPDATE webhooks SET tries = tries + 1, next_try_at = ?2, problem = ?3 WHERE id = ?1")?
        .execute(params![delivery.id, next, problem])?;
    Ok(())
}

/// The webhooks of an order, or of all orders; newest first.
pub(super) fn list(
    connection: &Connection<'_>,
    order_ref: Option<&str>,
    limit: u32,
) -> Result<Vec<WebhookView>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM webhooks w JOIN orders o ON o.id = w.order_id
          WHERE CAST(?1 AS TEXT) IS NULL OR o.order_ref = ?1 ORDER BY w.rowid DESC LIMIT ?2"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params![order_ref, limit], view)?;
    rows.collect::<Result<_, _>>()
}

/// Has a webhook sent again, with all its tries before it.
pub(super) fn replay(
    tx: &Transaction<'_>,
    id: &str,
    now: Timestamp,
) -> Result<Option<WebhookView>, StoreError> {
    tx.execute(
        "UPDATE webhooks SET tries = 0, next_try_at = ?2, since = ?2, problem = NULL WHERE id = ?1",
        params![id, now.as_millisecond()],
    )?;
    let sql = format!("SELECT {COLUMNS} FROM webhooks w JOIN orders o ON o.id = w.order_id WHERE w.id = ?1");
    tx.prepare_cached(&sql)?.query_row([id], view).optional()
}

/// Removes what the shop took long ago.
pub(super) fn forget(tx: &Transaction<'_>, now: Timestamp) -> Result<(), StoreError> {
    let kept = i64::try_from(KEPT.as_millis()).unwrap_or(i64::MAX);
    tx.execute(
        "DELETE FROM webhooks WHERE next_try_at IS NULL AND delivered_at <= ?1",
        [now.as_millisecond().saturating_sub(kept)],
    )?;
    Ok(())
}

fn view(row: &Row<'_>) -> Result<WebhookView, StoreError> {
    Ok(WebhookView {
        id: row.get("id")?,
        order: OrderRef::new(row.get::<String>("order_ref")?),
        revision: revision(row)?,
        created_at: time(row, "created_at")?,
        tries: row.get("tries")?,
        next_try_at: time_or_none(row, "next_try_at")?,
        delivered_at: time_or_none(row, "delivered_at")?,
        problem: row.get("problem")?,
    })
}
