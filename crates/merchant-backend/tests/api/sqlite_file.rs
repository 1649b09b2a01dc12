//! What is true of a ledger in a SQLite file.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{GOOD_CARD, World, order_body, text};

#[tokio::test]
async fn the_ledger_with_its_secrets_is_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let world = World::start().await;
    for file in ["ledger.sqlite", "ledger.sqlite-wal"] {
        let mode = world.folder.path().join(file).metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{file}");
    }
}

#[tokio::test]
async fn nothing_is_promised_into_a_file_that_was_taken_away() {
    let world = World::start().await;
    let token = world.put("Q-1").await;
    let session = world.open(&token, "key-1").await;
    let (here, aside) = (world.folder.path().join("ledger.sqlite"), world.folder.path().join("aside"));
    std::fs::rename(&here, &aside).unwrap();
    let path = format!("/v1/payment-sessions/{}", text(&session["session"]));
    let secret = "/v1/notifications/none";
    for request in [
        world.as_shop(Method::PUT, "/v1/orders/Q-2").json(&order_body(100)),
        world.request(Method::GET, &path),
        world.as_shop(Method::GET, "/v1/orders/Q-1"),
        world.wish(&token, "key-2"),
        world.request(Method::POST, secret).json(&json!({"hppOrderId": "a", "orderStatus": "SUCCESS"})),
        world.request(Method::GET, "/readyz"),
    ] {
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE, "{}", answer.url());
        assert!(answer.headers().contains_key("retry-after"), "{}", answer.url());
        assert_eq!(answer.json::<Value>().await.unwrap()["code"], "unavailable");
    }
    // Who watches the metrics is told, and not left without any.
    let metrics = world.request(Method::GET, "/metrics").send().await.unwrap();
    assert_eq!(metrics.status(), StatusCode::OK);
    let metrics = metrics.text().await.unwrap();
    assert!(metrics.lines().any(|line| line == "alliancepay_ledger_up 0"), "{metrics}");
    assert!(!metrics.contains("alliancepay_outbox_webhooks") && metrics.ends_with("# EOF\n"), "{metrics}");
    let calls = world.bank_orders().await.len();
    std::fs::rename(&aside, &here).unwrap();
    assert_eq!(world.as_shop(Method::GET, "/v1/orders/Q-2").send().await.unwrap().status(), 404);
    assert_eq!(world.bank_orders().await.len(), calls);
    world.pay_by_card(&session["page"], GOOD_CARD).await;
    world.until(text(&session["session"]), "CAPTURED").await;
}

#[tokio::test]
async fn a_buyer_who_comes_back_to_a_broken_ledger_is_not_told_that_nothing_was_charged() {
    let world = World::start().await;
    let token = world.put("Q-3").await;
    let session = world.open(&token, "key-1").await;
    world.pay_by_card(&session["page"], GOOD_CARD).await;
    world.until(text(&session["session"]), "CAPTURED").await;
    std::fs::rename(world.folder.path().join("ledger.sqlite"), world.folder.path().join("aside")).unwrap();
    let path = format!("/pay/{}?lang=en", text(&session["session"]));
    let page = world.request(Method::GET, &path).send().await.unwrap();
    assert_eq!(page.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(page.headers().contains_key("retry-after"));
    let page = page.text().await.unwrap();
    assert!(page.contains("not known") && page.contains("http-equiv=\"refresh\""), "{page}");
    let form = world.request(Method::POST, "/pay").form(&[("order_token", token.as_str()), ("locale", "en")]);
    let form = form.send().await.unwrap();
    assert_eq!(form.status(), StatusCode::SERVICE_UNAVAILABLE);
    for page in [page, form.text().await.unwrap()] {
        assert!(!page.contains("not charged") && !page.contains("could not be paid"), "{page}");
    }
}
