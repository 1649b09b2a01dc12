//! What others than the merchant do with a payment's money, or may do: disputes, reversals, holds.

use serde_json::json;

use crate::metrics::scrape;
use crate::support::{QUIET, World, text};

#[tokio::test]
async fn money_that_another_hand_took_is_missing_and_the_buyer_never_reads_refunded() {
    let world = World::with_alipay_plus(QUIET).await;
    let rows: [(&str, &[&str], &str); 3] = [
        ("H-1", &["REJECTED_CAPTURE"], "CAPTURED"),
        ("H-2", &["REVERSED"], "CAPTURED"),
        ("H-3", &["PAID", "CHARGEBACK_NOTIFICATION", "CHARGEBACKED"], "PAID"),
    ];
    for (number, moves, state) in rows {
        let session = world.paid_by_wallet(number).await;
        let payment = world.payment_of(number, 0).await;
        for status in moves {
            world.become_at_aggregator(&payment, status).await;
            if *status == "PAID" {
                world.until_order(number, "PAID").await;
            }
        }
        let gone = world.until_order_is(number, |now| now["anomalies"] == json!(["underpaid"])).await;
        let last = moves[moves.len() - 1];
        assert_eq!((&gone["state"], &gone["operations"][1]["kind"]), (&json!(state), &json!(last)));
        assert_eq!(gone["operations"].as_array().unwrap().len(), 2, "a dispute is one movement");
        assert_eq!(gone["refunded"]["minor"], 0);
        assert_eq!(world.status(text(&session["session"])).await["outcome"], "paid");
        let refused = world.refused_refund(number, "key-1", json!({"offline": false})).await;
        assert_eq!(refused, (409, "nothing_left".to_owned()));
    }
    let figures = scrape(&world).await;
    assert!(figures.contains("alliancepay_anomalies_standing{kind=\"underpaid\"} 3"), "{figures}");
}

#[tokio::test]
async fn a_dispute_that_is_won_gives_the_money_back_and_one_that_comes_after_it_takes_it_again() {
    let world = World::with_alipay_plus(QUIET).await;
    world.paid_by_wallet("V-1").await;
    let payment = world.payment_of("V-1", 0).await;
    let dispute = |order: &serde_json::Value| order["operations"][1]["status"].clone();
    let moves = [
        ("PAID", json!([]), json!(null)),
        ("CHARGEBACK_NOTIFICATION", json!([]), json!("CHARGEBACK_NOTIFICATION")),
        ("CHARGEBACKED", json!(["underpaid"]), json!("SUCCESS")),
        ("PAID", json!([]), json!("FAILED")),
        ("CHARGEBACK_NOTIFICATION", json!([]), json!("CHARGEBACK_NOTIFICATION")),
        ("PAID", json!([]), json!("FAILED")),
    ];
    for (status, anomalies, standing) in moves {
        // A dispute takes days: what follows within an hour may be the clock's.
        world.advance_bank(24 * 3_600_000).await;
        world.become_at_aggregator(&payment, status).await;
        let fits = |now: &serde_json::Value| {
            now["state"] == "PAID" && now["anomalies"] == anomalies && dispute(now) == standing
        };
        let told = world.until_order_is("V-1", fits).await;
        let asked = "SELECT CAST(count(*) AS TEXT) FROM attempts WHERE next_ask_at IS NOT NULL";
        let waits = if told["anomalies"] == json!([]) { "0" } else { "1" };
        assert_eq!(world.query(asked), waits, "what is missing is asked about at {status}");
    }
    let order = world.order("V-1").await;
    assert_eq!(order["operations"].as_array().unwrap().len(), 2, "a dispute is one movement");
    assert_eq!(order["attempts"][0]["refundHindrance"], json!(null));
}

#[tokio::test]
async fn a_capture_that_is_rejected_before_anybody_called_it_captured_is_declined() {
    let world = World::with_alipay_plus(QUIET).await;
    let session = world.wallet_page("J-1").await;
    let payment = world.payment_of("J-1", 0).await;
    world.become_at_aggregator(&payment, "REJECTED_CAPTURE").await;
    let declined = world.until(text(&session["session"]), "REJECTED").await;
    assert_eq!((&declined["outcome"], &declined["reason"]), (&json!("declined"), &json!("1100")));
    assert_eq!(declined["anomalies"], json!([]));
}

#[tokio::test]
async fn a_dispute_announced_and_a_payment_held_are_shown_and_counted() {
    let world = World::with_alipay_plus(QUIET).await;
    world.paid_by_wallet("N-1").await;
    let disputed = world.payment_of("N-1", 0).await;
    world.become_at_aggregator(&disputed, "PAID").await;
    world.until_order("N-1", "PAID").await;
    world.become_at_aggregator(&disputed, "CHARGEBACK_NOTIFICATION").await;
    let session = world.wallet_page("N-2").await;
    let held = world.payment_of("N-2", 0).await;
    world.become_at_aggregator(&held, "PENDING_FRAUD_APPROVAL").await;
    let counted = crate::support::eventually(|| async {
        let text = scrape(&world).await;
        text.contains("alliancepay_provider_alarms_total 2").then_some(text)
    })
    .await;
    assert!(!counted.contains("kind=\"underpaid\""), "no money is missing: {counted}");
    let order = world.order("N-1").await;
    assert_eq!((&order["state"], &order["anomalies"]), (&json!("PAID"), &json!([])));
    assert_eq!(order["operations"][1]["kind"], "CHARGEBACK_NOTIFICATION");
    let waiting = world.order("N-2").await;
    assert_eq!(waiting["operations"][0]["status"], "PENDING_FRAUD_APPROVAL");
    // What was held ends like any other payment.
    world.become_at_aggregator(&held, "CANCELLED").await;
    world.until(text(&session["session"]), "CANCELLED").await;
}
