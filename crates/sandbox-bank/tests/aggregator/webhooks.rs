//! Webhooks: signed, repeated until 2XX, lost, twice and out of order.

use std::time::Duration;

use sandbox_bank::Config;
use serde_json::json;
use worldline_connect::{CreateRefund, EventKind, PaymentStatus, WebhookError};

use crate::support::{key, world, world_of};

#[tokio::test]
async fn each_step_is_told_with_the_object_a_question_answers_with() {
    let world = world().await;
    let mut ear = world.ear(&[], true).await;
    let made = world.payment().await;
    // Sent at the same moment, two may overtake each other.
    let both = [ear.next().await.kind, ear.next().await.kind];
    assert!(both.contains(&EventKind::PaymentCreated) && both.contains(&EventKind::PaymentRedirected));
    world.press(&made, &[("wallet", "TNG")]).await;
    let captured = ear.next().await;
    assert_eq!(captured.kind, EventKind::PaymentCaptured);
    assert_eq!(captured.payment, Some(world.ask(&made).await));
    world.advance(crate::support::TWO_DAYS).await;
    assert_eq!(ear.next().await.kind, EventKind::PaymentPaid);
    world.client.refund(&made.id, &CreateRefund::default(), &key()).await.unwrap();
    assert_eq!(ear.next().await.kind, EventKind::RefundRequested);
    world.advance(Duration::from_mins(1)).await;
    let (one, other) = (ear.next().await, ear.next().await);
    let (refund, payment) = if one.refund.is_some() { (one, other) } else { (other, one) };
    assert_eq!((refund.kind, payment.kind), (EventKind::RefundRefunded, EventKind::PaymentRefunded));
    assert_eq!(payment.payment.unwrap().status, PaymentStatus::Refunded);
    assert!(ear.is_silent());
}

#[tokio::test]
async fn a_changed_body_is_not_the_aggregators() {
    let world = world().await;
    let mut ear = world.ear(&[], false).await;
    world.paid().await;
    let (headers, body) = ear.raw().await;
    assert!(ear.open(&headers, &body).is_ok());
    let changed = String::from_utf8(body.to_vec()).unwrap().replace("1099", "1098");
    assert_eq!(ear.open(&headers, changed.as_bytes()), Err(WebhookError::Signature));
}

#[tokio::test]
async fn it_is_repeated_under_the_same_id_until_a_2xx() {
    let world = world_of(Config { time_scale: 1000, ..Config::default() }).await;
    let mut ear = world.ear(&[500, 302, 404, 202], false).await;
    let made = world.paid().await;
    let first = ear.next().await;
    for _ in 0..3 {
        assert_eq!(ear.next().await.id, first.id);
    }
    let truth = loop {
        let truth = world.truth(&made).await;
        if truth["webhooks"][0]["state"] == "delivered" {
            break truth;
        }
        tokio::task::yield_now().await;
    };
    assert_eq!(truth["webhooks"][0]["tries"].as_array().unwrap().len(), 4);
    assert!(ear.is_silent());
}

#[tokio::test]
async fn an_endpoint_that_fails_the_challenge_is_not_taken() {
    let world = world().await;
    let silent = json!({"url": world.url("/sandbox/health")});
    let answer =
        world.http.post(world.url("/sandbox/aggregator/webhook")).json(&silent).send().await.unwrap();
    assert_eq!(answer.status(), 409);
}

#[tokio::test]
async fn webhooks_get_lost_come_twice_and_overtake_each_other() {
    let world = world().await;
    let mut ear = world.ear(&[], false).await;
    world.fault("notification", "lost", None).await;
    let lost = world.paid().await;
    assert_eq!(world.truth(&lost).await["webhooks"][0]["state"], "lost");

    world.fault("notification", "twice", None).await;
    world.paid().await;
    let first = ear.next().await;
    assert_eq!(ear.next().await.id, first.id);

    world.fault("notification", "reordered", None).await;
    world.paid().await;
    assert_eq!(ear.next().await.kind, EventKind::PaymentCaptured);
    assert_eq!(ear.next().await.kind, EventKind::PaymentRedirected);

    world.fault("notification", "late", Some(60_000)).await;
    world.paid().await;
    assert!(ear.is_silent());
    world.advance(Duration::from_mins(1)).await;
    assert_eq!(ear.next().await.kind, EventKind::PaymentCaptured);
}
