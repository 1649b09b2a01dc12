//! Between columns and domain types. A value this version cannot read is an error, never a guess.

use std::collections::BTreeSet;

use checkout_api::SessionId;
use jiff::Timestamp;
use money::Amount;

use crate::store::sql::{Connection, OptionalExtension, Row};

use super::operations::undecided_operation_of;
use crate::country::Country;
use crate::payments::attempt::{Anomaly, Attempt, AttemptId, OrderId};
use crate::payments::product::Product;
use crate::payments::state::State;
use crate::store::StoreError;

const ATTEMPT_COLUMNS: &str = concat!(
    "id, order_id, session, product, locale, merchant_id, merchant_request_id, \
    notification_secret, amount_minor, currency, state, reason, bank_order, claimed_bank_order, opened_at, \
    created_at, expires_at, asked_at, ask_failures, \
    (SELECT amount_minor FROM orders WHERE id = order_id) AS order_minor, \
    (SELECT currency FROM orders WHERE id = order_id) AS order_currency, ",
    undecided_operation_of!("attempts.id"),
    " AS undecided, \
    (SELECT string_agg(kind, ',') FROM anomalies WHERE attempt_id = attempts.id) AS anomalies"
);

/// All attempts of an order, oldest first.
pub(super) fn attempts_of(connection: &Connection<'_>, order: OrderId) -> Result<Vec<Attempt>, StoreError> {
    let sql = format!("SELECT {ATTEMPT_COLUMNS} FROM attempts WHERE order_id = ?1 ORDER BY id");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map([order.0], attempt)?;
    rows.collect::<Result<_, _>>()
}

/// One attempt.
pub(super) fn attempt_by_id(connection: &Connection<'_>, id: AttemptId) -> Result<Attempt, StoreError> {
    let sql = format!("SELECT {ATTEMPT_COLUMNS} FROM attempts WHERE id = ?1");
    connection.prepare_cached(&sql)?.query_row([id.0], attempt)
}

/// The attempt with a notification secret.
pub(super) fn attempt_by_secret(
    connection: &Connection<'_>,
    secret: &str,
) -> Result<Option<Attempt>, StoreError> {
    let sql = format!("SELECT {ATTEMPT_COLUMNS} FROM attempts WHERE notification_secret = ?1");
    connection.prepare_cached(&sql)?.query_row([secret], attempt).optional()
}

fn attempt(row: &Row<'_>) -> Result<Attempt, StoreError> {
    Ok(Attempt {
        id: AttemptId(row.get("id")?),
        order: OrderId(row.get("order_id")?),
        session: SessionId::new(row.get::<String>("session")?),
        product: product(row, "product")?,
        locale: row.get("locale")?,
        merchant_id: row.get("merchant_id")?,
        merchant_request_id: row.get("merchant_request_id")?,
        notification_secret: row.get("notification_secret")?,
        amount: amount(row)?,
        order_amount: amount_in(row, "order_minor", "order_currency")?,
        state: state(row, "state")?,
        reason: row.get("reason")?,
        bank_order: row.get("bank_order")?,
        claimed_bank_order: row.get("claimed_bank_order")?,
        opened_at: time_or_none(row, "opened_at")?,
        created_at: time(row, "created_at")?,
        expires_at: time(row, "expires_at")?,
        asked_at: time_or_none(row, "asked_at")?,
        undecided: row.get("undecided")?,
        ask_failures: row.get("ask_failures")?,
        anomalies: anomalies(row, "anomalies")?.into_iter().collect::<BTreeSet<_>>(),
    })
}

/// `amount_minor` and `currency`.
pub(super) fn amount(row: &Row<'_>) -> Result<Amount, StoreError> {
    amount_in(row, "amount_minor", "currency")
}

pub(super) fn amount_in(
    row: &Row<'_>,
    minor_in: &'static str,
    currency_in: &'static str,
) -> Result<Amount, StoreError> {
    let minor: i64 = row.get(minor_in)?;
    let currency: String = row.get(currency_in)?;
    let currency = currency.parse().map_err(|_| unreadable(currency_in))?;
    Amount::new(minor, currency).map_err(|_| unreadable(minor_in))
}

pub(super) fn state(row: &Row<'_>, column: &'static str) -> Result<State, StoreError> {
    let word: String = row.get(column)?;
    State::from_word(&word).ok_or_else(|| unreadable(column))
}

pub(super) fn state_or_none(row: &Row<'_>, column: &'static str) -> Result<Option<State>, StoreError> {
    let word: Option<String> = row.get(column)?;
    word.map(|word| State::from_word(&word).ok_or_else(|| unreadable(column))).transpose()
}

pub(super) fn product(row: &Row<'_>, column: &'static str) -> Result<Product, StoreError> {
    let word: String = row.get(column)?;
    Product::from_word(&word).ok_or_else(|| unreadable(column))
}

pub(super) fn product_or_none(row: &Row<'_>, column: &'static str) -> Result<Option<Product>, StoreError> {
    let word: Option<String> = row.get(column)?;
    word.map(|word| Product::from_word(&word).ok_or_else(|| unreadable(column))).transpose()
}

/// A country, or null.
pub(super) fn country(row: &Row<'_>, column: &'static str) -> Result<Option<Country>, StoreError> {
    let code: Option<String> = row.get(column)?;
    code.map(|code| code.parse().map_err(|_| unreadable(column))).transpose()
}

/// Products separated by commas.
pub(super) fn products(row: &Row<'_>, column: &'static str) -> Result<Vec<Product>, StoreError> {
    let words: String = row.get(column)?;
    words.split(',').map(|word| Product::from_word(word).ok_or_else(|| unreadable(column))).collect()
}

/// Anomalies separated by commas, or null.
pub(super) fn anomalies(row: &Row<'_>, column: &'static str) -> Result<Vec<Anomaly>, StoreError> {
    let words: Option<String> = row.get(column)?;
    let words = words.unwrap_or_default();
    let mut anomalies = words
        .split(',')
        .filter(|word| !word.is_empty())
        .map(|word| Anomaly::from_word(word).ok_or_else(|| unreadable(column)))
        .collect::<Result<Vec<_>, StoreError>>()?;
    anomalies.sort_unstable();
    anomalies.dedup();
    Ok(anomalies)
}

pub(super) fn time(row: &Row<'_>, column: &'static str) -> Result<Timestamp, StoreError> {
    Timestamp::from_millisecond(row.get(column)?).map_err(|_| unreadable(column))
}

pub(super) fn time_or_none(row: &Row<'_>, column: &'static str) -> Result<Option<Timestamp>, StoreError> {
    let ms: Option<i64> = row.get(column)?;
    ms.map(|ms| Timestamp::from_millisecond(ms).map_err(|_| unreadable(column))).transpose()
}

pub(super) fn revision(row: &Row<'_>) -> Result<u64, StoreError> {
    u64::try_from(row.get::<i64>("revision")?).map_err(|_| unreadable("revision"))
}

pub(super) fn ms(time: Option<Timestamp>) -> Option<i64> {
    time.map(Timestamp::as_millisecond)
}

pub(super) fn unreadable(column: &'static str) -> StoreError {
    StoreError::Unreadable(column.to_owned())
}
