//! The transaction that stores a notification: an entry in the history and a question that is due now. Nothing of
//! its content changes a state.

use crate::store::sql::{Connection, OptionalExtension, Transaction, params};
use checkout_api::OrderRef;
use jiff::Timestamp;

use super::events::{self, Event};
use super::locks;
use super::rows::attempt_by_secret;
use super::summary;
use crate::payments::attempt::Attempt;
use crate::provider::Hint;
use crate::store::StoreError;
use crate::store::records::{DueQuestion, HintStored};

/// A notification of the bank is a few kilobytes.
const LONGEST_RAW: usize = 16 * 1024;
const TOO_LONG: &str = "{\"left_out\":\"longer than a notification of the bank\"}";
/// The bank repeats itself and tells of each operation; more about one attempt is somebody who knows its address.
const MOST_NOTIFICATIONS: i64 = 40;
/// The secret of the attempt with this order at the provider. One whose order is not known yet is found by our own id of
/// the request: the notification may be faster than the answer.
pub(super) fn secret_of(
    connection: &Connection<'_>,
    bank_order: &str,
    merchant_request_id: Option<&str>,
) -> Result<Option<String>, StoreError> {
    let by_order = connection
        .prepare_cached("SELECT notification_secret FROM attempts WHERE bank_order = ?1")?
        .query_row([bank_order], |row| row.get(0))
        .optional()?;
    let Some(request) = merchant_request_id.filter(|_| by_order.is_none()) else { return Ok(by_order) };
    connection
        .prepare_cached(
            "SELECT notification_secret FROM attempts WHERE merchant_request_id = ?1 AND bank_order IS NULL",
        )?
        .query_row([request], |row| row.get(0))
        .optional()
}

/// Stores a notification that came on the URL with `secret`.
pub(super) fn store(
    tx: &Transaction<'_>,
    secret: &str,
    hint: &Hint,
    now: Timestamp,
) -> Result<Option<HintStored>, StoreError> {
    locks::order_of_secret(tx, secret)?;
    let Some(attempt) = attempt_by_secret(tx, secret)? else { return Ok(None) };
    let order: String =
        tx.query_row("SELECT order_ref FROM orders WHERE id = ?1", [attempt.order.0], |row| row.get(0))?;
    let fits = |named: &Option<String>, ours: &str| named.as_deref().is_none_or(|named| named == ours);
    let ids_match = fits(&hint.merchant_request_id, &attempt.merchant_request_id)
        && fits(&hint.merchant_id, &attempt.merchant_id)
        && attempt.bank_order.as_ref().is_none_or(|ours| *ours == hint.bank_order);
    let what = if ids_match { "notified" } else { "notified_with_other_ids" };
    let raw = if hint.raw.len() > LONGEST_RAW { TOO_LONG } else { &hint.raw };
    let event = Event { attempt: Some(attempt.id), who: "bank", what, detail: None, raw: Some(raw) };
    if !is_told(tx, &attempt, event)? {
        events::write(tx, attempt.order, event, now)?;
    }
    let ms = now.as_millisecond();
    tx.prepare_cached("UPDATE attempts SET next_ask_at = ?2 WHERE id = ?1")?
        .execute(params![attempt.id.0, ms])?;
    if ids_match {
        tx.prepare_cached(
            "UPDATE attempts SET notified_at = coalesce(notified_at, ?2), claimed_bank_order = ?3 WHERE id = ?1",
        )?
        .execute(params![attempt.id.0, ms, hint.bank_order])?;
        summary::changed(tx, attempt.order)?;
    }
    let claimed = if ids_match { Some(hint.bank_order.clone()) } else { attempt.claimed_bank_order };
    Ok(Some(HintStored {
        question: DueQuestion {
            order: attempt.order,
            attempt: attempt.id,
            product: attempt.product,
            bank_order: attempt.bank_order.or(claimed),
            refund: None,
        },
        order: OrderRef::new(order),
        ids_match,
    }))
}

/// Whether the history has it already, or enough of its like. The bank is asked all the same.
fn is_told(tx: &Transaction<'_>, attempt: &Attempt, event: Event<'_>) -> Result<bool, StoreError> {
    let (all, same): (i64, i64) = tx
        .prepare_cached(
            "SELECT count(*) AS every, count(CASE WHEN what = ?3 AND raw = ?4 THEN 1 END) AS same FROM events
              WHERE order_id = ?1 AND attempt_id = ?2 AND what IN ('notified', 'notified_with_other_ids')",
        )?
        .query_row(params![attempt.order.0, attempt.id.0, event.what, event.raw], |row| {
            Ok((row.get("every")?, row.get("same")?))
        })?;
    Ok(same > 0 || all >= MOST_NOTIFICATIONS)
}
