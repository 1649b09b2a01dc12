//! The transaction that stores a notification: an entry in the history and a question that is due now. Nothing of
//! its content changes a state.

use crate::store::sql::{Transaction, params};
use checkout_api::OrderRef;
use jiff::Timestamp;

use super::events::{self, Event};
use super::locks;
use super::rows::attempt_by_secret;
use crate::provider::Hint;
use crate::store::StoreError;
use crate::store::records::{DueQuestion, HintStored};

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
    let event = Event {
        attempt: Some(attempt.id),
        who: "bank",
        what: if ids_match { "notified" } else { "notified_with_other_ids" },
        detail: None,
        raw: Some(&hint.raw),
    };
    events::write(tx, attempt.order, event, now)?;
    let ms = now.as_millisecond();
    tx.prepare_cached("UPDATE attempts SET next_ask_at = ?2 WHERE id = ?1")?
        .execute(params![attempt.id.0, ms])?;
    if ids_match {
        tx.prepare_cached(
            "UPDATE attempts SET notified_at = coalesce(notified_at, ?2), claimed_bank_order = ?3 WHERE id = ?1",
        )?
        .execute(params![attempt.id.0, ms, hint.bank_order])?;
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
