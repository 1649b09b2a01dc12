//! Transactions that store what the bank said about an attempt, and what follows from it. The decision itself is
//! `payments::decide`; here it is fed from rows and written to rows.

use std::collections::BTreeSet;

use checkout_api::OrderRef;
use jiff::Timestamp;
use rusqlite::{Transaction, params};

use super::events::{self, Event};
use super::rows::{attempt_by_id, attempts_of, ms, time_or_none, unreadable};
use crate::payments::attempt::{Anomaly, Attempt, AttemptId};
use crate::payments::decide::{self, Decision};
use crate::payments::schedule::Schedule;
use crate::payments::state::{EXPIRED, State};
use crate::provider::{Answer, Operation, OperationKind, OperationStatus, OrderWord};
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
    let attempt = attempt_by_id(tx, id)?;
    let before = operations_of(tx, id)?;
    let operations = newest_of(&before, &answer.operations);
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
            asked(tx, &attempt, attempt.state, attempt.reason.as_deref(), schedule, now)?;
            return Ok(Recorded {
                mismatch: Some(mismatch.field),
                ..recorded(tx, &attempt, &unchanged(&attempt), false)?
            });
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
    let changed = write(tx, &attempt, &decision, operations_changed, Some(&answer.raw), now)?;
    asked(tx, &attempt, decision.state, decision.reason.as_deref(), schedule, now)?;
    let unknown_word = match &answer.order {
        OrderWord::Unknown(word) => Some(word.clone()),
        OrderWord::Open | OrderWord::Succeeded | OrderWord::Failed | OrderWord::Cancelled => None,
    };
    Ok(Recorded { unknown_word, ..recorded(tx, &attempt, &decision, changed)? })
}

/// Stores that the bank had nothing to say; time may end the attempt.
pub(super) fn record_no_news(
    tx: &Transaction<'_>,
    id: AttemptId,
    detail: &str,
    schedule: &Schedule,
    now: Timestamp,
) -> Result<Recorded, StoreError> {
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
    asked(tx, &attempt, decision.state, decision.reason.as_deref(), schedule, now)?;
    recorded(tx, &attempt, &decision, changed)
}

/// Stores that the bank did not answer, and when to ask again.
pub(super) fn record_silence(
    tx: &Transaction<'_>,
    id: AttemptId,
    schedule: &Schedule,
    now: Timestamp,
) -> Result<(), StoreError> {
    let attempt = attempt_by_id(tx, id)?;
    tx.prepare_cached("UPDATE attempts SET ask_failures = ask_failures + 1, next_ask_at = ?2 WHERE id = ?1")?
        .execute(params![id.0, schedule.after_failure(attempt.ask_failures, now).as_millisecond()])?;
    Ok(())
}

fn unchanged(attempt: &Attempt) -> Decision {
    Decision { state: attempt.state, reason: attempt.reason.clone(), anomalies: attempt.anomalies.clone() }
}

fn recorded(
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
    })
}

/// Writes a decision with its history; says whether anything changed.
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
        write_anomalies(tx, attempt, &decision.anomalies, now)?;
    }
    events::order_changed(tx, attempt.order, now)?;
    Ok(true)
}

fn write_anomalies(
    tx: &Transaction<'_>,
    attempt: &Attempt,
    after: &BTreeSet<Anomaly>,
    now: Timestamp,
) -> Result<(), StoreError> {
    for gone in attempt.anomalies.difference(after) {
        tx.execute(
            "DELETE FROM anomalies WHERE attempt_id = ?1 AND kind = ?2",
            params![attempt.id.0, gone.word()],
        )?;
        let detail = Some(gone.word());
        let event = Event {
            attempt: Some(attempt.id),
            who: "bank",
            what: "anomaly_ended",
            detail,
            ..Event::default()
        };
        events::write(tx, attempt.order, event, now)?;
    }
    for new in after.difference(&attempt.anomalies) {
        tx.execute(
            "INSERT INTO anomalies (attempt_id, kind, since) VALUES (?1, ?2, ?3)",
            params![attempt.id.0, new.word(), now.as_millisecond()],
        )?;
        let detail = Some(new.word());
        let event =
            Event { attempt: Some(attempt.id), who: "bank", what: "anomaly", detail, ..Event::default() };
        events::write(tx, attempt.order, event, now)?;
    }
    Ok(())
}

/// Stores that a question was answered, and when the next one is due: never again once the state is final, except
/// daily for a while after time ended it.
fn asked(
    tx: &Transaction<'_>,
    attempt: &Attempt,
    state: State,
    reason: Option<&str>,
    schedule: &Schedule,
    now: Timestamp,
) -> Result<(), StoreError> {
    let undecided = match state {
        State::Created | State::Redirected => true,
        State::Cancelled => reason == Some(EXPIRED),
        State::Captured | State::Paid | State::PartiallyRefunded | State::Refunded | State::Rejected => false,
    };
    let opened = attempt.opened_at.unwrap_or(attempt.created_at);
    let next = if undecided { schedule.next(opened, attempt.expires_at, now) } else { None };
    tx.prepare_cached("UPDATE attempts SET asked_at = ?2, ask_failures = 0, next_ask_at = ?3 WHERE id = ?1")?
        .execute(params![attempt.id.0, now.as_millisecond(), ms(next)])?;
    Ok(())
}

/// All operations known, the newest version of each: stored ones first, in the order they came.
fn newest_of(stored: &[Operation], reported: &[Operation]) -> Vec<Operation> {
    let mut all = stored.to_vec();
    for operation in reported {
        match all.iter_mut().find(|known| known.id == operation.id) {
            // Without a time of change the newer message wins.
            Some(known) if operation.modified_at.is_none() || operation.modified_at >= known.modified_at => {
                *known = operation.clone();
            }
            Some(_) => {}
            None => all.push(operation.clone()),
        }
    }
    all
}

fn operations_of(tx: &Transaction<'_>, attempt: AttemptId) -> Result<Vec<Operation>, StoreError> {
    let mut statement = tx.prepare_cached("SELECT * FROM operations WHERE attempt_id = ?1 ORDER BY rowid")?;
    let rows = statement.query_map([attempt.0], |row| {
        let kind: String = row.get("kind")?;
        let status: String = row.get("status")?;
        Ok(Operation {
            id: row.get("id")?,
            kind: match row.get::<_, String>("effect")?.as_str() {
                "capture" => OperationKind::Capture(kind),
                "refund" => OperationKind::Refund(kind),
                "other" => OperationKind::Other(kind),
                _ => return Err(unreadable("effect")),
            },
            status: match row.get::<_, String>("standing")?.as_str() {
                "success" => OperationStatus::Success,
                "failed" => OperationStatus::Failed(status),
                "undecided" => OperationStatus::Undecided(status),
                _ => return Err(unreadable("standing")),
            },
            amount_minor: row.get("amount_minor")?,
            currency: row.get("currency")?,
            operation_id: row.get("operation_id")?,
            rrn: row.get("rrn")?,
            instrument: row.get("instrument")?,
            reason: row.get("reason")?,
            receipt: row.get("receipt")?,
            created_at: time_or_none(row, "created_at")?,
            modified_at: time_or_none(row, "modified_at")?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn upsert(tx: &Transaction<'_>, attempt: AttemptId, operation: &Operation) -> Result<(), StoreError> {
    let effect = match operation.kind {
        OperationKind::Capture(_) => "capture",
        OperationKind::Refund(_) => "refund",
        OperationKind::Other(_) => "other",
    };
    let standing = match operation.status {
        OperationStatus::Success => "success",
        OperationStatus::Failed(_) => "failed",
        OperationStatus::Undecided(_) => "undecided",
    };
    tx.prepare_cached(
        "INSERT INTO operations (id, attempt_id, kind, status, effect, standing, amount_minor, currency, operation_id,
                rrn, instrument, reason, receipt, created_at, modified_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
         ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, status = excluded.status, effect = excluded.effect,
                standing = excluded.standing, amount_minor = excluded.amount_minor, currency = excluded.currency,
                operation_id = excluded.operation_id, rrn = excluded.rrn, instrument = excluded.instrument,
                reason = excluded.reason, receipt = excluded.receipt, created_at = excluded.created_at,
                modified_at = excluded.modified_at
         WHERE operations.attempt_id = excluded.attempt_id",
    )?
    .execute(params![
        operation.id,
        attempt.0,
        operation.kind.word(),
        operation.status.word(),
        effect,
        standing,
        operation.amount_minor,
        operation.currency,
        operation.operation_id,
        operation.rrn,
        operation.instrument,
        operation.reason,
        operation.receipt,
        ms(operation.created_at),
        ms(operation.modified_at),
    ])?;
    Ok(())
}
