//! Transactions that store what the bank said about an attempt, and what follows from it. The decision itself is
//! `payments::decide`; here it is fed from rows and written to rows.

use crate::store::sql::{Transaction, params};
use checkout_api::OrderRef;
use jiff::Timestamp;

use super::events::{self, Event};
use super::operations::{operations_of, upsert};
use super::rows::{attempt_by_id, attempts_of, ms};
use super::{anomalies, locks, refunds, settlement};
use crate::payments::attempt::{Anomaly, Attempt, AttemptId};
use crate::payments::decide::{self, Decision};
use crate::payments::newest_operations::newest_of;
use crate::payments::schedule::Schedule;
use crate::payments::state::EXPIRED;
use crate::payments::undone::undone;
use crate::provider::{Answer, Operation, OrderWord};
use crate::store::StoreError;
use crate::store::records::Recorded;

/// Stores an answer.
pub(super) fn record(
    tx: &Transaction<'_>,
    id: AttemptId,
    answer: &Answer,
    schedule: &Schedule,
    now: Timestamp,
) -> Result<Recorded, StoreError> {
    locks::learning(tx)?;
    locks::order_of_attempt(tx, id)?;
    let attempt = attempt_by_id(tx, id)?;
    let before = operations_of(tx, id)?;
    let operations = newest_of(&before, &answer.operations);
    // An answer is as old as its question; another instance's, to a younger one, may have been stored before.
    let in_order = attempt.asked_at.is_none_or(|asked| asked <= now);
    let operations = newest_of(&operations, &undone(&operations, &answer.operations, in_order));
    let money_came_before =
        attempts_of(tx, attempt.order)?.iter().any(|other| other.id != id && other.state.money_arrived());
    let decision = match decide::by_answer(&attempt, money_came_before, answer, &operations) {
        Ok(decision) => decision,
        Err(mismatch) => {
            let detail = mismatch.to_string();
            let event = Event {
                attempt: Some(id),
                who: "bank",
                what: "answer_mismatched",
                detail: Some(&detail),
                raw: Some(&answer.raw),
            };
            events::write(tx, attempt.order, event, now)?;
            let decision = unchanged(&attempt);
            asked(tx, &attempt, &decision, &before, schedule, now)?;
            let recorded = recorded(tx, &attempt, &decision, false)?;
            return Ok(Recorded { mismatch: Some(mismatch.field), ..recorded });
        }
    };
    let decision = if schedule.time_ran_out(attempt.expires_at, now) && decision.state == attempt.state {
        Decision { anomalies: decision.anomalies, ..decide::by_time(&attempt) }
    } else {
        decision
    };
    tx.prepare_cached(
        "UPDATE attempts SET bank_order = ?2, bank_reference = coalesce(?3, bank_reference) WHERE id = ?1",
    )?
    .execute(params![id.0, answer.bank_order, answer.bank_reference])?;
    let operations_changed = operations != before;
    for operation in &operations {
        upsert(tx, id, operation)?;
    }
    let mut decision = decision;
    // Decided by what came alone; what was too much may have gone back since.
    if decision.anomalies.contains(&Anomaly::Overpaid) && refunds::surplus_went_back(tx, &attempt)? {
        decision.anomalies.remove(&Anomaly::Overpaid);
    }
    let mut changed = write(tx, &attempt, &decision, operations_changed, Some(&answer.raw), now)?;
    changed |= refunds::follow(tx, &attempt, &operations, &answer.raw, now)?;
    changed |= decision.state.money_arrived() && anomalies::end_unreachable(tx, attempt.order, now)?;
    if operations_changed {
        changed |= settlement::retry(tx, &attempt, &operations, now)?;
    }
    if changed {
        events::order_changed(tx, attempt.order, now)?;
    }
    // A refund or a register may have moved the state on.
    let decision = Decision { state: attempt_by_id(tx, id)?.state, ..decision };
    asked(tx, &attempt, &decision, &operations, schedule, now)?;
    let (unknown_word, alarm) = match &answer.order {
        OrderWord::Unknown(word) => (Some(word.clone()), None),
        // Only the answer that brings it raises it: the movements that come with it are stored by then.
        OrderWord::Alarming(word) => (None, operations_changed.then(|| word.clone())),
        OrderWord::Open
        | OrderWord::Succeeded
        | OrderWord::Settled
        | OrderWord::Failed
        | OrderWord::Cancelled => (None, None),
    };
    Ok(Recorded { unknown_word, alarm, ..recorded(tx, &attempt, &decision, changed)? })
}

/// Stores that the bank had nothing to say; time may end the attempt.
pub(super) fn record_no_news(
    tx: &Transaction<'_>,
    id: AttemptId,
    detail: &str,
    schedule: &Schedule,
    now: Timestamp,
) -> Result<Recorded, StoreError> {
    locks::order_of_attempt(tx, id)?;
    let attempt = attempt_by_id(tx, id)?;
    let decision = if schedule.time_ran_out(attempt.expires_at, now) {
        decide::by_time(&attempt)
    } else {
        unchanged(&attempt)
    };
    let changed = write(tx, &attempt, &decision, false, None, now)?;
    if changed {
        let event = Event {
            attempt: Some(id),
            who: "bank",
            what: "no_news",
            detail: Some(detail),
            ..Event::default()
        };
        events::write(tx, attempt.order, event, now)?;
    }
    let changed = changed | anomalies::end_unreachable(tx, attempt.order, now)?;
    if changed {
        events::order_changed(tx, attempt.order, now)?;
    }
    asked(tx, &attempt, &decision, &operations_of(tx, id)?, schedule, now)?;
    recorded(tx, &attempt, &decision, changed)
}

/// Stores that the bank did not answer, and when to ask again.
pub(super) fn record_silence(
    tx: &Transaction<'_>,
    id: AttemptId,
    schedule: &Schedule,
    now: Timestamp,
) -> Result<(), StoreError> {
    locks::order_of_attempt(tx, id)?;
    let attempt = attempt_by_id(tx, id)?;
    tx.prepare_cached("UPDATE attempts SET ask_failures = ask_failures + 1, next_ask_at = ?2 WHERE id = ?1")?
        .execute(params![id.0, schedule.after_failure(attempt.ask_failures, now).as_millisecond()])?;
    Ok(())
}

/// The attempt as it is.
pub(super) fn unchanged(attempt: &Attempt) -> Decision {
    Decision { state: attempt.state, reason: attempt.reason.clone(), anomalies: attempt.anomalies.clone() }
}

/// What a transaction about an attempt tells its caller.
pub(super) fn recorded(
    tx: &Transaction<'_>,
    attempt: &Attempt,
    decision: &Decision,
    changed: bool,
) -> Result<Recorded, StoreError> {
    let order: String =
        tx.query_row("SELECT order_ref FROM orders WHERE id = ?1", [attempt.order.0], |row| row.get(0))?;
    Ok(Recorded {
        order_id: attempt.order,
        order: OrderRef::new(order),
        changed,
        states: (attempt.state, decision.state),
        new_anomalies: decision.anomalies.difference(&attempt.anomalies).copied().collect(),
        mismatch: None,
        unknown_word: None,
        alarm: None,
    })
}

/// Writes a decision with its history; says whether anything changed. Counting the change is the caller's.
fn write(
    tx: &Transaction<'_>,
    attempt: &Attempt,
    decision: &Decision,
    operations_changed: bool,
    raw: Option<&str>,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let state_changed = decision.state != attempt.state;
    let anomalies_changed = decision.anomalies != attempt.anomalies;
    if !(state_changed || anomalies_changed || operations_changed) {
        return Ok(false);
    }
    let event = |what, detail| Event { attempt: Some(attempt.id), who: "bank", what, detail, raw };
    if state_changed {
        tx.prepare_cached("UPDATE attempts SET state = ?2, reason = ?3 WHERE id = ?1")?.execute(params![
            attempt.id.0,
            decision.state.word(),
            decision.reason
        ])?;
        let what = decision.state.word().to_ascii_lowercase();
        let by_time = decision.reason.as_deref() == Some(EXPIRED);
        let who = if by_time { "time" } else { "bank" };
        let event = Event { who, ..event(&what, decision.reason.as_deref()) };
        events::write(tx, attempt.order, event, now)?;
    } else if operations_changed {
        events::write(tx, attempt.order, event("operations_changed", None), now)?;
    }
    if anomalies_changed {
        anomalies::write(tx, attempt, &decision.anomalies, now)?;
    }
    Ok(true)
}

/// Stores that a question was answered, and when the next one is due.
fn asked(
    tx: &Transaction<'_>,
    attempt: &Attempt,
    decision: &Decision,
    operations: &[Operation],
    schedule: &Schedule,
    now: Timestamp,
) -> Result<(), StoreError> {
    let waits = attempt.product.waits_for_settlement(operations);
    let next = schedule.next_question(attempt, decision, waits, now);
    tx.prepare_cached("UPDATE attempts SET asked_at = ?2, ask_failures = 0, next_ask_at = ?3 WHERE id = ?1")?
        .execute(params![attempt.id.0, now.as_millisecond(), ms(next)])?;
    Ok(())
}
