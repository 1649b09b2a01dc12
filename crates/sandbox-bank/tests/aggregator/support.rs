//! A running sandbox, a client with its account, and an ear for webhooks.
#![allow(clippy::unwrap_used, reason = "a test's helper fails the test")]

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::get;
use reqwest::redirect::Policy;
use sandbox_bank::{Config, Running, Sandbox};
use serde_json::{Value, json};
use tokio::sync::mpsc;
use worldline_connect::{
    AmountOfMoney, CHALLENGE_HEADER, Client, ClientConfig, CreatePayment, Event, IdempotenceKey, Payment,
    PaymentStatus, Secret, Timeouts, WebhookError, WebhookKeys,
};

const PATIENCE: Duration = Duration::from_secs(10);
pub(crate) const TWO_DAYS: Duration = Duration::from_hours(48);

pub(crate) struct World {
    pub(crate) bank: Running,
    pub(crate) http: reqwest::Client,
    pub(crate) account: Value,
    pub(crate) client: Client,
}

/// A payment and its wallet page.
pub(crate) struct Made {
    pub(crate) id: String,
    pub(crate) page: String,
}

pub(crate) async fn world() -> World {
    world_of(Config::default()).await
}

pub(crate) async fn world_of(config: Config) -> World {
    let bank = Sandbox::start(config).await.unwrap();
    let http = reqwest::Client::builder().redirect(Policy::none()).no_proxy().build().unwrap();
    let account = http.get(format!("{}/sandbox/aggregator", bank.url)).send().await.unwrap();
    let account: Value = account.json().await.unwrap();
    let client = client(&bank.url, &account, text(&account, "secretApiKey"));
    World { bank, http, account, client }
}

pub(crate) fn client(url: &str, account: &Value, secret: &str) -> Client {
    Client::new(ClientConfig {
        api_url: url.parse().unwrap(),
        merchant_id: text(account, "merchantId").to_owned(),
        api_key_id: text(account, "apiKeyId").to_owned(),
        secret_api_key: Secret::new(secret),
        timeouts: Timeouts::default(),
    })
    .unwrap()
}

pub(crate) fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_else(|| panic!("{name} in {value}"))
}

pub(crate) fn key() -> IdempotenceKey {
    IdempotenceKey::new(uuid::Uuid::new_v4().to_string()).unwrap()
}

pub(crate) fn wish(cents: i64, currency: &str) -> CreatePayment {
    let reference: String = uuid::Uuid::new_v4().simple().to_string().chars().take(30).collect();
    CreatePayment::new(
        AmountOfMoney::new(cents, currency),
        "HK",
        reference,
        "https://shop.example/back?order=1",
    )
}

impl World {
    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.bank.url)
    }

    pub(crate) async fn make(&self, wish: &CreatePayment) -> Made {
        let created = self.client.create_payment(wish, &key()).await.unwrap().answer;
        let page = created.redirect_url().unwrap().to_owned();
        Made { id: created.payment.id, page }
    }

    /// 10.99 euro, waiting for the buyer.
    pub(crate) async fn payment(&self) -> Made {
        self.make(&wish(1_099, "EUR")).await
    }

    pub(crate) async fn paid(&self) -> Made {
        let made = self.payment().await;
        self.press(&made, &[("wallet", "GCASH")]).await;
        made
    }

    pub(crate) async fn settled(&self) -> Made {
        let made = self.paid().await;
        self.advance(TWO_DAYS).await;
        made
    }

    pub(crate) async fn ask(&self, made: &Made) -> Payment {
        self.client.payment(&made.id).await.unwrap()
    }

    pub(crate) async fn status(&self, made: &Made) -> PaymentStatus {
        self.ask(made).await.status
    }

    /// Presses a button; answers where the browser is sent.
    pub(crate) async fn press(&self, made: &Made, fields: &[(&str, &str)]) -> String {
        let answer = self.http.post(&made.page).form(fields).send().await.unwrap();
        assert_eq!(answer.status(), 303);
        answer.headers()["location"].to_str().unwrap().to_owned()
    }

    pub(crate) async fn page(&self, address: &str) -> String {
        self.http.get(address).send().await.unwrap().text().await.unwrap()
    }

    pub(crate) async fn sandbox(&self, path: &str, body: Value) -> Value {
        let answer = self.http.post(self.url(path)).json(&body).send().await.unwrap();
        assert!(answer.status().is_success(), "{} {path} {body}", answer.status());
        answer.json().await.unwrap()
    }

    pub(crate) async fn fault(&self, on: &str, kind: &str, ms: Option<u32>) {
        self.sandbox("/sandbox/faults", json!({"on": on, "order": null, "times": 1, "kind": kind, "ms": ms}))
            .await;
    }

    pub(crate) async fn advance(&self, time: Duration) {
        let ms = u32::try_from(time.as_millis()).unwrap();
        self.sandbox("/sandbox/clock", json!({"advanceMs": ms})).await;
    }

    pub(crate) async fn truth(&self, made: &Made) -> Value {
        let answer =
            self.http.get(self.url(&format!("/sandbox/aggregator/payments/{}", made.id))).send().await;
        answer.unwrap().json().await.unwrap()
    }

    /// An endpoint that answers with the statuses it is told, then 200, and is entered at the aggregator.
    pub(crate) async fn ear(&self, answers: &[u16], all: bool) -> Ear {
        let keys = WebhookKeys::new([(
            text(&self.account, "webhookKeyId").to_owned(),
            Secret::new(text(&self.account, "webhookSecret")),
        )]);
        let (say, heard) = mpsc::unbounded_channel();
        let mouth = Mouth { say, answers: Arc::new(Mutex::new(answers.iter().copied().collect())) };
        let app = Router::new().route("/hooks", get(challenge).post(hear)).with_state(mouth);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hooks", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, app).await });
        self.sandbox("/sandbox/aggregator/webhook", json!({"url": url, "allEvents": all})).await;
        Ear { heard, keys }
    }
}

pub(crate) struct Ear {
    heard: mpsc::UnboundedReceiver<(HeaderMap, Bytes)>,
    keys: WebhookKeys,
}

#[derive(Clone)]
struct Mouth {
    say: mpsc::UnboundedSender<(HeaderMap, Bytes)>,
    answers: Arc<Mutex<VecDeque<u16>>>,
}

async fn challenge(headers: HeaderMap) -> String {
    headers[CHALLENGE_HEADER].to_str().unwrap().to_owned()
}

async fn hear(State(mouth): State<Mouth>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let answer = mouth.answers.lock().unwrap().pop_front().unwrap_or(200);
    let _ = mouth.say.send((headers, body));
    StatusCode::from_u16(answer).unwrap()
}

impl Ear {
    pub(crate) async fn raw(&mut self) -> (HeaderMap, Bytes) {
        tokio::time::timeout(PATIENCE, self.heard.recv()).await.expect("a webhook in time").expect("one")
    }

    pub(crate) fn open(&self, headers: &HeaderMap, body: &[u8]) -> Result<Event, WebhookError> {
        self.keys.open(headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes())), body)
    }

    /// The next event, its signature verified.
    pub(crate) async fn next(&mut self) -> Event {
        let (headers, body) = self.raw().await;
        self.open(&headers, &body).unwrap()
    }

    pub(crate) fn is_silent(&mut self) -> bool {
        self.heard.try_recv().is_err()
    }
}
