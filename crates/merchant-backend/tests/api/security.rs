//! What strangers try: guessed ids, text that means something to SQL, and whatever a log might give away.

use std::process::{Child, Command, Stdio};

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::alipayplus::euro;
use crate::support::{GOOD_CARD, SHOP_KEY, WEBHOOK_SECRET, World, eventually, order_body, text};

#[tokio::test]
async fn ids_cannot_be_guessed_and_a_guess_tells_nothing() {
    let world = World::start().await;
    let (mut ids, mut answers) = (Vec::new(), Vec::new());
    for order in ["SE-1", "SE-2"] {
        let token = world.put(order).await;
        let session = world.open(&token, "key-1").await;
        let bank_order = world.bank_orders().await.pop().unwrap();
        let url = text(&bank_order["notificationUrl"]).to_owned();
        let secret = url.rsplit('/').next().unwrap().to_owned();
        ids.extend([token, text(&session["session"]).to_owned(), secret]);
    }
    // 128 random bits are 32 hexadecimal digits.
    assert!(ids.iter().all(|id| id.len() >= 32), "{ids:?}");
    let known = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), known);
    for guess in [ids[0].to_uppercase(), ids[0][1..].to_owned(), "1".to_owned(), "0".repeat(32)] {
        let answer =
            world.request(Method::GET, &format!("/v1/payment-sessions/{guess}")).send().await.unwrap();
        let status = answer.status().as_u16();
        let mut problem: Value = answer.json().await.unwrap();
        problem["requestId"] = Value::Null;
        answers.push((status, problem));
    }
    assert!(answers.iter().all(|answer| *answer == answers[0] && answer.0 == 404), "{answers:?}");
}

#[tokio::test]
async fn text_that_means_something_to_sql_stays_text() {
    let world = World::start().await;
    for (number, hostile) in [
        "A'); DROP TABLE orders; --",
        "A' OR '1'='1",
        "A\"; DELETE FROM attempts;",
        "A%_\\",
        "A' UNION SELECT 1 --",
    ]
    .into_iter()
    .enumerate()
    {
        let order = format!("{hostile} {number}");
        let mut body = order_body(12_905);
        body["description"] = json!(hostile);
        body["customerId"] = json!(hostile);
        body["lines"][0]["id"] = json!(hostile);
        body["lines"][0]["name"] = json!(hostile);
        let path = format!(
            "/v1/orders/{}",
            url::form_urlencoded::byte_serialize(order.as_bytes()).collect::<String>()
        );
        let path = path.replace('+', "%20");
        let put = world.as_shop(Method::PUT, &path).json(&body).send().await.unwrap();
        assert_eq!(put.status(), 201, "{order}");
        let token = put.json::<Value>().await.unwrap()["orderToken"].as_str().unwrap().to_owned();
        assert_eq!(world.try_open(&token, hostile.trim_end()).await.status(), 201, "{order}");
        let whole: Value = world.as_shop(Method::GET, &path).send().await.unwrap().json().await.unwrap();
        assert_eq!(whole["order"], json!(order));
        assert_eq!(whole["lines"][0]["id"], json!(hostile));
        let list =
            world.as_shop(Method::GET, "/v1/orders").query(&[("text", &order), ("cursor", &String::new())]);
        let list: Value = list.send().await.unwrap().json().await.unwrap();
        assert_eq!(list["orders"].as_array().unwrap().len(), 1, "{order}: {list}");
    }
    for (name, value) in
        [("state", "CAPTURED' --"), ("cursor", "1 OR 1=1"), ("minAmount", "0; --"), ("from", "'")]
    {
        let answer = world.as_shop(Method::GET, "/v1/orders").query(&[(name, value)]).send().await.unwrap();
        assert_eq!(answer.status(), 400, "{name}");
    }
    let token = world.put("SE-3").await;
    assert_eq!(
        world.request(Method::GET, "/v1/checkout").bearer_auth("' OR '1'='1").send().await.unwrap().status(),
        401
    );
    assert_eq!(
        world.request(Method::GET, "/v1/checkout").bearer_auth(token).send().await.unwrap().status(),
        200
    );
}

#[tokio::test]
async fn a_redirect_of_the_shop_is_not_followed() {
    let inside = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let within = format!("http://{}/metadata", inside.local_addr().unwrap());
    let redirect = move || async move { (StatusCode::TEMPORARY_REDIRECT, [("location", within)]) };
    let shop = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hook", shop.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(shop, axum::Router::new().fallback(redirect)).await });
    let keys = format!("webhook_url = \"{url}\"\nwebhook_secret_file = \"webhook-secret\"");
    let mut world = World::with_shop(crate::support::QUIET, 0, &keys).await;
    world.start_backend().await;
    let token = world.put("SE-6").await;
    world.open(&token, "key-1").await;
    eventually(|| async {
        let list: Value =
            world.as_shop(Method::GET, "/v1/webhooks").send().await.unwrap().json().await.unwrap();
        let tried = list["webhooks"][0]["tries"].as_u64()? > 1;
        (tried && text(&list["webhooks"][0]["problem"]).contains("307")).then_some(())
    })
    .await;
    let nobody = tokio::time::timeout(std::time::Duration::from_millis(100), inside.accept()).await;
    assert!(nobody.is_err(), "the redirect was followed");
}

#[tokio::test]
async fn secrets_of_pages_are_stored_hashed() {
    let world = World::start().await;
    let token = world.put("SE-4").await;
    world.open(&token, "key-1").await;
    let ledger = crate::store::everything(world.folder.path(), &world.database);
    let holds = |text: &str| ledger.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(holds("SE-4"), "this is the ledger");
    for secret in [token.as_str(), SHOP_KEY, WEBHOOK_SECRET] {
        assert!(!holds(secret), "the ledger holds a secret in clear");
    }
}

#[tokio::test]
async fn logs_of_the_highest_level_hold_no_secret_and_nothing_personal() {
    let shop =
        "webhook_url = \"http://127.0.0.1:1/hook-SECRETPATH\"\nwebhook_secret_file = \"webhook-secret\"";
    let mut world = World::with_shop(crate::support::QUIET, 0, shop).await;
    let log = world.folder.path().join("backend.log");
    let backend = Program::start(&mut world, &log).await;
    let token = world.put("SE-5").await;
    let mut body = order_body(12_905);
    body["customerId"] = json!("olena@example.com");
    body["lines"][0]["name"] = json!("A private book");
    world.put_body("SE-5", &body).await;
    let session = world.open(&token, "key-of-this-wish").await;
    world.pay_by_card(&session["page"], GOOD_CARD).await;
    world.until(text(&session["session"]), "CAPTURED").await;
    world.refund("SE-5", "refund-key-1", json!({"amountMinor": 100, "reason": "a private reason"})).await;
    world.check("SE-5").await;
    let wrong =
        world.request(Method::GET, "/v1/checkout").bearer_auth("a-wrong-token-of-somebody").send().await;
    assert_eq!(wrong.unwrap().status(), 401);
    let bank_order = world.bank_orders().await.pop().unwrap();
    let notified = text(&bank_order["notificationUrl"]).rsplit('/').next().unwrap().to_owned();
    let token_of_bank: Value = serde_json::from_str(&world.query("SELECT token FROM bank_tokens")).unwrap();
    drop(backend);
    let log = std::fs::read_to_string(&log).unwrap();
    assert!(log.contains("SE-5"), "the log tells of the order");
    let terminal = &world.bank.merchant.terminals[0];
    let secrets = [
        text(&token_of_bank["deviceId"]).to_owned(),
        text(&token_of_bank["refreshToken"]).to_owned(),
        SHOP_KEY.to_owned(),
        WEBHOOK_SECRET.to_owned(),
        token,
        notified,
        terminal.service_code.clone(),
        terminal.authentication_key["d"].as_str().unwrap().to_owned(),
        "a-wrong-token-of-somebody".to_owned(),
        "hook-SECRETPATH".to_owned(),
        GOOD_CARD.to_owned(),
        "olena@example.com".to_owned(),
        "A private book".to_owned(),
        "a private reason".to_owned(),
        "127.0.0.1:8083/thanks".to_owned(),
    ];
    tells_none(&log, &secrets);
}

#[tokio::test]
async fn logs_hold_no_secret_of_alipay_plus_either() {
    let mut world = World::without_backend(crate::support::QUIET, 0).await;
    world.switch_on_alipay_plus("").await;
    let log = world.folder.path().join("backend.log");
    let backend = Program::start(&mut world, &log).await;
    world.enter_webhooks(true).await;
    let mut body = euro(1_099);
    body["customerId"] = json!("olena@example.com");
    let token = world.put_as("SE-7", &body).await;
    let session = world.open_by("alipayplus", &token, "key-1").await;
    world.press_wallet(&session, &[("wallet", "GCASH")]).await;
    world.until(text(&session["session"]), "CAPTURED").await;
    world.check("SE-7").await;
    let forged = world.request(Method::POST, "/v1/notifications/alipayplus").body("{\"a\": \"forged body\"}");
    let forged = forged.header("X-GCS-KeyId", "k").header("X-GCS-Signature", "a-forged-signature");
    assert_eq!(forged.send().await.unwrap().status(), 400);
    drop(backend);
    let url = format!("{}/sandbox/aggregator", world.bank.url);
    let account: Value = world.client.get(&url).send().await.unwrap().json().await.unwrap();
    let back = url::Url::parse(text(&world.aggregator_payments().await[0]["returnUrl"])).unwrap();
    let mac = back.query_pairs().find(|(name, _)| name == "RETURNMAC").map(|(_, mac)| mac.into_owned());
    let log = std::fs::read_to_string(&log).unwrap();
    assert!(log.contains("SE-7"), "the log tells of the order");
    let secrets = [
        text(&account["secretApiKey"]).to_owned(),
        text(&account["webhookSecret"]).to_owned(),
        token,
        mac.unwrap(),
        text(&session["page"]).rsplit('/').next().unwrap().to_owned(),
        "GCS v1HMAC".to_owned(),
        "a-forged-signature".to_owned(),
        "forged body".to_owned(),
        "olena@example.com".to_owned(),
        "127.0.0.1:8083/thanks".to_owned(),
    ];
    tells_none(&log, &secrets);
}

fn tells_none(log: &str, secrets: &[String]) {
    for secret in secrets {
        let line = log.lines().find(|line| line.contains(secret));
        assert!(line.is_none(), "`{secret}` stands in the log: {}", line.unwrap_or_default());
    }
}

/// The program itself, with everything it can log.
struct Program(Child);

impl Program {
    async fn start(world: &mut World, log: &std::path::Path) -> Self {
        let output = std::fs::File::create(log).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_merchant-backend"));
        let child = command
            .arg("serve")
            .arg("--config")
            .arg(world.config_file())
            .env("RUST_LOG", "trace")
            .stdout(Stdio::from(output.try_clone().unwrap()))
            .stderr(Stdio::from(output))
            .spawn()
            .unwrap();
        let program = Self(child);
        world.base = eventually(|| async {
            let text = std::fs::read_to_string(log).unwrap();
            let line = text.lines().find(|line| line.starts_with("{\"listening\""))?.to_owned();
            let url = serde_json::from_str::<Value>(&line).ok()?["listening"].as_str()?.to_owned();
            Some(url.trim_end_matches('/').to_owned())
        })
        .await;
        program
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}
