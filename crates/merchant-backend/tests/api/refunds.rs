//! Money back: in full, in parts, at once, recorded only, and what is refused.

use serde_json::{Value, json};

use crate::support::{GOOD_CARD, World, order_body, text};

#[tokio::test]
async fn a_full_refund_is_pending_first_then_done_and_nothing_is_left() {
    let world = World::start().await;
    let session = world.paid("F-1").await;
    let before = world.order("F-1").await;
    assert_eq!(before["refundable"]["amount"], json!({"minor": 12_905, "currency": "UAH"}));
    assert_eq!(before["refundable"]["reason"], json!(null));

    let refund = world.refund("F-1", "key-1", json!({"reason": "cancelled", "offline": false})).await;
    assert_eq!((&refund["state"], &refund["amount"]["minor"]), (&json!("PENDING"), &json!(12_905)));
    assert_eq!(refund["lines"], json!([{"id": "1", "quantity": 2, "amountMinor": 12_000}]));
    let done = world.until_refunds("F-1", &["SUCCESS"]).await;
    assert_eq!((&done["state"], &done["attempts"][0]["state"]), (&json!("REFUNDED"), &json!("REFUNDED")));
    assert_eq!(done["lines"][0]["refundedQuantity"], 2);
    assert_eq!(done["refundable"]["amount"]["minor"], 0);
    assert_eq!(done["refundable"]["reason"], "nothing_left");
    assert_eq!(world.status(text(&session["session"])).await["outcome"], "refunded");
    let operation = &done["operations"][1];
    assert_eq!((&operation["kind"], &operation["status"]), (&json!("REFUND"), &json!("SUCCESS")));

    let more = world.refused_refund("F-1", "key-2", json!({"amountMinor": 1, "offline": false})).await;
    assert_eq!(more, (409, "nothing_left".to_owned()));
}

#[tokio::test]
async fn by_quantity_then_by_sum_then_the_rest_then_no_more() {
    let world = World::start().await;
    world.paid("F-2").await;
    let lines = |quantity: u32| json!({"lines": [{"id": "1", "quantity": quantity}], "offline": false});
    let first = world.refund("F-2", "key-1", lines(1)).await;
    assert_eq!(first["amount"]["minor"], 6_000);
    let part = world.until_refunds("F-2", &["SUCCESS"]).await;
    assert_eq!(part["state"], "PARTIALLY_REFUNDED");
    let line = &part["lines"][0];
    assert_eq!((&line["refundedQuantity"], &line["refundedMinor"]), (&json!(1), &json!(6_000)));
    assert_eq!((&line["refundableQuantity"], &line["refundableMinor"]), (&json!(1), &json!(6_000)));

    assert_eq!(world.refused_refund("F-2", "key-2", lines(2)).await, (409, "refund_too_large".to_owned()));
    let sum = json!({"lines": [{"id": "1", "amountMinor": 1_000}], "shippingMinor": 905, "offline": false});
    let second = world.refund("F-2", "key-3", sum).await;
    assert_eq!((&second["amount"]["minor"], &second["shippingMinor"]), (&json!(1_905), &json!(905)));
    let rest = world.refund("F-2", "key-4", json!({"offline": false})).await;
    assert_eq!(rest["amount"]["minor"], 5_000);
    let done = world.until_refunds("F-2", &["SUCCESS", "SUCCESS", "SUCCESS"]).await;
    assert_eq!((&done["state"], &done["lines"][0]["refundableMinor"]), (&json!("REFUNDED"), &json!(0)));
    assert_eq!(gone_at_bank(&world).await, 12_905);
    let more = world.refused_refund("F-2", "key-5", json!({"offline": false})).await;
    assert_eq!(more, (409, "nothing_left".to_owned()));
}

#[tokio::test]
async fn the_golden_requests_are_taken_and_answered_in_the_golden_shape() {
    let world = World::start().await;
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../checkout-api/tests/golden");
    let read = |path: &std::path::Path| -> Value {
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
    };
    let shape = read(format!("{folder}/refund/pending.json").as_ref());
    let names = |object: &Value| object.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    for (index, entry) in std::fs::read_dir(format!("{folder}/refund-request")).unwrap().enumerate() {
        let order = format!("G-{index}");
        let session = world.paid(&order).await;
        let mut body = read(&entry.unwrap().path());
        if body.get("session").is_some() {
            body["session"] = session["session"].clone();
        }
        let refund = world.refund(&order, "key-1", body.clone()).await;
        assert_eq!(names(&refund), names(&shape), "{body}");
    }
}

#[tokio::test]
async fn two_at_once_never_take_more_than_there_is() {
    let world = World::start().await;
    world.paid("F-3").await;
    let body = || json!({"amountMinor": 7_000, "offline": false});
    let (one, two) =
        tokio::join!(world.try_refund("F-3", "key-1", body()), world.try_refund("F-3", "key-2", body()));
    let mut statuses = [one.status().as_u16(), two.status().as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409]);
    world.until_refunds("F-3", &["SUCCESS"]).await;
    assert_eq!(gone_at_bank(&world).await, 7_000);
}

#[tokio::test]
async fn ten_at_once_take_what_there_is_and_no_more() {
    let world = World::start().await;
    world.paid("F-11").await;
    let keys: Vec<String> = (0..10).map(|index| format!("key-{index}")).collect();
    let under_way: Vec<_> = keys
        .iter()
        .map(|key| {
            let request = world.as_shop(reqwest::Method::POST, "/v1/orders/F-11/refunds");
            let body = json!({"amountMinor": 3_000, "offline": false});
            tokio::spawn(request.header("Idempotency-Key", key).json(&body).send())
        })
        .collect();
    let mut made = 0;
    for answer in under_way {
        let status = answer.await.unwrap().unwrap().status().as_u16();
        assert!(matches!(status, 201 | 409), "{status}");
        made += u32::from(status == 201);
    }
    assert_eq!(made, 4);
    world.until_refunds("F-11", &["SUCCESS"; 4]).await;
    assert_eq!(gone_at_bank(&world).await, 12_000);
}

#[tokio::test]
async fn the_same_key_is_the_same_refund_and_another_body_is_refused() {
    let world = World::start().await;
    world.paid("F-4").await;
    let body = || json!({"amountMinor": 1_000, "reason": "late", "offline": false});
    let (one, two) =
        tokio::join!(world.try_refund("F-4", "key-1", body()), world.try_refund("F-4", "key-1", body()));
    let mut statuses = [one.status().as_u16(), two.status().as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 201]);
    let (one, two): (Value, Value) = (one.json().await.unwrap(), two.json().await.unwrap());
    assert_eq!(one["refund"], two["refund"]);
    let other = json!({"amountMinor": 1_001, "reason": "late", "offline": false});
    let reused = world.refused_refund("F-4", "key-1", other).await;
    assert_eq!(reused, (422, "idempotency_key_reused".to_owned()));
    assert_eq!(world.bank_calls("F-4", "refund").await, 1);
}

#[tokio::test]
async fn only_money_that_came_goes_back() {
    let world = World::start().await;
    let token = world.put("F-5").await;
    let full = || json!({"offline": false});
    assert_eq!(world.refused_refund("F-5", "key-1", full()).await, (409, "not_paid".to_owned()));
    world.open(&token, "key-1").await;
    assert_eq!(world.refused_refund("F-5", "key-1", full()).await, (409, "not_paid".to_owned()));
    assert_eq!(world.order("F-5").await["refundable"]["reason"], "not_paid");
    assert_eq!(world.refused_refund("none", "key-1", full()).await.0, 404);
}

#[tokio::test]
async fn bodies_that_could_mean_something_else_are_refused() {
    let world = World::start().await;
    world.paid("F-6").await;
    for body in [
        json!({"amount": 100, "offline": false}),
        json!({"amountMinor": 100, "lines": [{"id": "1", "quantity": 1}]}),
        json!({"amountMinor": -1}),
        json!({"amountMinor": 0}),
        json!({"amountMinor": 1.5}),
        json!({"lines": []}),
        json!({"lines": [{"id": "1"}]}),
        json!({"lines": [{"id": "1", "quantity": 1, "amountMinor": 1}]}),
        json!({"lines": [{"id": "absent", "quantity": 1}]}),
    ] {
        assert_eq!(world.refused_refund("F-6", "key-1", body.clone()).await.0, 400, "{body}");
    }
    let path = "/v1/orders/F-6/refunds";
    let keyless = world.as_shop(reqwest::Method::POST, path).json(&json!({})).send().await.unwrap();
    assert_eq!(keyless.status(), 400);
    let stranger = world.request(reqwest::Method::POST, path).bearer_auth("wrong").json(&json!({}));
    assert_eq!(stranger.send().await.unwrap().status(), 401);
    assert_eq!(world.bank_calls("F-6", "refund").await, json!(null));
}

#[tokio::test]
async fn an_offline_refund_makes_no_bank_call() {
    let world = World::start().await;
    world.paid("F-7").await;
    let asked = world.bank_calls("F-7", "operations").await;
    let body = json!({"lines": [{"id": "1", "quantity": 1}], "reason": "in cash", "offline": true});
    let refund = world.refund("F-7", "key-1", body).await;
    assert_eq!((&refund["state"], &refund["offline"]), (&json!("SUCCESS"), &json!(true)));
    let order = world.order("F-7").await;
    assert_eq!(order["state"], "PARTIALLY_REFUNDED");
    assert_eq!(order["refundable"]["amount"]["minor"], 6_905);
    assert_eq!(world.bank_calls("F-7", "refund").await, json!(null));
    assert_eq!(world.bank_calls("F-7", "operations").await, asked);
    let rest = world.refund("F-7", "key-2", json!({"offline": true})).await;
    assert_eq!(rest["amount"]["minor"], 6_905);
    assert_eq!(world.order("F-7").await["state"], "REFUNDED");
}

#[tokio::test]
async fn a_foreign_order_goes_back_to_the_kopeck() {
    let world = World::start().await;
    let mut body = order_body(1_000);
    body["amount"]["currency"] = json!("USD");
    body["lines"] = json!([]);
    let token = world.put_as("F-8", &body).await;
    let session = world.open(&token, "key-1").await;
    world.pay_by_card(&session["page"], GOOD_CARD).await;
    world.until(text(&session["session"]), "CAPTURED").await;
    let charged = world.bank_orders().await[0]["operations"][0]["coinAmount"].as_i64().unwrap();
    for (key, part) in [("key-1", 333), ("key-2", 334)] {
        let refund = world.refund("F-8", key, json!({"amountMinor": part, "offline": false})).await;
        assert_eq!(refund["amount"], json!({"minor": part, "currency": "USD"}));
    }
    world.refund("F-8", "key-3", json!({"offline": false})).await;
    let done = world.until_refunds("F-8", &["SUCCESS", "SUCCESS", "SUCCESS"]).await;
    assert_eq!(done["state"], "REFUNDED");
    assert_eq!(gone_at_bank(&world).await, charged);
}

#[tokio::test]
async fn an_account_to_account_payment_goes_back_by_its_own_terminal() {
    let world = World::start().await;
    let token = world.put("F-10").await;
    let session = world
        .request(reqwest::Method::POST, "/v1/payment-sessions")
        .bearer_auth(&token)
        .header("Idempotency-Key", "key-1")
        .json(&json!({"product": "a2a"}));
    let session: Value = session.send().await.unwrap().json().await.unwrap();
    world.complete_at_bank(&session["page"], json!({})).await;
    world.until(text(&session["session"]), "CAPTURED").await;
    assert_eq!(world.order("F-10").await["operations"][0]["kind"], "ACCOUNT_2_ACCOUNT");
    world.refund("F-10", "key-1", json!({"offline": false})).await;
    assert_eq!(world.until_refunds("F-10", &["SUCCESS"]).await["state"], "REFUNDED");
}

#[tokio::test]
async fn a_second_payment_is_refunded_by_itself_and_the_order_stays_paid() {
    let world = World::start().await;
    let token = world.put("F-9").await;
    world.page_lives(200).await;
    let first = world.open(&token, "key-1").await;
    crate::support::eventually(|| async {
        (world.status(text(&first["session"])).await["canRetry"] == true).then_some(())
    })
    .await;
    let second = world.open(&token, "key-2").await;
    for one in [&first, &second] {
        world.complete_at_bank(&one["page"], json!({})).await;
        world.until(text(&one["session"]), "CAPTURED").await;
    }
    assert_eq!(world.order("F-9").await["anomalies"], json!(["repeated"]));
    let body = json!({"reason": "paid twice", "offline": false, "session": second["session"]});
    let refund = world.refund("F-9", "key-1", body).await;
    assert_eq!((&refund["session"], &refund["amount"]["minor"]), (&second["session"], &json!(12_905)));
    let done = world.until_refunds("F-9", &["SUCCESS"]).await;
    assert_eq!((&done["state"], &done["attempts"][1]["state"]), (&json!("CAPTURED"), &json!("REFUNDED")));
    // Nothing is in the way of fulfilment any more, and the goods can still come back.
    assert_eq!(done["anomalies"], json!([]));
    assert_eq!(done["lines"][0]["refundableQuantity"], 2);
    assert_eq!(done["refundable"]["amount"]["minor"], 12_905);
}

async fn gone_at_bank(world: &World) -> i64 {
    let orders = world.bank_orders().await;
    let operations = orders.iter().flat_map(|order| order["operations"].as_array().unwrap());
    operations
        .filter(|one| one["type"] == "REFUND" && one["status"] == "SUCCESS")
        .map(|one| one["coinAmount"].as_i64().unwrap())
        .sum()
}

#[tokio::test]
async fn every_change_of_a_state_keeps_the_message_that_caused_it() {
    let world = World::start().await;
    world.paid("E-90").await;
    world.refund("E-90", "key-1", json!({"offline": false})).await;
    let order = world.until_refunds("E-90", &["SUCCESS"]).await;
    let events = order["events"].as_array().unwrap();
    for what in ["page_opened", "captured", "refund_success", "refunded"] {
        let event = events.iter().find(|event| event["what"] == what);
        let event = event.unwrap_or_else(|| panic!("{what} is not in {events:?}"));
        assert_eq!(event["hasRaw"], true, "{what}");
        let path = format!("/v1/orders/E-90/events/{}/raw", text(&event["id"]));
        let told = world.get(&path).await;
        let message: Value = serde_json::from_str(text(&told["raw"])).unwrap();
        assert!(message.is_object() && !told.to_string().contains("redirectUrl"), "{what}: {told}");
    }
}
