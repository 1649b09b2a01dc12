//! The receivers of webhooks in `docs/webhooks.md`, as they stand there: they take the backend's own words and nobody else's.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Stdio;
use std::sync::{Arc, Mutex};

use reqwest::StatusCode;
use ring::hmac;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

use crate::restart::free_port;
use crate::support::{QUIET, WEBHOOK_SECRET, World, eventually};

const PAGE: &str = include_str!("../../../../docs/webhooks.md");

/// A running receiver and what it believes of an order: its state, once it was told.
struct Receiver {
    url: String,
    _process: Child,
    _folder: TempDir,
    believes: Believes,
}

type Believes = Box<dyn Fn(&str) -> Option<String>>;

#[tokio::test]
async fn the_receiver_in_node_believes_the_backend_and_nobody_else() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("receiver.mjs"), sample("js")).unwrap();
    let port = free_port().await;
    let mut node = command("node", folder.path());
    let mut node = node.arg("receiver.mjs").env("PORT", port.to_string()).spawn().unwrap();
    let told = Arc::new(Mutex::new(Vec::<Value>::new()));
    let mut lines = BufReader::new(node.stdout.take().unwrap()).lines();
    let heard = told.clone();
    tokio::spawn(async move {
        while let Ok(Some(line)) = lines.next_line().await {
            heard.lock().unwrap().push(serde_json::from_str(&line).unwrap());
        }
    });
    let believes = move |order: &str| {
        let told = told.lock().unwrap();
        let last = told.iter().rev().find(|one| one["order"] == order)?;
        assert_eq!(last["mayShip"], last["state"] == "CAPTURED");
        last["state"].as_str().map(str::to_owned)
    };
    let url = format!("http://127.0.0.1:{port}/");
    believes_the_backend_alone(Receiver {
        url,
        _process: node,
        _folder: folder,
        believes: Box::new(believes),
    })
    .await;
}

#[tokio::test]
async fn the_receiver_in_php_believes_the_backend_and_nobody_else() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("receiver.php"), sample("php")).unwrap();
    let database = folder.path().join("shop.sqlite");
    let shop = rusqlite::Connection::open(&database).unwrap();
    shop.execute_batch(
        "CREATE TABLE orders (number TEXT PRIMARY KEY, payment_state TEXT, payment_anomalies TEXT,
            payment_revision INTEGER NOT NULL DEFAULT 0);
         INSERT INTO orders (number) VALUES ('G-1')",
    )
    .unwrap();
    let address = format!("127.0.0.1:{}", free_port().await);
    let mut php = command("php", folder.path());
    php.args(["-S", &address, "receiver.php"]).env("SHOP_DSN", format!("sqlite:{}", database.display()));
    let php = php.spawn().unwrap();
    let believes = move |order: &str| {
        shop.query_row("SELECT payment_state FROM orders WHERE number = ?1", [order], |row| row.get(0))
            .unwrap()
    };
    let url = format!("http://{address}/");
    believes_the_backend_alone(Receiver {
        url,
        _process: php,
        _folder: folder,
        believes: Box::new(believes),
    })
    .await;
}

async fn believes_the_backend_alone(receiver: Receiver) {
    let client = reqwest::Client::new();
    eventually(|| async { client.get(&receiver.url).send().await.ok().map(drop) }).await;
    let target = format!("webhook_url = \"{}\"\nwebhook_secret_file = \"webhook-secret\"", receiver.url);
    let mut world = World::with_shop(QUIET, 0, &target).await;
    world.start_backend().await;
    world.paid("G-1").await;
    eventually(|| async { ((receiver.believes)("G-1").as_deref() == Some("CAPTURED")).then_some(()) }).await;

    let now = jiff::Timestamp::now().as_second();
    let told = |kind: &str, revision: u64| {
        let order = json!({"order": "G-1", "state": "CANCELLED", "anomalies": [], "revision": revision});
        json!({"id": "wh_1", "type": kind, "createdAt": "2026-11-22T09:00:01Z", "order": order}).to_string()
    };
    let (newer, older) = (told("order.updated", 999), told("order.updated", 1));
    let signed = |time: i64, body: &str| Some(signature(WEBHOOK_SECRET, time, body));
    for (body, signature, status) in [
        (&newer, None, StatusCode::UNAUTHORIZED),
        (&newer, Some(signature("another-secret-of-some-length", now, &newer)), StatusCode::UNAUTHORIZED),
        (&newer, signed(now, &older), StatusCode::UNAUTHORIZED),
        (&newer, signed(now - 400, &newer), StatusCode::UNAUTHORIZED),
        (&newer, Some("t=1,v1=".to_owned()), StatusCode::UNAUTHORIZED),
        (&older, signed(now, &older), StatusCode::NO_CONTENT),
        (&told("check", 999), signed(now, &told("check", 999)), StatusCode::NO_CONTENT),
    ] {
        let request =
            client.post(&receiver.url).header("content-type", "application/json").body(body.clone());
        let request = match &signature {
            Some(signature) => request.header("AlliancePay-Signature", signature),
            None => request,
        };
        assert_eq!(request.send().await.unwrap().status(), status, "{body} {signature:?}");
        assert_eq!((receiver.believes)("G-1").as_deref(), Some("CAPTURED"), "{body} {signature:?}");
    }
}

fn signature(secret: &str, time: i64, body: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    let code = hmac::sign(&key, format!("{time}.{body}").as_bytes());
    code.as_ref().iter().fold(format!("t={time},v1="), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

/// The page's only piece of code in a language.
fn sample(language: &str) -> &'static str {
    let (_, code) = PAGE.split_once(&format!("```{language}\n")).unwrap();
    code.split_once("\n```").unwrap().0
}

/// `cargo xtask test` installs both programs.
fn command(program: &str, folder: &Path) -> Command {
    std::fs::write(folder.join("secret"), WEBHOOK_SECRET).unwrap();
    let mut command = Command::new(program);
    command.current_dir(folder).env("WEBHOOK_SECRET_FILE", folder.join("secret"));
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
    command
}
