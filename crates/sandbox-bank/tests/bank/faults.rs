//! Faults on calls.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::{order_body, text, world};

fn fault(on: &str, kind: &str) -> Value {
    json!({"on": on, "order": null, "times": 1, "kind": kind})
}

#[tokio::test]
async fn a_lost_answer_leaves_the_order_made() {
    let world = world().await;
    let session = world.authorize("PURCHASE").await;
    world.sandbox("/sandbox/faults", fault("create-order", "answer-lost")).await;
    let body = order_body(&session, &json!({}));
    let answer = world.call(&session, "hpp/v1/create-order").json(&body).send().await;
    let lost = match answer {
        Ok(answer) => answer.bytes().await.is_err(),
        Err(_) => true,
    };
    assert!(lost);
    let id = text(&body, "merchantRequestId");
    let truth = world.http.get(world.url(&format!("/sandbox/orders/{id}"))).send().await.unwrap();
    assert_eq!(truth.json::<Value>().await.unwrap()["orderStatus"], "PENDING");
}

#[tokio::test]
async fn a_500_does_no_work() {
    let world = world().await;
    let session = world.authorize("PURCHASE").await;
    world.sandbox("/sandbox/faults", fault("create-order", "http500")).await;
    let body = order_body(&session, &json!({}));
    let answer = world.create(&session, &body).await;
    assert_eq!(answer.status(), 500);
    assert_eq!(world.create(&session, &body).await.status(), 200);
}

#[tokio::test]
async fn a_slow_call_takes_its_time() {
    let world = world().await;
    let session = world.authorize("PURCHASE").await;
    let order = world.order(&session, json!({})).await;
    let slow = json!({"on": "operations", "order": order["merchantRequestId"], "times": 1, "kind": "slow", "ms": 150});
    world.sandbox("/sandbox/faults", slow).await;
    let start = Instant::now();
    world.operations(&session, &order).await;
    assert!(start.elapsed() >= Duration::from_millis(150));
}

#[tokio::test]
async fn an_order_can_be_born_expired() {
    let world = world().await;
    let session = world.authorize("PURCHASE").await;
    world.sandbox("/sandbox/faults", fault("create-order", "expired")).await;
    let order = world.order(&session, json!({})).await;
    assert_eq!(world.truth(&order).await["expired"], true);
    assert!(world.page(&text(&order, "redirectUrl")).await.contains("data-status=\"EXPIRED\""));
}

#[tokio::test]
async fn operations_can_lag_behind() {
    let world = world().await;
    let session = world.authorize("PURCHASE").await;
    let order = world.order(&session, json!({})).await;
    world.pay(&order, "4111111111111111").await;
    world.sandbox("/sandbox/faults", fault("operations", "pending")).await;
    let stale = world.operations(&session, &order).await;
    assert_eq!(stale["orderStatus"], "PENDING");
    assert_eq!(stale["operations"][0]["status"], "PENDING");
    assert_eq!(world.operations(&session, &order).await["orderStatus"], "SUCCESS");
}

#[tokio::test]
async fn a_fault_for_one_order_waits_for_it_and_all_can_be_cleared() {
    let world = world().await;
    let session = world.authorize("PURCHASE").await;
    let body = order_body(&session, &json!({}));
    let aimed =
        json!({"on": "create-order", "order": body["merchantRequestId"], "times": 5, "kind": "http500"});
    world.sandbox("/sandbox/faults", aimed).await;
    world.order(&session, json!({})).await;
    assert_eq!(world.create(&session, &body).await.status(), 500);
    let cleared = world.http.delete(world.url("/sandbox/faults")).send().await.unwrap();
    assert_eq!(cleared.status(), 204);
    assert_eq!(world.create(&session, &body).await.status(), 200);
}

#[tokio::test]
async fn a_fault_nobody_understands_is_refused() {
    let world = world().await;
    for wrong in [json!({"on": "lunch", "kind": "slow"}), fault("operations", "twice")] {
        let answer = world.http.post(world.url("/sandbox/faults")).json(&wrong).send().await.unwrap();
        assert_eq!(answer.status(), 400, "{wrong}");
    }
}

#[tokio::test]
async fn any_page_may_switch_faults() {
    let world = world().await;
    let request = world.http.request(reqwest::Method::OPTIONS, world.url("/sandbox/faults"));
    let request =
        request.header("origin", "https://shop.example").header("access-control-request-method", "POST");
    let answer = request.header("access-control-request-headers", "content-type").send().await.unwrap();
    assert_eq!(answer.headers()["access-control-allow-origin"], "*");
}

#[tokio::test]
async fn payments_of_an_order_can_hang_before_they_settle() {
    let world = world().await;
    let session = world.authorize("PURCHASE").await;
    let pending = json!({"on": "create-order", "order": null, "times": 1, "kind": "pending", "ms": 60_000});
    world.sandbox("/sandbox/faults", pending).await;
    let order = world.order(&session, json!({})).await;
    world.pay(&order, "4111111111111111").await;
    assert_eq!(world.operations(&session, &order).await["operations"][0]["status"], "PENDING");
    world.advance(Duration::from_mins(1)).await;
    assert_eq!(world.operations(&session, &order).await["orderStatus"], "SUCCESS");
}
