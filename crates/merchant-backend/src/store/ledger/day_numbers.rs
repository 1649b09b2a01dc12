//! A day in numbers: each a statement over an index of times.

use jiff::Timestamp;
use money::{Amount, Currency};

use super::rows::{state, time};
use crate::payments::attempt::Anomaly;
use crate::store::StoreError;
use crate::store::orders_list::DayNumbers;
use crate::store::sql::{Connection, OptionalExtension, Row, params};

/// Reads all of them.
pub(super) fn read(
    connection: &Connection<'_>,
    from: Timestamp,
    to: Timestamp,
) -> Result<DayNumbers, StoreError> {
    let (begin, end) = (from.as_millisecond(), to.as_millisecond());
    let day = params![begin, end];
    let captured = connection
        .prepare_cached(
            "SELECT (created_at - ?1) / 3600000 AS hour, currency, count(*) AS count,
                    CAST(sum(amount_minor) AS BIGINT) AS minor
               FROM operations WHERE effect = 'capture' AND effect <> 'other' AND standing = 'success'
                AND created_at >= ?1 AND created_at < ?2 GROUP BY 1, 2 ORDER BY 1, 2",
        )?
        .query_map(day, |row| Ok((row.get("hour")?, amount(row)?, count(row)?)))?;
    let captured = captured.filter_map(|row| match row {
        // A sum in no currency we know belongs to no order.
        Ok((hour, Some(amount), count)) => Some(Ok((hour, amount, count))),
        Ok((_, None, _)) => None,
        Err(error) => Some(Err(error)),
    });
    let attempts = connection
        .prepare_cached(
            "SELECT state, reason, count(*) AS count FROM attempts
              WHERE created_at >= ?1 AND created_at < ?2 GROUP BY state, reason",
        )?
        .query_map(day, |row| Ok((state(row, "state")?, row.get("reason")?, count(row)?)))?;
    Ok(DayNumbers {
        captured: captured.collect::<Result<_, StoreError>>()?,
        refunded: refunded(connection, from, to)?,
        attempts: attempts.collect::<Result<_, StoreError>>()?,
        waiting: connection.query_row(
            "SELECT count(*) AS count FROM orders WHERE state = 'REDIRECTED'",
            params![],
            count,
        )?,
        oldest_unresolved: oldest(connection)?,
        anomalies: anomalies(connection)?,
        notification_delays: delays(connection, from, to)?,
    })
}

/// What the bank gave back, and what was recorded only.
fn refunded(connection: &Connection<'_>, from: Timestamp, to: Timestamp) -> Result<Vec<Amount>, StoreError> {
    let rows = connection
        .prepare_cached(
            "SELECT currency, CAST(sum(amount_minor) AS BIGINT) AS minor FROM (
                SELECT currency, amount_minor FROM operations
                 WHERE effect = 'refund' AND effect <> 'other' AND standing = 'success'
                   AND created_at >= ?1 AND created_at < ?2
                UNION ALL
                SELECT currency, amount_minor FROM refunds
                 WHERE merchant_request_id IS NULL AND created_at >= ?1 AND created_at < ?2) gone
              GROUP BY currency ORDER BY currency",
        )?
        .query_map(params![from.as_millisecond(), to.as_millisecond()], amount)?;
    Ok(rows.collect::<Result<Vec<_>, StoreError>>()?.into_iter().flatten().collect())
}

fn oldest(
    connection: &Connection<'_>,
) -> Result<Option<(String, crate::payments::state::State, Timestamp)>, StoreError> {
    connection
        .prepare_cached(
            "SELECT o.order_ref, a.state, a.created_at FROM attempts a JOIN orders o ON o.id = a.order_id
              WHERE a.state IN ('CREATED', 'REDIRECTED') AND o.paid_by IS NULL
                AND NOT EXISTS (SELECT 1 FROM anomalies n WHERE n.attempt_id = a.id AND n.kind = 'unreachable')
              ORDER BY a.created_at LIMIT 1",
        )?
        .query_row(params![], |row| Ok((row.get("order_ref")?, state(row, "state")?, time(row, "created_at")?)))
        .optional()
}

fn anomalies(connection: &Connection<'_>) -> Result<Vec<(Anomaly, u64)>, StoreError> {
    let rows = connection
        .prepare_cached(
            "SELECT n.kind, count(DISTINCT a.order_id) AS count FROM anomalies n
               JOIN attempts a ON a.id = n.attempt_id GROUP BY n.kind ORDER BY n.kind",
        )?
        .query_map(params![], |row| {
            let kind: String = row.get("kind")?;
            let kind = Anomaly::from_word(&kind).ok_or_else(|| StoreError::Unreadable("kind".to_owned()))?;
            Ok((kind, count(row)?))
        })?;
    rows.collect()
}

/// From the bank's operation to the first notification of its order; a notification of an earlier refusal is none of it.
fn delays(connection: &Connection<'_>, from: Timestamp, to: Timestamp) -> Result<Vec<i64>, StoreError> {
    let rows = connection
        .prepare_cached(
            "SELECT a.notified_at - p.created_at AS delay FROM operations p JOIN attempts a ON a.id = p.attempt_id
              WHERE p.effect = 'capture' AND p.effect <> 'other' AND p.standing = 'success'
                AND p.created_at >= ?1 AND p.created_at < ?2 AND a.notified_at >= p.created_at ORDER BY 1",
        )?
        .query_map(params![from.as_millisecond(), to.as_millisecond()], |row| row.get("delay"))?;
    rows.collect()
}

fn count(row: &Row<'_>) -> Result<u64, StoreError> {
    u64::try_from(row.get::<i64>("count")?).map_err(|_| StoreError::Unreadable("count".to_owned()))
}

fn amount(row: &Row<'_>) -> Result<Option<Amount>, StoreError> {
    let currency: Option<Currency> = row.get::<String>("currency")?.parse().ok();
    let minor: i64 = row.get("minor")?;
    Ok(currency.and_then(|currency| Amount::new(minor, currency).ok()))
}
