//! The product's own client against the sandbox: two readings of the same documents that have to fit.

use std::sync::Arc;

use alliancepay::{
    Client, ClientConfig, CreateOrder, CustomerData, MemoryTokenStore, Notification, OperationStatus,
    OperationType, OrderStatus, PayType, PrivateJwk, StatusPageType, Terminal, Timeouts,
};
use money::{Amount, Currency};
use serde_json::{Value, json};

use crate::support::{World, ear, fresh_id, text, world};

fn client(world: &World, pay_type: &str) -> Client {
    let terminal = world.terminal(pay_type);
    let terminal = Terminal {
        merchant_id: text(terminal, "merchantId"),
        service_code: text(terminal, "serviceCode"),
        key: PrivateJwk::from_json(&terminal["authenticationKey"].to_string()).expect("as documented"),
    };
    let config = ClientConfig {
        api_url: world.bank.url.parse().expect("as documented"),
        terminal,
        timeouts: Timeouts::default(),
    };
    Client::new(config, Arc::new(MemoryTokenStore::new())).expect("as documented")
}

fn order(pay_type: PayType, currency: Currency) -> CreateOrder {
    let mut order = CreateOrder::new(
        fresh_id(),
        pay_type,
        Amount::new(12_905, currency).expect("as documented"),
        "https://shop.example/paid",
        "https://shop.example/not-paid",
        CustomerData::new("customer-1"),
    );
    order.status_page = StatusPageType::Stay;
    order
}

#[tokio::test]
async fn the_client_pays_by_card_in_dollars() {
    let world = world().await;
    let client = client(&world, "PURCHASE");
    let mut ear = ear(&[]).await;
    let mut order = order(PayType::Purchase, Currency::Usd);
    order.notification_url = Some(ear.url.clone());
    order.expiration_minutes = Some(15);
    let made = client.create_order(&order).await.unwrap();
    assert_eq!(made.order_status, OrderStatus::Pending);
    assert!(made.expired_order_date.is_some() && made.create_date.is_some());
    assert!(client.operations(&made.hpp_order_id).await.unwrap().operations.is_empty());

    world.pay(&json!({"hppOrderId": made.hpp_order_id}), "4111111111111111").await;
    let told = client.operations(&made.hpp_order_id).await.unwrap();
    assert_eq!(told.order_status, OrderStatus::Success);
    let operation = &told.operations[0];
    assert_eq!((&operation.kind, &operation.status), (&OperationType::Purchase, &OperationStatus::Success));
    assert_eq!(operation.amount(), Some(order.amount));
    assert!(operation.processing_date_time.is_some());

    let (_, body) = ear.raw().await;
    let heard = Notification::from_body(body.as_bytes(), None).unwrap();
    assert_eq!(heard.hpp_order_id, made.hpp_order_id);
    assert_eq!(heard.operation.unwrap().amount(), Some(order.amount));
}

#[tokio::test]
async fn the_client_pays_from_an_account() {
    let world = world().await;
    let client = client(&world, "A2A");
    let mut order = order(PayType::A2a, Currency::Uah);
    order.merchant_comment = Some("order 1 attempt 1".to_owned());
    order.nbu_qr = true;
    let made = client.create_order(&order).await.unwrap();
    assert!(made.nbu_qr_code.is_some() && made.status_url.is_none());
    world.press(&json!({"hppOrderId": made.hpp_order_id}), &[("bank", "MONO_BANK")]).await;
    let told = client.operations(&made.hpp_order_id).await.unwrap();
    assert_eq!(told.operations[0].kind, OperationType::AccountToAccount);
    assert_eq!(told.operations[0].amount(), Some(order.amount));
}

#[tokio::test]
async fn the_client_survives_a_killed_token_and_a_second_process() {
    let world = world().await;
    let client = client(&world, "PURCHASE");
    let made = client.create_order(&order(PayType::Purchase, Currency::Uah)).await.unwrap();
    let fault = json!({"on": "operations", "order": null, "times": 1, "kind": "token-killed"});
    world.sandbox("/sandbox/faults", fault).await;
    client.operations(&made.hpp_order_id).await.unwrap();
    world.authorize("PURCHASE").await;
    client.operations(&made.hpp_order_id).await.unwrap();
}

#[tokio::test]
async fn the_client_understands_the_banks_refusals() {
    let world = world().await;
    let client = client(&world, "PURCHASE");
    let order = order(PayType::Purchase, Currency::Uah);
    client.create_order(&order).await.unwrap();
    assert!(client.create_order(&order).await.unwrap_err().is_duplicate());

    let mut wrong = order.clone();
    wrong.merchant_request_id = fresh_id();
    wrong.language = Some("klingon".to_owned());
    let refused = client.create_order(&wrong).await.unwrap_err();
    assert!(!refused.outcome_unknown());
    assert_eq!(refused.bank_error().unwrap().validation.len(), 1);

    let fault = json!({"on": "create-order", "order": null, "times": 1, "kind": "answer-lost"});
    world.sandbox("/sandbox/faults", fault).await;
    wrong.language = None;
    assert!(client.create_order(&wrong).await.unwrap_err().outcome_unknown());
}

#[tokio::test]
async fn refunds_and_odd_sums_are_read_by_the_client() {
    let world = world().await;
    let client = client(&world, "PURCHASE");
    let made = client.create_order(&order(PayType::Purchase, Currency::Uah)).await.unwrap();
    let complete = format!("/sandbox/orders/{}/complete", made.hpp_order_id);
    world.sandbox(&complete, json!({"coinAmount": 100})).await;
    world.sandbox(&complete, json!({"status": "FAIL"})).await;
    let told = client.operations(&made.hpp_order_id).await.unwrap();
    assert_eq!(told.operations[0].coin_amount, Some(100));
    assert_eq!(told.operations[1].status, OperationStatus::Fail);
    let seen: Value = world.truth(&json!({"hppOrderId": made.hpp_order_id})).await;
    assert_eq!(seen["calls"]["operations"], 1);
}
