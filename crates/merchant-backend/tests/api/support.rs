//! A world per test: a sandbox bank and a backend on free ports, and the hands of shop, page, buyer and bank.

use std::fmt::Write;
use std::future::Future;
use std::path::PathBuf;
use std::time::Duration;

use merchant_backend::{Config, Running};
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode, redirect};
use sandbox_bank::Sandbox;
use serde_json::{Value, json};
use tempfile::TempDir;

pub(crate) const SHOP_KEY: &str = "test-shop-key-0123456789";
pub(crate) const WEBHOOK_SECRET: &str = "test-webhook-secret-0123456789";
pub(crate) const SHOP: &str = "http://127.0.0.1:8083";
pub(crate) const GOOD_CARD: &str = "4111111111111111";
pub(crate) const DECLINED_CARD: &str = "4000000000000002";
pub(crate) const PENDING_CARD: &str = "4000000000000259";
/// Nothing here takes this long; a test that waits so long has failed.
const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) struct World {
    pub(crate) bank: sandbox_bank::Running,
    pub(crate) backend: Option<Running>,
    pub(crate) base: String,
    pub(crate) folder: TempDir,
    pub(crate) database: String,
    pub(crate) client: Client,
}

/// `[timing]` of a world in which nobody asks unless told: notifications and `check` do the work.
pub(crate) const QUIET: &str = r#"
    min_gap = "20ms"
    bank_timeout = "2s"
    while_open = ["1h"]
    refunds = ["1h"]
    webhook_timeout = "1s"
    webhook_retries = ["50ms"]
"#;

impl World {
    pub(crate) async fn start() -> Self {
        Self::with_timing(QUIET).await
    }

    pub(crate) async fn with_timing(timing: &str) -> Self {
        let mut world = Self::without_backend(timing, 0).await;
        world.start_backend().await;
        world
    }

    /// The bank runs, the configuration is written, the backend is not started. A fixed port survives restarts.
    pub(crate) async fn without_backend(timing: &str, port: u16) -> Self {
        Self::with_shop(timing, port, "").await
    }

    /// The same with more settings of the shop.
    pub(crate) async fn with_shop(timing: &str, port: u16, shop: &str) -> Self {
        let bank =
            Sandbox::start(sandbox_bank::Config { time_scale: 50, ..Default::default() }).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("shop-key"), SHOP_KEY).unwrap();
        std::fs::create_dir(folder.path().join("widget")).unwrap();
        let database = tokio::task::spawn_blocking(crate::store::new).await.unwrap();
        let text = config(&bank, &folder, &database, timing, port, shop);
        std::fs::write(folder.path().join("config.toml"), text).unwrap();
        std::fs::write(folder.path().join("webhook-secret"), WEBHOOK_SECRET).unwrap();
        let client = Client::builder().redirect(redirect::Policy::none()).timeout(PATIENCE).build().unwrap();
        Self { bank, backend: None, base: format!("http://127.0.0.1:{port}"), folder, database, client }
    }

    /// Asks the ledger itself.
    pub(crate) fn query(&self, sql: &str) -> String {
        crate::store::query(self.folder.path(), &self.database, sql)
    }

    /// A world with Alipay+ switched on, its webhooks entered at the aggregator.
    pub(crate) async fn with_alipay_plus(timing: &str) -> Self {
        let mut world = Self::without_backend(timing, 0).await;
        world.switch_on_alipay_plus("").await;
        world.start_backend().await;
        world.enter_webhooks(true).await;
        world
    }

    /// Writes the account of the sandbox's aggregator into the configuration.
    pub(crate) async fn switch_on_alipay_plus(&self, more: &str) {
        let url = format!("{}/sandbox/aggregator", self.bank.url);
        let account: Value = self.client.get(url).send().await.unwrap().json().await.unwrap();
        for (file, name) in [("alipayplus.key", "secretApiKey"), ("alipayplus.webhooks", "webhookSecret")] {
            std::fs::write(self.folder.path().join(file), text(&account[name])).unwrap();
        }
        let table = format!(
            "[alipayplus]\napi = \"{}\"\nmerchant_id = \"{}\"\napi_key_id = \"{}\"\n\
             secret_api_key_file = \"alipayplus.key\"\ncountry = \"DE\"\ncurrencies = [\"EUR\"]\n{more}\n\
             [[alipayplus.webhook_keys]]\nid = \"{}\"\nsecret_file = \"alipayplus.webhooks\"\n",
            self.bank.url,
            text(&account["merchantId"]),
            text(&account["apiKeyId"]),
            text(&account["webhookKeyId"]),
        );
        let config = std::fs::read_to_string(self.config_file()).unwrap();
        std::fs::write(self.config_file(), config + &table).unwrap();
    }

    /// Has the aggregator tell this backend, or nobody. Entering it passes the platform's challenge.
    pub(crate) async fn enter_webhooks(&self, on: bool) {
        let url = on.then(|| format!("{}/v1/notifications/alipayplus", self.base));
        let entry = self.client.post(format!("{}/sandbox/aggregator/webhook", self.bank.url));
        let answer = entry.json(&json!({"url": url})).send().await.unwrap();
        assert!(answer.status().is_success(), "{}", answer.text().await.unwrap());
    }

    pub(crate) fn config_file(&self) -> PathBuf {
        self.folder.path().join("config.toml")
    }

    pub(crate) async fn start_backend(&mut self) {
        let backend = merchant_backend::start(Config::read(&self.config_file()).unwrap()).await.unwrap();
        backend.url().as_str().trim_end_matches('/').clone_into(&mut self.base);
        self.backend = Some(backend);
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.base))
    }

    pub(crate) fn as_shop(&self, method: Method, path: &str) -> RequestBuilder {
        self.request(method, path).bearer_auth(SHOP_KEY)
    }

    /// The shop puts an order; its token comes back.
    pub(crate) async fn put(&self, order: &str) -> String {
        self.put_as(order, &order_body(12_905)).await
    }

    /// The same for an order of another kind; must be taken.
    pub(crate) async fn put_as(&self, order: &str, body: &Value) -> String {
        let answer = self.put_body(order, body).await;
        assert!(answer.status().is_success(), "{}", answer.text().await.unwrap());
        text(&answer.json::<Value>().await.unwrap()["orderToken"]).to_owned()
    }

    pub(crate) async fn put_body(&self, order: &str, body: &Value) -> Response {
        self.as_shop(Method::PUT, &format!("/v1/orders/{order}")).json(body).send().await.unwrap()
    }

    /// The page opens a session; must succeed.
    pub(crate) async fn open(&self, token: &str, key: &str) -> Value {
        let answer = self.try_open(token, key).await;
        assert!(answer.status().is_success(), "{}", answer.text().await.unwrap());
        answer.json().await.unwrap()
    }

    pub(crate) async fn try_open(&self, token: &str, key: &str) -> Response {
        self.wish(token, key).send().await.unwrap()
    }

    pub(crate) fn wish(&self, token: &str, key: &str) -> RequestBuilder {
        self.request(Method::POST, "/v1/payment-sessions")
            .bearer_auth(token)
            .header("Idempotency-Key", key)
            .json(&json!({"product": "card"}))
    }

    /// An order of 129.05 that the buyer has paid.
    pub(crate) async fn paid(&self, order: &str) -> Value {
        let token = self.put(order).await;
        let session = self.open(&token, "key-1").await;
        self.pay_by_card(&session["page"], GOOD_CARD).await;
        self.until(text(&session["session"]), "CAPTURED").await
    }

    /// Asks for a refund; must be taken.
    pub(crate) async fn refund(&self, order: &str, key: &str, body: Value) -> Value {
        let answer = self.try_refund(order, key, body).await;
        assert_eq!(answer.status(), StatusCode::CREATED, "{}", answer.text().await.unwrap());
        answer.json().await.unwrap()
    }

    pub(crate) async fn try_refund(&self, order: &str, key: &str, body: Value) -> Response {
        let request = self.as_shop(Method::POST, &format!("/v1/orders/{order}/refunds"));
        request.header("Idempotency-Key", key).json(&body).send().await.unwrap()
    }

    /// Asks for a refund that is refused; tells status and code.
    pub(crate) async fn refused_refund(&self, order: &str, key: &str, body: Value) -> (u16, String) {
        let answer = self.try_refund(order, key, body).await;
        let status = answer.status().as_u16();
        let problem: Value = answer.json().await.unwrap();
        (status, text(&problem["code"]).to_owned())
    }

    /// Waits until the order's refunds are in these states.
    pub(crate) async fn until_refunds(&self, order: &str, states: &[&str]) -> Value {
        eventually(|| async {
            let now = self.order(order).await;
            let refunds = now["refunds"].as_array().unwrap();
            let all: Vec<&str> = refunds.iter().map(|refund| text(&refund["state"])).collect();
            (all == states).then_some(now)
        })
        .await
    }

    /// How often the bank was called for an order, by the call's name.
    pub(crate) async fn bank_calls(&self, order: &str, call: &str) -> Value {
        let request_id = self.order(order).await["attempts"][0]["merchantRequestId"].clone();
        let orders = self.bank_orders().await;
        let found = orders.iter().find(|one| one["merchantRequestId"] == request_id).unwrap();
        found["calls"][call].clone()
    }

    pub(crate) async fn status(&self, session: &str) -> Value {
        let path = format!("/v1/payment-sessions/{session}");
        self.request(Method::GET, &path).send().await.unwrap().json().await.unwrap()
    }

    pub(crate) async fn order(&self, order: &str) -> Value {
        self.as_shop(Method::GET, &format!("/v1/orders/{order}")).send().await.unwrap().json().await.unwrap()
    }

    pub(crate) async fn check(&self, order: &str) -> Value {
        let answer = self.as_shop(Method::POST, &format!("/v1/orders/{order}/check")).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK, "{}", answer.text().await.unwrap());
        answer.json().await.unwrap()
    }

    /// Waits as a page does, by revision, until the session is in `state`.
    pub(crate) async fn until(&self, session: &str, state: &str) -> Value {
        eventually(|| async {
            let now = self.status(session).await;
            if now["state"] == state {
                return Some(now);
            }
            let path = format!("/v1/payment-sessions/{session}?after={}&wait=1", now["revision"]);
            let news: Value = self.request(Method::GET, &path).send().await.unwrap().json().await.unwrap();
            (news["state"] == state).then_some(news)
        })
        .await
    }

    /// The buyer types a card on the bank's page.
    pub(crate) async fn pay_by_card(&self, page: &Value, card: &str) {
        let id = bank_order(page);
        let form =
            [("hpp_id", id.as_str()), ("action", "pay"), ("pan", card), ("expiry", "12/30"), ("cvv", "123")];
        let answer = self.client.post(format!("{}/pay", self.bank.url)).form(&form).send().await.unwrap();
        assert!(answer.status().is_redirection(), "{}", answer.status());
    }

    pub(crate) async fn press_at_bank(&self, page: &Value, action: &str) {
        let form = [("hpp_id", bank_order(page)), ("action", action.to_owned())];
        self.client.post(format!("{}/pay", self.bank.url)).form(&form).send().await.unwrap();
    }

    pub(crate) async fn fault(&self, fault: Value) {
        let url = format!("{}/sandbox/faults", self.bank.url);
        let answer = self.client.post(url).json(&fault).send().await.unwrap();
        assert!(answer.status().is_success(), "{}", answer.text().await.unwrap());
    }

    /// The next page takes money for this long only.
    pub(crate) async fn page_lives(&self, millis: u64) {
        self.fault(json!({"on": "create-order", "kind": "expired", "times": 1, "ms": millis})).await;
    }

    pub(crate) async fn mend_the_bank(&self) {
        let url = format!("{}/sandbox/faults", self.bank.url);
        self.client.delete(url).send().await.unwrap();
    }

    /// The bank's daily register, bent by `query`.
    pub(crate) async fn register(&self, query: &str) -> String {
        let url = format!("{}/sandbox/register?{query}", self.bank.url);
        self.client.get(url).send().await.unwrap().text().await.unwrap()
    }

    /// Imports a register; must be taken.
    pub(crate) async fn import(&self, file: impl Into<reqwest::Body>) -> Value {
        // Thousands of rows, one by one, on a machine that does other things too.
        let import = self.as_shop(Method::POST, "/v1/settlements").timeout(4 * PATIENCE);
        let answer = import.body(file).send().await.unwrap();
        assert!(answer.status().is_success(), "{}", answer.text().await.unwrap());
        let told: Value = answer.json().await.unwrap();
        let kinds = ["matched", "unmatched", "mismatched", "malformed"];
        let sum: u64 = kinds.iter().map(|kind| told[kind].as_u64().unwrap()).sum();
        assert_eq!(told["rows"], sum, "no row is lost: {told}");
        told
    }

    /// What stands under an address, for the shop.
    pub(crate) async fn get(&self, path: &str) -> Value {
        self.as_shop(Method::GET, path).send().await.unwrap().json().await.unwrap()
    }

    pub(crate) async fn bank_orders(&self) -> Vec<Value> {
        let url = format!("{}/sandbox/orders", self.bank.url);
        let truth: Value = self.client.get(url).send().await.unwrap().json().await.unwrap();
        truth["orders"].as_array().unwrap().clone()
    }

    /// Money comes, whatever the pages say: `POST /sandbox/orders/{id}/complete`.
    pub(crate) async fn complete_at_bank(&self, page: &Value, body: Value) {
        let url = format!("{}/sandbox/orders/{}/complete", self.bank.url, bank_order(page));
        let answer = self.client.post(url).json(&body).send().await.unwrap();
        assert!(answer.status().is_success(), "{}", answer.text().await.unwrap());
    }

    /// A notification as the bank writes it, with the ids of a bank order and whatever status is claimed.
    pub(crate) async fn notify(&self, url: &str, bank_order: &Value, order_status: &str) -> StatusCode {
        let body = json!({
            "hppOrderId": bank_order["hppOrderId"],
            "merchantId": bank_order["merchantId"],
            "merchantRequestId": bank_order["merchantRequestId"],
            "coinAmount": bank_order["coinAmount"],
            "orderStatus": order_status,
            "hppPayType": "PURCHASE",
            "operation": {"type": "PURCHASE", "status": order_status, "coinAmount": bank_order["coinAmount"]},
        });
        self.client.post(url).json(&body).send().await.unwrap().status()
    }
}

pub(crate) fn order_body(minor: i64) -> Value {
    json!({
        "amount": {"minor": minor, "currency": "UAH"},
        "description": "Two books",
        "lines": [{"id": "1", "name": "Book", "quantity": 2, "unitMinor": 6000}],
        "shippingMinor": 905,
        "customerId": "customer-1",
        "returnUrl": format!("{SHOP}/thanks?lang=uk#top"),
        "locale": "uk",
    })
}

/// The bank's id in the address of its page.
pub(crate) fn bank_order(page: &Value) -> String {
    let page = url::Url::parse(page.as_str().unwrap()).unwrap();
    page.query_pairs().find(|(name, _)| name == "hpp_id").unwrap().1.into_owned()
}

pub(crate) fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

/// Asks again until there is an answer; fails the test when patience ends.
pub(crate) async fn eventually<T, F: Future<Output = Option<T>>>(mut look: impl FnMut() -> F) -> T {
    let seen = async {
        loop {
            if let Some(seen) = look().await {
                return seen;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(PATIENCE, seen).await.expect("it never happened")
}

fn config(
    bank: &sandbox_bank::Running,
    folder: &TempDir,
    database: &str,
    timing: &str,
    port: u16,
    shop: &str,
) -> String {
    let mut text = format!(
        r#"
listen = "127.0.0.1:{port}"
database = "{database}"
widget_dir = "widget"
demo_shop = "{SHOP}"
[shop]
key_file = "shop-key"
allowed_origins = ["{SHOP}"]
return_hosts = ["127.0.0.1:8083"]
name = "Test shop"
{shop}
[bank]
api = "{}"
[timing]
{timing}
"#,
        bank.url
    );
    for terminal in &bank.merchant.terminals {
        let file = format!("{}.jwk", terminal.pay_type);
        std::fs::write(folder.path().join(&file), terminal.authentication_key.to_string()).unwrap();
        write!(
            text,
            "[[terminals]]\npay_type = \"{}\"\nmerchant_id = \"{}\"\nservice_code = \"{}\"\nkey_file = \"{file}\"\n",
            terminal.pay_type, terminal.merchant_id, terminal.service_code
        )
        .unwrap();
    }
    text
}
