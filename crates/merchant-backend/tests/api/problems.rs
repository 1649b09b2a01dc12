//! The shape of everything that goes wrong, and the headers of everything.

use checkout_api::Problem;
use reqwest::{Method, Response, StatusCode};
use serde_json::json;

use crate::support::{QUIET, SHOP, World, order_body};

#[tokio::test]
async fn every_problem_has_the_shape_and_its_request_id() {
    let world = World::start().await;
    let token = world.put("E-1").await;
    let post = |path: &str| world.request(Method::POST, path).bearer_auth(&token);
    let key = "Idempotency-Key";
    let mut tiny = order_body(0);
    tiny["amount"]["minor"] = json!(0);
    let put = |body| world.as_shop(Method::PUT, "/v1/orders/E-2").json(body);
    let sessions = "/v1/payment-sessions";
    for (request, status, code) in [
        (world.request(Method::GET, "/nowhere"), 404, "not_found"),
        (world.request(Method::DELETE, "/v1/checkout"), 405, "method_not_allowed"),
        (world.request(Method::GET, "/v1/payment-sessions/nobody"), 404, "not_found"),
        (world.request(Method::GET, "/v1/payment-sessions/%ff"), 400, "invalid_request"),
        (world.request(Method::GET, "/v1/checkout"), 401, "order_token_invalid"),
        (world.request(Method::GET, "/v1/orders/E-1"), 401, "not_signed_in"),
        (world.as_shop(Method::GET, "/v1/orders/E-9"), 404, "not_found"),
        (world.as_shop(Method::POST, "/v1/orders/E-9/check"), 404, "not_found"),
        (post(sessions).json(&json!({})), 400, "invalid_request"),
        (post(sessions).header(key, "k").body("{"), 400, "invalid_request"),
        (post(sessions).header(key, "k").json(&json!({"product": 1})), 400, "invalid_request"),
        (post(sessions).header(key, "k").json(&json!({"product": "alipayplus"})), 422, "product_not_offered"),
        (put(&tiny), 400, "invalid_request"),
        (put(&json!({"amount": {"minor": 1, "currency": "GBP"}})), 400, "invalid_request"),
        (put(&json!({"amount": {"minor": 1.5, "currency": "UAH"}})), 400, "invalid_request"),
        (put(&json!({"text": "x".repeat(300_000)})), 413, "too_large"),
    ] {
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status().as_u16(), status, "{}", answer.url());
        assert_eq!(answer.headers()["content-type"], "application/problem+json");
        let id = answer.headers()["x-request-id"].to_str().unwrap().to_owned();
        let problem: Problem = answer.json().await.unwrap();
        assert_eq!((problem.status, problem.code.as_str(), problem.request_id), (status, code, id));
        assert!(!problem.title.is_empty() && !problem.detail.is_empty() && problem.kind.ends_with(code));
    }
}

#[tokio::test]
async fn a_refusal_of_the_bank_is_told_and_stays_the_answer_of_its_key() {
    let mut world = World::without_backend(QUIET, 0).await;
    let config = std::fs::read_to_string(world.config_file()).unwrap();
    let foreign = config.replace(&world.bank.merchant.terminals[0].merchant_id, "another-merchant");
    std::fs::write(world.config_file(), foreign).unwrap();
    world.start_backend().await;
    let token = world.put("E-3").await;
    for key in ["key-1", "key-1", "key-2"] {
        let answer = world.try_open(&token, key).await;
        assert_eq!(answer.status(), StatusCode::BAD_GATEWAY);
        assert_eq!(answer.json::<Problem>().await.unwrap().code, "bank_refused");
    }
    let order = world.order("E-3").await;
    assert_eq!(order["state"], "REJECTED");
    assert_eq!(order["attempts"].as_array().unwrap().len(), 2);
    let refusals = order["events"].as_array().unwrap().iter().filter(|event| event["what"] == "rejected");
    assert!(refusals.clone().count() == 2 && refusals.into_iter().all(|event| event["hasRaw"] == true));
}

#[tokio::test]
async fn a_language_the_bank_does_not_speak_stops_no_payment() {
    let world = World::start().await;
    let mut body = order_body(100);
    body["locale"] = json!("xx");
    let token = world.put_as("E-4", &body).await;
    assert_eq!(world.open(&token, "key-1").await["state"], "REDIRECTED");
}

#[tokio::test]
async fn only_the_shops_origins_may_call_from_a_page() {
    let world = World::start().await;
    let preflight = |origin: &str| {
        world
            .request(Method::OPTIONS, "/v1/payment-sessions")
            .header("Origin", origin)
            .header("Access-Control-Request-Method", "POST")
            .header("Access-Control-Request-Headers", "authorization,content-type,idempotency-key")
            .send()
    };
    let ours = preflight(SHOP).await.unwrap();
    assert!(ours.status().is_success());
    assert_eq!(header(&ours, "access-control-allow-origin"), Some(SHOP));
    assert_eq!(header(&ours, "access-control-max-age"), Some("7200"));
    assert_eq!(header(&ours, "access-control-allow-credentials"), None);
    for foreign in ["https://evil.example", "null", "http://127.0.0.1:8084"] {
        let answer = preflight(foreign).await.unwrap();
        assert_eq!(header(&answer, "access-control-allow-origin"), None, "{foreign}");
    }
    let problem = world.request(Method::GET, "/v1/checkout").header("Origin", SHOP).send().await.unwrap();
    assert_eq!(header(&problem, "access-control-allow-origin"), Some(SHOP));
    assert_eq!(header(&problem, "content-type"), Some("application/problem+json"));
}

#[tokio::test]
async fn health_and_the_front_door() {
    let world = World::start().await;
    for path in ["/healthz", "/readyz"] {
        assert_eq!(world.request(Method::GET, path).send().await.unwrap().status(), StatusCode::OK);
    }
    let front = world.request(Method::GET, "/").send().await.unwrap();
    assert_eq!(header(&front, "location"), Some("http://127.0.0.1:8083/"));
    assert_eq!(header(&front, "x-content-type-options"), Some("nosniff"));
}

fn header<'a>(answer: &'a Response, name: &str) -> Option<&'a str> {
    answer.headers().get(name).map(|value| value.to_str().unwrap())
}
