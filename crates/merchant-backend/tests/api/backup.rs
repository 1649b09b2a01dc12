//! A backup is taken while the backend serves, and holds whole transactions only.

use std::process::Output;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use serde_json::Value;
use tokio::process::Command;

use crate::support::{World, eventually};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_is_whole_while_orders_keep_coming() {
    let world = Arc::new(World::start().await);
    world.paid("B-0").await;
    let (stop, put) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(1)));
    let writing = {
        let (world, stop, put) = (world.clone(), stop.clone(), put.clone());
        tokio::spawn(async move {
            while !stop.load(Ordering::SeqCst) {
                let number = put.load(Ordering::SeqCst);
                world.put(&format!("B-{number}")).await;
                put.store(number + 1, Ordering::SeqCst);
            }
        })
    };
    eventually(|| async { (put.load(Ordering::SeqCst) > 10).then_some(()) }).await;
    let before = put.load(Ordering::SeqCst);
    let out = world.folder.path().join("backup");
    let told = backup(&world, &out).await;
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    let after = put.load(Ordering::SeqCst) + 1;
    stop.store(true, Ordering::SeqCst);
    writing.await.unwrap();
    assert!(after > before + 1, "nothing was written meanwhile: this shows nothing");

    let told: Value = serde_json::from_slice(&told.stdout).unwrap();
    assert_eq!(told["backup"], out.to_str().unwrap());
    let restored = |sql: &str| crate::store::query_backup(&out, sql);
    let orders: u64 = restored("SELECT count(*) FROM orders").parse().unwrap();
    assert!((before..=after).contains(&orders), "{before} {orders} {after}");
    for half in [
        "SELECT count(*) FROM orders o WHERE NOT EXISTS (SELECT 1 FROM order_lines WHERE order_id = o.id)",
        "SELECT count(*) FROM orders o WHERE NOT EXISTS (SELECT 1 FROM order_tokens WHERE order_id = o.id)",
        "SELECT count(*) FROM orders o WHERE NOT EXISTS (SELECT 1 FROM events WHERE order_id = o.id)",
    ] {
        assert_eq!(restored(half), "0", "{half}");
    }
    assert_eq!(restored("SELECT state FROM orders WHERE order_ref = 'B-0'"), "CAPTURED");

    let again = backup(&world, &out).await;
    assert!(!again.status.success(), "a backup replaces nothing");
}

#[tokio::test]
async fn a_backup_is_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let world = World::start().await;
    let out = world.folder.path().join("backup");
    assert!(backup(&world, &out).await.status.success());
    assert_eq!(out.metadata().unwrap().permissions().mode() & 0o077, 0);
}

async fn backup(world: &World, out: &std::path::Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_merchant-backend"))
        .args(["backup", "--config"])
        .arg(world.config_file())
        .arg("--out")
        .arg(out)
        .env("RUST_LOG", "warn")
        .output()
        .await
        .unwrap()
}
