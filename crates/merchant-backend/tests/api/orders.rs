//! The shop's side: put, locked, listed, and whose key opens what.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{DECLINED_CARD, World, order_body, text};

#[tokio::test]
async fn a_put_again_renews_the_order_and_older_tokens_stay_good() {
    let world = World::start().await;
    let first = world.put_body("O-1", &order_body(12_905)).await;
    assert_eq!(first.status(), StatusCode::CREATED);
    let first: Value = first.json().await.unwrap();
    let second = world.put_body("O-1", &order_body(12_905)).await;
    assert_eq!(second.status(), StatusCode::OK);
    let second: Value = second.json().await.unwrap();
    assert_ne!(first["orderToken"], second["orderToken"]);
    assert_eq!(world.order("O-1").await["revision"], 1);
    let one = world.open(text(&first["orderToken"]), "key-1").await;
    let two = world.open(text(&second["orderToken"]), "key-2").await;
    assert_eq!(one["session"], two["session"]);
}

#[tokio::test]
async fn the_sum_is_locked_while_an_attempt_lives_and_free_after_it() {
    let world = World::start().await;
    let token = world.put("O-2").await;
    let session = world.open(&token, "key-1").await;
    let locked = world.put_body("O-2", &order_body(1)).await;
    assert_eq!(locked.status(), StatusCode::CONFLICT);
    assert_eq!(locked.json::<Value>().await.unwrap()["code"], "order_locked");
    assert_eq!(world.put_body("O-2", &order_body(12_905)).await.status(), StatusCode::OK);

    world.pay_by_card(&session["page"], DECLINED_CARD).await;
    world.until(text(&session["session"]), "REJECTED").await;
    assert_eq!(world.put_body("O-2", &order_body(500)).await.status(), StatusCode::OK);
    let second = world.open(&token, "key-2").await;
    assert_eq!(second["amount"]["minor"], 500);
    assert_eq!(world.status(text(&session["session"])).await["amount"]["minor"], 12_905);
}

#[tokio::test]
async fn a_changed_sum_gives_up_a_request_the_bank_never_answered() {
    let world = World::start().await;
    let token = world.put("O-3").await;
    world.fault(json!({"on": "create-order", "kind": "http500", "times": 2})).await;
    assert_eq!(world.try_open(&token, "key-1").await.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(world.put_body("O-3", &order_body(500)).await.status(), StatusCode::OK);
    let session = world.open(&token, "key-1").await;
    assert_eq!(session["amount"]["minor"], 500);
    let orders = world.bank_orders().await;
    assert_eq!(orders.last().unwrap()["coinAmount"], 500);
}

#[tokio::test]
async fn a_return_url_of_another_host_is_refused() {
    let world = World::start().await;
    for evil in
        ["https://evil.example/", "javascript:alert(1)", "http://127.0.0.1:8084/", "//127.0.0.1:8083/"]
    {
        let mut body = order_body(100);
        body["returnUrl"] = json!(evil);
        let answer = world.put_body("O-4", &body).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{evil}");
        assert_eq!(answer.json::<Value>().await.unwrap()["code"], "return_url_refused");
    }
    let get = world.as_shop(Method::GET, "/v1/orders/O-4").send().await.unwrap();
    assert_eq!(get.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn only_the_shop_key_opens_orders() {
    let world = World::start().await;
    let token = world.put("O-5").await;
    for (method, path) in
        [(Method::GET, "/v1/orders/O-5"), (Method::GET, "/v1/orders"), (Method::POST, "/v1/orders/O-5/check")]
    {
        for key in ["", "wrong", token.as_str()] {
            let answer = world.request(method.clone(), path).bearer_auth(key).send().await.unwrap();
            assert_eq!(answer.status(), StatusCode::UNAUTHORIZED, "{method} {path}");
        }
    }
}

#[tokio::test]
async fn a_token_opens_its_own_order_and_no_other() {
    let world = World::start().await;
    let (one, two) = (world.put("O-6").await, world.put("O-7").await);
    for (token, order) in [(&one, "O-6"), (&two, "O-7")] {
        let answer = world.request(Method::GET, "/v1/checkout").bearer_auth(token).send().await.unwrap();
        let checkout: Value = answer.json().await.unwrap();
        assert_eq!(checkout["order"], order);
        assert_eq!(checkout["products"], json!(["card", "a2a"]));
        assert_eq!(checkout["session"], json!(null));
        assert_eq!(checkout["canRetry"], true);
    }
    let session = world.open(&one, "key-1").await;
    assert_eq!(session["order"], "O-6");
    let foreign = world.try_open("no-such-token", "key-1").await;
    assert_eq!(foreign.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(foreign.json::<Value>().await.unwrap()["code"], "order_token_invalid");
    assert_eq!(world.order("O-7").await["attempts"], json!([]));
}

#[tokio::test]
async fn orders_are_listed_newest_first_in_pages_and_filtered() {
    let world = World::start().await;
    for number in 1..=5 {
        world.put_body(&format!("P-{number}"), &order_body(number * 100)).await;
    }
    let list = async |query: &str| list(&world, query).await;
    let refs = |list: &Value| -> Vec<String> {
        list["orders"].as_array().unwrap().iter().map(|one| text(&one["order"]).to_owned()).collect()
    };
    let first = list("limit=3").await;
    assert_eq!(refs(&first), ["P-5", "P-4", "P-3"]);
    let second = list(&format!("limit=3&cursor={}", text(&first["next"]))).await;
    assert_eq!(refs(&second), ["P-2", "P-1"]);
    assert_eq!(second["next"], json!(null));
    assert_eq!(refs(&list("minAmount=200&maxAmount=300").await), ["P-3", "P-2"]);
    assert_eq!(refs(&list("text=P-4&state=CREATED").await), ["P-4"]);
    assert_eq!(refs(&list("state=CAPTURED,PAID").await), Vec::<String>::new());
    assert_eq!(list("state=LOST").await["code"], "invalid_request");
}

async fn list(world: &World, query: &str) -> Value {
    let path = format!("/v1/orders?{query}");
    world.as_shop(Method::GET, &path).send().await.unwrap().json().await.unwrap()
}

#[tokio::test]
async fn an_order_number_must_be_readable_and_a_return_url_must_fit_the_bank() {
    let world = World::start().await;
    for number in ["%20", "%E2%80%8B", "..%2E", "A%E2%80%AE1"] {
        let refused = world.put_body(number, &order_body(100)).await;
        assert!(refused.status().is_client_error(), "{number}: {}", refused.status());
    }
    let mut body = order_body(100);
    body["returnUrl"] = json!(format!("http://127.0.0.1:8083/{}", "ї".repeat(200)));
    assert_eq!(world.put_body("U-1", &body).await.status(), StatusCode::UNPROCESSABLE_ENTITY);
    body["returnUrl"] = json!(format!("http://127.0.0.1:8083/{}", "ї".repeat(100)));
    body["description"] = json!("Кава\nта горнятко");
    let put = world.put_body("U-1", &body).await;
    assert_eq!(put.status(), StatusCode::CREATED);
    let put: Value = put.json().await.unwrap();
    world.open(text(&put["orderToken"]), "key-1").await;
    assert_eq!(world.order("U-1").await["description"], "Кава та горнятко");
}
