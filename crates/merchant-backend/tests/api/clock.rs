//! A machine whose clock was wrong and was set right.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{GOOD_CARD, World, text};

#[tokio::test]
async fn a_payment_given_up_by_a_clock_that_was_ahead_is_asked_about_once_the_clock_is_right() {
    let mut world = World::start().await;
    let token = world.put("T-1").await;
    let session = world.open(&token, "key-1").await;
    world.fault(json!({"on": "notification", "kind": "lost", "times": 9})).await;
    world.pay_by_card(&session["page"], GOOD_CARD).await;
    // As a backend leaves it that believes to live next month: given up, and never to be asked about again.
    let ahead = (jiff::Timestamp::now() + jiff::SignedDuration::from_hours(30 * 24)).as_millisecond();
    world.query(&format!(
        "UPDATE attempts SET state = 'CANCELLED', reason = 'expired', asked_at = {ahead}, next_ask_at = NULL"
    ));
    world.query("UPDATE orders SET state = 'CANCELLED', reason = 'expired'");
    assert_eq!(world.status(text(&session["session"])).await["outcome"], "expired");
    world.backend.take().unwrap().stop().await;
    world.start_backend().await;
    world.until(text(&session["session"]), "CAPTURED").await;
}

#[tokio::test]
async fn a_page_opened_by_a_clock_that_was_ahead_is_asked_about_before_another_one_opens() {
    let mut world = World::start().await;
    let token = world.put("T-2").await;
    let session = world.open(&token, "key-1").await;
    world.fault(json!({"on": "notification", "kind": "lost", "times": 9})).await;
    world.pay_by_card(&session["page"], GOOD_CARD).await;
    let ahead = (jiff::Timestamp::now() + jiff::SignedDuration::from_hours(24)).as_millisecond();
    world.query(&format!(
        "UPDATE attempts SET created_at = {ahead}, opened_at = {ahead}, expires_at = {ahead}, next_ask_at = {ahead}"
    ));
    world.backend.take().unwrap().stop().await;
    world.start_backend().await;
    world.until(text(&session["session"]), "CAPTURED").await;
    let paid = world.try_open(&token, "key-2").await;
    assert_eq!(paid.json::<Value>().await.unwrap()["code"], "order_already_paid");
    let checked = world.as_shop(Method::GET, "/v1/orders/T-2").send().await.unwrap();
    assert_eq!(checked.json::<Value>().await.unwrap()["attempts"].as_array().unwrap().len(), 1);
}
