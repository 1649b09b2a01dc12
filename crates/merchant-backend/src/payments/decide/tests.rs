//! What an answer means, case by case.

use super::*;
use crate::payments::attempt::tests::attempt;
use crate::provider::{self, OperationKind, OperationStatus};

#[test]
fn only_a_successful_capture_with_our_three_ids_captures() {
    let redirected = attempt(1, State::Redirected);
    let decided = decide(&redirected, OrderWord::Succeeded, &[purchase(OperationStatus::Success, 12_905)]);
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
fn money_that_another_hand_took_is_missing_and_the_order_is_not_called_refunded() {
    let taken = |status| Operation {
        id: "dispute".to_owned(),
        kind: OperationKind::Other("CHARGEBACKED".to_owned()),
        gives_back: Some("operation".to_owned()),
        ..purchase(status, 12_905)
    };
    let came = || purchase(OperationStatus::Success, 12_905);
    for from in [State::Redirected, State::Captured, State::Paid] {
        let gone =
            decide(&attempt(1, from), OrderWord::Succeeded, &[came(), taken(OperationStatus::Success)]);
        assert_eq!(gone.anomalies, BTreeSet::from([Anomaly::Underpaid]));
        assert_eq!(gone.state, if from == State::Paid { State::Paid } else { State::Captured });
    }
    let announced = taken(OperationStatus::Undecided("CHARGEBACK_NOTIFICATION".to_owned()));
    let word = OrderWord::Alarming("CHARGEBACK_NOTIFICATION".to_owned());
    assert!(decide(&attempt(1, State::Captured), word, &[came(), announced]).anomalies.is_empty());
}

#[test]
fn money_that_came_and_stands_nowhere_any_more_is_missing() {
    let failed = || [purchase(OperationStatus::Failed("REJECTED_CAPTURE".to_owned()), 12_905)];
    let after = decide(&attempt(1, State::Captured), OrderWord::Failed, &failed());
    assert_eq!((after.state, after.anomalies), (State::Captured, BTreeSet::from([Anomaly::Underpaid])));
    let never = decide(&attempt(1, State::Redirected), OrderWord::Failed, &failed());
    assert_eq!((never.state, never.anomalies), (State::Rejected, BTreeSet::new()));
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
    Operation { status, reason, ..provider::tests::purchase("operation", amount_minor) }
}
