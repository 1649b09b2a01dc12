//! One bank order per wish, whatever is clicked or repeated.

use std::collections::BTreeSet;

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{World, text};

#[tokio::test]
async fn the_same_key_and_body_get_the_same_answer() {
    let world = World::start().await;
    let token = world.put("I-1").await;
    let first = world.try_open(&token, "key-1").await;
    assert_eq!(first.status(), StatusCode::CREATED);
    let first: Value = first.json().await.unwrap();
    let again = world.try_open(&token, "key-1").await;
    assert_eq!(again.status(), StatusCode::OK);
    assert_eq!(again.json::<Value>().await.unwrap(), first);
    assert_eq!(world.bank_orders().await.len(), 1);
}

#[tokio::test]
async fn the_same_key_with_another_body_is_refused() {
    let world = World::start().await;
    let token = world.put("I-2").await;
    world.open(&token, "key-1").await;
    let other = world
        .request(Method::POST, "/v1/payment-sessions")
        .bearer_auth(&token)
        .header("Idempotency-Key", "key-1")
        .json(&json!({"product": "a2a"}))
        .send()
        .await
        .unwrap();
    assert_eq!(other.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(other.json::<Value>().await.unwrap()["code"], "idempotency_key_reused");
    assert_eq!(world.bank_orders().await.len(), 1);
}

#[tokio::test]
async fn another_key_gets_the_attempt_that_lives() {
    let world = World::start().await;
    let token = world.put("I-3").await;
    let first = world.open(&token, "key-1").await;
    let second = world.try_open(&token, "key-2").await;
    assert_eq!(second.status(), StatusCode::OK);
    assert_eq!(second.json::<Value>().await.unwrap()["session"], first["session"]);
    assert_eq!(world.bank_orders().await.len(), 1);
}

#[tokio::test]
async fn five_wishes_at_once_make_one_bank_order() {
    let world = World::start().await;
    let token = world.put("I-4").await;
    world.fault(json!({"on": "create-order", "kind": "slow", "ms": 300})).await;
    let wishes = ["key-1", "key-2", "key-3", "key-1", "key-2"];
    let under_way: Vec<_> = wishes.iter().map(|key| tokio::spawn(world.wish(&token, key).send())).collect();
    let mut sessions = BTreeSet::new();
    let mut made = 0;
    for answer in under_way {
        let answer = answer.await.unwrap().unwrap();
        made += usize::from(answer.status() == StatusCode::CREATED);
        assert!(answer.status().is_success(), "{}", answer.status());
        sessions.insert(text(&answer.json::<Value>().await.unwrap()["session"]).to_owned());
    }
    assert_eq!((sessions.len(), made), (1, 1));
    assert_eq!(world.bank_orders().await.len(), 1);
}

#[tokio::test]
async fn a_form_and_a_widget_at_once_make_one_bank_order() {
    let world = World::start().await;
    let token = world.put("I-5").await;
    world.fault(json!({"on": "create-order", "kind": "slow", "ms": 300})).await;
    let form = world.request(Method::POST, "/pay").form(&[("order_token", &token)]).send();
    let (form, widget) = tokio::join!(form, world.open(&token, "key-1"));
    assert_eq!(form.unwrap().headers()["location"].to_str().unwrap(), text(&widget["page"]));
    assert_eq!(world.bank_orders().await.len(), 1);
}

#[tokio::test]
async fn keys_of_two_orders_are_apart() {
    let world = World::start().await;
    let (one, two) = (world.put("I-6").await, world.put("I-7").await);
    let first = world.open(&one, "key-1").await;
    let second = world.open(&two, "key-1").await;
    assert_ne!(first["session"], second["session"]);
    assert_eq!((text(&first["order"]), text(&second["order"])), ("I-6", "I-7"));
}

#[tokio::test]
async fn a_wish_outlives_the_page_that_made_it() {
    let world = World::start().await;
    let token = world.put("I-8").await;
    world.fault(json!({"on": "create-order", "kind": "slow", "ms": 300})).await;
    let gone = world
        .request(Method::POST, "/v1/payment-sessions")
        .bearer_auth(&token)
        .header("Idempotency-Key", "key-1")
        .json(&json!({"product": "card"}))
        .timeout(std::time::Duration::from_millis(100))
        .send()
        .await;
    assert!(gone.is_err());
    let session = world.open(&token, "key-1").await;
    assert_eq!(session["state"], "REDIRECTED");
    let orders = world.bank_orders().await;
    assert_eq!(orders.len(), 1);
    assert_eq!(orders[0]["calls"]["create-order"], 1);
}

#[tokio::test]
async fn two_keys_that_differ_name_no_wish_and_nothing_happens() {
    let world = World::start().await;
    let token = world.put("K-9").await;
    let answer = world.wish(&token, "key-1").header("Idempotency-Key", "key-2").send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
    assert_eq!(world.order("K-9").await["attempts"], json!([]));
    let same = world.wish(&token, "key-1").header("Idempotency-Key", "key-1").send().await.unwrap();
    assert_eq!(same.status(), StatusCode::CREATED);
}
