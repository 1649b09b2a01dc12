//! The character NUL, which PostgreSQL's texts cannot hold: refused by either store in the same words, and no reason to
//! lose what a bank or a file says.

use reqwest::{Method, Response};
use serde_json::{Value, json};

use crate::support::{World, order_body};

#[tokio::test]
async fn an_address_with_nul_is_refused_whatever_it_names() {
    let world = World::start().await;
    let token = world.put("U-1").await;
    for (method, path) in [
        ("GET", "/v1/payment-sessions/%00"),
        ("GET", "/v1/payment-sessions/abc%00def?after=1&wait=1"),
        ("GET", "/v1/payment-sessions/%00/qr"),
        ("POST", "/v1/notifications/%00"),
        ("PUT", "/v1/orders/U-1%00"),
        ("GET", "/v1/orders/U-1%00"),
        ("POST", "/v1/orders/%00/check"),
        ("POST", "/v1/orders/%00/refunds"),
        ("GET", "/v1/orders/%00/events/1/raw"),
        ("GET", "/v1/orders/U-1/events/%00/raw"),
        ("GET", "/v1/orders?text=a%00b"),
        ("GET", "/v1/orders?number=%00"),
        ("GET", "/v1/orders?order=%00"),
        ("GET", "/v1/orders?cursor=%00"),
        ("GET", "/v1/orders.csv?number=%00"),
        ("GET", "/v1/orders/changes?after=%00"),
        ("GET", "/v1/overview?zone=%00"),
        ("GET", "/v1/reports/transactions.csv?day=%00"),
        ("GET", "/v1/audit?actor=%00"),
        ("GET", "/v1/audit?order=%00"),
        ("GET", "/v1/webhooks?order=%00"),
        ("POST", "/v1/webhooks/%00/replay"),
        ("POST", "/v1/settlements?name=%00"),
        ("GET", "/v1/settlements/%00"),
        ("GET", "/v1/settlements/%00/rows?kind=%00"),
        ("PATCH", "/v1/staff/%00"),
        ("GET", "/widget/%00"),
        ("GET", "/nowhere/%00"),
    ] {
        let request = world.as_shop(method.parse().unwrap(), path).header("Idempotency-Key", "k");
        let answer = request.json(&json!({})).send().await.unwrap();
        assert_eq!(refused(answer).await, (400, "invalid_request".to_owned()), "{method} {path}");
    }
    let page = world.request(Method::GET, "/pay/%00?lang=en").send().await.unwrap();
    assert_eq!(page.status(), 400);
    let page = page.text().await.unwrap();
    assert!(page.starts_with("<!doctype html>") && !page.contains("refresh\""), "{page}");
    // What only looks like one is a name like any other.
    let other = world.as_shop(Method::GET, "/v1/orders/U-1%2500").send().await.unwrap();
    assert_eq!(other.status(), 404);
    world.open(&token, "key-1").await;
}

#[tokio::test]
async fn a_cursor_that_hides_nul_finds_nothing_and_breaks_nothing() {
    let world = World::start().await;
    world.put("U-2").await;
    // `n a\0b`, as the list writes its places.
    let list = world.as_shop(Method::GET, "/v1/orders?sort=number&dir=asc&cursor=biBhAGI").send().await;
    assert_eq!(list.unwrap().status(), 200);
}

#[tokio::test]
async fn a_body_with_nul_is_refused_and_nothing_of_it_is_stored() {
    let world = World::start().await;
    world.paid("U-3").await;
    let with = |change: &dyn Fn(&mut Value)| {
        let mut body = order_body(100);
        change(&mut body);
        body
    };
    for body in [
        with(&|body| body["description"] = json!("a\0b")),
        with(&|body| body["customerId"] = json!("\0")),
        with(&|body| body["locale"] = json!("u\0k")),
        with(&|body| body["lines"][0]["name"] = json!("Book\0")),
        with(&|body| body["lines"][0]["id"] = json!("\0")),
        with(&|body| body["returnUrl"] = json!("http://127.0.0.1:8083/\0")),
        with(&|body| body["unknown\0field"] = json!(1)),
    ] {
        let answer = world.put_body("U-4", &body).await;
        assert_eq!(refused(answer).await, (400, "invalid_request".to_owned()), "{body}");
    }
    assert_eq!(world.as_shop(Method::GET, "/v1/orders/U-4").send().await.unwrap().status(), 404);
    for body in [
        json!({"amountMinor": 100, "reason": "a\0b", "offline": false}),
        json!({"lines": [{"id": "\0", "quantity": 1}], "offline": false}),
        json!({"session": "\0", "offline": false}),
    ] {
        assert_eq!(world.refused_refund("U-3", "key-1", body).await, (400, "invalid_request".to_owned()));
    }
    let token = json!({"scope": "order:a\0b", "role": "viewer", "actor": "m"});
    let token = world.as_shop(Method::POST, "/v1/console-tokens").json(&token).send().await.unwrap();
    assert_eq!(refused(token).await, (400, "invalid_request".to_owned()));
    let sign_in = json!({"login": "a\0b", "password": "\0"});
    let sign_in = world.request(Method::POST, "/v1/staff/session").json(&sign_in).send().await.unwrap();
    assert_eq!(refused(sign_in).await, (400, "invalid_request".to_owned()));
    assert_eq!(world.order("U-3").await["refunds"], json!([]));
}

#[tokio::test]
async fn names_too_long_for_an_index_are_refused_by_either_store() {
    let world = World::start().await;
    let long = "x".repeat(100_000);
    let mut body = order_body(100);
    body["lines"][0]["id"] = json!(long);
    assert_eq!(refused(world.put_body("U-5", &body).await).await, (400, "invalid_request".to_owned()));
    let token = json!({"scope": format!("order:{long}"), "role": "viewer", "actor": "m"});
    let token = world.as_shop(Method::POST, "/v1/console-tokens").json(&token).send().await.unwrap();
    assert_eq!(refused(token).await, (400, "invalid_request".to_owned()));
    // A name is not looked up: a shop may write a whole page there.
    body["lines"][0] = json!({"id": "1", "name": long, "quantity": 1, "unitMinor": 100});
    assert_eq!(world.put_body("U-5", &body).await.status(), 201);
}

#[tokio::test]
async fn a_notification_and_a_register_with_nul_are_taken_in() {
    let world = World::start().await;
    let token = world.put("U-6").await;
    let session = world.open(&token, "key-1").await;
    let secret = world.query("SELECT notification_secret FROM attempts");
    let body = json!({
        "hppOrderId": "a\0b", "merchantRequestId": "\0", "orderStatus": "SUCC\0ESS", "hppPayType": "PURCHASE",
    });
    let told = world.request(Method::POST, &format!("/v1/notifications/{secret}")).json(&body);
    assert_eq!(told.send().await.unwrap().status(), 200);
    world.pay_by_card(&session["page"], crate::support::GOOD_CARD).await;
    world.until(session["session"].as_str().unwrap(), "CAPTURED").await;
    let register = world.register("").await;
    let told = world.import(register.replace("Order", "Or\0er")).await;
    assert!(told["rows"].as_u64().unwrap() > 0, "{told}");
}

async fn refused(answer: Response) -> (u16, String) {
    let status = answer.status().as_u16();
    let problem: Value = answer.json().await.unwrap_or_default();
    (status, problem["code"].as_str().unwrap_or_default().to_owned())
}
