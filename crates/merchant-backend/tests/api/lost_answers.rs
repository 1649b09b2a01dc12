//! The bank makes the order and its answer never arrives.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::support::{GOOD_CARD, World, text};

#[tokio::test]
async fn a_lost_answer_that_the_bank_replays_is_one_order() {
    let world = World::start().await;
    let token = world.put("L-1").await;
    world.fault(json!({"on": "create-order", "kind": "answer-lost"})).await;
    world.fault(json!({"on": "create-order", "kind": "duplicate-replayed"})).await;
    let session = world.open(&token, "key-1").await;
    assert_eq!(session["state"], "REDIRECTED");
    let orders = world.bank_orders().await;
    assert_eq!(orders.len(), 1);
    assert_eq!(orders[0]["calls"]["create-order"], 2);
}

#[tokio::test]
async fn a_lost_answer_that_the_bank_refuses_to_repeat_leaves_an_unreachable_attempt() {
    let world = World::start().await;
    let token = world.put("L-2").await;
    world.fault(json!({"on": "create-order", "kind": "answer-lost"})).await;
    let session = world.open(&token, "key-1").await;
    assert_eq!(session["state"], "REDIRECTED");
    assert_eq!(world.bank_orders().await.len(), 2);

    let order = world.order("L-2").await;
    let attempts = order["attempts"].as_array().unwrap();
    assert_eq!(attempts.len(), 2);
    assert_eq!(attempts[0]["anomalies"], json!(["unreachable"]));
    assert_eq!(attempts[0]["bankOrder"], json!(null));
    assert_eq!(attempts[1]["session"], session["session"]);
    // The key means the successor now.
    assert_eq!(world.open(&token, "key-1").await["session"], session["session"]);

    world.pay_by_card(&session["page"], GOOD_CARD).await;
    world.until(text(&session["session"]), "CAPTURED").await;
}

#[tokio::test]
async fn a_notification_on_its_own_url_reaches_an_unreachable_attempt_again() {
    let world = World::start().await;
    let token = world.put("L-3").await;
    world.fault(json!({"on": "create-order", "kind": "answer-lost"})).await;
    let session = world.open(&token, "key-1").await;
    let order = world.order("L-3").await;
    let (lost, second) = (&order["attempts"][0], &order["attempts"][1]);
    assert_eq!(second["session"], session["session"]);
    let orders = world.bank_orders().await;
    let at_bank = orders.iter().find(|one| one["merchantRequestId"] == lost["merchantRequestId"]).unwrap();

    world.complete_at_bank(&at_bank["redirectUrl"], json!({})).await;
    let reached = world.until(text(&lost["session"]), "CAPTURED").await;
    assert_eq!(reached["anomalies"], json!([]));
    let order = world.order("L-3").await;
    assert_eq!(order["attempts"][0]["bankOrder"], at_bank["hppOrderId"]);

    // The buyer pays the second page too: the money is seen, and called what it is.
    world.pay_by_card(&session["page"], GOOD_CARD).await;
    let repeated = world.until(text(&session["session"]), "CAPTURED").await;
    assert_eq!(repeated["anomalies"], json!(["repeated"]));
    assert_eq!(world.order("L-3").await["anomalies"], json!(["repeated"]));
}

#[tokio::test]
async fn a_silent_bank_is_told_and_the_same_request_finishes_later() {
    let world = World::start().await;
    let token = world.put("L-4").await;
    world.fault(json!({"on": "create-order", "kind": "http500", "times": 2})).await;
    let silent = world.try_open(&token, "key-1").await;
    assert_eq!(silent.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(silent.headers().contains_key("retry-after"));
    assert_eq!(silent.json::<Value>().await.unwrap()["code"], "bank_unavailable");

    let session = world.open(&token, "key-1").await;
    assert_eq!(session["state"], "REDIRECTED");
    let order = world.order("L-4").await;
    assert_eq!(order["attempts"].as_array().unwrap().len(), 1);
    assert_eq!(world.bank_orders().await.len(), 1);
}

#[tokio::test]
async fn a_killed_bank_token_is_renewed_and_nothing_is_noticed() {
    let world = World::start().await;
    let token = world.put("L-5").await;
    world.open(&world.put("L-0").await, "key-1").await;
    world.fault(json!({"on": "create-order", "kind": "token-killed"})).await;
    let session = world.open(&token, "key-1").await;
    world.fault(json!({"on": "operations", "kind": "token-killed"})).await;
    world.pay_by_card(&session["page"], GOOD_CARD).await;
    world.until(text(&session["session"]), "CAPTURED").await;
    assert_eq!(world.bank_orders().await.len(), 2);
}

#[tokio::test]
async fn an_unreachable_attempt_stops_blocking_a_paid_order_when_its_page_would_be_over() {
    let world = World::start().await;
    let token = world.put("L-6").await;
    world.fault(json!({"on": "create-order", "kind": "answer-lost"})).await;
    let session = world.open(&token, "key-1").await;
    world.complete_at_bank(&session["page"], json!({})).await;
    world.until(text(&session["session"]), "CAPTURED").await;
    assert_eq!(world.order("L-6").await["anomalies"], json!(["unreachable"]));

    // The lost page's quarter of an hour has passed.
    let now = jiff::Timestamp::now().as_millisecond();
    let lost = format!(
        "UPDATE attempts SET expires_at = {now}, next_ask_at = {now} WHERE bank_order IS NULL RETURNING 1"
    );
    assert_eq!(world.query(&lost), "1");
    let cleared = crate::support::eventually(|| async {
        let order = world.order("L-6").await;
        (order["anomalies"] == json!([])).then_some(order)
    })
    .await;
    let events = cleared["events"].as_array().unwrap();
    assert!(events.iter().any(|one| one["what"] == "anomaly_ended" && one["detail"] == "unreachable"));
    assert!(cleared["revision"].as_u64() > session["revision"].as_u64());
}
