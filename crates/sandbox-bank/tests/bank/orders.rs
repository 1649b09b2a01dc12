//! create-order and operations.

use serde_json::{Value, json};

use crate::support::{fresh_id, order_body, text, world};

#[tokio::test]
async fn an_order_is_created_pending_with_a_page_that_carries_its_id() {
    let world = world().await;
    let session = world.authorize("PURCHASE").await;
    let order = world.order(&session, json!({"expirationTimeMinutes": 15})).await;
    let id = text(&order, "hppOrderId");
    assert_eq!(order["orderStatus"], "PENDING");
    assert!(text(&order, "redirectUrl").contains(&id));
    assert!(text(&order, "statusUrl").contains(&id));
    assert_eq!(order["nbuQrCode"], Value::Null);
    let answer = world.operations(&session, &order).await;
    assert_eq!(answer["operations"], json!([]));
    assert_eq!(answer["coinAmount"], 1000);
}

#[tokio::test]
async fn an_account_order_has_no_status_page_and_may_have_a_qr() {
    let world = world().await;
    let session = world.authorize("A2A").await;
    let changes = json!({
        "hppPayType": "A2A", "directType": "BANK_LINK", "expirationTimeMinutes": 60,
        "merchantComment": "order 1234567890", "generateQrNbu": "true",
    });
    let order = world.order(&session, changes).await;
    assert_eq!(order["statusUrl"], Value::Null);
    assert!(text(&order, "nbuQrCode").starts_with("https://bank.gov.ua/qr/"));
}

#[tokio::test]
async fn every_mistake_is_named_at_once() {
    let world = world().await;
    let session = world.authorize("PURCHASE").await;
    let changes = json!({
        "coinAmount": 0, "notificationUrl": null, "purpose": "", "language": "xx",
        "expirationTimeMinutes": 2000, "customerData": {"senderPhone": "+380"},
    });
    let refused = world.create(&session, &order_body(&session, &changes)).await;
    assert_eq!(refused.status(), 400);
    let body: Value = refused.json().await.unwrap();
    assert_eq!(body["msgType"], "VALIDATION_ERROR");
    let errors = body["validation"]["errors"].as_array().unwrap();
    for field in [
        "coinAmount",
        "notificationUrl",
        "purpose",
        "language",
        "expirationTimeMinutes",
        "customerData.senderCustomerId",
        "customerData.senderPhone",
    ] {
        let named = errors.iter().any(|error| error["message"].as_str().unwrap().starts_with(field));
        assert!(named, "{field} in {errors:?}");
    }
    assert_eq!(errors.len(), 7);
}

#[tokio::test]
async fn a_reused_request_id_is_refused_unless_a_fault_replays_it() {
    let world = world().await;
    let session = world.authorize("PURCHASE").await;
    let body = order_body(&session, &json!({}));
    let first: Value = world.create(&session, &body).await.json().await.unwrap();
    let refused = world.create(&session, &body).await;
    assert_eq!(refused.status(), 400);
    assert_eq!(refused.json::<Value>().await.unwrap()["msgCode"], "b_duplicate_field_value");

    let fault = json!({"on": "create-order", "order": body["merchantRequestId"], "times": 1, "kind": "duplicate-replayed"});
    world.sandbox("/sandbox/faults", fault).await;
    let replayed: Value = world.create(&session, &body).await.json().await.unwrap();
    assert_eq!(replayed, first);
    let truth: Value =
        world.http.get(world.url("/sandbox/orders")).send().await.unwrap().json().await.unwrap();
    assert_eq!(truth["orders"].as_array().unwrap().len(), 1);
    assert_eq!(truth["orders"][0]["calls"]["create-order"], 3);
}

#[tokio::test]
async fn another_terminals_order_does_not_exist() {
    let world = world().await;
    let card = world.authorize("PURCHASE").await;
    let order = world.order(&card, json!({})).await;
    let account = world.authorize("A2A").await;
    let answer = world.operations(&account, &order).await;
    assert_eq!(answer["msgCode"], "b_hpp_order_not_found");
    let wrong = world.create(&account, &order_body(&card, &json!({}))).await;
    assert_eq!(wrong.json::<Value>().await.unwrap()["msgCode"], "b_terminal_not_found");
    let nobody = order_body(&card, &json!({"merchantId": fresh_id()}));
    let unknown = world.create(&card, &nobody).await;
    assert_eq!(unknown.status(), 200);
    assert_eq!(unknown.json::<Value>().await.unwrap()["msgCode"], "b_merchant_not_found");
}

#[tokio::test]
async fn a_foreign_order_is_charged_in_kopecks_and_tells_its_source() {
    let world = world().await;
    let session = world.authorize("PURCHASE").await;
    let order = world.order(&session, json!({"coinAmount": 10, "currencyCode": "840"})).await;
    world.pay(&order, "4111111111111111").await;
    let answer = world.operations(&session, &order).await;
    assert_eq!(answer["coinAmount"], 10);
    let operation = &answer["operations"][0];
    assert_eq!(operation["coinAmount"], 444);
    assert_eq!(operation["sourceAmount"], 10);
    assert_eq!(operation["sourceCurrencyCode"], "840");
    assert_eq!(operation["conversionRate"], "44.3500");
}

#[tokio::test]
async fn a_test_amount_beats_the_card() {
    let world = world().await;
    let session = world.authorize("PURCHASE").await;
    for (amount, card, status) in
        [(4, "4000000000000002", "SUCCESS"), (5, "4111111111111111", "FAIL"), (6, "4000000000003220", "FAIL")]
    {
        let order = world.order(&session, json!({"coinAmount": amount})).await;
        world.pay(&order, card).await;
        assert_eq!(world.operations(&session, &order).await["orderStatus"], status, "{amount}");
    }
}
