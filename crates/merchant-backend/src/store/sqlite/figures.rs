//! The ledger's figures for `/metrics`: each found by a small index, so that looking often costs little.

use jiff::Timestamp;
use rusqlite::Connection;

use crate::store::StoreError;
use crate::store::records::Figures;

/// The figures as they are now.
pub(super) fn figures(connection: &Connection) -> Result<Figures, StoreError> {
    let (outbox, oldest_in_outbox) =
        waiting(connection, "SELECT count(*), min(created_at) FROM webhooks WHERE next_try_at IS NOT NULL")?;
    let (_, oldest_unresolved) = waiting(
        connection,
        "SELECT count(*), min(created_at) FROM attempts
          WHERE next_ask_at IS NOT NULL AND state IN ('CREATED', 'REDIRECTED')",
    )?;
    let (pending_refunds, _) =
        waiting(connection, "SELECT count(*), min(created_at) FROM refunds WHERE next_ask_at IS NOT NULL")?;
    Ok(Figures {
        oldest_unresolved,
        outbox,
        oldest_in_outbox,
        pending_refunds,
        open_attempts: by_word(
            connection,
            "SELECT state, count(*) FROM attempts
              WHERE next_ask_at IS NOT NULL AND state IN ('CREATED', 'REDIRECTED') GROUP BY state",
        )?,
        anomalies: by_word(connection, "SELECT kind, count(*) FROM anomalies GROUP BY kind")?,
    })
}

fn waiting(connection: &Connection, sql: &str) -> Result<(u64, Option<Timestamp>), StoreError> {
    let (count, since): (i64, Option<i64>) =
        connection.prepare_cached(sql)?.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let since = since.and_then(|since| Timestamp::from_millisecond(since).ok());
    Ok((u64::try_from(count).unwrap_or(0), since))
}

fn by_word(connection: &Connection, sql: &str) -> Result<Vec<(String, u64)>, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?)))?;
    rows.map(|row| row.map(|(word, count)| (word, u64::try_from(count).unwrap_or(0))).map_err(Into::into))
        .collect()
}
