//! How often one may call: each token by itself, and an address only for credentials that were wrong.

use reqwest::{Method, RequestBuilder, Response};
use serde_json::Value;

use crate::support::{QUIET, SHOP, World};

#[tokio::test]
async fn a_token_that_calls_too_often_is_told_when_to_come_again_and_no_other_is() {
    let world = limited("order_token_per_minute = 5").await;
    let (one, other) = (world.put("L-1").await, world.put("L-2").await);
    let ask = |token: &str| world.request(Method::GET, "/v1/checkout").bearer_auth(token).send();
    for _ in 0..5 {
        assert_eq!(ask(&one).await.unwrap().status(), 200);
    }
    is_limited(ask(&one).await.unwrap()).await;
    assert_eq!(ask(&other).await.unwrap().status(), 200);
    assert_eq!(world.try_open(&other, "key-1").await.status(), 201);
}

#[tokio::test]
async fn a_page_of_the_shop_can_read_that_it_asks_too_often() {
    let world = limited("order_token_per_minute = 1").await;
    let token = world.put("L-9").await;
    let ask = || world.request(Method::GET, "/v1/checkout").bearer_auth(&token).header("Origin", SHOP).send();
    assert_eq!(ask().await.unwrap().status(), 200);
    let limited = ask().await.unwrap();
    assert_eq!(limited.headers()["access-control-allow-origin"], SHOP);
    assert!(limited.headers()["access-control-expose-headers"].to_str().unwrap().contains("retry-after"));
    is_limited(limited).await;
}

#[tokio::test]
async fn a_form_counts_for_its_token_too() {
    let world = limited("order_token_per_minute = 2").await;
    let token = world.put("L-3").await;
    let pay = || world.request(Method::POST, "/pay").form(&[("order_token", &token)]).send();
    for status in [303, 303, 429] {
        assert_eq!(pay().await.unwrap().status(), status);
    }
}

#[tokio::test]
async fn wrong_credentials_wear_out_an_address_but_never_the_right_ones() {
    let world = limited("failures_per_minute = 4").await;
    let wrong = [
        world.request(Method::GET, "/v1/orders/L-4").bearer_auth("not the shop's key"),
        world.request(Method::GET, "/v1/checkout").bearer_auth("no token"),
        world.request(Method::GET, "/v1/payment-sessions/guessed"),
        world.request(Method::POST, "/v1/notifications/guessed").body(r#"{"hppOrderId": "1"}"#),
    ];
    for request in wrong {
        assert!([401, 404].contains(&request.send().await.unwrap().status().as_u16()));
    }
    is_limited(world.request(Method::GET, "/v1/checkout").send().await.unwrap()).await;
    is_limited(world.request(Method::GET, "/v1/payment-sessions/another").send().await.unwrap()).await;
    assert_eq!(world.request(Method::GET, "/nowhere").send().await.unwrap().status(), 404);
    let token = world.put("L-4").await;
    assert_eq!(world.try_open(&token, "key-1").await.status(), 201);
}

#[tokio::test]
async fn webhooks_with_a_wrong_signature_wear_out_an_address() {
    let mut world = World::with_shop(QUIET, 0, "[limits]\nfailures_per_minute = 3").await;
    world.switch_on_alipay_plus("").await;
    world.start_backend().await;
    let forged = || {
        let post = world.request(Method::POST, "/v1/notifications/alipayplus").body("{}");
        post.header("X-GCS-KeyId", "nobody's").header("X-GCS-Signature", "wrong").send()
    };
    for _ in 0..3 {
        assert_eq!(forged().await.unwrap().status(), 400);
    }
    is_limited(forged().await.unwrap()).await;
    // Who signs rightly is not kept waiting by who does not.
    world.enter_webhooks(true).await;
}

#[tokio::test]
async fn only_a_trusted_proxy_says_whose_request_it_is() {
    for (trusted, separate) in [("[]", false), ("[\"127.0.0.1\"]", true)] {
        let mut world = World::with_shop(QUIET, 0, "[limits]\nfailures_per_minute = 1").await;
        let text = std::fs::read_to_string(world.config_file()).unwrap();
        std::fs::write(world.config_file(), format!("trusted_proxies = {trusted}\n{text}")).unwrap();
        world.start_backend().await;
        let from = |address: &str| {
            let request = world.request(Method::GET, "/v1/checkout");
            status(request.header("X-Forwarded-For", format!("192.0.2.66, {address}")))
        };
        assert_eq!(from("203.0.113.1").await, 401);
        assert_eq!(from("203.0.113.1").await, 429);
        assert_eq!(from("203.0.113.2").await, if separate { 401 } else { 429 });
    }
}

#[tokio::test]
async fn waiting_for_news_takes_one_of_the_allowance_however_long_it_lasts() {
    let world = limited("session_reads_per_minute = 3").await;
    let token = world.put("L-5").await;
    let session = world.open(&token, "key-1").await;
    let path = format!("/v1/payment-sessions/{}", session["session"].as_str().unwrap());
    let waiting = format!("{path}?after={}&wait=1", session["revision"]);
    for _ in 0..3 {
        let answer = world.request(Method::GET, &waiting).send().await.unwrap();
        assert_eq!(answer.json::<Value>().await.unwrap()["state"], "REDIRECTED");
    }
    is_limited(world.request(Method::GET, &path).send().await.unwrap()).await;
}

async fn limited(limits: &str) -> World {
    let mut world = World::with_shop(QUIET, 0, &format!("[limits]\n{limits}")).await;
    world.start_backend().await;
    world
}

async fn status(request: RequestBuilder) -> u16 {
    request.send().await.unwrap().status().as_u16()
}

async fn is_limited(answer: Response) {
    assert_eq!(answer.status(), 429);
    let seconds: u32 = answer.headers()["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((1..=60).contains(&seconds), "{seconds}");
    assert_eq!(answer.json::<Value>().await.unwrap()["code"], "rate_limited");
}
