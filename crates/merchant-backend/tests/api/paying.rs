//! A buyer pays, is declined, gives up, comes late.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{DECLINED_CARD, GOOD_CARD, PENDING_CARD, World, text};

#[tokio::test]
async fn a_paid_order_is_captured_by_the_answer_that_the_notification_caused() {
    let world = World::start().await;
    let token = world.put("A-1").await;
    let session = world.open(&token, "key-1").await;
    assert_eq!(session["state"], "REDIRECTED");
    assert_eq!(session["outcome"], "awaiting");
    assert_eq!(session["canRetry"], false);
    assert_eq!(session["amount"], json!({"minor": 12_905, "currency": "UAH"}));

    world.pay_by_card(&session["page"], GOOD_CARD).await;
    let paid = world.until(text(&session["session"]), "CAPTURED").await;
    assert_eq!(paid["outcome"], "paid");
    assert_eq!(paid["anomalies"], json!([]));
    assert_eq!(paid["canRetry"], false);
    assert!(paid["revision"].as_u64() > session["revision"].as_u64());

    let order = world.order("A-1").await;
    assert_eq!(order["state"], "CAPTURED");
    assert_eq!(order["operations"][0]["status"], "SUCCESS");
    assert_eq!(order["operations"][0]["amount"], json!({"minor": 12_905, "currency": "UAH"}));
    assert_eq!(order["refunds"], json!([]));
    let what: Vec<&str> =
        order["events"].as_array().unwrap().iter().map(|event| text(&event["what"])).collect();
    assert_eq!(what, ["order_put", "attempt_created", "page_opened", "notified", "captured"]);
    assert!(!order["attempts"][0]["notifiedAt"].is_null());
}

#[tokio::test]
async fn a_paid_order_is_not_paid_again() {
    let world = World::start().await;
    let token = world.put("A-2").await;
    let session = world.open(&token, "key-1").await;
    world.pay_by_card(&session["page"], GOOD_CARD).await;
    world.until(text(&session["session"]), "CAPTURED").await;

    let again = world.try_open(&token, "key-2").await;
    assert_eq!(again.status(), StatusCode::CONFLICT);
    let problem: Value = again.json().await.unwrap();
    assert_eq!(problem["code"], "order_already_paid");
    assert_eq!(problem["session"], session["session"]);
    assert_eq!(world.open(&token, "key-1").await["state"], "CAPTURED");
    assert_eq!(world.bank_orders().await.len(), 1);
}

#[tokio::test]
async fn a_declined_order_can_be_paid_by_a_new_attempt() {
    let world = World::start().await;
    let token = world.put("A-3").await;
    let first = world.open(&token, "key-1").await;
    world.pay_by_card(&first["page"], DECLINED_CARD).await;
    let declined = world.until(text(&first["session"]), "REJECTED").await;
    assert_eq!(declined["outcome"], "declined");
    assert_eq!(declined["canRetry"], true);
    assert!(declined["reason"].is_string());

    let second = world.open(&token, "key-2").await;
    assert_ne!(second["session"], first["session"]);
    world.pay_by_card(&second["page"], GOOD_CARD).await;
    world.until(text(&second["session"]), "CAPTURED").await;
    let order = world.order("A-3").await;
    assert_eq!(order["state"], "CAPTURED");
    assert_eq!(order["attempts"].as_array().unwrap().len(), 2);
    assert_eq!(world.status(text(&first["session"])).await["canRetry"], false);
}

#[tokio::test]
async fn pending_is_neither_paid_nor_failed_until_it_succeeds() {
    let world = World::with_timing("min_gap = \"20ms\"\nwhile_open = [\"50ms\"]").await;
    let token = world.put("A-4").await;
    let session = world.open(&token, "key-1").await;
    world.fault(json!({"on": "notification", "kind": "lost", "times": 9})).await;
    world.pay_by_card(&session["page"], PENDING_CARD).await;
    let paid = world.until(text(&session["session"]), "CAPTURED").await;
    assert_eq!(paid["outcome"], "paid");
}

#[tokio::test]
async fn what_the_bank_cancels_is_cancelled() {
    let world = World::start().await;
    let token = world.put("A-5").await;
    let session = world.open(&token, "key-1").await;
    world.press_at_bank(&session["page"], "cancel").await;
    let cancelled = world.until(text(&session["session"]), "CANCELLED").await;
    assert_eq!((&cancelled["reason"], &cancelled["outcome"]), (&json!("bank"), &json!("cancelled")));
    assert_eq!(cancelled["canRetry"], true);
}

#[tokio::test]
async fn account_to_account_has_its_own_terminal() {
    let world = World::start().await;
    let token = world.put("A-6").await;
    let answer = world
        .request(Method::POST, "/v1/payment-sessions")
        .bearer_auth(&token)
        .header("Idempotency-Key", "key-1")
        .json(&json!({"product": "a2a", "locale": "en"}))
        .send()
        .await
        .unwrap();
    let session: Value = answer.json().await.unwrap();
    assert_eq!(session["state"], "REDIRECTED", "{session}");
    let orders = world.bank_orders().await;
    assert_eq!(orders[0]["hppPayType"], "A2A");
    world.complete_at_bank(&session["page"], json!({})).await;
    world.until(text(&session["session"]), "CAPTURED").await;
}

#[tokio::test]
async fn the_buyer_comes_back_to_the_shops_url_with_the_session() {
    let world = World::start().await;
    let token = world.put("A-7").await;
    let session = world.open(&token, "key-1").await;
    let orders = world.bank_orders().await;
    let id = text(&session["session"]);
    let back = format!("http://127.0.0.1:8083/thanks?lang=uk&alliancepay_session={id}#top");
    assert_eq!(orders[0]["successUrl"], json!(back));
    assert_eq!(orders[0]["failUrl"], json!(back));
}

#[tokio::test]
async fn a_waiting_page_is_told_at_once() {
    let world = World::start().await;
    let token = world.put("A-8").await;
    let session = world.open(&token, "key-1").await;
    let path =
        format!("/v1/payment-sessions/{}?after={}&wait=25", text(&session["session"]), session["revision"]);
    let waiting = tokio::spawn(world.request(Method::GET, &path).send());
    world.pay_by_card(&session["page"], GOOD_CARD).await;
    let told: Value = waiting.await.unwrap().unwrap().json().await.unwrap();
    assert_eq!(told["state"], "CAPTURED");
}

#[tokio::test]
async fn a_stopping_backend_lets_waiting_pages_go() {
    let mut world = World::start().await;
    let token = world.put("A-9").await;
    let session = world.open(&token, "key-1").await;
    let path =
        format!("/v1/payment-sessions/{}?after={}&wait=25", text(&session["session"]), session["revision"]);
    let waiting = tokio::spawn(world.request(Method::GET, &path).send());
    let backend = world.backend.take().unwrap();
    crate::support::eventually(|| async {
        let metrics = world.request(Method::GET, "/metrics").send().await.unwrap().text().await.unwrap();
        metrics.contains("alliancepay_waiting_pages 1").then_some(())
    })
    .await;
    let started = std::time::Instant::now();
    backend.stop().await;
    let told: Value = waiting.await.unwrap().unwrap().json().await.unwrap();
    assert_eq!(told["state"], "REDIRECTED");
    assert!(started.elapsed() < std::time::Duration::from_secs(10));
}
