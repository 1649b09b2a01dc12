//! The bank token is kept in the ledger: one authorization serves every process and every start.

use serde_json::{Value, json};

use crate::support::World;

#[tokio::test]
async fn the_bank_token_survives_a_restart() {
    let mut world = World::start().await;
    world.paid("T-1").await;
    assert_eq!(authorizations(&world).await, 1);
    world.backend.take().unwrap().stop().await;
    world.start_backend().await;
    world.paid("T-2").await;
    assert_eq!(authorizations(&world).await, 1);
}

#[tokio::test]
async fn two_processes_with_one_ledger_renew_a_dead_token_once() {
    let mut world = World::start().await;
    world.paid("T-3").await;
    let first = world.backend.take().unwrap();
    world.start_backend().await;
    let bases = [first.url().as_str().trim_end_matches('/').to_owned(), world.base.clone()];
    for order in ["T-4", "T-5", "T-6", "T-7"] {
        world.put(order).await;
    }
    world.fault(json!({"on": "create-order", "kind": "token-killed"})).await;
    let tokens =
        [world.put("T-4").await, world.put("T-5").await, world.put("T-6").await, world.put("T-7").await];
    let mut under_way = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        let url = format!("{}/v1/payment-sessions", bases[index % 2]);
        let request = world.client.post(url).bearer_auth(token).header("Idempotency-Key", "key-1");
        under_way.push(tokio::spawn(request.json(&json!({"product": "card"})).send()));
    }
    for answer in under_way {
        assert_eq!(answer.await.unwrap().unwrap().status(), 201);
    }
    assert_eq!(authorizations(&world).await, 2);
    first.stop().await;
}

#[tokio::test]
async fn the_ledger_with_its_secrets_is_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let world = World::start().await;
    for file in ["ledger.sqlite", "ledger.sqlite-wal"] {
        let mode = world.folder.path().join(file).metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{file}");
    }
}

async fn authorizations(world: &World) -> Value {
    let url = format!("{}/sandbox/orders", world.bank.url);
    let truth: Value = world.client.get(url).send().await.unwrap().json().await.unwrap();
    truth["calls"]["authorize"].clone()
}
