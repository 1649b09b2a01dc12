//! What goes over the wire: paths, headers and bodies exactly as the bank documents them.

use serde_json::json;

use crate::stand_in::{AUTHORIZE, Bank, CREATE_ORDER, OPERATIONS, order};

#[tokio::test]
async fn authorize_sends_the_service_code_and_no_token() {
    let bank = Bank::open().await;
    let token = bank.client().authorize().await.unwrap();
    assert_eq!(token.device_id.expose(), "device-1");
    let [call] = &bank.calls(AUTHORIZE)[..] else { panic!("one call") };
    assert_eq!(call.body, json!({"serviceCode": "service-1"}));
    assert_eq!(call.headers["x-api_version"], "V1");
    assert!(!call.headers.contains_key("x-device_id") && !call.headers.contains_key("x-refresh_token"));
}

#[tokio::test]
async fn calls_carry_the_token_under_the_banks_spelling_and_a_fresh_request_id() {
    let bank = Bank::open().await;
    let client = bank.client();
    client.create_order(&order()).await.unwrap();
    client.operations("1783591442910SYNTHETIC01").await.unwrap();

    let created = bank.calls(CREATE_ORDER).remove(0);
    assert_eq!(created.headers["x-api_version"], "V1");
    assert_eq!(created.headers["x-device_id"], "device-1");
    assert_eq!(created.headers["x-refresh_token"], "refresh-of-device-1");
    assert_eq!(created.headers["content-type"], "application/json");
    assert_eq!(created.headers["accept"], "application/json");
    assert_eq!(created.body["merchantId"], "merchant-1");
    assert_eq!(created.body["coinAmount"], 12_905);

    let asked = bank.calls(OPERATIONS).remove(0);
    assert_eq!(asked.body, json!({"hppOrderId": "1783591442910SYNTHETIC01"}));
    assert_ne!(asked.headers["x-request_id"], created.headers["x-request_id"]);
    assert_eq!(asked.headers["x-request_id"].to_str().unwrap().len(), 36);
}

#[tokio::test]
async fn nothing_secret_prints() {
    let bank = Bank::open().await;
    let client = bank.client();
    let token = client.authorize().await.unwrap();
    let printed = format!("{client:?} {token:?} {:?}", bank.config(bank.merchant_key.clone()));
    let d = serde_json::to_value(&bank.merchant_key).unwrap()["d"].as_str().unwrap().to_owned();
    assert!(!printed.contains("device-1") && !printed.contains(&d), "{printed}");
}
