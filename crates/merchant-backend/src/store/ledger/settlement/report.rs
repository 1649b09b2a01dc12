//! The operations of a span of time, page by page: a report of any length in the memory of one page.

use crate::store::sql::{Connection, Row, params};
use checkout_api::{OrderRef, SessionId};

use super::super::operations::operation;
use super::super::rows::{product, state, time};
use crate::store::StoreError;
use crate::store::records::{Transaction, TransactionFilter};

/// SQL: an aggregate over the rows that settle the operation. Several are its parts, of one currency.
macro_rules! of_its_rows {
    ($aggregate:literal) => {
        concat!(
            "(SELECT ",
            $aggregate,
            " FROM settlement_rows s WHERE s.operation = p.id AND s.kind = 'matched')"
        )
    };
}

/// Of what was collected in parts, the last part's day counts.
const COLUMNS: &str = concat!(
    "p.*, a.session, a.product, a.merchant_id, a.merchant_request_id AS attempt_request_id, \
     o.order_ref, o.state AS order_state, ",
    of_its_rows!("max(s.day)"),
    " AS settled_day, ",
    of_its_rows!("CAST(sum(s.commission_minor) AS BIGINT)"),
    " AS settled_commission, ",
    of_its_rows!("CAST(sum(s.net_minor) AS BIGINT)"),
    " AS settled_net, ",
    of_its_rows!("max(s.currency)"),
    " AS settled_currency"
);
const JOINS: &str = "JOIN attempts a ON a.id = p.attempt_id JOIN orders o ON o.id = a.order_id";

/// The next operations. One without a time of its own stands at its attempt's.
pub(super) fn page(
    connection: &Connection<'_>,
    filter: &TransactionFilter,
) -> Result<Vec<Transaction>, StoreError> {
    let branch = |at: &str, which: &str| {
        format!(
            "SELECT * FROM (SELECT {at} AS at, {COLUMNS} FROM operations p {JOINS}
              WHERE {which} AND {at} >= ?1 AND {at} < ?2 AND ({at}, p.id) > (?3, ?4) ORDER BY {at}, p.id LIMIT ?5) AS part"
        )
    };
    let sql = format!(
        "{} UNION ALL {} ORDER BY at, id LIMIT ?5",
        branch("p.created_at", "TRUE"),
        branch("a.created_at", "p.created_at IS NULL")
    );
    let (after, id) =
        filter.after.as_ref().map_or((i64::MIN, ""), |mark| (mark.at.as_millisecond(), &mark.id));
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(
        params![filter.from.as_millisecond(), filter.to.as_millisecond(), after, id, filter.limit],
        transaction,
    )?;
    rows.collect()
}

fn transaction(row: &Row<'_>) -> Result<Transaction, StoreError> {
    let day: Option<String> = row.get("settled_day")?;
    Ok(Transaction {
        at: time(row, "at")?,
        operation: operation(row)?,
        order: OrderRef::new(row.get::<String>("order_ref")?),
        order_state: state(row, "order_state")?,
        session: SessionId::new(row.get::<String>("session")?),
        product: product(row, "product")?,
        merchant_id: row.get("merchant_id")?,
        merchant_request_id: row.get("attempt_request_id")?,
        settled: match day {
            Some(day) => Some((
                day,
                row.get("settled_commission")?,
                row.get("settled_net")?,
                row.get("settled_currency")?,
            )),
            None => None,
        },
    })
}
