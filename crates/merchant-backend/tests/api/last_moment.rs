//! What a buyer does in the last moment of a page's life: no second page while the first may still bring money, and
//! no sum that the order does not ask for goes unnoticed.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::support::{GOOD_CARD, World, eventually, order_body, text};

/// The backend asks nothing by itself.
const SILENT: &str = "min_gap = \"20ms\"\nwhile_open = [\"1h\"]";

#[tokio::test]
async fn no_second_page_opens_while_the_bank_works_on_a_payment_of_the_first() {
    let world = World::with_timing(SILENT).await;
    let token = world.put("L-1").await;
    world.page_lives(800).await;
    let first = world.open(&token, "key-1").await;
    world.fault(json!({"on": "notification", "kind": "lost", "times": 9})).await;
    world.fault(json!({"on": "operations", "kind": "pending", "times": 9})).await;
    world.pay_by_card(&first["page"], GOOD_CARD).await;
    let session = text(&first["session"]);
    eventually(|| async { (world.status(session).await["canRetry"] == true).then_some(()) }).await;

    let again = world.try_open(&token, "key-2").await;
    assert_eq!(again.status(), StatusCode::OK);
    let again: Value = again.json().await.unwrap();
    assert_eq!((&again["session"], &again["page"]), (&first["session"], &json!(null)));
    assert_eq!(again["canRetry"], false, "the bank has been asked and has not decided");
    assert_eq!(world.bank_orders().await.len(), 1);

    world.mend_the_bank().await;
    world.check("L-1").await;
    assert_eq!(world.status(session).await["outcome"], "paid");
}

#[tokio::test]
async fn a_page_past_its_time_is_followed_by_another_once_the_bank_has_said_that_nothing_came() {
    let world = World::with_timing(SILENT).await;
    let token = world.put("L-2").await;
    world.page_lives(50).await;
    let first = world.open(&token, "key-1").await;
    let session = text(&first["session"]);
    eventually(|| async { (world.status(session).await["canRetry"] == true).then_some(()) }).await;
    world.fault(json!({"on": "operations", "kind": "http500", "times": 9})).await;
    let unsure = world.try_open(&token, "key-2").await;
    assert_eq!(unsure.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(world.bank_orders().await.len(), 1);

    world.mend_the_bank().await;
    let second = world.open(&token, "key-2").await;
    assert_ne!(second["session"], first["session"]);
}

#[tokio::test]
async fn late_money_for_a_sum_the_order_no_longer_asks_for_is_an_anomaly() {
    let world = World::with_timing(SILENT).await;
    let token = world.put("L-3").await;
    world.page_lives(50).await;
    let first = world.open(&token, "key-1").await;
    let session = text(&first["session"]);
    eventually(|| async { (world.status(session).await["canRetry"] == true).then_some(()) }).await;
    let dearer = world.put_body("L-3", &order_body(99_900)).await;
    assert_eq!(dearer.status(), StatusCode::OK);
    world.complete_at_bank(&first["page"], json!({})).await;
    let late = world.until(session, "CAPTURED").await;
    assert_eq!(late["anomalies"], json!(["underpaid"]));
}
