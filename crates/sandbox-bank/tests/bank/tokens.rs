//! Technical sessions.

use alliancepay::{PrivateJwk, jwe};
use serde_json::{Value, json};

use crate::support::{order_body, world};

#[tokio::test]
async fn authorize_answers_with_a_session_sealed_for_the_merchant() {
    let world = world().await;
    let terminal = world.terminal("A2A");
    let request =
        world.http.post(world.url("/api-gateway/authorize_virtual_device")).header("x-api_version", "V1");
    let answer = request.json(&json!({"serviceCode": terminal["serviceCode"]})).send().await.unwrap();
    let answer: Value = answer.json().await.unwrap();
    let key = PrivateJwk::from_json(&terminal["authenticationKey"].to_string()).unwrap();
    let plain = jwe::decrypt(answer["jwe"].as_str().unwrap(), &key).unwrap();
    let payload: Value = serde_json::from_slice(&plain).unwrap();
    for name in ["deviceId", "refreshToken", "authToken", "tokenExpirationDateTime", "tokenExpiration"] {
        assert!(payload[name].is_string(), "{name}");
    }
    let members: Vec<_> = payload["serverPublic"].as_object().unwrap().keys().cloned().collect();
    assert_eq!(members, ["crv", "kty", "x", "y"]);
    assert!(payload["tokenExpirationDateTime"].as_str().unwrap().ends_with(" +0000"));
}

#[tokio::test]
async fn an_unknown_service_code_is_refused_with_status_200() {
    let world = world().await;
    let request =
        world.http.post(world.url("/api-gateway/authorize_virtual_device")).header("x-api_version", "V1");
    let answer = request.json(&json!({"serviceCode": "nobody"})).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    let body: Value = answer.json().await.unwrap();
    assert_eq!(body["msgType"], "ERROR");
    assert_eq!(body["msgCode"], "b_virtual_device_not_found");
}

#[tokio::test]
async fn a_new_token_ends_the_old_one() {
    let world = world().await;
    let old = world.authorize("PURCHASE").await;
    let new = world.authorize("PURCHASE").await;
    let refused = world.create(&old, &order_body(&old, &json!({}))).await;
    assert_eq!(refused.status(), 401);
    assert_eq!(refused.json::<Value>().await.unwrap()["msgCode"], "b_session_doesnt_exists");
    world.order(&new, json!({})).await;
}

#[tokio::test]
async fn with_the_grace_switch_the_old_token_works_for_a_while() {
    let world = world().await;
    world.sandbox("/sandbox/switches", json!({"tokenGrace": true})).await;
    let old = world.authorize("PURCHASE").await;
    world.authorize("PURCHASE").await;
    world.order(&old, json!({})).await;
    world.advance(std::time::Duration::from_secs(61)).await;
    assert_eq!(world.create(&old, &order_body(&old, &json!({}))).await.status(), 401);
}

#[tokio::test]
async fn a_killed_token_is_refused_until_the_merchant_authorizes_again() {
    let world = world().await;
    let session = world.authorize("PURCHASE").await;
    world
        .sandbox(
            "/sandbox/faults",
            json!({"on": "create-order", "order": null, "times": 1, "kind": "token-killed"}),
        )
        .await;
    let body = order_body(&session, &json!({}));
    for _ in 0..2 {
        let refused = world.create(&session, &body).await;
        assert_eq!(refused.status(), 401);
        assert_eq!(refused.json::<Value>().await.unwrap()["msgCode"], "b_expired_token");
    }
    let again = world.authorize("PURCHASE").await;
    assert_eq!(world.create(&again, &body).await.status(), 200);
}
