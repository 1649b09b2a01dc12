//! What staff reads of the files: rows, and sums by day.

use crate::store::sql::{Connection, Row, params};
use checkout_api::{OrderRef, SessionId};
use jiff::civil::Date;

use super::super::rows::time_or_none;
use super::rows::kind;
use crate::store::StoreError;
use crate::store::records::{DaySums, RowFilter, RowPage, RowView};

/// A page of an import's rows, in the file's order.
pub(super) fn rows(connection: &Connection<'_>, filter: &RowFilter) -> Result<RowPage, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT s.number, s.line, r.*, o.order_ref, a.session
           FROM settlement_sightings s
           JOIN settlement_rows r ON r.id = s.row_id
           LEFT JOIN operations p ON p.id = r.operation
           LEFT JOIN attempts a ON a.id = p.attempt_id
           LEFT JOIN orders o ON o.id = a.order_id
          WHERE s.import_id = ?1 AND s.number > ?2 AND (CAST(?3 AS TEXT) IS NULL OR r.kind = ?3)
          ORDER BY s.number LIMIT ?4",
    )?;
    let word = filter.kind.map(crate::settlement::Kind::word);
    let rows = statement
        .query_map(params![filter.import.0, filter.after, word, i64::from(filter.limit) + 1], view)?;
    let mut rows = rows.collect::<Result<Vec<_>, _>>()?;
    let limit = usize::try_from(filter.limit).unwrap_or(usize::MAX);
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = if more { rows.last().map(|row| row.number) } else { None };
    Ok(RowPage { rows, next })
}

/// Sums by day and currency, newest day first.
pub(super) fn days(
    connection: &Connection<'_>,
    from: Date,
    to: Date,
    limit: u32,
) -> Result<Vec<DaySums>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT day, currency,
                count(*) FILTER (WHERE kind = 'matched') AS matched,
                CAST(coalesce(sum(amount_minor) FILTER (WHERE kind = 'matched' AND amount_minor > 0), 0) AS BIGINT) AS payments,
                CAST(coalesce(sum(amount_minor) FILTER (WHERE kind = 'matched' AND amount_minor < 0), 0) AS BIGINT) AS refunds,
                CAST(coalesce(sum(commission_minor) FILTER (WHERE kind = 'matched'), 0) AS BIGINT) AS commission,
                CAST(coalesce(sum(net_minor) FILTER (WHERE kind = 'matched'), 0) AS BIGINT) AS net,
                count(*) FILTER (WHERE kind <> 'matched') AS open,
                CAST(coalesce(sum(net_minor) FILTER (WHERE kind <> 'matched'), 0) AS BIGINT) AS open_net
           FROM settlement_rows
          WHERE currency IS NOT NULL AND day BETWEEN ?1 AND ?2
          GROUP BY day, currency ORDER BY day DESC, currency LIMIT ?3",
    )?;
    let sums = statement.query_map(params![from.to_string(), to.to_string(), limit], |row| {
        Ok(DaySums {
            day: row.get("day")?,
            currency: row.get("currency")?,
            matched: row.get("matched")?,
            payments_minor: row.get("payments")?,
            refunds_minor: row.get("refunds")?,
            commission_minor: row.get("commission")?,
            net_minor: row.get("net")?,
            open: row.get("open")?,
            open_net_minor: row.get("open_net")?,
        })
    })?;
    sums.collect()
}

fn view(row: &Row<'_>) -> Result<RowView, StoreError> {
    Ok(RowView {
        number: row.get("number")?,
        line: row.get("line")?,
        kind: kind(row)?,
        reason: row.get("reason")?,
        detail: row.get("detail")?,
        order: row.get::<Option<String>>("order_ref")?.map(OrderRef::new),
        session: row.get::<Option<String>>("session")?.map(SessionId::new),
        operation: row.get("operation")?,
        movement: row.get("movement")?,
        amount_minor: row.get("amount_minor")?,
        commission_minor: row.get("commission_minor")?,
        net_minor: row.get("net_minor")?,
        currency: row.get("currency")?,
        operation_id: row.get("operation_id")?,
        rrn: row.get("rrn")?,
        day: row.get("day")?,
        raw: row.get("raw")?,
        matched_at: time_or_none(row, "matched_at")?,
    })
}
