//! Money goes back only from PAID, never more than came, and can be stopped while it is requested.

use std::time::Duration;

use worldline_connect::{AmountOfMoney, CreateRefund, Error, PaymentStatus, RefundStatus};

use crate::support::{key, wish, world};

fn part(cents: i64) -> CreateRefund {
    CreateRefund::of(AmountOfMoney::new(cents, "EUR"), format!("R-{cents}"))
}

#[tokio::test]
async fn nothing_goes_back_before_paid() {
    let world = world().await;
    let made = world.paid().await;
    let early = world.client.refund(&made.id, &CreateRefund::default(), &key()).await;
    assert!(matches!(early, Err(Error::Refused(_))), "{early:?}");
    world.advance(crate::support::TWO_DAYS).await;
    let paid = world.ask(&made).await;
    assert_eq!((paid.status, paid.status_output.status_code), (PaymentStatus::Paid, Some(1000)));
    assert!(paid.status_output.is_refundable);
    assert_eq!(paid.payment_output.amount_paid, Some(1_099));
}

#[tokio::test]
async fn a_part_and_the_rest_make_it_refunded() {
    let world = world().await;
    let made = world.settled().await;
    let first = world.client.refund(&made.id, &part(500), &key()).await.unwrap().answer;
    assert_eq!(first.status, RefundStatus::RefundRequested);
    let requested = world.ask(&made).await.payment_output.amount_refund_requested;
    assert_eq!(requested, Some(500));
    world.advance(Duration::from_mins(1)).await;
    assert_eq!(world.client.refund_by_id(&first.id).await.unwrap().status, RefundStatus::Refunded);
    assert_eq!(world.status(&made).await, PaymentStatus::Paid);

    let too_much = world.client.refund(&made.id, &part(600), &key()).await;
    assert!(matches!(too_much, Err(Error::Refused(_))), "{too_much:?}");
    let rest = world.client.refund(&made.id, &CreateRefund::default(), &key()).await.unwrap().answer;
    assert_eq!(rest.refund_output.amount_of_money, Some(AmountOfMoney::new(599, "EUR")));
    world.advance(Duration::from_mins(1)).await;
    let done = world.ask(&made).await;
    assert_eq!((done.status, done.payment_output.amount_refunded), (PaymentStatus::Refunded, Some(1_099)));
    assert!(!done.status_output.is_refundable);
    let again = world.client.refund(&made.id, &part(1), &key()).await;
    assert!(matches!(again, Err(Error::Refused(_))), "{again:?}");
    assert_eq!(world.client.refunds_of(&made.id).await.unwrap().len(), 2);
}

#[tokio::test]
async fn the_same_key_gives_back_once() {
    let world = world().await;
    let made = world.settled().await;
    let key = key();
    let first = world.client.refund(&made.id, &part(500), &key).await.unwrap();
    let again = world.client.refund(&made.id, &part(500), &key).await.unwrap();
    assert_eq!(first.answer.id, again.answer.id);
    assert!(again.repeats.is_some());
    assert_eq!(world.client.refunds_of(&made.id).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_requested_refund_can_be_cancelled_and_a_done_one_cannot() {
    let world = world().await;
    let made = world.settled().await;
    let refund = world.client.refund(&made.id, &part(500), &key()).await.unwrap().answer;
    world.client.cancel_refund(&refund.id).await.unwrap();
    assert_eq!(world.client.refund_by_id(&refund.id).await.unwrap().status, RefundStatus::Cancelled);
    // What was cancelled can go back another time.
    let whole = world.client.refund(&made.id, &CreateRefund::default(), &key()).await.unwrap().answer;
    world.advance(Duration::from_mins(1)).await;
    let late = world.client.cancel_refund(&whole.id).await;
    assert!(matches!(late, Err(Error::Refused(_))), "{late:?}");
}

#[tokio::test]
async fn a_refund_of_sixteen_is_made_and_declined() {
    let world = world().await;
    let made = world.make(&wish(5_000, "EUR")).await;
    world.press(&made, &[("wallet", "GCASH")]).await;
    world.advance(crate::support::TWO_DAYS).await;
    let declined = world.client.refund(&made.id, &part(1_600), &key()).await;
    let Err(Error::RefundDeclined(declined)) = declined else { panic!("declined: {declined:?}") };
    assert_eq!(world.client.refund_by_id(&declined.result.id).await.unwrap().status, RefundStatus::Rejected);
    assert!(world.ask(&made).await.status_output.is_refundable);
}
