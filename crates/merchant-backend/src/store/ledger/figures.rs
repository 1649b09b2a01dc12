//! The ledger's figures for `/metrics`: each found by a small index, so that looking often costs little.

use jiff::Timestamp;

use crate::payments::product::Product;
use crate::payments::state::State;
use crate::store::StoreError;
use crate::store::records::Figures;
use crate::store::sql::{Connection, Row, params};

/// The figures as they are now.
pub(super) fn figures(connection: &Connection<'_>) -> Result<Figures, StoreError> {
    let (outbox, oldest_in_outbox) = waiting(
        connection,
        "SELECT count(*) AS number, min(created_at) AS since FROM webhooks WHERE next_try_at IS NOT NULL",
    )?;
    let open = open_attempts(connection)?;
    let (pending_refunds, oldest_refund) = waiting(
        connection,
        "SELECT count(*) AS number, min(created_at) AS since FROM refunds WHERE next_ask_at IS NOT NULL",
    )?;
    let (uncollected, oldest_uncollected) = waiting(connection, &uncollected())?;
    Ok(Figures {
        oldest_unresolved: open.iter().filter_map(|(_, _, since)| *since).min(),
        oldest_without_page: open
            .iter()
            .find(|(word, _, _)| word == State::Created.word())
            .and_then(|(_, _, since)| *since),
        uncollected,
        oldest_uncollected,
        outbox,
        oldest_in_outbox,
        pending_refunds,
        oldest_refund,
        open_attempts: open.into_iter().map(|(word, number, _)| (word, number)).collect(),
        anomalies: anomalies(connection)?,
    })
}

/// What an anomaly tells of is alerted as such: money that another hand took is not waited for.
fn uncollected() -> String {
    let products = Product::ALL.into_iter().filter(|product| product.settles_by_answer());
    let products: Vec<String> = products.map(|product| format!("'{}'", product.word())).collect();
    format!(
        "SELECT count(*) AS number, min(created_at) AS since FROM attempts
          WHERE next_ask_at IS NOT NULL AND state IN ('CAPTURED', 'PARTIALLY_REFUNDED') AND product IN ({})
            AND NOT EXISTS (SELECT 1 FROM anomalies n WHERE n.attempt_id = attempts.id AND n.kind = 'underpaid')",
        products.join(", ")
    )
}

fn waiting(connection: &Connection<'_>, sql: &str) -> Result<(u64, Option<Timestamp>), StoreError> {
    connection.prepare_cached(sql)?.query_row(params![], |row| Ok((number(row)?, since(row)?)))
}

/// The attempts that nobody has decided, by state: how many, and since when.
fn open_attempts(connection: &Connection<'_>) -> Result<Vec<(String, u64, Option<Timestamp>)>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT state AS word, count(*) AS number, min(created_at) AS since FROM attempts
          WHERE next_ask_at IS NOT NULL AND state IN ('CREATED', 'REDIRECTED') GROUP BY state",
    )?;
    statement.query_map(params![], |row| Ok((row.get("word")?, number(row)?, since(row)?)))?.collect()
}

fn anomalies(connection: &Connection<'_>) -> Result<Vec<(String, u64)>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT kind AS word, count(*) AS number FROM anomalies GROUP BY kind")?;
    statement.query_map(params![], |row| Ok((row.get("word")?, number(row)?)))?.collect()
}

fn number(row: &Row<'_>) -> Result<u64, StoreError> {
    Ok(u64::try_from(row.get::<i64>("number")?).unwrap_or(0))
}

fn since(row: &Row<'_>) -> Result<Option<Timestamp>, StoreError> {
    let since: Option<i64> = row.get("since")?;
    Ok(since.and_then(|since| Timestamp::from_millisecond(since).ok()))
}
