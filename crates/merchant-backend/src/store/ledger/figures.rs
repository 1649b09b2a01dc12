//! The ledger's figures for `/metrics`: each found by a small index, so that looking often costs little.

use jiff::Timestamp;

use crate::payments::product::Product;
use crate::store::StoreError;
use crate::store::records::Figures;
use crate::store::sql::{Connection, params};

/// The figures as they are now.
pub(super) fn figures(connection: &Connection<'_>) -> Result<Figures, StoreError> {
    let (outbox, oldest_in_outbox) = waiting(
        connection,
        "SELECT count(*) AS number, min(created_at) AS since FROM webhooks WHERE next_try_at IS NOT NULL",
    )?;
    let (_, oldest_unresolved) = waiting(
        connection,
        "SELECT count(*) AS number, min(created_at) AS since FROM attempts
          WHERE next_ask_at IS NOT NULL AND state IN ('CREATED', 'REDIRECTED')",
    )?;
    let (pending_refunds, oldest_refund) = waiting(
        connection,
        "SELECT count(*) AS number, min(created_at) AS since FROM refunds WHERE next_ask_at IS NOT NULL",
    )?;
    let (_, oldest_without_page) = waiting(
        connection,
        "SELECT count(*) AS number, min(created_at) AS since FROM attempts
          WHERE next_ask_at IS NOT NULL AND state = 'CREATED'",
    )?;
    let (uncollected, oldest_uncollected) = waiting(connection, &uncollected())?;
    Ok(Figures {
        oldest_unresolved,
        oldest_without_page,
        uncollected,
        oldest_uncollected,
        outbox,
        oldest_in_outbox,
        pending_refunds,
        oldest_refund,
        open_attempts: by_word(
            connection,
            "SELECT state AS word, count(*) AS number FROM attempts
              WHERE next_ask_at IS NOT NULL AND state IN ('CREATED', 'REDIRECTED') GROUP BY state",
        )?,
        anomalies: by_word(
            connection,
            "SELECT kind AS word, count(*) AS number FROM anomalies GROUP BY kind",
        )?,
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
    let (count, since): (i64, Option<i64>) = connection
        .prepare_cached(sql)?
        .query_row(params![], |row| Ok((row.get("number")?, row.get("since")?)))?;
    let since = since.and_then(|since| Timestamp::from_millisecond(since).ok());
    Ok((u64::try_from(count).unwrap_or(0), since))
}

fn by_word(connection: &Connection<'_>, sql: &str) -> Result<Vec<(String, u64)>, StoreError> {
    let rows = connection.prepare_cached(sql)?.query_map(params![], |row| {
        let number: i64 = row.get("number")?;
        Ok((row.get("word")?, u64::try_from(number).unwrap_or(0)))
    })?;
    rows.collect()
}
