//! The bank token is kept in the ledger: one authorization serves every process and every start.

use std::fs::File;
use std::process::Stdio;
use std::time::Duration;

use alliancepay::Secret;
use merchant_backend::store::Store as _;
use merchant_backend::store::records::{Renewal, RenewalClaim};
use reqwest::Method;
use serde_json::{Value, json};
use tokio::process::Command;

use crate::restart::free_port;
use crate::support::{QUIET, SHOP_KEY, WEBHOOK_SECRET, World, eventually, text};

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
async fn no_secret_is_logged() {
    let shop = "webhook_url = \"http://127.0.0.1:9/hook?secret=in-the-address\"\nwebhook_secret_file = \"webhook-secret\"";
    let world = World::with_shop(QUIET, free_port().await, shop).await;
    let log = world.folder.path().join("log");
    let mut backend = Command::new(env!("CARGO_BIN_EXE_merchant-backend"))
        .args(["serve", "--config"])
        .arg(world.config_file())
        .env("RUST_LOG", "merchant_backend=trace,alliancepay=trace")
        .stdout(Stdio::null())
        .stderr(File::create(&log).unwrap())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    eventually(|| async { world.request(Method::GET, "/healthz").send().await.ok() }).await;
    world.paid("T-8").await;
    world.refund("T-8", "key-1", json!({"offline": false})).await;
    world.until_refunds("T-8", &["SUCCESS"]).await;
    let failed = eventually(|| async {
        let answer = world.as_shop(Method::GET, "/v1/webhooks?order=T-8").send().await.unwrap();
        let list: Value = answer.json().await.unwrap();
        list["webhooks"][0]["problem"].is_string().then_some(list)
    })
    .await;
    backend.kill().await.unwrap();

    let said = std::fs::read_to_string(&log).unwrap() + &failed.to_string();
    assert!(
        said.contains("a refund is stored") && said.contains("the shop did not take a webhook"),
        "{said}"
    );
    let token: Value = serde_json::from_str(&world.query("SELECT token FROM bank_tokens")).unwrap();
    let secret = world.query("SELECT notification_secret FROM attempts");
    for secret in [
        text(&token["deviceId"]),
        text(&token["refreshToken"]),
        &secret,
        SHOP_KEY,
        WEBHOOK_SECRET,
        "in-the-address",
    ] {
        assert!(!said.contains(secret), "{secret} is in the log");
    }
}

#[tokio::test]
async fn a_renewal_is_reserved_by_the_ledgers_own_clock_until_its_holder_has_ended_it() {
    let world = World::start().await;
    let ledger = crate::store::open(world.folder.path(), &world.database).await;
    let claim = async |holder: &str, lease| {
        let (service_code, holder) = ("a-code".to_owned(), holder.to_owned());
        ledger.claim_renewal(RenewalClaim { service_code, stale: None, holder, lease }).await.unwrap()
    };
    let end = async |holder: &str| {
        let token = Some(Secret::new(format!("of {holder}")));
        ledger.end_renewal("a-code".to_owned(), holder.to_owned(), token).await.unwrap();
        ledger.bank_token("a-code".to_owned()).await.unwrap()
    };
    let lease = Duration::from_secs(20);
    assert!(matches!(claim("one", lease).await, Renewal::Yours));
    assert!(matches!(claim("two", lease).await, Renewal::AnotherIsAtIt));
    // As it stands once the time of the lease is over.
    world.query("UPDATE bank_tokens SET held_until = held_until - 20001 WHERE service_code = 'a-code'");
    assert!(matches!(claim("two", lease).await, Renewal::Yours));
    assert_eq!(end("one").await, None);
    assert!(matches!(claim("three", lease).await, Renewal::AnotherIsAtIt));
    assert_eq!(end("two").await, Some(Secret::new("of two")));
    // Taken while the clock was decades ahead.
    world.query("UPDATE bank_tokens SET holder = 'lost', held_until = 4102444800000 WHERE holder IS NULL");
    let stale = Some(Secret::new("of two"));
    let claim = RenewalClaim { service_code: "a-code".to_owned(), stale, holder: "four".to_owned(), lease };
    assert!(matches!(ledger.claim_renewal(claim).await.unwrap(), Renewal::Yours));
}

async fn authorizations(world: &World) -> Value {
    let url = format!("{}/sandbox/orders", world.bank.url);
    let truth: Value = world.client.get(url).send().await.unwrap().json().await.unwrap();
    truth["calls"]["authorize"].clone()
}
