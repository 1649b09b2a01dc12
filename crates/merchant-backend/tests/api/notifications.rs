//! Notifications are hints: forged, doubled, malformed, oversized, late.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::support::{GOOD_CARD, World, eventually, text};

#[tokio::test]
async fn a_forged_notification_only_makes_us_ask() {
    let world = World::start().await;
    let token = world.put("N-1").await;
    let session = world.open(&token, "key-1").await;
    let order = world.bank_orders().await.remove(0);
    let url = text(&order["notificationUrl"]).to_owned();
    assert_eq!(world.notify(&url, &order, "SUCCESS").await, StatusCode::OK);
    asked(&world, 1).await;
    assert_eq!(world.status(text(&session["session"])).await["state"], "REDIRECTED");
}

#[tokio::test]
async fn the_bank_order_of_another_order_in_a_notification_pays_nothing() {
    let world = World::start().await;
    let (mine, other) = (world.put("N-2").await, world.put("N-3").await);
    let mine = world.open(&mine, "key-1").await;
    let paid = world.open(&other, "key-1").await;
    world.pay_by_card(&paid["page"], GOOD_CARD).await;
    world.until(text(&paid["session"]), "CAPTURED").await;
    let orders = world.bank_orders().await;
    let url = text(&orders[0]["notificationUrl"]).to_owned();
    // The paid order's ids on the unpaid order's own URL.
    assert_eq!(world.notify(&url, &orders[1], "SUCCESS").await, StatusCode::OK);
    eventually(|| async {
        let order = world.order("N-2").await;
        let events = order["events"].as_array().unwrap().clone();
        events.iter().any(|event| event["what"] == "notified_with_other_ids").then_some(())
    })
    .await;
    world.check("N-2").await;
    assert_eq!(world.status(text(&mine["session"])).await["state"], "REDIRECTED");
    let order = world.order("N-2").await;
    assert_eq!(order["attempts"][0]["notifiedAt"], json!(null));
    assert_eq!(order["operations"], json!([]));
}

#[tokio::test]
async fn a_claimed_bank_order_of_another_order_does_not_attach_to_an_unreachable_attempt() {
    let world = World::start().await;
    let other = world.put("N-4").await;
    let paid = world.open(&other, "key-1").await;
    world.pay_by_card(&paid["page"], GOOD_CARD).await;
    world.until(text(&paid["session"]), "CAPTURED").await;
    let stranger = world.bank_orders().await.remove(0);

    let token = world.put("N-5").await;
    world.fault(json!({"on": "create-order", "kind": "answer-lost"})).await;
    world.open(&token, "key-1").await;
    let lost = world.order("N-5").await["attempts"][0].clone();
    let orders = world.bank_orders().await;
    let at_bank = orders.iter().find(|one| one["merchantRequestId"] == lost["merchantRequestId"]).unwrap();
    // Our own request id, the stranger's bank order: the ids of the body agree with the attempt.
    let body = json!({"hppOrderId": stranger["hppOrderId"], "merchantId": lost["merchantId"],
        "merchantRequestId": lost["merchantRequestId"], "coinAmount": 12_905, "orderStatus": "SUCCESS"});
    let answer = world.client.post(text(&at_bank["notificationUrl"])).json(&body).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    eventually(|| async {
        let order = world.order("N-5").await;
        let events = order["events"].as_array().unwrap().clone();
        events.iter().any(|event| event["what"] == "answer_mismatched").then_some(())
    })
    .await;
    let lost = world.status(text(&lost["session"])).await;
    assert_eq!((&lost["state"], &lost["anomalies"]), (&json!("CREATED"), &json!(["unreachable"])));
}

#[tokio::test]
async fn a_duplicate_notification_changes_nothing() {
    let world = World::start().await;
    let token = world.put("N-6").await;
    let session = world.open(&token, "key-1").await;
    world.fault(json!({"on": "notification", "kind": "twice"})).await;
    world.pay_by_card(&session["page"], GOOD_CARD).await;
    let paid = world.until(text(&session["session"]), "CAPTURED").await;
    let order = world.bank_orders().await.remove(0);
    let before = questions(&world).await;
    for _ in 0..3 {
        world.notify(text(&order["notificationUrl"]), &order, "FAIL").await;
    }
    eventually(|| async { (questions(&world).await > before).then_some(()) }).await;
    let now = world.status(text(&session["session"])).await;
    assert_eq!(now, paid);
    assert_eq!(world.order("N-6").await["operations"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn what_is_no_notification_is_refused_and_changes_nothing() {
    let world = World::start().await;
    let token = world.put("N-7").await;
    let session = world.open(&token, "key-1").await;
    let url = text(&world.bank_orders().await[0]["notificationUrl"]).to_owned();
    let post = |body: Vec<u8>, url: String| world.client.post(url).body(body).send();
    for malformed in ["", "{", "[]", "null", "{\"orderStatus\":\"SUCCESS\"}", "\u{0}\u{1}"] {
        let answer = post(malformed.into(), url.clone()).await.unwrap();
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{malformed:?}");
        assert_eq!(answer.json::<Value>().await.unwrap()["code"], "invalid_request");
    }
    let oversized = post(vec![b' '; 80 * 1024], url.clone()).await.unwrap();
    assert_eq!(oversized.status(), StatusCode::PAYLOAD_TOO_LARGE);
    let order = world.bank_orders().await.remove(0);
    let unknown = format!("{}/v1/notifications/AAAAAAAAAAAAAAAAAAAAAA", world.base);
    assert_eq!(world.notify(&unknown, &order, "SUCCESS").await, StatusCode::NOT_FOUND);
    assert_eq!(world.status(text(&session["session"])).await, session);
}

#[tokio::test]
async fn a_notification_that_finds_the_bank_silent_is_asked_about_again() {
    let world = World::start().await;
    let token = world.put("N-8").await;
    let session = world.open(&token, "key-1").await;
    world.fault(json!({"on": "operations", "kind": "http500", "times": 4})).await;
    world.pay_by_card(&session["page"], GOOD_CARD).await;
    world.until(text(&session["session"]), "CAPTURED").await;
}

async fn asked(world: &World, least: u64) {
    eventually(|| async { (questions(world).await >= least).then_some(()) }).await;
}

async fn questions(world: &World) -> u64 {
    let orders = world.bank_orders().await;
    orders.iter().map(|order| order["calls"]["operations"].as_u64().unwrap_or(0)).sum()
}

#[tokio::test]
async fn a_flood_on_a_known_address_fills_no_history_and_still_asks() {
    let world = World::start().await;
    let token = world.put("N-9").await;
    let session = world.open(&token, "key-1").await;
    let mut bank_order = world.bank_orders().await[0].clone();
    let url = text(&bank_order["notificationUrl"]).to_owned();
    for _ in 0..5 {
        assert_eq!(world.notify(&url, &bank_order, "SUCCESS").await, 200);
    }
    let told = || async {
        let events = world.order("N-9").await["events"].clone();
        let told = |event: &&Value| text(&event["what"]).starts_with("notified");
        events.as_array().unwrap().iter().filter(told).count()
    };
    assert_eq!(told().await, 1);
    for number in 0..60 {
        bank_order["merchantRequestId"] = json!(format!("{number}{}", "x".repeat(20_000)));
        assert_eq!(world.notify(&url, &bank_order, "SUCCESS").await, 200);
    }
    let order = world.order("N-9").await;
    assert!(told().await <= 40);
    assert!(order.to_string().len() < 100_000, "{}", order.to_string().len());
    world.pay_by_card(&session["page"], GOOD_CARD).await;
    world.until(text(&session["session"]), "CAPTURED").await;
}
