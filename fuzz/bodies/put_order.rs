//! The body of `PUT /v1/orders/{order}`, sent to the real backend over HTTP with a real ledger: any bytes.

use std::sync::OnceLock;

use checkout_api::PutOrder;
use merchant_backend::{Config, Running};
use reqwest::Client;
use serde_json::Value;
use tempfile::TempDir;
use tokio::runtime::Runtime;

const SHOP_KEY: &str = "fuzz-shop-key-0123456789";

/// No body makes the backend fail; and an order it takes is stored with the sum that was sent.
pub(crate) fn run(data: &[u8]) {
    let world = world();
    world.runtime.block_on(async {
        // Another order each time: a changed sum of the same one may rightly be refused.
        let number: u64 = data
            .iter()
            .fold(data.len() as u64, |sum, byte| sum.wrapping_mul(0x100_0000_01B3) ^ u64::from(*byte));
        let url = format!("{}v1/orders/fuzz-{number:x}", world.backend.url());
        let put = world.client.put(&url).bearer_auth(SHOP_KEY).header("content-type", "application/json");
        let answer = put.body(data.to_vec()).send().await.expect("an answer");
        let status = answer.status();
        let text = answer.text().await.expect("a text");
        assert!(!status.is_server_error(), "{status} {text}");
        let told: Value = serde_json::from_str(&text).expect("every answer is JSON");
        if !status.is_success() {
            assert!(told["code"].is_string(), "a refusal is a problem with a code: {text}");
            return;
        }
        // Read as the backend reads it: what stands in a field nobody reads need not even be well-formed.
        let sent: PutOrder = serde_json::from_slice(data).expect("what is taken is an order");
        let stored = world.client.get(&url).bearer_auth(SHOP_KEY).send().await.expect("an answer");
        let stored: Value = stored.json().await.expect("the order");
        assert_eq!(stored["amount"]["minor"], sent.amount.minor(), "{text}");
        assert_eq!(stored["amount"]["currency"], sent.amount.currency().code(), "{text}");
    });
}

struct World {
    runtime: Runtime,
    backend: Running,
    client: Client,
    _folder: TempDir,
}

fn world() -> &'static World {
    static WORLD: OnceLock<World> = OnceLock::new();
    WORLD.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("a file");
        let vectors = include_str!("../../crates/alliancepay/tests/vectors/jwcrypto.json");
        let vectors: Value = serde_json::from_str(vectors).expect("the vectors");
        write("purchase.jwk", &vectors["key"].to_string());
        write("shop-key", SHOP_KEY);
        std::fs::create_dir(folder.path().join("widget")).expect("a folder");
        write("config.toml", CONFIG);
        let runtime = Runtime::new().expect("a runtime");
        let config = Config::read(&folder.path().join("config.toml")).expect("a configuration");
        let backend = runtime.block_on(merchant_backend::start(config)).expect("a backend");
        World { runtime, backend, client: Client::new(), _folder: folder }
    })
}

/// No bank is behind it: a put never asks one.
const CONFIG: &str = r#"
listen = "127.0.0.1:0"
database = "ledger.sqlite"
widget_dir = "widget"
[shop]
key_file = "shop-key"
allowed_origins = ["https://shop.example"]
return_hosts = ["shop.example"]
name = "Shop"
[bank]
api = "http://127.0.0.1:9"
[[terminals]]
pay_type = "PURCHASE"
merchant_id = "00000000-0000-4000-8000-000000000001"
service_code = "000000000001"
key_file = "purchase.jwk"
"#;
