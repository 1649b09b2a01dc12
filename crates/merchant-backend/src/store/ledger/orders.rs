//! Orders: put by the shop, read whole, listed.

use checkout_api::{OrderLine, SessionId};
use jiff::Timestamp;
use money::Amount;

use crate::store::sql::{Connection, OptionalExtension, Transaction, params};

use super::events::{self, Event};
use super::locks;
use super::operations::operation;
use super::refund_rows::refunds_of;
use super::rows::{amount, attempts_of, country, products, state, time, time_or_none};
use super::summary::{self, COLUMNS, STANDING_ATTEMPT};
use crate::payments::attempt::{Anomaly, Attempt, AttemptId, OrderId};
use crate::payments::product::Product;
use crate::payments::state::State;
use crate::provider::Operation;
use crate::store::StoreError;
use crate::store::records::{AttemptView, EventView, OrderPut, OrderView, PutOrderRecord};

/// Stores or renews an order and issues its token.
pub(super) fn put(tx: &Transaction<'_>, put: &PutOrderRecord) -> Result<OrderPut, StoreError> {
    locks::order_by_ref(tx, put.order.as_str())?;
    let known: Option<(OrderId, Amount, State)> = tx
        .prepare_cached("SELECT id, amount_minor, currency, state FROM orders WHERE order_ref = ?1")?
        .query_row([put.order.as_str()], |row| {
            Ok((OrderId(row.get("id")?), amount(row)?, state(row, "state")?))
        })
        .optional()?;
    let (id, outcome) = match known {
        None => (insert(tx, put)?, OrderPut::Created),
        Some((id, sum, state)) => {
            if sum != put.amount && !release(tx, id, put.now)? {
                return Ok(OrderPut::Locked);
            }
            renew(tx, id, put)?;
            (id, OrderPut::Renewed(state))
        }
    };
    tx.prepare_cached("DELETE FROM order_lines WHERE order_id = ?1")?.execute([id.0])?;
    for (position, line) in put.lines.iter().enumerate() {
        tx.prepare_cached(
            "INSERT INTO order_lines (order_id, position, line_id, name, quantity, unit_minor)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            id.0,
            i64::try_from(position).unwrap_or(i64::MAX),
            line.id,
            line.name,
            line.quantity,
            line.unit_minor
        ])?;
    }
    summary::find_by_words(tx, id)?;
    tx.prepare_cached("INSERT INTO order_tokens (hash, order_id, expires_at) VALUES (?1, ?2, ?3)")?
        .execute(params![put.token_hash, id.0, put.token_expires_at.as_millisecond()])?;
    Ok(outcome)
}

/// An order's id and sum.
pub(super) fn sum(
    connection: &Connection<'_>,
    order_ref: &str,
) -> Result<Option<(OrderId, Amount)>, StoreError> {
    connection
        .prepare_cached("SELECT id, amount_minor, currency FROM orders WHERE order_ref = ?1")?
        .query_row([order_ref], |row| Ok((OrderId(row.get("id")?), amount(row)?)))
        .optional()
}

/// The whole order. The statements see one picture: a write between them must not show half of itself.
pub(super) fn whole(connection: &Connection<'_>, order_ref: &str) -> Result<Option<OrderView>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS}, o.shipping_minor, o.customer_id, o.buyer_country, o.return_url,
                o.locale, o.products
           FROM orders o {STANDING_ATTEMPT} WHERE o.order_ref = ?1"
    );
    let view = connection
        .prepare_cached(&sql)?
        .query_row([order_ref], |row| {
            Ok(OrderView {
                id: OrderId(row.get("id")?),
                summary: summary::read(row)?,
                lines: Vec::new(),
                shipping_minor: row.get("shipping_minor")?,
                customer_id: row.get("customer_id")?,
                buyer_country: country(row, "buyer_country")?,
                return_url: row.get("return_url")?,
                locale: row.get("locale")?,
                products: products(row, "products")?,
                attempts: Vec::new(),
                operations: Vec::new(),
                refunds: Vec::new(),
                events: Vec::new(),
            })
        })
        .optional()?;
    let Some(mut view) = view else { return Ok(None) };
    view.lines = lines(connection, view.id)?;
    view.attempts = attempts(connection, view.id)?;
    view.operations = operations(connection, view.id)?;
    view.refunds = refunds_of(connection, view.id)?;
    view.events = history(connection, view.id)?;
    Ok(Some(view))
}

/// Whether the sum may change: no attempt lives and no money came. A request the bank never answered holds nothing
/// up: nobody has its page, so it is given up.
fn release(tx: &Transaction<'_>, order: OrderId, now: Timestamp) -> Result<bool, StoreError> {
    let attempts = attempts_of(tx, order)?;
    let fixed = |attempt: &Attempt| attempt.state.money_arrived() || attempt.is_live(now);
    if attempts.iter().any(fixed) {
        return Ok(false);
    }
    for attempt in attempts.iter().filter(|attempt| attempt.is_unanswered()) {
        tx.execute(
            "INSERT INTO anomalies (attempt_id, kind, since) VALUES (?1, ?2, ?3)",
            params![attempt.id.0, Anomaly::Unreachable.word(), now.as_millisecond()],
        )?;
        let event = Event { attempt: Some(attempt.id), who: "shop", what: "unreachable", ..Event::default() };
        events::write(tx, order, event, now)?;
        // Keys that named it are free again: the same wish now means the new sum.
        tx.execute("DELETE FROM idempotency_keys WHERE attempt_id = ?1", [attempt.id.0])?;
    }
    Ok(true)
}

fn insert(tx: &Transaction<'_>, put: &PutOrderRecord) -> Result<OrderId, StoreError> {
    // Whatever the clock does, later orders have later times: the list is read by either.
    let latest: Option<i64> =
        tx.prepare_cached("SELECT max(created_at) FROM orders")?.query_row(params![], |row| row.get(0))?;
    let created_at = latest.unwrap_or(i64::MIN).max(put.now.as_millisecond());
    let id = tx.prepare_cached(
        "INSERT INTO orders (order_ref, amount_minor, currency, description, shipping_minor, customer_id, return_url,
                locale, products, state, revision, created_at, updated_at, buyer_country)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 1, ?11, ?11, ?12) RETURNING id",
    )?
    .query_row(params![
        put.order.as_str(),
        put.amount.minor(),
        put.amount.currency().code(),
        put.description,
        put.shipping_minor,
        put.customer_id,
        put.return_url,
        put.locale,
        words(&put.products),
        State::Created.word(),
        created_at,
        put.buyer_country.map(|country| country.to_string()),
    ], |row| row.get("id").map(OrderId))?;
    events::write(tx, id, Event { who: "shop", what: "order_put", ..Event::default() }, put.now)?;
    summary::changed(tx, id)?;
    Ok(id)
}

/// Writes only what is different: a shop that puts the same order on every page view changes nothing.
fn renew(tx: &Transaction<'_>, id: OrderId, put: &PutOrderRecord) -> Result<(), StoreError> {
    let changed = tx
        .prepare_cached(
            "UPDATE orders SET amount_minor = ?2, currency = ?3, description = ?4, shipping_minor = ?5,
                    customer_id = ?6, return_url = ?7, locale = ?8, products = ?9,
                    buyer_country = ?10
              WHERE id = ?1 AND (amount_minor, currency, description, shipping_minor, customer_id, return_url,
                    locale, products, buyer_country) IS DISTINCT FROM (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute(params![
            id.0,
            put.amount.minor(),
            put.amount.currency().code(),
            put.description,
            put.shipping_minor,
            put.customer_id,
            put.return_url,
            put.locale,
            words(&put.products),
            put.buyer_country.map(|country| country.to_string()),
        ])?;
    if changed > 0 || lines(tx, id)? != put.lines {
        events::write(tx, id, Event { who: "shop", what: "order_renewed", ..Event::default() }, put.now)?;
        events::order_changed(tx, id, put.now)?;
    }
    Ok(())
}

fn words(products: &[Product]) -> String {
    products.iter().map(|product| product.word()).collect::<Vec<_>>().join(",")
}

/// The basket.
pub(super) fn lines(connection: &Connection<'_>, order: OrderId) -> Result<Vec<OrderLine>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT line_id, name, quantity, unit_minor FROM order_lines WHERE order_id = ?1 ORDER BY position",
    )?;
    let rows = statement.query_map([order.0], |row| {
        Ok(OrderLine { id: row.get(0)?, name: row.get(1)?, quantity: row.get(2)?, unit_minor: row.get(3)? })
    })?;
    rows.collect::<Result<_, _>>()
}

fn attempts(connection: &Connection<'_>, order: OrderId) -> Result<Vec<AttemptView>, StoreError> {
    let attempts = attempts_of(connection, order)?;
    let mut statement = connection.prepare_cached(
        "SELECT bank_reference, status_page, notified_at, asked_at FROM attempts WHERE order_id = ?1 ORDER BY id",
    )?;
    let beside = statement
        .query_map([order.0], |row| {
            Ok((
                row.get("bank_reference")?,
                row.get("status_page")?,
                time_or_none(row, "notified_at")?,
                time_or_none(row, "asked_at")?,
            ))
        })?
        .collect::<Result<Vec<_>, _>>()?;
    let join = |(attempt, (bank_reference, status_page, notified_at, asked_at))| AttemptView {
        attempt,
        bank_reference,
        status_page,
        notified_at,
        asked_at,
    };
    Ok(attempts.into_iter().zip(beside).map(join).collect())
}

fn operations(
    connection: &Connection<'_>,
    order: OrderId,
) -> Result<Vec<(AttemptId, Operation)>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT p.* FROM operations p JOIN attempts a ON a.id = p.attempt_id
          WHERE a.order_id = ?1 ORDER BY p.rowid",
    )?;
    let rows =
        statement.query_map([order.0], |row| Ok((AttemptId(row.get("attempt_id")?), operation(row)?)))?;
    rows.collect::<Result<_, _>>()
}

fn history(connection: &Connection<'_>, order: OrderId) -> Result<Vec<EventView>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT e.id, e.at, e.who, e.what, a.session, e.detail, e.raw IS NOT NULL AS has_raw
           FROM events e LEFT JOIN attempts a ON a.id = e.attempt_id WHERE e.order_id = ?1 ORDER BY e.id",
    )?;
    let rows = statement.query_map([order.0], |row| {
        Ok(EventView {
            id: row.get("id")?,
            at: time(row, "at")?,
            who: row.get("who")?,
            what: row.get("what")?,
            session: row.get::<Option<String>>("session")?.map(SessionId::new),
            detail: row.get("detail")?,
            has_raw: row.get("has_raw")?,
        })
    })?;
    rows.collect::<Result<_, _>>()
}
