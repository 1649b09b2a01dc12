//! What a payment means to the buyer that ends in the answer that makes it: there is no wallet page.

use std::sync::{Arc, Mutex};

use axum::extract::State;
use axum::http::StatusCode;
use axum::{Json, Router};
use serde_json::{Value, json};

use super::euro;
use crate::support::{QUIET, World, text};

type Seen = Arc<Mutex<Vec<Value>>>;

/// Of the how-many-eth payment.
fn id(number: usize) -> String {
    format!("0000020000{number:0>10}0000100001")
}

/// A platform whose every payment has this status at once.
async fn platform(status: &'static str) -> (String, Seen) {
    let seen = Seen::default();
    let made = move |State(seen): State<Seen>, Json(wish): Json<Value>| async move {
        let mut seen = seen.lock().unwrap();
        seen.push(wish);
        let payment = json!({"id": id(seen.len()), "status": status, "statusOutput": {"statusCode": 100}});
        (StatusCode::CREATED, Json(json!({"payment": payment})))
    };
    let router = Router::new().fallback(made).with_state(seen.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    (url, seen)
}

async fn world_at(platform: &str) -> World {
    let mut world = World::without_backend(QUIET, 0).await;
    world.switch_on_alipay_plus("min_minor = 1\nmax_minor = 500000").await;
    let config = std::fs::read_to_string(world.config_file()).unwrap();
    let here = |url: &str| format!("[alipayplus]\napi = \"{url}\"");
    std::fs::write(world.config_file(), config.replace(&here(&world.bank.url), &here(platform))).unwrap();
    world.start_backend().await;
    world
}

#[tokio::test]
async fn a_payment_that_ended_at_once_tells_the_buyer_so_and_may_be_tried_again() {
    for (status, state, reason, outcome) in
        [("REJECTED", "REJECTED", "100", "declined"), ("CANCELLED", "CANCELLED", "bank", "cancelled")]
    {
        let (url, seen) = platform(status).await;
        let world = world_at(&url).await;
        let token = world.put_as("E-1", &euro(1_099)).await;
        let ended = world.open_by("alipayplus", &token, "key-1").await;
        assert_eq!((text(&ended["outcome"]), &ended["canRetry"]), (outcome, &json!(true)), "{ended}");
        let order = world.order("E-1").await;
        assert_eq!((text(&order["state"]), text(&order["reason"])), (state, reason));
        assert_eq!(order["attempts"][0]["bankOrder"], id(1));
        let next = world.query("SELECT CAST(count(*) AS TEXT) FROM attempts WHERE next_ask_at IS NOT NULL");
        assert_eq!(next, "1", "late money of it would be found");
        assert_eq!(seen.lock().unwrap().len(), 1, "it is not made twice");
    }
}

#[tokio::test]
async fn only_a_language_goes_to_the_platform_whatever_the_shop_calls_it() {
    let (url, seen) = platform("REJECTED").await;
    let world = world_at(&url).await;
    let words = [("uk", json!("uk")), ("en-gb", json!("en_GB")), ("zh_Hans; q=1", Value::Null)];
    for (number, (locale, sent)) in words.into_iter().enumerate() {
        let mut order = euro(1_099);
        order["locale"] = json!(locale);
        let token = world.put_as(&format!("L-{number}"), &order).await;
        world.open_by("alipayplus", &token, "key-1").await;
        assert_eq!(seen.lock().unwrap()[number]["order"]["customer"]["locale"], sent, "{locale}");
    }
}
