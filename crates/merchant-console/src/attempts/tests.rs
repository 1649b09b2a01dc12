//! Orders with one payment, with two, and with one that must wait.

use super::*;

fn order() -> ShopOrder {
    let golden = include_str!("../../../checkout-api/tests/golden/order/captured.json");
    serde_json::from_str(golden).expect("a golden order")
}

fn hryvnias(minor: i64) -> Amount {
    Amount::new(minor, money::Currency::Uah).expect("a small sum")
}

/// The golden order's second attempt has paid; a third one by Alipay+ has paid too.
fn paid_twice() -> ShopOrder {
    let mut order = order();
    order.refundable.possible = true;
    let mut other = order.attempts[1].clone();
    other.session = SessionId::new("CCCCCCCCCCCCCCCCCCCCCA");
    other.product = Product::AlipayPlus;
    other.refundable = Some(hryvnias(12_905));
    other.refund_hindrance = Some("waits_for_settlement".to_owned());
    order.attempts.push(other);
    order
}

#[test]
fn the_page_speaks_of_the_attempt_that_paid_and_of_the_latest_where_none_did() {
    let mut order = paid_twice();
    assert_eq!(leading(&order).map(|one| &one.session), Some(&order.attempts[1].session));
    order.attempts[1].state = PaymentState::Refunded;
    assert_eq!(leading(&order).map(|one| &one.session), Some(&order.attempts[2].session));
    for attempt in &mut order.attempts {
        attempt.refundable = None;
    }
    assert_eq!(leading(&order).map(|one| &one.session), Some(&order.attempts[2].session));
    order.attempts.clear();
    assert_eq!(leading(&order), None);
}

#[test]
fn of_two_payments_the_one_that_must_wait_is_named_and_closed() {
    let order = paid_twice();
    let open: Vec<_> = payments(&order).into_iter().map(|one| (one.session.is_none(), one.open)).collect();
    assert_eq!(open, [(true, true), (false, false)]);
}

#[test]
fn where_the_payment_that_paid_must_wait_the_other_may_still_go_back() {
    let mut order = paid_twice();
    order.refundable.possible = false;
    order.attempts[1].refund_hindrance = Some("waits_for_settlement".to_owned());
    assert!(!is_refundable(&order));
    order.attempts[2].refund_hindrance = None;
    assert!(is_refundable(&order));
    let first = payments(&order).into_iter().find(|payment| payment.open).expect("one is open");
    assert_eq!(first.session, Some(order.attempts[2].session.clone()));
}

#[test]
fn a_callback_is_confirmed_by_an_answer_after_it_and_not_by_one_before() {
    let mut attempt = order().attempts[1].clone();
    let mut confirmed = |notified: Option<&str>, asked: Option<&str>| {
        attempt.notified_at = notified.map(str::to_owned);
        attempt.asked_at = asked.map(str::to_owned);
        is_confirmed(&attempt)
    };
    let (before, at, after) = ("2026-11-22T10:00:00Z", "2026-11-22T10:00:00.5Z", "2026-11-22T10:00:00.512Z");
    assert!(confirmed(Some(at), Some(after)));
    assert!(confirmed(Some(at), Some(at)));
    assert!(!confirmed(Some(at), Some(before)));
    assert!(!confirmed(Some(at), None));
    assert!(!confirmed(None, Some(after)));
}
