//! Refunds, and the lookups that find them again.

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::{Session, World, ear, fresh_id, world};

fn now() -> String {
    let now = jiff::Timestamp::now().in_tz("Europe/Kyiv").expect("a zone");
    now.strftime("%Y-%m-%d %H:%M:%S%.2f%:z").to_string()
}

async fn paid(world: &World, session: &Session) -> (Value, Value) {
    let order = world.order(session, json!({})).await;
    world.pay(&order, "4111111111111111").await;
    let operation = world.operations(session, &order).await["operations"][0].clone();
    (order, operation)
}

fn request(session: &Session, operation: &Value, amount: &Value) -> Value {
    json!({
        "merchantRequestId": fresh_id(), "merchantId": session.merchant_id,
        "operationId": operation["operationId"], "coinAmount": amount, "date": now(),
    })
}

#[tokio::test]
async fn a_refund_is_pending_first_and_succeeds_later() {
    let world = world().await;
    let session = world.authorize("PURCHASE").await;
    let (order, operation) = paid(&world, &session).await;
    let mut ear = ear(&[]).await;
    let mut body = request(&session, &operation, &json!("300"));
    body["notificationUrl"] = json!(ear.url);
    let answer = world.refund(&session, &body).await;
    assert_eq!((&answer["type"], &answer["status"]), (&json!("REFUND"), &json!("PENDING")));
    assert_eq!(answer["transactionResponseInfo"]["actionCode"], Value::Null);
    assert_eq!(answer["originalOperationId"], operation["operationId"]);
    world.advance(Duration::from_secs(5)).await;
    let heard = ear.next().await;
    assert_eq!(heard["operation"]["type"], "REFUND");
    assert_eq!(heard["operation"]["status"], "SUCCESS");
    assert_eq!(world.operations(&session, &order).await["orderStatus"], "PARTIAL_REFUND");

    let lookup = world.call(&session, "payments/v1/operation/by_merchant_request_id");
    let lookup = lookup.json(&json!({"merchantRequestId": body["merchantRequestId"]})).send().await.unwrap();
    assert_eq!(lookup.json::<Value>().await.unwrap()["status"], "SUCCESS");
    let by_id = world.call(&session, "payments/v1/operations").json(&json!({"id": operation["operationId"]}));
    assert_eq!(by_id.send().await.unwrap().json::<Value>().await.unwrap()["type"], "PURCHASE");
}

#[tokio::test]
async fn no_more_comes_back_than_was_paid() {
    let world = world().await;
    let session = world.authorize("PURCHASE").await;
    let (_, operation) = paid(&world, &session).await;
    assert_eq!(
        world.refund(&session, &request(&session, &operation, &json!(700))).await["status"],
        "PENDING"
    );
    let refused = world.refund(&session, &request(&session, &operation, &json!(301))).await;
    assert_eq!(refused["msgCode"], "b_payment_invalid_refund_amount");
    assert_eq!(
        world.refund(&session, &request(&session, &operation, &json!(300))).await["status"],
        "PENDING"
    );
}

#[tokio::test]
async fn a_failed_refund_loses_its_id_and_frees_its_sum() {
    let world = world().await;
    let session = world.authorize("PURCHASE").await;
    let (order, operation) = paid(&world, &session).await;
    assert_eq!(world.refund(&session, &request(&session, &operation, &json!(17))).await["status"], "PENDING");
    world.advance(Duration::from_secs(5)).await;
    let refund = world.operations(&session, &order).await["operations"][1].clone();
    assert_eq!(refund["status"], "FAIL");
    assert!(refund.get("operationId").is_none());
    assert_eq!(
        world.refund(&session, &request(&session, &operation, &json!(1000))).await["status"],
        "PENDING"
    );
}

#[tokio::test]
async fn a_refund_dated_by_a_wrong_clock_fails() {
    let world = world().await;
    let session = world.authorize("PURCHASE").await;
    let (_, operation) = paid(&world, &session).await;
    let mut body = request(&session, &operation, &json!(100));
    body["date"] = json!("2020-01-01 00:00:00.00+02:00");
    let answer = world.refund(&session, &body).await;
    assert_eq!(answer["status"], "FAIL");
    assert_eq!(answer["errorDetails"], "b_security_time_in_request_not_correct");
}

#[tokio::test]
async fn a_refund_sent_twice_is_one_refund() {
    let world = world().await;
    let session = world.authorize("PURCHASE").await;
    let (order, operation) = paid(&world, &session).await;
    let body = request(&session, &operation, &json!(100));
    let first = world.refund(&session, &body).await;
    assert_eq!(world.refund(&session, &body).await["msgCode"], "b_duplicate_field_value");
    let fault =
        json!({"on": "refund", "order": order["hppOrderId"], "times": 1, "kind": "duplicate-replayed"});
    world.sandbox("/sandbox/faults", fault).await;
    assert_eq!(world.refund(&session, &body).await["ecomOperationId"], first["ecomOperationId"]);
    assert_eq!(world.operations(&session, &order).await["operations"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn only_a_successful_payment_of_this_merchant_can_be_refunded() {
    let world = world().await;
    let session = world.authorize("PURCHASE").await;
    let order = world.order(&session, json!({})).await;
    world.pay(&order, "4000000000000002").await;
    let failed = world.operations(&session, &order).await["operations"][0].clone();
    let answer = world.refund(&session, &request(&session, &failed, &json!(100))).await;
    assert_eq!(answer["msgCode"], "b_payment_invalid_refund_status");
    let nobody = json!({"operationId": "1"});
    let answer = world.refund(&session, &request(&session, &nobody, &json!(100))).await;
    assert_eq!(answer["msgCode"], "b_operation_not_found");
}
