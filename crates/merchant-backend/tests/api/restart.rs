//! The real program, killed and started again on the same file.

use std::process::Stdio;
use std::sync::atomic::{AtomicU16, Ordering};

use reqwest::Method;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::net::TcpListener;
use tokio::process::{Child, Command};

use crate::support::{GOOD_CARD, QUIET, World, eventually, text};

#[tokio::test]
async fn money_that_comes_while_the_backend_is_dead_is_found_by_the_next_one() {
    let timing = "min_gap = \"20ms\"\nwhile_open = [\"100ms\"]";
    let world = World::without_backend(timing, free_port().await).await;
    let mut backend = spawn(&world).await;
    let token = world.put("R-1").await;
    let session = world.open(&token, "key-1").await;
    backend.kill().await.unwrap();
    world.pay_by_card(&session["page"], GOOD_CARD).await;
    let mut backend = spawn(&world).await;
    world.until(text(&session["session"]), "CAPTURED").await;
    assert_eq!(world.open(&token, "key-1").await["session"], session["session"]);
    backend.kill().await.unwrap();
}

#[tokio::test]
async fn a_backend_killed_between_storing_and_the_banks_answer_finishes_with_the_same_request() {
    let world = World::without_backend(QUIET, free_port().await).await;
    let mut backend = spawn(&world).await;
    let token = world.put("R-2").await;
    world.fault(json!({"on": "create-order", "kind": "slow", "ms": 1500})).await;
    world.fault(json!({"on": "create-order", "kind": "duplicate-replayed"})).await;
    let lost = tokio::spawn(
        world
            .request(reqwest::Method::POST, "/v1/payment-sessions")
            .bearer_auth(&token)
            .header("Idempotency-Key", "key-1")
            .json(&json!({"product": "card"}))
            .send(),
    );
    eventually(|| async {
        let order = world.order("R-2").await;
        (order["attempts"].as_array().unwrap().len() == 1).then_some(())
    })
    .await;
    eventually(|| async { calls(&world).await.get("create-order").map(|_| ()) }).await;
    backend.kill().await.unwrap();
    assert!(lost.await.unwrap().is_err());

    let mut backend = spawn(&world).await;
    let stored = world.order("R-2").await["attempts"][0].clone();
    assert_eq!(stored["state"], "CREATED");
    let session = world.open(&token, "key-1").await;
    assert_eq!(session["session"], stored["session"]);
    assert_eq!(session["state"], "REDIRECTED");
    assert_eq!(world.bank_orders().await.len(), 1);
    backend.kill().await.unwrap();
}

#[tokio::test]
async fn a_hint_stored_before_the_kill_is_asked_about_after_it() {
    let world = World::without_backend(QUIET, free_port().await).await;
    let mut backend = spawn(&world).await;
    let token = world.put("R-3").await;
    let session = world.open(&token, "key-1").await;
    world.fault(json!({"on": "operations", "kind": "slow", "ms": 60_000})).await;
    world.pay_by_card(&session["page"], GOOD_CARD).await;
    eventually(|| async {
        let order = world.order("R-3").await;
        (!order["attempts"][0]["notifiedAt"].is_null()).then_some(())
    })
    .await;
    backend.kill().await.unwrap();
    let url = format!("{}/sandbox/faults", world.bank.url);
    world.client.delete(url).send().await.unwrap();
    let mut backend = spawn(&world).await;
    world.until(text(&session["session"]), "CAPTURED").await;
    backend.kill().await.unwrap();
}

#[tokio::test]
async fn a_refund_cut_off_by_a_kill_is_looked_for_and_not_sent_again() {
    let timing = QUIET.replace("refunds = [\"1h\"]", "refunds = [\"50ms\"]\nrefund_arrives_within = \"2s\"");
    let world = World::without_backend(&timing, free_port().await).await;
    let mut backend = spawn(&world).await;
    world.paid("R-4").await;
    world.fault(json!({"on": "refund", "kind": "slow", "ms": 60_000})).await;
    let cut_off = world.as_shop(Method::POST, "/v1/orders/R-4/refunds").header("Idempotency-Key", "key-1");
    let cut_off = tokio::spawn(cut_off.json(&json!({"offline": false})).send());
    let reserved = world.until_refunds("R-4", &["UNKNOWN"]).await;
    assert_eq!(reserved["refundable"]["amount"]["minor"], 0);
    eventually(|| async { (world.bank_calls("R-4", "refund").await == 1).then_some(()) }).await;
    backend.kill().await.unwrap();
    assert!(cut_off.await.unwrap().is_err());

    let mut backend = spawn(&world).await;
    let body = || json!({"offline": false});
    let again: Value = world.try_refund("R-4", "key-1", body()).await.json().await.unwrap();
    assert_eq!(again["refund"], reserved["refunds"][0]["refund"]);
    // The bank has not heard of it: no money went back, and what was reserved is free again.
    world.until_refunds("R-4", &["FAILED"]).await;
    assert_eq!(world.bank_calls("R-4", "refund").await, 1);
    world.refund("R-4", "key-2", body()).await;
    assert_eq!(world.until_refunds("R-4", &["FAILED", "SUCCESS"]).await["state"], "REFUNDED");
    backend.kill().await.unwrap();
}

async fn calls(world: &World) -> Value {
    let url = format!("{}/sandbox/orders", world.bank.url);
    let truth: Value = world.client.get(url).send().await.unwrap().json().await.unwrap();
    truth["calls"].clone()
}

/// A free port that nobody else is given: the notification address must survive the restart. Below the range the
/// system hands out by itself, or another test could get it between the kill and the restart.
pub(crate) async fn free_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let first = 20_000 + u16::try_from(std::process::id() % 10_000).unwrap();
    loop {
        let port = first + NEXT.fetch_add(1, Ordering::Relaxed);
        if TcpListener::bind(("127.0.0.1", port)).await.is_ok() {
            return port;
        }
    }
}

/// The program itself, as an operator runs it.
pub(crate) async fn spawn(world: &World) -> Child {
    let mut child = Command::new(env!("CARGO_BIN_EXE_merchant-backend"))
        .args(["serve", "--config"])
        .arg(world.config_file())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let line = lines.next_line().await.unwrap().expect("the backend did not start");
    let said: Value = serde_json::from_str(&line).unwrap();
    assert!(text(&said["listening"]).starts_with(&world.base));
    child
}
