//! A running sandbox, a merchant's server that speaks to it by hand (no client crate), and an ear for notifications.

use std::collections::HashMap;
use std::time::Duration;

use alliancepay::{PrivateJwk, PublicJwk, jwe};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use reqwest::{Client, Response};
use sandbox_bank::{Config, Running, Sandbox};
use serde_json::{Value, json};
use tokio::sync::mpsc;

const PATIENCE: Duration = Duration::from_secs(10);

pub(crate) struct World {
    pub(crate) bank: Running,
    pub(crate) http: Client,
    pub(crate) merchant: Value,
}

/// A terminal with a live bank token.
pub(crate) struct Session {
    pub(crate) merchant_id: String,
    pub(crate) device_id: String,
    pub(crate) refresh_token: String,
    pub(crate) server_public: PublicJwk,
    pub(crate) key: PrivateJwk,
}

pub(crate) async fn world() -> World {
    world_of(Config::default()).await
}

pub(crate) async fn world_of(config: Config) -> World {
    let bank = Sandbox::start(config).await.expect("the sandbox starts");
    let http =
        Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build().expect("a client");
    let merchant = http.get(format!("{}/sandbox/merchant", bank.url)).send().await.expect("an answer");
    let merchant = merchant.json().await.expect("the merchant");
    World { bank, http, merchant }
}

impl World {
    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.bank.url)
    }

    pub(crate) fn terminal(&self, pay_type: &str) -> &Value {
        let rest = self.merchant["terminals"].as_array().expect("terminals");
        let mut all = std::iter::once(&self.merchant).chain(rest);
        all.find(|terminal| terminal["payType"] == pay_type).expect("a terminal")
    }

    pub(crate) async fn authorize(&self, pay_type: &str) -> Session {
        let terminal = self.terminal(pay_type);
        let request = self.http.post(self.url("/api-gateway/authorize_virtual_device"));
        let request =
            request.header("x-api_version", "V1").json(&json!({"serviceCode": terminal["serviceCode"]}));
        let body: Value = request.send().await.expect("an answer").json().await.expect("JSON");
        let key = PrivateJwk::from_json(&terminal["authenticationKey"].to_string()).expect("a key");
        let plain = jwe::decrypt(body["jwe"].as_str().expect("a JWE"), &key).expect("for us");
        let payload: Value = serde_json::from_slice(&plain).expect("JSON");
        Session {
            merchant_id: text(terminal, "merchantId"),
            device_id: text(&payload, "deviceId"),
            refresh_token: text(&payload, "refreshToken"),
            server_public: serde_json::from_value(payload["serverPublic"].clone()).expect("the bank's key"),
            key,
        }
    }

    pub(crate) fn call(&self, session: &Session, path: &str) -> reqwest::RequestBuilder {
        self.http
            .post(self.url(&format!("/ecom/execute_request/{path}")))
            .header("x-api_version", "V1")
            .header("x-device_id", &session.device_id)
            .header("x-refresh_token", &session.refresh_token)
    }

    pub(crate) async fn create(&self, session: &Session, body: &Value) -> Response {
        self.call(session, "hpp/v1/create-order").json(body).send().await.expect("an answer")
    }

    /// A fresh order of 10 hryvnias, changed by `changes`; answers with the bank's answer.
    pub(crate) async fn order(&self, session: &Session, changes: Value) -> Value {
        let answer = self.create(session, &order_body(session, &changes)).await;
        assert_eq!(answer.status(), 200);
        let answer: Value = answer.json().await.expect("JSON");
        assert!(answer["hppOrderId"].is_string(), "{answer}");
        answer
    }

    pub(crate) async fn operations(&self, session: &Session, order: &Value) -> Value {
        let body = json!({"hppOrderId": order["hppOrderId"]});
        let answer = self.call(session, "hpp/v1/operations").json(&body).send().await.expect("an answer");
        answer.json().await.expect("JSON")
    }

    /// Presses a button of the order's page.
    pub(crate) async fn press(&self, order: &Value, fields: &[(&str, &str)]) -> Response {
        let mut form: HashMap<&str, &str> = fields.iter().copied().collect();
        form.insert("hpp_id", order["hppOrderId"].as_str().expect("an id"));
        self.http.post(self.url("/pay")).form(&form).send().await.expect("an answer")
    }

    pub(crate) async fn pay(&self, order: &Value, pan: &str) -> Response {
        self.press(order, &[("action", "pay"), ("pan", pan), ("expiry", "12/30"), ("cvv", "123")]).await
    }

    pub(crate) async fn page(&self, address: &str) -> String {
        self.http.get(address).send().await.expect("an answer").text().await.expect("a page")
    }

    pub(crate) async fn sandbox(&self, path: &str, body: Value) -> Value {
        let answer = self.http.post(self.url(path)).json(&body).send().await.expect("an answer");
        assert!(answer.status().is_success(), "{} {body}", answer.status());
        answer.json().await.expect("JSON")
    }

    pub(crate) async fn advance(&self, time: Duration) {
        let ms = u32::try_from(time.as_millis()).expect("a short time");
        self.sandbox("/sandbox/clock", json!({"advanceMs": ms})).await;
    }

    pub(crate) async fn truth(&self, order: &Value) -> Value {
        let id = order["hppOrderId"].as_str().expect("an id");
        let answer =
            self.http.get(self.url(&format!("/sandbox/orders/{id}"))).send().await.expect("an answer");
        answer.json().await.expect("JSON")
    }

    /// Sends a refund; the decrypted answer, or the error as it came.
    pub(crate) async fn refund(&self, session: &Session, body: &Value) -> Value {
        let sealed = jwe::encrypt(body.to_string().as_bytes(), &session.server_public).expect("a JWE");
        let request =
            self.call(session, "payments/v3/refund").header("content-type", "text/plain").body(sealed);
        let answer: Value = request.send().await.expect("an answer").json().await.expect("JSON");
        open(session, answer)
    }
}

pub(crate) fn open(session: &Session, answer: Value) -> Value {
    match answer["jwe"].as_str() {
        Some(sealed) => {
            serde_json::from_slice(&jwe::decrypt(sealed, &session.key).expect("for us")).expect("JSON")
        }
        None => answer,
    }
}

/// Every field the bank insists on; a null in `changes` removes one.
pub(crate) fn order_body(session: &Session, changes: &Value) -> Value {
    let mut body = json!({
        "merchantRequestId": fresh_id(),
        "merchantId": session.merchant_id,
        "hppPayType": "PURCHASE",
        "coinAmount": 1000,
        "paymentMethods": ["CARD", "APPLE_PAY", "GOOGLE_PAY"],
        "successUrl": "https://shop.example/thanks?session=1",
        "failUrl": "https://shop.example/failed?session=1",
        "statusPageType": "STATUS_PAGE",
        "customerData": {"senderCustomerId": "guest-1"},
    });
    let fields = body.as_object_mut().expect("an object");
    for (name, value) in changes.as_object().expect("an object") {
        fields.insert(name.clone(), value.clone());
    }
    body
}

pub(crate) fn fresh_id() -> String {
    uuid::Uuid::new_v4().to_string()
}

pub(crate) fn text(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap_or_else(|| panic!("{name} in {value}")).to_owned()
}

/// A server that hears notifications and answers with the statuses it is told, then 200.
pub(crate) struct Ear {
    pub(crate) url: String,
    heard: mpsc::UnboundedReceiver<(HeaderMap, String)>,
}

#[derive(Clone)]
struct Mouth {
    say: mpsc::UnboundedSender<(HeaderMap, String)>,
    answers: std::sync::Arc<std::sync::Mutex<Vec<u16>>>,
}

pub(crate) async fn ear(answers: &[u16]) -> Ear {
    let (say, heard) = mpsc::unbounded_channel();
    let answers = std::sync::Arc::new(std::sync::Mutex::new(answers.iter().rev().copied().collect()));
    let app = axum::Router::new().fallback(hear).with_state(Mouth { say, answers });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}/notify", listener.local_addr().expect("an address"));
    tokio::spawn(async move { axum::serve(listener, app).await });
    Ear { url, heard }
}

async fn hear(State(mouth): State<Mouth>, headers: HeaderMap, body: String) -> StatusCode {
    let answer = mouth.answers.lock().expect("answers").pop().unwrap_or(200);
    let _ = mouth.say.send((headers, body));
    StatusCode::from_u16(answer).expect("a status")
}

impl Ear {
    pub(crate) async fn raw(&mut self) -> (HeaderMap, String) {
        tokio::time::timeout(PATIENCE, self.heard.recv()).await.expect("a notification in time").expect("one")
    }

    pub(crate) async fn next(&mut self) -> Value {
        serde_json::from_str(&self.raw().await.1).expect("JSON")
    }

    pub(crate) fn is_silent(&mut self) -> bool {
        self.heard.try_recv().is_err()
    }
}
