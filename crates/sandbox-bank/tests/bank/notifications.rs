//! Notifications: content, repeats, faults.

use std::time::Duration;

use alliancepay::jwe;
use sandbox_bank::Config;
use serde_json::{Value, json};

use crate::support::{ear, text, world, world_of};

#[tokio::test]
async fn a_paid_order_is_announced_with_its_operation() {
    let world = world().await;
    let session = world.authorize("PURCHASE").await;
    let mut ear = ear(&[]).await;
    let order = world.order(&session, json!({"notificationUrl": ear.url})).await;
    world.pay(&order, "4111111111111111").await;
    let heard = ear.next().await;
    for name in ["hppOrderId", "ecomOrderId", "merchantRequestId", "merchantId", "coinAmount", "hppPayType"] {
        assert_eq!(heard[name], order[name], "{name}");
    }
    assert_eq!(heard["orderStatus"], "SUCCESS");
    assert_eq!(heard["notificationEncryption"], false);
    assert_eq!(heard["operation"]["status"], "SUCCESS");
    assert_eq!(heard["operation"], world.operations(&session, &order).await["operations"][0]);
}

#[tokio::test]
async fn a_notification_is_repeated_until_200() {
    let world = world_of(Config { time_scale: 1000, ..Config::default() }).await;
    let session = world.authorize("PURCHASE").await;
    let mut ear = ear(&[500, 404, 202]).await;
    let order = world.order(&session, json!({"notificationUrl": ear.url})).await;
    world.pay(&order, "4111111111111111").await;
    for _ in 0..4 {
        assert_eq!(ear.next().await["orderStatus"], "SUCCESS");
    }
    world.advance(Duration::from_hours(2)).await;
    let truth = loop {
        let truth = world.truth(&order).await;
        if truth["notifications"][0]["state"] == "delivered" {
            break truth;
        }
        tokio::task::yield_now().await;
    };
    let statuses: Vec<_> =
        truth["notifications"][0]["tries"].as_array().unwrap().iter().map(|it| &it["http"]).collect();
    assert_eq!(statuses, [500, 404, 202, 200]);
    assert!(ear.is_silent());
}

#[tokio::test]
async fn a_pending_payment_settles_after_five_seconds_of_the_banks_clock() {
    let world = world().await;
    let session = world.authorize("PURCHASE").await;
    let mut ear = ear(&[]).await;
    let order = world.order(&session, json!({"notificationUrl": ear.url})).await;
    world.pay(&order, "4000000000000259").await;
    assert_eq!(world.operations(&session, &order).await["operations"][0]["status"], "PENDING");
    world.advance(Duration::from_secs(5)).await;
    assert_eq!(world.operations(&session, &order).await["orderStatus"], "SUCCESS");
    assert_eq!(ear.next().await["orderStatus"], "SUCCESS");
}

#[tokio::test]
async fn a_lost_notification_is_never_sent() {
    let world = world().await;
    let session = world.authorize("PURCHASE").await;
    let mut ear = ear(&[]).await;
    let lost = json!({"on": "notification", "order": null, "times": 1, "kind": "lost"});
    world.sandbox("/sandbox/faults", lost).await;
    let first = world.order(&session, json!({"notificationUrl": ear.url})).await;
    world.pay(&first, "4111111111111111").await;
    let second = world.order(&session, json!({"notificationUrl": ear.url})).await;
    world.pay(&second, "4111111111111111").await;
    assert_eq!(ear.next().await["hppOrderId"], second["hppOrderId"]);
    assert_eq!(world.truth(&first).await["notifications"][0]["state"], "lost");
}

#[tokio::test]
async fn a_late_notification_waits_for_the_clock() {
    let world = world().await;
    let session = world.authorize("PURCHASE").await;
    let mut ear = ear(&[]).await;
    let order = world.order(&session, json!({"notificationUrl": ear.url})).await;
    let late = json!({"on": "notification", "order": order["hppOrderId"], "times": 1, "kind": "late", "ms": 600_000});
    world.sandbox("/sandbox/faults", late).await;
    world.pay(&order, "4111111111111111").await;
    assert_eq!(world.truth(&order).await["notifications"][0]["state"], "waiting");
    assert!(ear.is_silent());
    world.advance(Duration::from_mins(10)).await;
    assert_eq!(ear.next().await["orderStatus"], "SUCCESS");
}

#[tokio::test]
async fn notifications_come_twice_reordered_or_pending_first() {
    let world = world().await;
    let session = world.authorize("PURCHASE").await;
    let mut ear = ear(&[]).await;
    for (kind, expected) in [
        ("twice", ["SUCCESS", "SUCCESS"]),
        ("reordered", ["SUCCESS", "PENDING"]),
        ("pending", ["PENDING", "SUCCESS"]),
    ] {
        let fault = json!({"on": "notification", "order": null, "times": 1, "kind": kind, "ms": 400});
        world.sandbox("/sandbox/faults", fault).await;
        let order = world.order(&session, json!({"notificationUrl": ear.url})).await;
        world.pay(&order, "4111111111111111").await;
        for status in expected {
            let heard = ear.next().await;
            assert_eq!(heard["orderStatus"], status, "{kind}");
            assert_eq!(heard["operation"]["status"], status, "{kind}");
        }
    }
}

#[tokio::test]
async fn an_encrypted_notification_opens_with_the_merchants_key() {
    let world = world().await;
    let session = world.authorize("PURCHASE").await;
    let mut ear = ear(&[]).await;
    let order =
        world.order(&session, json!({"notificationUrl": ear.url, "notificationEncryption": true})).await;
    world.pay(&order, "4111111111111111").await;
    let (headers, body) = ear.raw().await;
    assert_eq!(headers["x-encrypted_body"], "true");
    assert_eq!(headers["content-type"], "text/plain");
    let heard: Value = serde_json::from_slice(&jwe::decrypt(&body, &session.key).unwrap()).unwrap();
    assert_eq!(heard["hppOrderId"], order["hppOrderId"]);
}

#[tokio::test]
async fn an_expired_order_is_announced_only_by_a_bank_that_cancels_it() {
    let world = world().await;
    let session = world.authorize("PURCHASE").await;
    let mut ear = ear(&[]).await;
    world.sandbox("/sandbox/switches", json!({"cancelExpired": true})).await;
    let order = world.order(&session, json!({"notificationUrl": ear.url, "expirationTimeMinutes": 1})).await;
    world.advance(Duration::from_mins(1)).await;
    let heard = ear.next().await;
    assert_eq!(heard["orderStatus"], "CANCELED");
    assert_eq!(heard["operation"], json!({}));
    assert_eq!(text(&heard, "hppOrderId"), text(&order, "hppOrderId"));
}
