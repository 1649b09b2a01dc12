//! Alipay+ beside AlliancePay: the same ledger, the same asking, the same refunds; the aggregator is the sandbox's.

mod another_hand;
mod availability;
mod refunds;
mod settlement;
mod without_page;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{GOOD_CARD, QUIET, SHOP, World, text};

/// 10.99 euro, in lines that add up to it.
pub(crate) fn euro(minor: i64) -> Value {
    json!({
        "amount": {"minor": minor, "currency": "EUR"},
        "lines": [{"id": "1", "name": "Book", "quantity": 1, "unitMinor": minor}],
        "returnUrl": format!("{SHOP}/thanks"),
        "locale": "uk",
    })
}

impl World {
    /// Starts the backend with Alipay+ taken out of its configuration; what that was before.
    async fn start_without_alipay_plus(&mut self) -> String {
        let with = std::fs::read_to_string(self.config_file()).unwrap();
        let (without, _) = with.split_once("[alipayplus]").unwrap();
        std::fs::write(self.config_file(), without).unwrap();
        self.start_backend().await;
        with
    }

    async fn put_euro(&self, order: &str) -> String {
        self.put_as(order, &euro(1_099)).await
    }

    pub(crate) async fn open_by(&self, product: &str, token: &str, key: &str) -> Value {
        let answer = self.wish_by(product, token, key).await;
        assert!(answer.status().is_success(), "{}", answer.text().await.unwrap());
        answer.json().await.unwrap()
    }

    async fn wish_by(&self, product: &str, token: &str, key: &str) -> reqwest::Response {
        let wish = self.request(Method::POST, "/v1/payment-sessions").bearer_auth(token);
        wish.header("Idempotency-Key", key).json(&json!({"product": product})).send().await.unwrap()
    }

    /// An order in euro with its wallet page open.
    async fn wallet_page(&self, order: &str) -> Value {
        let token = self.put_euro(order).await;
        self.open_by("alipayplus", &token, "key-1").await
    }

    /// The same, and the wallet has paid.
    async fn paid_by_wallet(&self, order: &str) -> Value {
        let session = self.wallet_page(order).await;
        self.press_wallet(&session, &[("wallet", "GCASH")]).await;
        self.until(text(&session["session"]), "CAPTURED").await
    }

    pub(crate) async fn press_wallet(&self, session: &Value, form: &[(&str, &str)]) {
        let answer = self.client.post(text(&session["page"])).form(form).send().await.unwrap();
        assert!(answer.status().is_redirection(), "{}", answer.status());
    }

    async fn payment_of(&self, order: &str, attempt: usize) -> String {
        text(&self.order(order).await["attempts"][attempt]["bankOrder"]).to_owned()
    }

    /// The aggregator moves a payment, whatever the pages say.
    async fn become_at_aggregator(&self, payment: &str, status: &str) {
        let url = format!("{}/sandbox/aggregator/payments/{payment}/become", self.bank.url);
        let answer = self.client.post(url).json(&json!({"status": status})).send().await.unwrap();
        assert!(answer.status().is_success(), "{}", answer.text().await.unwrap());
    }

    pub(crate) async fn aggregator_payments(&self) -> Vec<Value> {
        let url = format!("{}/sandbox/aggregator/payments", self.bank.url);
        let truth: Value = self.client.get(url).send().await.unwrap().json().await.unwrap();
        truth["payments"].as_array().unwrap().clone()
    }

    async fn advance_bank(&self, ms: u64) {
        let url = format!("{}/sandbox/clock", self.bank.url);
        self.client.post(url).json(&json!({"advanceMs": ms})).send().await.unwrap();
    }

    async fn offered(&self, order: &str, body: &Value) -> Value {
        let token = self.put_as(order, body).await;
        let checkout = self.request(Method::GET, "/v1/checkout").bearer_auth(token);
        checkout.send().await.unwrap().json::<Value>().await.unwrap()["products"].clone()
    }

    async fn until_order(&self, order: &str, state: &str) -> Value {
        self.until_order_is(order, |now| now["state"] == state).await
    }

    async fn until_order_is(&self, order: &str, fits: impl Fn(&Value) -> bool) -> Value {
        crate::support::eventually(|| async {
            let now = self.order(order).await;
            fits(&now).then_some(now)
        })
        .await
    }
}

#[tokio::test]
async fn a_wallet_pays_and_the_webhook_makes_us_ask() {
    let world = World::with_alipay_plus(QUIET).await;
    let session = world.paid_by_wallet("W-1").await;
    assert_eq!((&session["outcome"], &session["anomalies"]), (&json!("paid"), &json!([])));
    let order = world.order("W-1").await;
    let attempt = &order["attempts"][0];
    assert_eq!((&order["state"], &attempt["product"]), (&json!("CAPTURED"), &json!("alipayplus")));
    let payment = &world.aggregator_payments().await[0];
    assert_eq!(attempt["bankOrder"], payment["payment"]["id"]);
    assert_eq!(order["operations"][0]["instrument"], "GCASH");
    assert_eq!(order["operations"][0]["amount"], json!({"minor": 1_099, "currency": "EUR"}));
    assert!(attempt["notifiedAt"].is_string());
    // The buyer comes back to the shop's own address, with our session and the platform's reference.
    let back = text(&payment["returnUrl"]);
    assert!(
        back.starts_with(&format!("{SHOP}/thanks?alliancepay_session=")) && back.contains("&REF="),
        "{back}"
    );
    assert!(text(&payment["merchantReference"]).len() <= 30);
}

#[tokio::test]
async fn a_lost_webhook_is_made_up_for_by_asking() {
    let timing = QUIET.replace("while_open = [\"1h\"]", "while_open = [\"50ms\"]");
    let world = World::with_alipay_plus(&timing).await;
    world.fault(json!({"on": "notification", "kind": "lost", "times": 1})).await;
    world.paid_by_wallet("L-1").await;
    assert_eq!(world.aggregator_payments().await[0]["webhooks"][0]["state"], "lost");
}

#[tokio::test]
async fn a_forged_webhook_changes_nothing_and_a_signed_lie_only_makes_us_ask() {
    let world = World::with_alipay_plus(QUIET).await;
    let session = world.wallet_page("F-1").await;
    let payment = world.payment_of("F-1", 0).await;
    let lie = json!({
        "apiVersion": "v1", "id": "e-1", "merchantId": "20000", "type": "payment.captured",
        "payment": {"id": payment, "status": "CAPTURED", "statusOutput": {"statusCode": 800}},
    })
    .to_string();
    let account: Value = {
        let url = format!("{}/sandbox/aggregator", world.bank.url);
        world.client.get(url).send().await.unwrap().json().await.unwrap()
    };
    let send = |signature: String| {
        let post = world.request(Method::POST, "/v1/notifications/alipayplus").body(lie.clone());
        post.header("X-GCS-KeyId", text(&account["webhookKeyId"])).header("X-GCS-Signature", signature).send()
    };
    let sign = |secret: &[u8]| {
        let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, secret);
        STANDARD.encode(ring::hmac::sign(&key, lie.as_bytes()))
    };
    assert_eq!(send(sign(b"a stranger's")).await.unwrap().status(), StatusCode::BAD_REQUEST);
    assert!(world.order("F-1").await["attempts"][0]["notifiedAt"].is_null());

    let signed = send(sign(text(&account["webhookSecret"]).as_bytes())).await.unwrap();
    assert_eq!(signed.status(), StatusCode::OK);
    let asked = world.until_order_is("F-1", |now| now["attempts"][0]["askedAt"].is_string()).await;
    assert_eq!(asked["state"], "REDIRECTED");
    assert_eq!(world.status(text(&session["session"])).await["outcome"], "awaiting");
}

#[tokio::test]
async fn webhooks_in_any_order_and_number_lead_to_the_same_truth() {
    let world = World::with_alipay_plus(QUIET).await;
    for (number, kind) in ["twice", "reordered", "pending", "late"].into_iter().enumerate() {
        world.fault(json!({"on": "notification", "kind": kind, "times": 1, "ms": 200})).await;
        let order = format!("O-{number}");
        world.paid_by_wallet(&order).await;
        let all_told = crate::support::eventually(|| async {
            let payment = world.aggregator_payments().await.swap_remove(number);
            let webhooks = payment["webhooks"].as_array().unwrap().clone();
            webhooks.iter().all(|one| one["state"] == "delivered").then_some(webhooks.len())
        })
        .await;
        assert_eq!(all_told, if kind == "late" { 1 } else { 2 }, "{kind}");
        let after = world.order(&order).await;
        assert_eq!((&after["state"], &after["anomalies"]), (&json!("CAPTURED"), &json!([])), "{kind}");
        assert_eq!(after["operations"].as_array().unwrap().len(), 1, "{kind}");
    }
}

#[tokio::test]
async fn two_tabs_with_two_ways_to_pay_get_one_page() {
    let world = World::with_alipay_plus(QUIET).await;
    for number in 1..=5 {
        let token = world.put_euro(&format!("T-{number}")).await;
        let (card, wallet) = tokio::join!(
            world.open_by("card", &token, "key-of-one-tab"),
            world.open_by("alipayplus", &token, "key-of-the-other")
        );
        assert_eq!((&card["session"], &card["page"]), (&wallet["session"], &wallet["page"]));
        let pages = world.bank_orders().await.len() + world.aggregator_payments().await.len();
        assert_eq!(pages, number, "one page for each order, whoever's it is");
    }
}

#[tokio::test]
async fn a_cancelled_payment_whose_late_success_nobody_tells_of_is_found_by_asking() {
    let world = World::with_alipay_plus(QUIET).await;
    let session = world.wallet_page("K-1").await;
    world.press_wallet(&session, &[("action", "cancel")]).await;
    world.until(text(&session["session"]), "CANCELLED").await;
    let next = world.query("SELECT CAST(count(*) AS TEXT) FROM attempts WHERE next_ask_at IS NOT NULL");
    assert_eq!(next, "1", "it is still asked about");
    world.enter_webhooks(false).await;
    let payment = world.payment_of("K-1", 0).await;
    world.become_at_aggregator(&payment, "CAPTURED").await;
    world.check("K-1").await;
    assert_eq!(world.status(text(&session["session"])).await["outcome"], "paid");
}

#[tokio::test]
async fn declined_then_paid_by_card() {
    let world = World::with_alipay_plus(QUIET).await;
    let token = world.put_euro("D-1").await;
    let session = world.open_by("alipayplus", &token, "key-1").await;
    world.press_wallet(&session, &[("action", "decline")]).await;
    let declined = world.until(text(&session["session"]), "REJECTED").await;
    assert_eq!((&declined["outcome"], &declined["canRetry"]), (&json!("declined"), &json!(true)));
    let card = world.open_by("card", &token, "key-2").await;
    world.pay_by_card(&card["page"], GOOD_CARD).await;
    world.until(text(&card["session"]), "CAPTURED").await;
    assert_eq!(world.order("D-1").await["anomalies"], json!([]));
}

#[tokio::test]
async fn a_check_repairs_what_one_provider_tells_while_the_other_is_away() {
    let mut world = World::with_alipay_plus(QUIET).await;
    let token = world.put_euro("D-2").await;
    let wallet = world.open_by("alipayplus", &token, "key-1").await;
    world.press_wallet(&wallet, &[("action", "decline")]).await;
    world.until(text(&wallet["session"]), "REJECTED").await;
    let card = world.open_by("card", &token, "key-2").await;
    world.fault(json!({"on": "notification", "kind": "lost", "times": 9})).await;
    world.pay_by_card(&card["page"], GOOD_CARD).await;
    world.backend.take().unwrap().stop().await;
    world.start_without_alipay_plus().await;
    let check = world.as_shop(Method::POST, "/v1/orders/D-2/check").send().await.unwrap();
    assert_eq!(check.status(), StatusCode::SERVICE_UNAVAILABLE, "one of two did not answer");
    assert_eq!(world.order("D-2").await["state"], "CAPTURED");
}

#[tokio::test]
async fn cancelled_at_the_wallet_is_cancelled_by_the_provider() {
    let world = World::with_alipay_plus(QUIET).await;
    let session = world.wallet_page("C-1").await;
    world.press_wallet(&session, &[("action", "cancel")]).await;
    let cancelled = world.until(text(&session["session"]), "CANCELLED").await;
    assert_eq!((&cancelled["reason"], &cancelled["outcome"]), (&json!("bank"), &json!("cancelled")));
}

#[tokio::test]
async fn a_lost_answer_to_the_creation_leaves_one_payment() {
    let world = World::with_alipay_plus(QUIET).await;
    world.fault(json!({"on": "create-order", "kind": "answer-lost", "times": 1})).await;
    world.paid_by_wallet("A-1").await;
    assert_eq!(world.aggregator_payments().await.len(), 1);
    assert_eq!(world.order("A-1").await["attempts"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_payment_declined_at_once_is_a_declined_attempt_and_late_money_of_it_is_found() {
    let world = World::with_alipay_plus(QUIET).await;
    let token = world.put_as("R-1", &euro(400)).await;
    let declined = world.open_by("alipayplus", &token, "key-1").await;
    assert_eq!((&declined["outcome"], &declined["canRetry"]), (&json!("declined"), &json!(true)));
    assert_eq!(declined["page"], Value::Null);
    let again = world.open_by("alipayplus", &token, "key-1").await;
    assert_eq!(again["session"], declined["session"], "the same wish is the same attempt");
    let order = world.order("R-1").await;
    assert_eq!((&order["state"], &order["reason"]), (&json!("REJECTED"), &json!("430330")));
    let payment = world.aggregator_payments().await.swap_remove(0)["payment"]["id"].clone();
    assert_eq!(order["attempts"][0]["bankOrder"], payment);
    let next = world.query("SELECT CAST(count(*) AS TEXT) FROM attempts WHERE next_ask_at IS NOT NULL");
    assert_eq!(next, "1", "it is still asked about");
    world.become_at_aggregator(text(&payment), "CAPTURED").await;
    world.until_order("R-1", "CAPTURED").await;
}

#[tokio::test]
async fn money_collected_in_parts_is_too_little_until_all_of_it_is_there() {
    let world = World::with_alipay_plus(QUIET).await;
    let session = world.paid_by_wallet("I-1").await;
    let payment = world.payment_of("I-1", 0).await;
    for (sum, anomalies) in [(500, json!(["underpaid"])), (1_099, json!([]))] {
        let url = format!("{}/sandbox/aggregator/payments/{payment}/become", world.bank.url);
        let body = json!({"status": "PAID", "amountPaid": sum});
        assert!(world.client.post(url).json(&body).send().await.unwrap().status().is_success());
        let paid = |now: &Value| now["operations"][0]["amount"]["minor"] == sum && now["state"] == "PAID";
        let told = world.until_order_is("I-1", paid).await;
        assert_eq!(told["anomalies"], anomalies);
        assert_eq!(world.status(text(&session["session"])).await["outcome"], "paid");
    }
}

#[tokio::test]
async fn switched_off_the_question_stays_open_and_switched_on_again_the_money_is_found() {
    let mut world = World::with_alipay_plus(QUIET).await;
    world.enter_webhooks(false).await;
    let session = world.wallet_page("S-1").await;
    world.press_wallet(&session, &[("wallet", "GCASH")]).await;
    world.backend.take().unwrap().stop().await;
    // Long past the last question after its page's end: an answer without news would give it up.
    let past =
        "UPDATE attempts SET created_at = 1, opened_at = 1, expires_at = 2, next_ask_at = 3 RETURNING id";
    world.query(past);
    let with = world.start_without_alipay_plus().await;
    let check = world.as_shop(Method::POST, "/v1/orders/S-1/check").send().await.unwrap();
    assert_eq!(check.status(), StatusCode::SERVICE_UNAVAILABLE, "nobody was asked, and it does not say so");
    assert_eq!(world.order("S-1").await["state"], "REDIRECTED");
    assert_eq!(world.status(text(&session["session"])).await["outcome"], "awaiting");

    world.backend.take().unwrap().stop().await;
    std::fs::write(world.config_file(), with).unwrap();
    world.start_backend().await;
    world.check("S-1").await;
    world.until(text(&session["session"]), "CAPTURED").await;
}
