//! The reads that pages and the asking need. Each is one statement.

use crate::store::sql::{Connection, OptionalExtension, Row, params};
use checkout_api::{OrderRef, SessionId};
use jiff::Timestamp;

use super::operations::undecided_operation_of;
use super::rows::{
    amount, anomalies, country, product, products, revision, state, state_or_none, time, time_or_none,
};
use crate::payments::attempt::{self, AttemptId, OrderId};
use crate::store::StoreError;
use crate::store::records::{CheckoutView, DueQuestion, SessionView, TokenOwner};

/// The columns of [`question`].
pub(super) const DUE_COLUMNS: &str =
    "order_id, id, product, coalesce(bank_order, claimed_bank_order) AS bank_order";

/// What [`can_retry`] looks at beside the order's state; `l` is the latest attempt.
macro_rules! standing_of_latest {
    () => {
        concat!(
            "l.state AS latest_state, l.expires_at AS latest_expires_at, ",
            undecided_operation_of!("l.id"),
            " AS latest_undecided"
        )
    };
}

/// The order a token may pay.
pub(super) fn token_owner(
    connection: &Connection<'_>,
    hash: &[u8],
    now: Timestamp,
) -> Result<Option<TokenOwner>, StoreError> {
    connection
        .prepare_cached("SELECT order_id, expires_at FROM order_tokens WHERE hash = ?1 AND expires_at > ?2")?
        .query_row(params![hash, now.as_millisecond()], |row| {
            Ok(TokenOwner { order: OrderId(row.get("order_id")?), expires_at: time(row, "expires_at")? })
        })
        .optional()
}

/// A session as its page may see it.
pub(super) fn session(
    connection: &Connection<'_>,
    session: &SessionId,
    now: Timestamp,
) -> Result<Option<SessionView>, StoreError> {
    connection
        .prepare_cached(concat!(
            "SELECT a.order_id, a.session, o.order_ref, a.state, a.reason, o.revision, a.amount_minor, a.currency,
                    a.page, a.expires_at, a.locale, o.return_url,
                    (SELECT string_agg(kind, ',') FROM anomalies WHERE attempt_id = a.id) AS anomalies,
                    o.state AS order_state, ",
            standing_of_latest!(),
            "
               FROM attempts a
               JOIN orders o ON o.id = a.order_id
               LEFT JOIN attempts l ON l.id = o.latest_attempt
              WHERE a.session = ?1"
        ))?
        .query_row([session.as_str()], |row| {
            let (standing, expires_at) = (state(row, "state")?, time(row, "expires_at")?);
            // A page that takes no money any more leads nowhere.
            let page: Option<String> = row.get("page")?;
            let page = page.filter(|_| !standing.is_final() && expires_at > now);
            Ok(SessionView {
                order_id: OrderId(row.get("order_id")?),
                session: SessionId::new(row.get::<String>("session")?),
                order: OrderRef::new(row.get::<String>("order_ref")?),
                state: standing,
                reason: row.get("reason")?,
                revision: revision(row)?,
                amount: amount(row)?,
                page,
                expires_at,
                anomalies: anomalies(row, "anomalies")?,
                can_retry: can_retry(row, now)?,
                order_is_paid: state(row, "order_state")?.money_arrived(),
                locale: row.get("locale")?,
                return_url: row.get("return_url")?,
            })
        })
        .optional()
}

/// An order as a page with its token may see it.
pub(super) fn checkout(
    connection: &Connection<'_>,
    order: OrderId,
    now: Timestamp,
) -> Result<Option<CheckoutView>, StoreError> {
    connection
        .prepare_cached(concat!(
            "SELECT o.order_ref, o.amount_minor, o.currency, o.description, o.products, o.buyer_country,
                    o.state AS order_state, l.session, ",
            standing_of_latest!(),
            "
               FROM orders o LEFT JOIN attempts l ON l.id = coalesce(
                    (SELECT id FROM attempts WHERE order_id = o.id
                        AND state IN ('CAPTURED', 'PAID', 'PARTIALLY_REFUNDED', 'REFUNDED')
                        ORDER BY state = 'REFUNDED', id LIMIT 1), o.latest_attempt)
              WHERE o.id = ?1"
        ))?
        .query_row([order.0], |row| {
            Ok(CheckoutView {
                order: OrderRef::new(row.get::<String>("order_ref")?),
                amount: amount(row)?,
                description: row.get("description")?,
                products: products(row, "products")?,
                buyer_country: country(row, "buyer_country")?,
                session: row.get::<Option<String>>("session")?.map(SessionId::new),
                state: state_or_none(row, "latest_state")?,
                can_retry: can_retry(row, now)?,
            })
        })
        .optional()
}

/// The attempts of an order that the bank can be asked about.
pub(super) fn askable(connection: &Connection<'_>, order: OrderId) -> Result<Vec<DueQuestion>, StoreError> {
    let sql = format!(
        "SELECT {DUE_COLUMNS} FROM attempts
          WHERE order_id = ?1 AND coalesce(bank_order, claimed_bank_order) IS NOT NULL ORDER BY id"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map([order.0], question)?;
    rows.collect::<Result<_, _>>()
}

/// A question about an attempt.
pub(super) fn question(row: &Row<'_>) -> Result<DueQuestion, StoreError> {
    Ok(DueQuestion {
        order: OrderId(row.get("order_id")?),
        attempt: AttemptId(row.get("id")?),
        product: product(row, "product")?,
        bank_order: row.get("bank_order")?,
        refund: None,
    })
}

/// A new attempt may begin when no money came and the latest attempt is not live. Only the latest can be: a new one
/// is never stored while another lives.
fn can_retry(row: &Row<'_>, now: Timestamp) -> Result<bool, StoreError> {
    if state(row, "order_state")?.money_arrived() {
        return Ok(false);
    }
    let undecided = row.get("latest_undecided")?;
    let latest = state_or_none(row, "latest_state")?.zip(time_or_none(row, "latest_expires_at")?);
    Ok(!latest.is_some_and(|(state, expires_at)| attempt::is_live(state, expires_at, undecided, now)))
}
