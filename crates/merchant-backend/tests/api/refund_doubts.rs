//! Refunds whose answer is lost, that the bank refuses, or that somebody else makes.

use serde_json::{Value, json};

use crate::support::{World, eventually, text};

/// Refunds are looked for quickly.
const LOOKING: &str = r#"
    min_gap = "20ms"
    bank_timeout = "2s"
    while_open = ["1h"]
    refunds = ["50ms"]
"#;

#[tokio::test]
async fn a_lost_answer_is_found_again_and_never_sent_twice() {
    let world = World::with_timing(LOOKING).await;
    world.paid("D-1").await;
    world.fault(json!({"on": "refund", "kind": "answer-lost"})).await;
    world.fault(json!({"on": "notification", "kind": "lost", "times": 9})).await;
    let body = || json!({"amountMinor": 5_000, "offline": false});
    let refund = world.refund("D-1", "key-1", body()).await;
    assert_eq!(refund["state"], "UNKNOWN");
    let done = world.until_refunds("D-1", &["SUCCESS"]).await;
    assert_eq!(done["state"], "PARTIALLY_REFUNDED");
    let again: Value = world.try_refund("D-1", "key-1", body()).await.json().await.unwrap();
    assert_eq!((&again["refund"], &again["state"]), (&refund["refund"], &json!("SUCCESS")));
    assert_eq!(world.bank_calls("D-1", "refund").await, 1);
}

#[tokio::test]
async fn a_refund_that_never_reached_the_bank_is_given_up_when_it_cannot_arrive_any_more() {
    let world = World::with_timing(&format!("{LOOKING}\nrefund_arrives_within = \"600ms\"")).await;
    world.paid("D-2").await;
    world.fault(json!({"on": "refund", "kind": "http500"})).await;
    let refund = world.refund("D-2", "key-1", json!({"offline": false})).await;
    assert_eq!(refund["state"], "UNKNOWN");
    // As long as it may be under way, its sum is not to be had.
    assert_eq!(world.order("D-2").await["refundable"]["amount"]["minor"], 0);
    let given_up = world.until_refunds("D-2", &["FAILED"]).await;
    assert_eq!(given_up["refunds"][0]["code"], "never_arrived");
    assert_eq!(given_up["refundable"]["amount"]["minor"], 12_905);
    assert_eq!(given_up["state"], "CAPTURED");
}

#[tokio::test]
async fn a_refund_the_bank_refuses_later_gives_its_sum_free() {
    let world = World::start().await;
    world.paid("D-3").await;
    // Longer than the answer to the refund takes on the way, however busy the machine is.
    world.fault(json!({"on": "refund", "kind": "pending", "ms": 3_000})).await;
    let refund = world.refund("D-3", "key-1", json!({"amountMinor": 17, "offline": false})).await;
    assert_eq!(refund["state"], "PENDING");
    let refused = world.until_refunds("D-3", &["FAILED"]).await;
    assert_eq!(refused["refunds"][0]["code"], "9/11");
    assert_eq!(
        (&refused["state"], &refused["refundable"]["amount"]["minor"]),
        (&json!("CAPTURED"), &json!(12_905))
    );
    world.refund("D-3", "key-2", json!({"offline": false})).await;
    assert_eq!(world.until_refunds("D-3", &["FAILED", "SUCCESS"]).await["state"], "REFUNDED");
}

#[tokio::test]
async fn a_silent_bank_stops_a_refund_before_anything_is_stored() {
    let world = World::start().await;
    world.paid("D-4").await;
    world.fault(json!({"on": "operations", "kind": "http500", "times": 9})).await;
    let silent = world.refused_refund("D-4", "key-1", json!({"offline": false})).await;
    assert_eq!(silent, (503, "bank_unavailable".to_owned()));
    assert_eq!(world.order("D-4").await["refunds"], json!([]));
}

#[tokio::test]
async fn money_the_bank_gave_back_by_another_hand_is_counted() {
    let world = World::start().await;
    let session = world.paid("D-5").await;
    give_back_by_another_hand(&world, &session, 10_000).await;
    let much = world.refused_refund("D-5", "key-1", json!({"amountMinor": 2_906, "offline": false})).await;
    assert_eq!(much, (409, "refund_too_large".to_owned()));
    let order = world.order("D-5").await;
    assert_eq!((&order["state"], &order["refunds"]), (&json!("PARTIALLY_REFUNDED"), &json!([])));
    assert_eq!(order["refundable"]["amount"]["minor"], 2_905);
    world.refund("D-5", "key-2", json!({"offline": false})).await;
    assert_eq!(world.until_refunds("D-5", &["SUCCESS"]).await["state"], "REFUNDED");
}

#[tokio::test]
async fn a_killed_bank_token_is_renewed_and_one_refund_made() {
    let world = World::start().await;
    world.paid("D-6").await;
    world.fault(json!({"on": "refund", "kind": "token-killed"})).await;
    world.refund("D-6", "key-1", json!({"amountMinor": 100, "offline": false})).await;
    world.until_refunds("D-6", &["SUCCESS"]).await;
    let orders = world.bank_orders().await;
    let refunds = orders[0]["operations"].as_array().unwrap().iter().filter(|one| one["type"] == "REFUND");
    assert_eq!(refunds.count(), 1);
}

/// The bank's own office, or another program with the same terminal.
async fn give_back_by_another_hand(world: &World, session: &Value, kopecks: i64) {
    use alliancepay::{
        Amount, Client, ClientConfig, Currency, MemoryTokenStore, PrivateJwk, Refund, Terminal,
    };
    let order = world.order(text(&session["order"])).await;
    let attempt = &order["attempts"][0];
    let terminal = world
        .bank
        .merchant
        .terminals
        .iter()
        .find(|one| one.merchant_id == text(&attempt["merchantId"]))
        .unwrap();
    let config = ClientConfig {
        api_url: world.bank.url.parse().unwrap(),
        terminal: Terminal {
            merchant_id: terminal.merchant_id.clone(),
            service_code: terminal.service_code.clone(),
            key: PrivateJwk::from_json(&terminal.authentication_key.to_string()).unwrap(),
        },
        timeouts: alliancepay::Timeouts::default(),
    };
    let client = Client::new(config, std::sync::Arc::new(MemoryTokenStore::new())).unwrap();
    let number = text(&order["operations"][0]["operationId"]);
    let amount = Amount::new(kopecks, Currency::Uah).unwrap();
    let refund = Refund::new(uuid::Uuid::new_v4().to_string(), number, amount);
    client.refund(&refund).await.unwrap();
    crate::support::eventually(|| async {
        let found = client.find_refund(&refund.merchant_request_id).await.unwrap()?;
        (found.status == alliancepay::OperationStatus::Success).then_some(())
    })
    .await;
}

#[tokio::test]
async fn a_refund_found_by_its_own_id_is_among_the_payments_movements_too() {
    let world = World::with_timing(LOOKING).await;
    world.paid("D-90").await;
    world.fault(json!({"on": "notification", "kind": "lost", "times": 9})).await;
    world.refund("D-90", "key-1", json!({"amountMinor": 100, "offline": false})).await;
    world.until_refunds("D-90", &["SUCCESS"]).await;
    eventually(|| async {
        let order = world.order("D-90").await;
        let mut operations = order["operations"].as_array().unwrap().iter();
        operations.any(|one| one["kind"] == "REFUND" && one["status"] == "SUCCESS").then_some(())
    })
    .await;
}
