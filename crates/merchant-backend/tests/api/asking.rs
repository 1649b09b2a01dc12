//! Asking about orders nobody told us about: on the schedule, one question at a time.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{GOOD_CARD, World, eventually, text};

/// The contract's schedule, a thousand times faster.
const SCALED: &str = r#"
    min_gap = "20ms"
    while_open = ["100ms"]
    after_expiry = ["60ms", "300ms", "800ms"]
"#;

/// The backend asks nothing by itself.
const SILENT: &str = "min_gap = \"20ms\"\nwhile_open = [\"1h\"]";

#[tokio::test]
async fn a_lost_notification_is_made_up_for_by_asking() {
    let world = World::with_timing("min_gap = \"20ms\"\nwhile_open = [\"50ms\"]").await;
    let token = world.put("S-1").await;
    let session = world.open(&token, "key-1").await;
    world.fault(json!({"on": "notification", "kind": "lost", "times": 9})).await;
    world.pay_by_card(&session["page"], GOOD_CARD).await;
    world.until(text(&session["session"]), "CAPTURED").await;
    assert_eq!(world.order("S-1").await["attempts"][0]["notifiedAt"], json!(null));
}

#[tokio::test]
async fn an_abandoned_page_expires_and_late_money_still_counts() {
    let world = World::with_timing(SCALED).await;
    let token = world.put("S-2").await;
    world.page_lives(400).await;
    let session = world.open(&token, "key-1").await;
    let expired = world.until(text(&session["session"]), "CANCELLED").await;
    assert_eq!((&expired["reason"], &expired["outcome"]), (&json!("expired"), &json!("expired")));
    assert_eq!(expired["canRetry"], true);

    world.complete_at_bank(&session["page"], json!({})).await;
    let paid = world.until(text(&session["session"]), "CAPTURED").await;
    assert_eq!((&paid["reason"], &paid["outcome"]), (&json!(null), &json!("paid")));
}

#[tokio::test]
async fn past_its_time_a_page_is_still_awaited_and_a_new_attempt_may_begin() {
    let world = World::with_timing(SILENT).await;
    let token = world.put("S-3").await;
    world.page_lives(100).await;
    let first = world.open(&token, "key-1").await;
    let late = eventually(|| async {
        let now = world.status(text(&first["session"])).await;
        (now["canRetry"] == true).then_some(now)
    })
    .await;
    assert_eq!((&late["state"], &late["outcome"]), (&json!("REDIRECTED"), &json!("awaiting")));
    let second = world.open(&token, "key-2").await;
    assert_ne!(second["session"], first["session"]);
}

#[tokio::test]
async fn a_status_read_never_asks() {
    let world = World::start().await;
    let token = world.put("S-4").await;
    let session = world.open(&token, "key-1").await;
    for _ in 0..20 {
        world.status(text(&session["session"])).await;
    }
    let path =
        format!("/v1/payment-sessions/{}?after={}&wait=1", text(&session["session"]), session["revision"]);
    world.request(Method::GET, &path).send().await.unwrap();
    assert_eq!(world.bank_orders().await[0]["calls"]["operations"], json!(null));
}

#[tokio::test]
async fn hints_during_a_question_ask_once_more_and_no_more() {
    let world = World::start().await;
    let token = world.put("S-5").await;
    world.open(&token, "key-1").await;
    world.fault(json!({"on": "operations", "kind": "slow", "ms": 1_500})).await;
    let order = world.bank_orders().await.remove(0);
    for _ in 0..10 {
        world.notify(text(&order["notificationUrl"]), &order, "SUCCESS").await;
    }
    let answer = world.check("S-5").await;
    assert_eq!(answer["changed"], false);
    assert_eq!(answer["source"], "bank");
    // One question was under way; the hints and the check that came meanwhile share the next one.
    assert_eq!(world.bank_orders().await[0]["calls"]["operations"], 2);
}

#[tokio::test]
async fn questions_about_one_order_keep_their_distance() {
    let world = World::with_timing("min_gap = \"300ms\"\nwhile_open = [\"1h\"]").await;
    let token = world.put("S-6").await;
    world.open(&token, "key-1").await;
    let started = std::time::Instant::now();
    for _ in 0..3 {
        world.check("S-6").await;
    }
    assert!(started.elapsed() >= std::time::Duration::from_millis(600), "{:?}", started.elapsed());
}

#[tokio::test]
async fn check_repairs_an_order_and_says_so() {
    let world = World::start().await;
    let token = world.put("S-7").await;
    let session = world.open(&token, "key-1").await;
    world.fault(json!({"on": "notification", "kind": "lost", "times": 9})).await;
    world.pay_by_card(&session["page"], GOOD_CARD).await;
    let checked: Value = world.check("S-7").await;
    assert_eq!(checked["changed"], true);
    assert_eq!(checked["order"]["state"], "CAPTURED");
    assert_eq!(world.check("S-7").await["changed"], false);
}

#[tokio::test]
async fn late_money_of_an_old_attempt_is_what_the_page_is_told() {
    let world = World::with_timing(SILENT).await;
    let token = world.put("S-8").await;
    world.page_lives(200).await;
    let first = world.open(&token, "key-1").await;
    eventually(|| async { (world.status(text(&first["session"])).await["canRetry"] == true).then_some(()) })
        .await;
    let second = world.open(&token, "key-2").await;
    world.complete_at_bank(&first["page"], json!({})).await;
    world.until(text(&first["session"]), "CAPTURED").await;

    let checkout = world.request(Method::GET, "/v1/checkout").bearer_auth(&token).send().await.unwrap();
    let checkout: Value = checkout.json().await.unwrap();
    assert_eq!((&checkout["session"], &checkout["state"]), (&first["session"], &json!("CAPTURED")));
    let path = format!("/pay/{}?lang=en", text(&second["session"]));
    let page = world.request(Method::GET, &path).send().await.unwrap().text().await.unwrap();
    assert!(page.contains("already paid by another attempt") && !page.contains("hpp_id"), "{page}");
}

#[tokio::test]
async fn money_after_a_refusal_is_found_without_a_notification() {
    let world = World::with_timing(
        "min_gap = \"20ms\"\nwhile_open = [\"50ms\"]\nafter_expiry = [\"10ms\", \"20ms\", \"300ms\", \"600ms\", \"1s\"]",
    )
    .await;
    world.fault(json!({"on": "notification", "kind": "lost", "times": 99})).await;
    world.page_lives(1_000).await;
    let token = world.put("S-8").await;
    let session = world.open(&token, "key-1").await;
    world.complete_at_bank(&session["page"], json!({"status": "FAIL"})).await;
    world.until(text(&session["session"]), "REJECTED").await;
    world.complete_at_bank(&session["page"], json!({})).await;
    world.until(text(&session["session"]), "CAPTURED").await;
}
