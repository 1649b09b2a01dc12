//! From the bank's notification to the waiting page, while all the others wait.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use serde_json::{Value, json};

use super::Pair;
use super::connection::Connection;
use super::seeded;
use super::stage::Stage;
use crate::report::median;

/// Between two payments: an evening's rush, not a flood.
const PACE: Duration = Duration::from_millis(40);
/// How often is told how far it is.
const TOLD: usize = 100;

/// p50 and p99 in milliseconds: ours from notification to the page's answer, the peer's a bare request.
pub async fn notification_to_widget(stage: &Stage, count: usize) -> anyhow::Result<(Pair, Pair)> {
    let tokens = seeded::put_orders(stage, "N", count).await?;
    let http = reqwest::Client::new();
    // We send the notifications ourselves: then we know when.
    let silence = json!({"on": "notification", "kind": "lost", "times": count * 2, "order": null});
    http.post(format!("{}/sandbox/faults", stage.bank)).json(&silence).send().await?.error_for_status()?;
    let (mut ours, mut peer) = (Vec::new(), Vec::new());
    let mut empty = Connection::open(&stage.empty).await?;
    for (number, token) in tokens.iter().enumerate() {
        if number % TOLD == 0 {
            eprintln!("  {number} of {count} payments told");
        }
        ours.push(one(stage, &http, token).await?);
        let begun = Instant::now();
        empty.get("/").await?;
        peer.push(milliseconds(begun));
        tokio::time::sleep(PACE).await;
    }
    let pair = |of: fn(&[f64]) -> f64| Pair { ours: of(&ours), peer: of(&peer) };
    Ok((pair(median), pair(p99)))
}

/// One payment: opened, waited for, paid at the bank, notified.
async fn one(stage: &Stage, http: &reqwest::Client, token: &str) -> anyhow::Result<f64> {
    let opened: Value = http
        .post(format!("{}/v1/payment-sessions", stage.backend))
        .bearer_auth(token)
        .header("Idempotency-Key", &token[..20])
        .json(&json!({}))
        .send()
        .await?
        .error_for_status()?
        .json()
        .await?;
    let (session, page) = (text(&opened, "session")?, text(&opened, "page")?);
    let revision = opened["revision"].as_u64().context("no revision")?;
    let mut waiting = Connection::open(&stage.backend).await?;
    let path = format!("/v1/payment-sessions/{session}?after={revision}&wait=25");
    let waiter = Arc::new(path);
    let waiter = tokio::spawn(async move {
        let answer = waiting.get(&waiter).await?;
        anyhow::Ok((Instant::now(), serde_json::from_slice::<Value>(&answer)?))
    });
    let (_, bank_order) = page.split_once("hpp_id=").context("no order in the page's address")?;
    let bank_order = bank_order.split('&').next().unwrap_or(bank_order);
    let paid: Value = http
        .post(format!("{}/sandbox/orders/{bank_order}/complete", stage.bank))
        .send()
        .await?
        .error_for_status()?
        .json()
        .await?;
    let notification = json!({
        "hppOrderId": paid["hppOrderId"],
        "ecomOrderId": paid["ecomOrderId"],
        "merchantRequestId": paid["merchantRequestId"],
        "merchantId": paid["merchantId"],
        "orderStatus": paid["orderStatus"],
        "operation": paid["operations"][0],
    });
    let begun = Instant::now();
    http.post(text(&paid, "notificationUrl")?).json(&notification).send().await?.error_for_status()?;
    let (woken, seen) = waiter.await??;
    if seen["state"] != "CAPTURED" {
        bail!("the page was woken with {seen}");
    }
    Ok((woken - begun).as_secs_f64() * 1000.0)
}

fn text(value: &Value, name: &str) -> anyhow::Result<String> {
    value[name].as_str().map(str::to_owned).with_context(|| format!("no {name} in {value}"))
}

fn milliseconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1000.0
}

fn p99(figures: &[f64]) -> f64 {
    let mut sorted = figures.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() * 99 / 100).or(sorted.last()).copied().unwrap_or_default()
}
