//! What the bank's own public SDKs and plugins put on the wire: all of it has to work here too.

use alliancepay::jwe;
use serde_json::{Value, json};

use crate::support::{fresh_id, open, order_body, text, world};

#[tokio::test]
async fn body_fields_repeated_in_the_query_change_nothing() {
    let world = world().await;
    let session = world.authorize("PURCHASE").await;
    let body = order_body(&session, &json!({}));
    let query = "?coinAmount=1&merchantRequestId=other&customerData=%5Bobject%20Object%5D&hppPayType=A2A";
    let request = world.call(&session, &format!("hpp/v1/create-order{query}")).json(&body);
    let order: Value = request.send().await.unwrap().json().await.unwrap();
    assert_eq!(order["coinAmount"], 1000);
    assert_eq!(order["merchantRequestId"], body["merchantRequestId"]);
}

#[tokio::test]
async fn the_service_code_may_come_in_the_query() {
    let world = world().await;
    let code = text(&world.merchant, "serviceCode");
    let url = world.url(&format!("/api-gateway/authorize_virtual_device?serviceCode={code}"));
    for body in ["", "{}"] {
        let request = world.http.post(&url).header("x-api_version", "1").body(body);
        let answer: Value = request.send().await.unwrap().json().await.unwrap();
        assert!(answer["jwe"].is_string(), "{answer}");
    }
}

#[tokio::test]
async fn the_api_version_may_be_written_small() {
    let world = world().await;
    let session = world.authorize("PURCHASE").await;
    let order = world.order(&session, json!({})).await;
    let ask = |version: Option<&str>| {
        let request = world.http.post(world.url("/ecom/execute_request/hpp/v1/operations"));
        let request = request.header("x-device_id", &session.device_id);
        let request = request.header("x-refresh_token", &session.refresh_token);
        let request = request.json(&json!({"hppOrderId": order["hppOrderId"]}));
        match version {
            Some(version) => request.header("x-api_version", version).send(),
            None => request.send(),
        }
    };
    for version in ["V1", "v1", "1"] {
        assert_eq!(ask(Some(version)).await.unwrap().status(), 200, "{version}");
    }
    assert_eq!(ask(None).await.unwrap().status(), 400);
}

#[tokio::test]
async fn a_refund_may_be_quoted_wrapped_or_of_an_invented_content_type() {
    let world = world().await;
    let session = world.authorize("PURCHASE").await;
    let order = world.order(&session, json!({})).await;
    world.pay(&order, "4111111111111111").await;
    let operation = world.operations(&session, &order).await["operations"][0].clone();
    let sealed = |amount: Value| {
        // One SDK's date repeats the seconds as the fraction.
        let now = jiff::Timestamp::now().in_tz("Europe/Kyiv").unwrap();
        let body = json!({
            "merchantRequestId": fresh_id(), "merchantId": session.merchant_id, "coinAmount": amount,
            "operationId": operation["operationId"], "date": now.strftime("%Y-%m-%d %H:%M:%S.%S%:z").to_string(),
        });
        jwe::encrypt(body.to_string().as_bytes(), &session.server_public).unwrap()
    };
    for (content_type, body) in [
        ("plain/text", sealed(json!("100"))),
        ("application/json", json!(sealed(json!(100))).to_string()),
        ("application/json", json!({"jwe": sealed(json!(100))}).to_string()),
        ("text/plain", format!("{}\n", sealed(json!("100")))),
    ] {
        let request =
            world.call(&session, "payments/v3/refund").header("content-type", content_type).body(body);
        let answer: Value = request.send().await.unwrap().json().await.unwrap();
        assert_eq!(open(&session, answer)["status"], "PENDING", "{content_type}");
    }
}

#[tokio::test]
async fn a_basket_for_the_page_and_other_unknown_fields_are_let_through() {
    let world = world().await;
    let session = world.authorize("PURCHASE").await;
    let basket = json!({"productsSum": 1000, "products": [{"name": "Cup", "count": 2, "sum": 500}]});
    world.order(&session, json!({"hppPageAdditionalInfo": basket, "notificationEncryption": "false"})).await;
}

#[tokio::test]
async fn an_answer_carries_the_request_id() {
    let world = world().await;
    let session = world.authorize("PURCHASE").await;
    let order = world.order(&session, json!({})).await;
    let request = world.call(&session, "hpp/v1/operations").header("x-request_id", "from-the-shop");
    let answer = request.json(&json!({"hppOrderId": order["hppOrderId"]})).send().await.unwrap();
    assert_eq!(answer.headers()["x-request_id"], "from-the-shop");
    let refused = world.http.post(world.url("/ecom/execute_request/hpp/v1/operations")).send().await.unwrap();
    assert!(refused.headers().contains_key("x-request_id"));
}
