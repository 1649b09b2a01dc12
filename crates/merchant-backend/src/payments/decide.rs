//! What the bank's answer means for an attempt. Pure: the attempt and the operations in, the change out. The only
//! place where an order can become captured.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::payments::attempt::{Anomaly, Attempt};
use crate::payments::state::{self, Fact, State};
use crate::provider::{Answer, Operation, OrderWord};

/// What changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The state afterwards.
    pub state: State,
    /// The reason afterwards.
    pub reason: Option<String>,
    /// The anomalies afterwards.
    pub anomalies: BTreeSet<Anomaly>,
}

/// The answer is not about this attempt.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the bank's answer has another {field} than the attempt")]
pub struct Mismatch {
    /// What differs.
    pub field: &'static str,
}

/// Decides by an answer about `attempt`. `operations` are all that are known of it, the newest version of each;
/// `money_came_before` says whether another attempt of the same order was captured already.
pub fn by_answer(
    attempt: &Attempt,
    money_came_before: bool,
    answer: &Answer,
    operations: &[Operation],
) -> Result<Decision, Mismatch> {
    matches(attempt, answer)?;
    let arrived = fact(&answer.order, operations).and_then(|fact| state::next(attempt.state, fact));
    let next = settled(&answer.order, arrived.unwrap_or(attempt.state)).or(arrived);
    let mut anomalies = sum_anomalies(attempt, operations);
    if attempt.anomalies.contains(&Anomaly::Repeated)
        || (arrived == Some(State::Captured) && money_came_before)
    {
        anomalies.insert(Anomaly::Repeated);
    }
    Ok(match next {
        Some(state) => Decision { state, reason: reason(state, operations), anomalies },
        None => Decision { state: attempt.state, reason: attempt.reason.clone(), anomalies },
    })
}

/// Decides by time alone: an attempt still open after the last question is given up.
pub fn by_time(attempt: &Attempt) -> Decision {
    match state::next(attempt.state, Fact::TimeRanOut) {
        Some(state) => {
            Decision { state, reason: Some(state::EXPIRED.to_owned()), anomalies: attempt.anomalies.clone() }
        }
        None => Decision {
            state: attempt.state,
            reason: attempt.reason.clone(),
            anomalies: attempt.anomalies.clone(),
        },
    }
}

/// Whether the anomaly `unreachable` has ended: another attempt brought the order's money, and the page that nobody has
/// takes none any more. Late money would still be found, and called `repeated`.
pub fn unreachable_is_over(attempt: &Attempt, attempts: &[Attempt], now: Timestamp) -> bool {
    attempt.anomalies.contains(&Anomaly::Unreachable)
        && attempt.expires_at <= now
        && attempts.iter().any(|other| other.id != attempt.id && other.state.money_arrived())
}

/// All three ids must be ours: a bank order that a notification claims may belong to another order.
fn matches(attempt: &Attempt, answer: &Answer) -> Result<(), Mismatch> {
    let asked_for = attempt.bank_order.as_ref().or(attempt.claimed_bank_order.as_ref());
    if asked_for != Some(&answer.bank_order) {
        return Err(Mismatch { field: "bank order" });
    }
    if attempt.merchant_id != answer.merchant_id {
        return Err(Mismatch { field: "merchant" });
    }
    if attempt.merchant_request_id != answer.merchant_request_id {
        return Err(Mismatch { field: "request id" });
    }
    Ok(())
}

fn fact(order: &OrderWord, operations: &[Operation]) -> Option<Fact> {
    if captures(operations).next().is_some() {
        return Some(Fact::MoneyArrived);
    }
    match order {
        // A declined card leaves the page open for another one: only the order's own word refuses. An operation
        // that is not decided may still bring money, whatever the order says.
        OrderWord::Failed if operations.iter().all(Operation::is_decided) => Some(Fact::BankRefused),
        OrderWord::Cancelled if operations.iter().all(Operation::is_decided) => Some(Fact::BankCancelled),
        // "Succeeded" without a successful operation is a claim without money: asked again.
        OrderWord::Failed
        | OrderWord::Cancelled
        | OrderWord::Open
        | OrderWord::Succeeded
        | OrderWord::Settled
        | OrderWord::Alarming(_)
        | OrderWord::Unknown(_) => None,
    }
}

/// The provider's word that it has collected the money settles what arrived, as a register does.
fn settled(order: &OrderWord, arrived: State) -> Option<State> {
    match order {
        OrderWord::Settled => state::next(arrived, Fact::Settled),
        OrderWord::Open
        | OrderWord::Succeeded
        | OrderWord::Failed
        | OrderWord::Cancelled
        | OrderWord::Alarming(_)
        | OrderWord::Unknown(_) => None,
    }
}

fn captures(operations: &[Operation]) -> impl Iterator<Item = &Operation> {
    operations.iter().filter(|operation| operation.brought_money())
}

fn sum_anomalies(attempt: &Attempt, operations: &[Operation]) -> BTreeSet<Anomaly> {
    // Money that came once and stands nowhere any more is missing; where none came, nothing is.
    if captures(operations).next().is_none() && !attempt.state.money_arrived() {
        return BTreeSet::new();
    }
    // The order fixes the amount, also one that was changed after this attempt's page had ended. Money of another
    // currency than asked for is no part of the sum asked for.
    let asked = attempt.order_amount;
    let currency = asked.currency().code();
    let sum = |minor: i128, operation: &Operation| minor + i128::from(operation.amount_minor);
    let ours = |operation: &&Operation| operation.currency == currency;
    // What the merchant gives back is told by refunds; what another hand took is money that is not there.
    let taken = operations.iter().filter(|operation| operation.took_money()).filter(ours).fold(0, sum);
    let came = captures(operations).filter(ours).fold(0, sum) - taken;
    let foreign = captures(operations).any(|operation| operation.currency != currency);
    match came.cmp(&i128::from(asked.minor())) {
        std::cmp::Ordering::Less => BTreeSet::from([Anomaly::Underpaid]),
        std::cmp::Ordering::Equal if !foreign => BTreeSet::new(),
        std::cmp::Ordering::Equal | std::cmp::Ordering::Greater => BTreeSet::from([Anomaly::Overpaid]),
    }
}

fn reason(state: State, operations: &[Operation]) -> Option<String> {
    match state {
        State::Rejected => Some(
            operations
                .iter()
                .rev()
                .find_map(|operation| operation.reason.clone())
                .unwrap_or_else(|| "declined".to_owned()),
        ),
        State::Cancelled => Some(state::BANK.to_owned()),
        State::Created
        | State::Redirected
        | State::Captured
        | State::Paid
        | State::PartiallyRefunded
        | State::Refunded => None,
    }
}

#[cfg(test)]
mod tests;
