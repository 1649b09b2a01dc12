//! `merchant-backend migrate-store`: a ledger with every kind of row leaves its SQLite file for PostgreSQL and goes on.

use std::path::Path;
use std::process::Output;

use rusqlite::Connection;
use serde_json::{Value, json};
use tokio::process::Command;

use crate::support::{GOOD_CARD, QUIET, World, eventually};

/// Rows of tables that no purchase writes.
const BESIDE_PURCHASES: &str = "
    INSERT INTO staff (id, login, password_hash, role, active, refund_limit_minor, totp_secret, totp_on, created_at)
        VALUES (7, 'olena', 'a hash', 'refunder', 1, 100000, x'00ff10', 1, 1790000000000);
    INSERT INTO staff_sessions (hash, staff_id, created_at, seen_at, expires_at) VALUES (x'01', 7, 1, 2, 3);
    INSERT INTO console_tokens (hash, order_ref, role, actor, expires_at) VALUES (x'02', 'M-1', 'viewer', 'woo', 4);
    INSERT INTO audit (at, actor, action, detail) VALUES (5, 'olena', 'signed_in', 'Київ: «лапки», ''й апостроф');
    INSERT INTO audit (at, actor, action, detail) VALUES (6, 'olena', 'signed_in', 'from before: ' || char(0));
    INSERT INTO settlement_imports (id, handle, file_hash, format, imported_by, bytes, rows, unmatched, started_at, updated_at)
        VALUES (3, 'im_1', x'03', 'alliancepay', 'olena', 99, 1, 1, 6, 7);
    INSERT INTO settlement_rows (id, fingerprint, occurrence, kind, operation, net_minor, day, raw, recorded_by, recorded_at)
        SELECT 9, x'04', 1, 'unmatched', min(id), -12, '2026-11-20', 'a;b', 'olena', 8 FROM operations;
    INSERT INTO settlement_sightings (import_id, number, line, row_id) VALUES (3, 1, 2, 9);
";

#[tokio::test]
async fn a_ledger_with_every_kind_of_row_moves_and_goes_on() {
    let (mut world, paid_token) = full_ledger().await;
    let orders = ["M-1", "M-2", "M-3", "M-4"];
    let mut before = Vec::new();
    for order in orders {
        before.push(world.order(order).await);
    }
    let list = json_of(&world, "/v1/orders").await;
    let webhooks = outbox(&world).await;
    let target = crate::store::new();

    let running = migrate(&world, &target).await;
    assert!(!running.status.success(), "a running backend's ledger is not moved");
    assert!(said(&running).contains("another backend is running"), "{}", said(&running));

    world.backend.take().unwrap().stop().await;
    let file = world.folder.path().join("ledger.sqlite");
    Connection::open(&file).unwrap().execute_batch(BESIDE_PURCHASES).unwrap();
    let tables = every_table_has_a_row(&file);
    let moved = migrate(&world, &target).await;
    assert!(moved.status.success(), "{}", said(&moved));
    let told = String::from_utf8(moved.stdout).unwrap();
    assert_eq!(told.lines().count(), tables + 1, "{told}");

    // The old file is not served again, and what is moved is not moved twice.
    let old = merchant_backend::start(merchant_backend::Config::read(&world.config_file()).unwrap()).await;
    assert!(old.unwrap_err().to_string().contains("moved to PostgreSQL"));
    assert!(!migrate(&world, &target).await.status.success());

    serve_from(&mut world, &target).await;
    for (order, before) in orders.iter().zip(&before) {
        assert_eq!(&world.order(order).await, before);
    }
    assert_eq!(json_of(&world, "/v1/orders").await, list);
    assert_eq!(outbox(&world).await, webhooks);
    // Tokens, keys and the numbers of new rows go on where they were.
    let again = world.open(&paid_token, "key-1").await;
    assert_eq!(again["state"], "REDIRECTED");
    world.pay_by_card(&again["page"], GOOD_CARD).await;
    // The bank's notification goes to where the old backend listened.
    assert_eq!(world.check("M-2").await["order"]["state"], "CAPTURED");
    world.paid("M-5").await;
    world.refund("M-5", "key-1", json!({"amountMinor": 100, "offline": false})).await;
    world.until_refunds("M-5", &["SUCCESS"]).await;
    let refund = world.try_refund("M-1", "key-1", json!({"amountMinor": 100, "offline": false})).await;
    assert_eq!(refund.json::<Value>().await.unwrap()["refund"], before[0]["refunds"][1]["refund"]);
}

#[tokio::test]
async fn a_database_that_is_not_empty_is_refused_and_stays_as_it_is() {
    let (mut world, _) = full_ledger().await;
    world.backend.take().unwrap().stop().await;
    let other = World::start().await;
    other.put("M-9").await;
    let refused = migrate(&world, &other.database).await;
    assert!(!refused.status.success());
    assert!(said(&refused).contains("not empty"), "{}", said(&refused));
    assert_eq!(other.query("SELECT count(*) FROM orders"), "1");
    // Nothing happened to the file either.
    world.start_backend().await;
    world.paid("M-6").await;
}

/// A backend on SQLite whose ledger has at least one row in every table; and the token of an order that is not paid.
async fn full_ledger() -> (World, String) {
    let shop = "webhook_url = \"http://127.0.0.1:9/nobody\"\nwebhook_secret_file = \"webhook-secret\"";
    let mut world = World::with_shop(QUIET, 0, shop).await;
    rewrite(&world, &world.database, "ledger.sqlite");
    world.start_backend().await;
    world.paid("M-1").await;
    let body = json!({"lines": [{"id": "1", "quantity": 1}], "offline": false});
    world.refund("M-1", "key-0", body).await;
    world.refund("M-1", "key-1", json!({"amountMinor": 100, "offline": false})).await;
    world.until_refunds("M-1", &["SUCCESS", "SUCCESS"]).await;
    let token = world.put("M-2").await;
    world.open(&token, "key-1").await;
    // A lost answer leaves an anomaly.
    world.fault(json!({"on": "create-order", "kind": "answer-lost"})).await;
    world.open(&world.put("M-3").await, "key-1").await;
    world.put("M-4").await;
    eventually(|| async {
        let order = world.order("M-3").await;
        (order["anomalies"] == json!(["unreachable"])).then_some(())
    })
    .await;
    (world, token)
}

fn every_table_has_a_row(file: &Path) -> usize {
    let ledger = Connection::open(file).unwrap();
    // The search index and its shadows are made anew on the other side.
    let mut tables = ledger
        .prepare(
            "SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main'
                AND name NOT LIKE 'sqlite%' AND name <> 'migrations'",
        )
        .unwrap();
    let tables: Vec<String> =
        tables.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
    for table in &tables {
        let rows: i64 =
            ledger.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap();
        assert!(rows > 0, "{table} has no row here: let `full_ledger` or `BESIDE_PURCHASES` write one");
    }
    tables.len()
}

async fn serve_from(world: &mut World, target: &str) {
    rewrite(world, "ledger.sqlite", target);
    target.clone_into(&mut world.database);
    world.start_backend().await;
}

fn rewrite(world: &World, from: &str, to: &str) {
    let text = std::fs::read_to_string(world.config_file()).unwrap();
    let (from, to) = (format!("database = \"{from}\""), format!("database = \"{to}\""));
    assert!(text.contains(&from));
    std::fs::write(world.config_file(), text.replace(&from, &to)).unwrap();
}

async fn migrate(world: &World, target: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_merchant-backend"))
        .args(["migrate-store", "--config"])
        .arg(world.config_file())
        .args(["--to", target])
        .env("RUST_LOG", "warn")
        .output()
        .await
        .unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Which webhooks stand in the outbox. How often they were tried goes on all the time.
async fn outbox(world: &World) -> Vec<Value> {
    let list = json_of(world, "/v1/webhooks?order=M-1").await;
    let names = |one: &Value| json!([one["id"], one["revision"], one["createdAt"], one["state"]]);
    list["webhooks"].as_array().unwrap().iter().map(names).collect()
}

async fn json_of(world: &World, path: &str) -> Value {
    world.as_shop(reqwest::Method::GET, path).send().await.unwrap().json().await.unwrap()
}
