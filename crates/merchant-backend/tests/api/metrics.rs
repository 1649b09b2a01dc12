//! `/metrics`: what an operator needs to be woken by, and nothing that tells of a person.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::json;

use crate::support::{QUIET, World, eventually, text};

#[tokio::test]
async fn a_purchase_and_a_refund_are_counted() {
    let world = World::start().await;
    let paid = world.paid("MX-1").await;
    world.request(Method::GET, "/v1/orders/nobody").send().await.unwrap();
    let shown = [
        "alliancepay_sessions_opened_total 1",
        "alliancepay_attempts_total{state=\"REDIRECTED\"} 1",
        "alliancepay_attempts_total{state=\"CAPTURED\"} 1",
        "alliancepay_notifications_stored_total 1",
        "alliancepay_notification_delay_seconds_count 1",
        "alliancepay_bank_tokens_renewed_total 1",
        "alliancepay_requests_total{method=\"GET\",route=\"/v1/orders/{order}\",status=\"401\"} 1",
        "alliancepay_request_seconds_count{route=\"/v1/payment-sessions\"} 1",
        "alliancepay_oldest_unresolved_seconds 0",
        "alliancepay_refunds_oldest_seconds 0",
        "alliancepay_ledger_up 1",
    ];
    let metrics = eventually(|| async {
        let metrics = scrape(&world).await;
        shown.iter().all(|line| metrics.lines().any(|one| one == *line)).then_some(metrics)
    })
    .await;
    world.refund("MX-1", "refund-1", json!({"amountMinor": 100, "reason": "late", "offline": false})).await;
    assert!(scrape(&world).await.lines().any(|line| line == "alliancepay_refunds_total 1"));
    assert!(metrics.contains("alliancepay_ledger_write_seconds_bucket{le=\"0.005\"}"));
    assert!(metrics.ends_with("# EOF\n"));
    let session = text(&paid["session"]);
    for secret in ["MX-1", "customer-1", session, "127.0.0.1", "4111"] {
        assert!(!metrics.contains(secret), "{secret}");
    }
}

#[tokio::test]
async fn what_waits_is_shown_with_its_age() {
    let nobody_takes_it =
        "webhook_url = \"http://127.0.0.1:1/hook\"\nwebhook_secret_file = \"webhook-secret\"";
    let mut world = World::with_shop(QUIET, 0, nobody_takes_it).await;
    world.start_backend().await;
    let token = world.put("MX-2").await;
    world.open(&token, "key-1").await;
    eventually(|| async {
        let metrics = scrape(&world).await;
        let number = |name: &str| -> u64 {
            let line = metrics.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
            line.and_then(|number| number.parse().ok()).unwrap_or(0)
        };
        let open = metrics.contains("alliancepay_open_attempts{state=\"REDIRECTED\"} 1");
        let ages = ["alliancepay_oldest_unresolved_seconds", "alliancepay_outbox_oldest_seconds"];
        let waits = number("alliancepay_outbox_webhooks") > 0 && ages.iter().all(|age| number(age) > 0);
        (open && waits).then_some(())
    })
    .await;
}

#[tokio::test]
async fn the_document_tells_of_every_metric_and_of_no_other() {
    let world = World::start().await;
    // Those with labels are shown once there is something to show.
    for (order, is_paid) in [("MX-3", true), ("MX-4", false)] {
        let token = world.put(order).await;
        let session = world.open(&token, "key-1").await;
        if is_paid {
            world.complete_at_bank(&session["page"], json!({"coinAmount": 20_000})).await;
            world.until(text(&session["session"]), "CAPTURED").await;
        }
    }
    let metrics = scrape(&world).await;
    let shown: BTreeSet<String> = metrics
        .lines()
        .filter_map(|line| line.strip_prefix("# TYPE ")?.split(' ').next())
        .map(str::to_owned)
        .collect();
    let document = include_str!("../../../../docs/operating/metrics.md");
    let told: BTreeSet<String> = document
        .split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_')
        .filter(|word| word.starts_with("alliancepay_"))
        .map(|word| word.trim_end_matches("_total").trim_end_matches("_bucket").to_owned())
        .collect();
    assert_eq!(told, shown);
}

pub(crate) async fn scrape(world: &World) -> String {
    let answer = world.request(Method::GET, "/metrics").send().await.unwrap();
    assert!(answer.headers()["content-type"].to_str().unwrap().starts_with("application/openmetrics-text"));
    answer.text().await.unwrap()
}
