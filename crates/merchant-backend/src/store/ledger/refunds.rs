//! Transactions about refunds: reserving what is to go back, and storing what was learned of it. What may go back is
//! decided by `payments::refund`; here it is fed from rows and written to rows.

use crate::store::sql::{Transaction, params};
use checkout_api::OrderLine;
use jiff::Timestamp;

use super::events::{self, Event};
use super::operations::operations_of;
use super::refund_rows::{insert, known, refund_by_id, refunds_of, set_state};
use super::rows::{attempt_by_id, attempts_of};
use super::{anomalies, answers, locks, orders, staff};
use crate::payments::attempt::{Anomaly, Attempt, AttemptId, OrderId};
use crate::payments::refund::{
    self, Book, DAY, Limits, NEVER_ARRIVED, Refund, RefundFact, RefundId, RefundState, Refusal, is_of,
    may_go_back,
};
use crate::payments::schedule::{Schedule, before};
use crate::payments::state;
use crate::provider::{Operation, OperationStatus, RefundTold};
use crate::store::StoreError;
use crate::store::records::{BeginRefund, Recorded, RefundBegun, RefundToSend};

/// Reserves what is to go back, or finds the refund of the same key.
pub(super) fn begin(tx: &Transaction<'_>, begin: &BeginRefund) -> Result<RefundBegun, StoreError> {
    locks::order(tx, begin.order)?;
    if let Some(known) = known(tx, begin.order, &begin.key)? {
        return Ok(if known.body_hash == begin.body_hash {
            RefundBegun::Existing(Box::new(known.refund))
        } else {
            RefundBegun::KeyReused
        });
    }
    let shelf = Shelf::read(tx, begin.order)?;
    let (attempt, operations) = shelf.attempt(tx, begin.attempt)?;
    let plan = match refund::plan(&shelf.book(attempt, &operations), &begin.wish) {
        Ok(plan) => plan,
        Err(refusal) => return Ok(RefundBegun::Refused(refusal)),
    };
    if let Err(refusal) = within_limits(tx, begin, attempt, plan.charged_minor)? {
        return Ok(RefundBegun::Refused(refusal));
    }
    let id = insert(tx, begin, &plan)?;
    let detail = format!("{} {} {}", begin.handle, plan.amount.minor(), plan.amount.currency());
    let what = if begin.wish.offline { "refund_recorded" } else { "refund_asked_for" };
    write_event(tx, attempt, &begin.by, what, &detail, None, begin.now)?;
    if begin.wish.offline {
        take_effect(tx, attempt, &begin.by, None, begin.now)?;
    }
    events::order_changed(tx, begin.order, begin.now)?;
    let refund = refund_by_id(tx, id)?;
    Ok(if begin.wish.offline {
        RefundBegun::Recorded(Box::new(refund))
    } else {
        RefundBegun::Send(Box::new(RefundToSend { refund, plan, attempt: attempt.clone() }))
    })
}

/// Whether the person who asks may give so much back. In the transaction that reserves it: of two at once, the second
/// sees the first.
fn within_limits(
    tx: &Transaction<'_>,
    begin: &BeginRefund,
    attempt: &Attempt,
    charged_minor: i64,
) -> Result<Result<(), Refusal>, StoreError> {
    let Some(person) = staff::alone_with_actor(tx, &begin.by)? else { return Ok(Ok(())) };
    let limits = Limits { at_once: person.refund_limit_minor, in_a_day: person.daily_refund_limit_minor };
    let currency = attempt.product.charged_in(attempt.amount.currency());
    if let Err(refusal) = limits.are_in(currency) {
        return Ok(Err(refusal));
    }
    let since = before(begin.now, DAY);
    let gone: i64 = tx
        .prepare_cached(
            "SELECT CAST(coalesce(sum(charged_minor), 0) AS BIGINT) FROM refunds
              WHERE asked_by = ?1 AND created_at > ?2 AND state <> 'FAILED'",
        )?
        .query_row(params![begin.by, since.as_millisecond()], |row| row.get(0))?;
    Ok(limits.check(charged_minor, gone))
}

/// Stores what was learned of a refund; `None`: the bank has not heard of it.
pub(super) fn record(
    tx: &Transaction<'_>,
    id: RefundId,
    told: Option<&RefundTold>,
    schedule: &Schedule,
    now: Timestamp,
) -> Result<Recorded, StoreError> {
    locks::order_of_refund(tx, id)?;
    let refund = refund_by_id(tx, id)?;
    let attempt = attempt_by_id(tx, refund.attempt)?;
    let never = RefundFact::Refused(NEVER_ARRIVED.to_owned());
    let lost = refund.state == RefundState::Unknown && !schedule.refund_may_arrive(refund.created_at, now);
    let fact = told.map(|told| &told.fact).or(lost.then_some(&never));
    let raw = told.and_then(|told| told.raw.as_deref());
    let changed = match fact {
        Some(fact) => learn(tx, &attempt, &refund, fact, raw, now)?,
        None => false,
    };
    if changed {
        take_effect(tx, &attempt, "bank", raw, now)?;
        events::order_changed(tx, attempt.order, now)?;
    }
    if changed && is_decided(told) {
        ask_about_payment(tx, attempt.id, now)?;
    }
    record_silence(tx, id, schedule, now)?;
    let decision = answers::unchanged(&attempt_by_id(tx, attempt.id)?);
    answers::recorded(tx, &attempt, &decision, changed)
}

/// Whether the provider has decided: it shows the movement among those of the payment then.
fn is_decided(told: Option<&RefundTold>) -> bool {
    told.is_some_and(|told| match &told.fact {
        RefundFact::Done | RefundFact::Refused(_) => told.raw.is_some(),
        RefundFact::Taken => false,
    })
}

/// What was learned by the refund's own id is not among the payment's movements yet, and rows of registers wait for it there.
fn ask_about_payment(tx: &Transaction<'_>, id: AttemptId, now: Timestamp) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE attempts SET next_ask_at = ?2 WHERE id = ?1 AND bank_order IS NOT NULL",
        params![id.0, now.as_millisecond()],
    )?;
    Ok(())
}

/// Stores when to look for a refund again, if it is not decided.
pub(super) fn record_silence(
    tx: &Transaction<'_>,
    id: RefundId,
    schedule: &Schedule,
    now: Timestamp,
) -> Result<(), StoreError> {
    locks::order_of_refund(tx, id)?;
    let asked: u32 = tx.query_row("SELECT asked FROM refunds WHERE id = ?1", [id.0], |row| row.get(0))?;
    tx.prepare_cached(
        "UPDATE refunds SET asked = asked + 1, next_ask_at = ?2 WHERE id = ?1 AND next_ask_at IS NOT NULL",
    )?
    .execute(params![id.0, schedule.next_about_refund(asked.saturating_add(1), now).as_millisecond()])?;
    Ok(())
}

/// Follows what the bank's operations say: of our refunds, and of those it made without us. Says whether a refund or
/// the attempt's state changed.
pub(super) fn follow(
    tx: &Transaction<'_>,
    attempt: &Attempt,
    operations: &[Operation],
    raw: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let mut changed = false;
    for refund in refunds_of(tx, attempt.order)?.iter().filter(|refund| refund.attempt == attempt.id) {
        for operation in operations.iter().filter(|operation| is_of(refund, operation)) {
            let fact = match &operation.status {
                OperationStatus::Success => RefundFact::Done,
                OperationStatus::Failed(word) => {
                    RefundFact::Refused(operation.reason.clone().unwrap_or_else(|| word.clone()))
                }
                OperationStatus::Undecided(_) => RefundFact::Taken,
            };
            changed |= learn(tx, attempt, &refund_by_id(tx, refund.id)?, &fact, Some(raw), now)?;
        }
    }
    Ok(take_effect(tx, attempt, "bank", Some(raw), now)? || changed)
}

/// What went back of all payments of an order, in its currency.
pub(super) fn gone(tx: &Transaction<'_>, order: OrderId) -> Result<i64, StoreError> {
    let shelf = Shelf::read(tx, order)?;
    let mut gone = 0_i64;
    for attempt in shelf.attempts.iter().filter(|attempt| attempt.state.money_arrived()) {
        gone = gone.saturating_add(shelf.book(attempt, &operations_of(tx, attempt.id)?).gone());
    }
    Ok(gone)
}

/// Whether more came for an attempt than its order asks for, and what was too much is gone again.
pub(super) fn surplus_went_back(tx: &Transaction<'_>, attempt: &Attempt) -> Result<bool, StoreError> {
    let shelf = Shelf::read(tx, attempt.order)?;
    let (attempt, operations) = shelf.attempt(tx, attempt.id)?;
    Ok(shelf.book(attempt, &operations).surplus_went_back())
}

/// What of an order decides about its refunds.
struct Shelf {
    attempts: Vec<Attempt>,
    lines: Vec<OrderLine>,
    shipping_minor: i64,
    refunds: Vec<Refund>,
}

impl Shelf {
    fn read(tx: &Transaction<'_>, order: OrderId) -> Result<Self, StoreError> {
        Ok(Self {
            attempts: attempts_of(tx, order)?,
            lines: orders::lines(tx, order)?,
            shipping_minor: tx
                .prepare_cached("SELECT shipping_minor FROM orders WHERE id = ?1")?
                .query_row([order.0], |row| row.get(0))?,
            refunds: refunds_of(tx, order)?,
        })
    }

    fn attempt(&self, tx: &Transaction<'_>, id: AttemptId) -> Result<(&Attempt, Vec<Operation>), StoreError> {
        let attempt = self.attempts.iter().find(|attempt| attempt.id == id);
        let attempt = attempt.ok_or_else(|| StoreError::Unreadable("attempts".to_owned()))?;
        Ok((attempt, operations_of(tx, id)?))
    }

    fn book<'a>(&'a self, attempt: &'a Attempt, operations: &'a [Operation]) -> Book<'a> {
        let others = self.attempts.iter().filter(|other| other.id != attempt.id);
        Book {
            attempt,
            paid_twice: others.into_iter().any(|other| may_go_back(other.state)),
            lines: &self.lines,
            shipping_minor: self.shipping_minor,
            operations,
            refunds: &self.refunds,
        }
    }
}

/// Moves a refund on; says whether it moved.
fn learn(
    tx: &Transaction<'_>,
    attempt: &Attempt,
    refund: &Refund,
    fact: &RefundFact,
    raw: Option<&str>,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let Some(next) = refund::next(refund.state, fact) else { return Ok(false) };
    let code = match fact {
        RefundFact::Refused(code) => Some(code.as_str()),
        RefundFact::Taken | RefundFact::Done => None,
    };
    set_state(tx, refund.id, next, code, now)?;
    let detail = match code {
        Some(code) => format!("{} {code}", refund.handle),
        None => refund.handle.clone(),
    };
    let what = format!("refund_{}", next.word().to_ascii_lowercase());
    write_event(tx, attempt, "bank", &what, &detail, raw, now)?;
    Ok(true)
}

/// What the refunds that are done mean for the attempt; says whether its state changed.
fn take_effect(
    tx: &Transaction<'_>,
    attempt: &Attempt,
    who: &str,
    raw: Option<&str>,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let shelf = Shelf::read(tx, attempt.order)?;
    let (attempt, operations) = shelf.attempt(tx, attempt.id)?;
    let book = shelf.book(attempt, &operations);
    let ended = attempt.anomalies.contains(&Anomaly::Overpaid) && book.surplus_went_back();
    if ended {
        let mut left = attempt.anomalies.clone();
        left.remove(&Anomaly::Overpaid);
        anomalies::write(tx, attempt, &left, now)?;
    }
    let Some(next) = book.went_back().and_then(|fact| state::next(attempt.state, fact)) else {
        return Ok(ended);
    };
    tx.prepare_cached("UPDATE attempts SET state = ?2, reason = NULL WHERE id = ?1")?
        .execute(params![attempt.id.0, next.word()])?;
    let what = next.word().to_ascii_lowercase();
    let event = Event { attempt: Some(attempt.id), who, what: &what, detail: None, raw };
    events::write(tx, attempt.order, event, now)?;
    anomalies::end_repeated(tx, attempt.order, now)?;
    Ok(true)
}

fn write_event(
    tx: &Transaction<'_>,
    attempt: &Attempt,
    who: &str,
    what: &str,
    detail: &str,
    raw: Option<&str>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let event = Event { attempt: Some(attempt.id), who, what, detail: Some(detail), raw };
    events::write(tx, attempt.order, event, now)
}
