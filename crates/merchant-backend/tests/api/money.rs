//! Sums that differ from what was asked for.

use serde_json::json;

use crate::support::{GOOD_CARD, World, eventually, order_body, text};

#[tokio::test]
async fn too_little_and_too_much_are_captured_and_called_so() {
    let world = World::start().await;
    for (order, came, anomaly) in [("M-1", 12_904, "underpaid"), ("M-2", 12_906, "overpaid")] {
        let token = world.put(order).await;
        let session = world.open(&token, "key-1").await;
        world.complete_at_bank(&session["page"], json!({"coinAmount": came})).await;
        let paid = world.until(text(&session["session"]), "CAPTURED").await;
        assert_eq!(paid["anomalies"], json!([anomaly]));
        assert_eq!(paid["amount"]["minor"], 12_905);
        assert_eq!(world.order(order).await["anomalies"], json!([anomaly]));
    }
}

#[tokio::test]
async fn a_foreign_order_is_compared_in_its_own_currency() {
    let world = World::start().await;
    let mut body = order_body(1_000);
    body["amount"]["currency"] = json!("USD");
    let token = world.put_as("M-3", &body).await;
    let session = world.open(&token, "key-1").await;
    world.pay_by_card(&session["page"], GOOD_CARD).await;
    let paid = world.until(text(&session["session"]), "CAPTURED").await;
    assert_eq!(paid["anomalies"], json!([]));
    let operation = world.order("M-3").await["operations"][0].clone();
    assert_eq!(operation["amount"], json!({"minor": 1_000, "currency": "USD"}));
}

#[tokio::test]
async fn the_amount_comes_from_the_stored_order_only() {
    let world = World::start().await;
    let token = world.put("M-4").await;
    let answer = world
        .request(reqwest::Method::POST, "/v1/payment-sessions")
        .bearer_auth(&token)
        .header("Idempotency-Key", "key-1")
        .json(&json!({"product": "card", "amount": {"minor": 1, "currency": "UAH"}, "coinAmount": 1}))
        .send()
        .await
        .unwrap();
    assert!(answer.status().is_success());
    assert_eq!(world.bank_orders().await[0]["coinAmount"], 12_905);
}

#[tokio::test]
async fn money_that_comes_once_more_after_all_went_back_is_told_and_goes_back_too() {
    let world = World::start().await;
    let token = world.put("M-7").await;
    let session = world.open(&token, "key-1").await;
    world.complete_at_bank(&session["page"], json!({})).await;
    world.until(text(&session["session"]), "CAPTURED").await;
    world.refund("M-7", "r-1", json!({"offline": false})).await;
    world.until_refunds("M-7", &["SUCCESS"]).await;
    let over = world.check("M-7").await;
    assert_eq!((&over["order"]["state"], &over["order"]["anomalies"]), (&json!("REFUNDED"), &json!([])));

    world.complete_at_bank(&session["page"], json!({})).await;
    let again = world.check("M-7").await["order"].clone();
    assert_eq!((&again["state"], &again["anomalies"]), (&json!("REFUNDED"), &json!(["overpaid"])));
    assert_eq!(
        (&again["refundable"]["possible"], &again["refundable"]["amount"]["minor"]),
        (&json!(true), &json!(12_905))
    );
    world.refund("M-7", "r-2", json!({"offline": false})).await;
    world.until_refunds("M-7", &["SUCCESS", "SUCCESS"]).await;
    let done = world.check("M-7").await["order"].clone();
    assert_eq!((&done["anomalies"], &done["refundable"]["reason"]), (&json!([]), &json!("nothing_left")));
}

#[tokio::test]
async fn an_order_is_overpaid_until_the_surplus_went_back_whichever_way() {
    let world = World::start().await;
    for (order, offline) in [("M-5", false), ("M-6", true)] {
        let token = world.put(order).await;
        let session = world.open(&token, "key-1").await;
        world.complete_at_bank(&session["page"], json!({"coinAmount": 13_005})).await;
        world.until(text(&session["session"]), "CAPTURED").await;
        for (key, minor, anomalies) in
            [("r-1", 99, json!(["overpaid"])), ("r-2", 1, json!([])), ("r-3", 500, json!([]))]
        {
            let body = json!({"amountMinor": minor, "reason": "too much came", "offline": offline});
            world.refund(order, key, body).await;
            let now = eventually(|| async {
                world.check(order).await;
                let now = world.order(order).await;
                let refunds = now["refunds"].as_array().unwrap();
                refunds.iter().all(|refund| refund["state"] == "SUCCESS").then_some(now)
            })
            .await;
            assert_eq!(now["anomalies"], anomalies, "{order} {key}");
        }
        let events = world.order(order).await["events"].clone();
        let of = |what: &str| events.as_array().unwrap().iter().filter(|event| event["what"] == what).count();
        assert_eq!((of("anomaly"), of("anomaly_ended")), (1, 1), "{events}");
    }
}
