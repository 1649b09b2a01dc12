//! What the bank's answer means for an attempt. Pure: the attempt and the operations in, the change out. The only
//! place where an order can become captured.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::payments::attempt::{Anomaly, Attempt};
use crate::payments::state::{self, Fact, State};
use crate::provider::{Answer, Operation, OperationKind, OperationStatus, OrderWord};

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
        OrderWord::Failed if operations.iter().all(is_decided) => Some(Fact::BankRefused),
        OrderWord::Cancelled if operations.iter().all(is_decided) => Some(Fact::BankCancelled),
        // "Succeeded" without a successful operation is a claim without money: asked again.
        OrderWord::Failed
        | OrderWord::Cancelled
        | OrderWord::Open
        | OrderWord::Succeeded
        | OrderWord::Settled
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
        | OrderWord::Unknown(_) => None,
    }
}

fn captures(operations: &[Operation]) -> impl Iterator<Item = &Operation> {
    operations.iter().filter(|operation| {
        matches!(operation.kind, OperationKind::Capture(_)) && operation.status == OperationStatus::Success
    })
}

fn is_decided(operation: &Operation) -> bool {
    match operation.status {
        OperationStatus::Success | OperationStatus::Failed(_) => true,
        OperationStatus::Undecided(_) => false,
    }
}

fn sum_anomalies(attempt: &Attempt, operations: &[Operation]) -> BTreeSet<Anomaly> {
    if captures(operations).next().is_none() {
        return BTreeSet::new();
    }
    // The order fixes the amount, also one that was changed after this attempt's page had ended. Money of another
    // currency than asked for is no part of the sum asked for.
    let asked = attempt.order_amount;
    let currency = asked.currency().code();
    let came: i128 = captures(operations)
        .filter(|operation| operation.currency == currency)
        .map(|operation| i128::from(operation.amount_minor))
        .sum();
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
mod tests {
    use super::*;
    use crate::payments::attempt::tests::attempt;

    #[test]
    fn only_a_successful_capture_with_our_three_ids_captures() {
        let redirected = attempt(1, State::Redirected);
        let decided =
            decide(&redirected, OrderWord::Succeeded, &[purchase(OperationStatus::Success, 12_905)]);
        assert_eq!(decided.state, State::Captured);
        assert!(decided.anomalies.is_empty());

        for field in ["bank order", "merchant", "request id"] {
            let mut foreign = answer(OrderWord::Succeeded);
            match field {
                "bank order" => foreign.bank_order = "another".to_owned(),
                "merchant" => foreign.merchant_id = "another".to_owned(),
                _ => foreign.merchant_request_id = "another".to_owned(),
            }
            let operations = [purchase(OperationStatus::Success, 12_905)];
            assert_eq!(by_answer(&redirected, false, &foreign, &operations), Err(Mismatch { field }));
        }
    }

    #[test]
    fn the_order_status_alone_never_captures() {
        let decided = decide(&attempt(1, State::Redirected), OrderWord::Succeeded, &[]);
        assert_eq!(decided.state, State::Redirected);
        let hold = Operation {
            kind: OperationKind::Other("PREAUTH".to_owned()),
            ..purchase(OperationStatus::Success, 12_905)
        };
        assert_eq!(
            decide(&attempt(1, State::Redirected), OrderWord::Succeeded, &[hold]).state,
            State::Redirected
        );
    }

    #[test]
    fn a_declined_card_leaves_the_order_open_until_the_order_fails() {
        let declined = purchase(OperationStatus::Failed("FAIL".to_owned()), 12_905);
        let open = decide(&attempt(1, State::Redirected), OrderWord::Open, std::slice::from_ref(&declined));
        assert_eq!(open.state, State::Redirected);
        let failed = decide(&attempt(1, State::Redirected), OrderWord::Failed, &[declined]);
        assert_eq!((failed.state, failed.reason.as_deref()), (State::Rejected, Some("1/16")));
    }

    #[test]
    fn an_undecided_operation_keeps_a_failed_order_open() {
        let pending = purchase(OperationStatus::Undecided("PENDING".to_owned()), 12_905);
        assert_eq!(
            decide(&attempt(1, State::Redirected), OrderWord::Failed, &[pending]).state,
            State::Redirected
        );
    }

    #[test]
    fn unknown_words_change_nothing() {
        let unknown = purchase(OperationStatus::Undecided("FROZEN".to_owned()), 12_905);
        let word = OrderWord::Unknown("CHARGED_BACK".to_owned());
        assert_eq!(decide(&attempt(1, State::Redirected), word, &[unknown]).state, State::Redirected);
    }

    #[test]
    fn late_money_wins_over_a_refusal_and_a_refusal_never_over_money() {
        let success = [purchase(OperationStatus::Success, 12_905)];
        for from in [State::Created, State::Rejected, State::Cancelled] {
            assert_eq!(decide(&attempt(1, from), OrderWord::Succeeded, &success).state, State::Captured);
        }
        let captured = decide(&attempt(1, State::Captured), OrderWord::Failed, &[]);
        assert_eq!(captured.state, State::Captured);
    }

    #[test]
    fn collected_money_is_settled_and_the_word_alone_settles_nothing() {
        let success = [purchase(OperationStatus::Success, 12_905)];
        for from in [State::Redirected, State::Cancelled, State::Captured] {
            assert_eq!(decide(&attempt(1, from), OrderWord::Settled, &success).state, State::Paid);
        }
        assert_eq!(decide(&attempt(1, State::Redirected), OrderWord::Settled, &[]).state, State::Redirected);
        assert_eq!(
            decide(&attempt(1, State::PartiallyRefunded), OrderWord::Settled, &success).state,
            State::PartiallyRefunded
        );
        let second = Answer { order: OrderWord::Settled, ..answer(OrderWord::Settled) };
        let repeated = by_answer(&attempt(1, State::Redirected), true, &second, &success).unwrap();
        assert_eq!(repeated.anomalies, BTreeSet::from([Anomaly::Repeated]));
    }

    #[test]
    fn sums_and_currencies_are_compared() {
        let sums = |operations: &[Operation]| {
            decide(&attempt(1, State::Redirected), OrderWord::Succeeded, operations).anomalies
        };
        let success = |minor| purchase(OperationStatus::Success, minor);
        let dollars = Operation { currency: "USD".to_owned(), ..success(12_905) };
        assert_eq!(sums(&[success(12_904)]), BTreeSet::from([Anomaly::Underpaid]));
        assert_eq!(sums(&[success(12_906)]), BTreeSet::from([Anomaly::Overpaid]));
        assert_eq!(sums(&[success(12_905), success(12_905)]), BTreeSet::from([Anomaly::Overpaid]));
        assert_eq!(sums(std::slice::from_ref(&dollars)), BTreeSet::from([Anomaly::Underpaid]));
        assert_eq!(sums(&[success(12_905), dollars]), BTreeSet::from([Anomaly::Overpaid]));
    }

    #[test]
    fn money_is_compared_with_what_the_order_asks_for_now() {
        let changed = Attempt {
            order_amount: money::Amount::new(99_900, money::Currency::Uah).unwrap(),
            ..attempt(1, State::Redirected)
        };
        let decided = decide(&changed, OrderWord::Succeeded, &[purchase(OperationStatus::Success, 12_905)]);
        assert_eq!(decided.anomalies, BTreeSet::from([Anomaly::Underpaid]));
    }

    #[test]
    fn a_second_captured_attempt_is_repeated_and_stays_so() {
        let second = attempt(2, State::Redirected);
        let success = [purchase(OperationStatus::Success, 12_905)];
        let about_second = Answer {
            bank_order: "bank-2".to_owned(),
            merchant_request_id: "request-2".to_owned(),
            ..answer(OrderWord::Succeeded)
        };
        let decided = by_answer(&second, true, &about_second, &success).unwrap();
        assert_eq!(decided.anomalies, BTreeSet::from([Anomaly::Repeated]));
        let stored = Attempt { state: State::Captured, anomalies: decided.anomalies, ..second };
        let again = by_answer(&stored, true, &about_second, &success).unwrap();
        assert_eq!(again.anomalies, BTreeSet::from([Anomaly::Repeated]));
    }

    #[test]
    fn an_answer_about_an_unreachable_attempt_reaches_it_again() {
        let mut lost = attempt(1, State::Created);
        lost.bank_order = None;
        lost.claimed_bank_order = Some("bank-1".to_owned());
        lost.anomalies.insert(Anomaly::Unreachable);
        assert!(decide(&lost, OrderWord::Open, &[]).anomalies.is_empty());
    }

    #[test]
    fn an_unreachable_attempt_blocks_a_paid_order_as_long_as_its_page_could_take_money() {
        let mut lost = attempt(1, State::Created);
        lost.anomalies.insert(Anomaly::Unreachable);
        let (before, after) = (lost.created_at, lost.expires_at);
        let over = |second, now| unreachable_is_over(&lost, &[lost.clone(), attempt(2, second)], now);
        assert!(over(State::Captured, after));
        assert!(!over(State::Captured, before));
        assert!(!over(State::Redirected, after));
        assert!(!unreachable_is_over(&attempt(1, State::Created), &[attempt(2, State::Captured)], after));
    }

    #[test]
    fn time_ends_only_what_is_open() {
        let ended = by_time(&attempt(1, State::Redirected));
        assert_eq!((ended.state, ended.reason.as_deref()), (State::Cancelled, Some("expired")));
        assert_eq!(by_time(&attempt(1, State::Captured)).state, State::Captured);
    }

    fn decide(attempt: &Attempt, order: OrderWord, operations: &[Operation]) -> Decision {
        by_answer(attempt, false, &answer(order), operations).unwrap()
    }

    fn answer(order: OrderWord) -> Answer {
        Answer {
            bank_order: "bank-1".to_owned(),
            bank_reference: None,
            merchant_id: "merchant".to_owned(),
            merchant_request_id: "request-1".to_owned(),
            order,
            operations: Vec::new(),
            raw: String::new(),
        }
    }

    fn purchase(status: OperationStatus, amount_minor: i64) -> Operation {
        let reason = matches!(status, OperationStatus::Failed(_)).then(|| "1/16".to_owned());
        Operation {
            id: "operation".to_owned(),
            kind: OperationKind::Capture("PURCHASE".to_owned()),
            status,
            amount_minor,
            currency: "UAH".to_owned(),
            charged_minor: amount_minor,
            operation_id: None,
            merchant_request_id: None,
            gives_back: None,
            refundable: true,
            rrn: None,
            instrument: None,
            payment_service: None,
            reason,
            receipt: None,
            created_at: None,
            modified_at: None,
        }
    }
}
