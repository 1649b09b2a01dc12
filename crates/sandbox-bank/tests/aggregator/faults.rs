//! The bank's fault switches act on the aggregator's calls alike.

use std::time::Duration;

use worldline_connect::{Error, PaymentStatus};

use crate::support::{key, wish, world};

#[tokio::test]
async fn a_lost_answer_left_a_payment_that_the_same_key_finds() {
    let world = world().await;
    world.fault("create-order", "answer-lost", None).await;
    let (wish, key) = (wish(1_099, "EUR"), key());
    let lost = world.client.create_payment(&wish, &key).await.unwrap_err();
    assert!(lost.outcome_unknown(), "{lost}");
    let again = world.client.create_payment(&wish, &key).await.unwrap();
    assert!(again.repeats.is_some());
    assert!(again.answer.redirect_url().is_some());
}

#[tokio::test]
async fn a_500_makes_nothing_and_the_key_is_free() {
    let world = world().await;
    world.fault("create-order", "http500", None).await;
    let (wish, key) = (wish(1_099, "EUR"), key());
    let broken = world.client.create_payment(&wish, &key).await;
    assert!(matches!(broken, Err(Error::Unavailable(_))), "{broken:?}");
    assert_eq!(world.client.create_payment(&wish, &key).await.unwrap().repeats, None);
}

#[tokio::test]
async fn answers_can_be_stale_and_keys_can_stop_working() {
    let world = world().await;
    let made = world.paid().await;
    world.fault("operations", "pending", None).await;
    assert_eq!(world.status(&made).await, PaymentStatus::Redirected);
    assert_eq!(world.status(&made).await, PaymentStatus::Captured);
    world.fault("operations", "token-killed", None).await;
    let refused = world.client.payment(&made.id).await;
    assert!(matches!(refused, Err(Error::NotAuthorized(_))), "{refused:?}");
}

#[tokio::test]
async fn a_wallet_can_be_slow_and_a_page_born_expired() {
    let world = world().await;
    world.fault("create-order", "pending", Some(60_000)).await;
    let slow = world.payment().await;
    world.press(&slow, &[("wallet", "GCASH")]).await;
    assert_eq!(world.status(&slow).await, PaymentStatus::Redirected);
    world.advance(Duration::from_mins(1)).await;
    assert_eq!(world.status(&slow).await, PaymentStatus::Captured);
    world.fault("create-order", "expired", None).await;
    let expired = world.payment().await;
    assert!(world.page(&expired.page).await.contains("The time to pay is over"));
}

#[tokio::test]
async fn a_repeated_key_can_be_refused() {
    let world = world().await;
    let (wish, key) = (wish(1_099, "EUR"), key());
    world.client.create_payment(&wish, &key).await.unwrap();
    world.fault("create-order", "duplicate-refused", None).await;
    assert!(matches!(world.client.create_payment(&wish, &key).await, Err(Error::InProgress)));
}
