//! Refunds: none before the money was collected, whatever was recorded meanwhile.

use reqwest::StatusCode;
use serde_json::{Value, json};

use super::euro;
use crate::staff_hands::refusal;
use crate::staff_refunds::refunder;
use crate::support::{GOOD_CARD, QUIET, World, text};

#[tokio::test]
async fn captured_at_both_names_the_refund_that_is_possible_and_the_one_that_must_wait() {
    let world = World::with_alipay_plus(QUIET).await;
    let token = world.put_euro("B-1").await;
    let wallet = world.open_by("alipayplus", &token, "key-1").await;
    world.press_wallet(&wallet, &[("action", "decline")]).await;
    world.until(text(&wallet["session"]), "REJECTED").await;
    let card = world.open_by("card", &token, "key-2").await;
    world.pay_by_card(&card["page"], GOOD_CARD).await;
    world.until(text(&card["session"]), "CAPTURED").await;
    let payment = world.payment_of("B-1", 0).await;
    world.become_at_aggregator(&payment, "CAPTURED").await;
    world.until(text(&wallet["session"]), "CAPTURED").await;

    let order = world.order("B-1").await;
    assert_eq!(order["anomalies"], json!(["repeated"]));
    let (late, first) = (&order["attempts"][0], &order["attempts"][1]);
    assert_eq!(late["refundable"]["minor"], 1_099);
    assert_eq!(late["refundHindrance"], "waits_for_settlement");
    assert_eq!((&first["refundable"]["minor"], &first["refundHindrance"]), (&json!(1_099), &Value::Null));

    let of_wallet = json!({"session": wallet["session"], "offline": false});
    let too_early = world.refused_refund("B-1", "refund-1", of_wallet.clone()).await;
    assert_eq!(too_early, (409, "waits_for_settlement".to_owned()));
    assert!(world.aggregator_payments().await[0]["refunds"].as_array().unwrap().is_empty());

    world.become_at_aggregator(&payment, "PAID").await;
    world.until(text(&wallet["session"]), "PAID").await;
    world.refund("B-1", "refund-2", of_wallet).await;
    world.advance_bank(60_000).await;
    let done = world.until_refunds("B-1", &["SUCCESS"]).await;
    assert_eq!((&done["anomalies"], &done["state"]), (&json!([]), &json!("CAPTURED")));
    assert_eq!(done["attempts"][0]["state"], "REFUNDED");
}

#[tokio::test]
async fn collected_money_is_paid_by_asking_alone_and_then_goes_back_in_parts() {
    let timing = format!("{QUIET}\nsettlement = \"50ms\"");
    let world = World::with_alipay_plus(&timing).await;
    world.paid_by_wallet("P-1").await;
    let early = world.order("P-1").await;
    assert_eq!(early["refundable"]["possible"], false);
    assert_eq!(early["refundable"]["reason"], "waits_for_settlement");
    assert_eq!(early["attempts"][0]["settledAt"], Value::Null);
    world.enter_webhooks(false).await;
    world.advance_bank(48 * 3_600_000).await;
    let paid = world.until_order("P-1", "PAID").await;
    assert_eq!(
        (&paid["refundable"]["possible"], &paid["refundable"]["reason"]),
        (&json!(true), &Value::Null)
    );
    assert!(paid["attempts"][0]["settledAt"].is_string());

    world.enter_webhooks(true).await;
    world.refund("P-1", "key-1", json!({"amountMinor": 500, "offline": false})).await;
    world.advance_bank(60_000).await;
    let part = world.until_refunds("P-1", &["SUCCESS"]).await;
    assert_eq!((&part["state"], &part["refunded"]["minor"]), (&json!("PARTIALLY_REFUNDED"), &json!(500)));
    world.refund("P-1", "key-2", json!({"offline": false})).await;
    world.advance_bank(60_000).await;
    let done = world.until_order("P-1", "REFUNDED").await;
    assert_eq!(done["refunded"]["minor"], 1_099);
    assert_eq!(done["attempts"][0]["settledAt"], paid["attempts"][0]["settledAt"], "it stays known");
    let more = world.refused_refund("P-1", "key-3", json!({"offline": false})).await;
    assert_eq!(more, (409, "nothing_left".to_owned()));
}

#[tokio::test]
async fn a_limit_in_hryvnias_lets_no_euros_go() {
    let timing = format!("{QUIET}\nsettlement = \"50ms\"");
    let world = World::with_alipay_plus(&timing).await;
    world.paid_by_wallet("P-2").await;
    world.advance_bank(48 * 3_600_000).await;
    world.until_order("P-2", "PAID").await;
    let anna = refunder(&world, "anna", json!({"refundLimitMinor": 100_000})).await;
    let euros = world.staff_refund(&anna, "P-2", "k-1", json!({"amountMinor": 1})).await;
    assert_eq!(refusal(euros).await, (403, "refund_limit".to_owned()));
    let oleh = refunder(&world, "oleh", json!({})).await;
    let euros = world.staff_refund(&oleh, "P-2", "k-2", json!({"amountMinor": 1})).await;
    assert_eq!(euros.status(), StatusCode::CREATED);
}

#[tokio::test]
async fn a_refund_whose_answer_is_lost_is_found_by_its_reference() {
    let timing = QUIET.replace("refunds = [\"1h\"]", "refunds = [\"50ms\"]");
    let world = World::with_alipay_plus(&timing).await;
    world.paid_by_wallet("G-1").await;
    world.advance_bank(48 * 3_600_000).await;
    world.until_order("G-1", "PAID").await;
    world.enter_webhooks(false).await;
    world.fault(json!({"on": "refund", "kind": "answer-lost", "times": 1})).await;
    let refund = world.refund("G-1", "key-1", json!({"offline": false})).await;
    assert_eq!(refund["state"], "UNKNOWN");
    world.until_refunds("G-1", &["PENDING"]).await;
    world.advance_bank(60_000).await;
    world.until_refunds("G-1", &["SUCCESS"]).await;
    assert_eq!(world.aggregator_payments().await[0]["refunds"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_refund_that_was_only_recorded_does_not_end_the_wait_for_settlement() {
    let timing = format!("{QUIET}\nsettlement = \"50ms\"");
    let world = World::with_alipay_plus(&timing).await;
    world.paid_by_wallet("V-1").await;
    world.enter_webhooks(false).await;
    world.refund("V-1", "key-1", json!({"amountMinor": 99, "offline": true})).await;
    let part = world.until_order("V-1", "PARTIALLY_REFUNDED").await;
    assert_eq!(part["refundable"]["reason"], "waits_for_settlement");
    let early = world.refused_refund("V-1", "key-2", json!({"offline": false})).await;
    assert_eq!(early, (409, "waits_for_settlement".to_owned()));
    world.advance_bank(48 * 3_600_000).await;
    world.until_order_is("V-1", |now| now["refundable"]["possible"] == true).await;
    world.refund("V-1", "key-3", json!({"offline": false})).await;
    world.advance_bank(60_000).await;
    world.enter_webhooks(true).await;
    world.check("V-1").await;
    world.until_order("V-1", "REFUNDED").await;
}

#[tokio::test]
async fn a_refund_declined_at_once_keeps_its_id() {
    let world = World::with_alipay_plus(QUIET).await;
    let token = world.put_as("Q-1", &euro(2_000)).await;
    let session = world.open_by("alipayplus", &token, "key-1").await;
    world.press_wallet(&session, &[("wallet", "GCASH")]).await;
    world.until(text(&session["session"]), "CAPTURED").await;
    world.advance_bank(48 * 3_600_000).await;
    world.until_order("Q-1", "PAID").await;
    let declined = world.refund("Q-1", "key-1", json!({"amountMinor": 1_600, "offline": false})).await;
    assert_eq!(declined["state"], "FAILED");
    let told = world.query("SELECT raw FROM events WHERE what = 'refund_failed' ORDER BY id LIMIT 1");
    let told: Value = serde_json::from_str(&told).unwrap();
    let refund = &world.aggregator_payments().await[0]["refunds"][0];
    assert!(refund.to_string().contains(text(&told["refund"])), "{told} {refund}");
}
