//! A bank of a few lines: it checks tokens as the real one does and answers orders from the golden files, or from a
//! script of replies set beforehand.

use std::collections::{HashMap, VecDeque};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use alliancepay::{
    Client, ClientConfig, CreateOrder, CustomerData, MemoryTokenStore, PayType, PrivateJwk, Terminal,
    Timeouts, TokenStore, jwe,
};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{OriginalUri, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use money::{Amount, Currency};
use serde_json::{Value, json};

pub(crate) const AUTHORIZE: &str = "/api-gateway/authorize_virtual_device";
pub(crate) const CREATE_ORDER: &str = "/ecom/execute_request/hpp/v1/create-order";
pub(crate) const OPERATIONS: &str = "/ecom/execute_request/hpp/v1/operations";
pub(crate) const OPERATION: &str = "/ecom/execute_request/payments/v1/operations";
pub(crate) const OPERATION_BY_REQUEST: &str =
    "/ecom/execute_request/payments/v1/operation/by_merchant_request_id";
pub(crate) const REFUND: &str = "/ecom/execute_request/payments/v3/refund";
pub(crate) const COMPLETION: &str = "/ecom/execute_request/payments/v1/completion";

/// What the stand-in does with one call instead of the usual.
pub(crate) enum Reply {
    Golden(u16, &'static str),
    /// Encrypted for the merchant.
    Sealed(&'static str),
    Text(u16, &'static str),
    Never,
}

pub(crate) struct Seen {
    pub(crate) path: String,
    pub(crate) headers: HeaderMap,
    /// Of a sealed call: what the key of the session named in the headers opens; null when it opens nothing.
    pub(crate) body: Value,
}

#[derive(Default)]
struct Ledger {
    seen: Vec<Seen>,
    live_device: Option<String>,
    session_keys: HashMap<String, PrivateJwk>,
    authorizations: usize,
    token_lifetime_hours: Option<i64>,
    script: Vec<(String, VecDeque<Reply>)>,
}

#[derive(Clone)]
pub(crate) struct Bank {
    pub(crate) address: SocketAddr,
    pub(crate) merchant_key: PrivateJwk,
    ledger: Arc<Mutex<Ledger>>,
}

impl Bank {
    pub(crate) async fn open() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let bank = Self {
            address: listener.local_addr().unwrap(),
            merchant_key: PrivateJwk::generate(),
            ledger: Arc::default(),
        };
        let router = Router::new().fallback(answer).with_state(bank.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        bank
    }

    pub(crate) fn client(&self) -> Client {
        self.client_with(Arc::new(MemoryTokenStore::new()))
    }

    pub(crate) fn client_with(&self, store: Arc<dyn TokenStore>) -> Client {
        Client::new(self.config(self.merchant_key.clone()), store).unwrap()
    }

    /// A client that gives up soon; only for calls the script never answers.
    pub(crate) fn impatient_client(&self, store: Arc<dyn TokenStore>) -> Client {
        let mut config = self.config(self.merchant_key.clone());
        config.timeouts.call = Duration::from_millis(300);
        Client::new(config, store).unwrap()
    }

    pub(crate) fn config(&self, key: PrivateJwk) -> ClientConfig {
        ClientConfig {
            api_url: format!("http://{}", self.address).parse().unwrap(),
            terminal: Terminal {
                merchant_id: "merchant-1".to_owned(),
                service_code: "service-1".to_owned(),
                key,
            },
            timeouts: Timeouts::default(),
        }
    }

    /// From now on the next calls of `path` are answered by `replies`, then as usual.
    pub(crate) fn script(&self, path: &str, replies: impl IntoIterator<Item = Reply>) {
        self.ledger.lock().unwrap().script.push((path.to_owned(), replies.into_iter().collect()));
    }

    pub(crate) fn kill_token(&self) {
        self.ledger.lock().unwrap().live_device = None;
    }

    /// Tokens given from now on end this many hours after they are given.
    pub(crate) fn token_lifetime_hours(&self, hours: i64) {
        self.ledger.lock().unwrap().token_lifetime_hours = Some(hours);
    }

    pub(crate) fn authorizations(&self) -> usize {
        self.ledger.lock().unwrap().authorizations
    }

    pub(crate) fn calls(&self, path: &str) -> Vec<Seen> {
        let mut ledger = self.ledger.lock().unwrap();
        let (asked, others) =
            std::mem::take(&mut ledger.seen).into_iter().partition(|seen| seen.path == path);
        ledger.seen = others;
        asked
    }

    fn next_reply(&self, seen: Seen) -> Option<Reply> {
        let mut ledger = self.ledger.lock().unwrap();
        let path = seen.path.clone();
        ledger.seen.push(seen);
        ledger.script.iter_mut().filter(|(on, _)| *on == path).find_map(|(_, replies)| replies.pop_front())
    }

    fn authorize(&self) -> Response {
        let mut ledger = self.ledger.lock().unwrap();
        ledger.authorizations += 1;
        let device = format!("device-{}", ledger.authorizations);
        ledger.live_device = Some(device.clone());
        let lifetime = jiff::SignedDuration::from_hours(ledger.token_lifetime_hours.unwrap_or(24));
        let end = jiff::Timestamp::now().checked_add(lifetime).unwrap();
        let mut payload: Value = serde_json::from_str(&golden("authorize/payload")).unwrap();
        let session_key = PrivateJwk::generate();
        payload["serverPublic"] = json!(session_key.public());
        ledger.session_keys.insert(device.clone(), session_key);
        payload["deviceId"] = json!(device);
        payload["refreshToken"] = json!(format!("refresh-of-{device}"));
        payload["tokenExpirationDateTime"] = json!(end.strftime("%Y-%m-%d %H:%M:%S.0%3f +0000").to_string());
        let sealed = jwe::encrypt(payload.to_string().as_bytes(), &self.merchant_key.public()).unwrap();
        axum::Json(json!({"jwe": sealed})).into_response()
    }

    fn sealed(&self, case: &str) -> Response {
        let sealed = jwe::encrypt(golden(case).as_bytes(), &self.merchant_key.public()).unwrap();
        axum::Json(json!({"jwe": sealed})).into_response()
    }

    fn opened(&self, headers: &HeaderMap, body: &[u8]) -> Option<Value> {
        let device = headers.get("x-device_id")?.to_str().ok()?;
        let key = self.ledger.lock().unwrap().session_keys.get(device)?.clone();
        let plaintext = jwe::decrypt(std::str::from_utf8(body).ok()?, &key).ok()?;
        serde_json::from_slice(&plaintext).ok()
    }

    fn token_is_live(&self, headers: &HeaderMap) -> bool {
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let device = text("x-device_id");
        self.ledger.lock().unwrap().live_device.as_deref() == Some(device)
            && text("x-refresh_token") == format!("refresh-of-{device}")
    }
}

async fn answer(
    State(bank): State<Bank>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let path = uri.to_string();
    let is_sealed = [REFUND, COMPLETION].contains(&path.as_str());
    let body = if is_sealed {
        bank.opened(&headers, &body).unwrap_or_default()
    } else {
        serde_json::from_slice(&body).unwrap()
    };
    match bank.next_reply(Seen { path: path.clone(), headers: headers.clone(), body }) {
        Some(Reply::Sealed(case)) => return bank.sealed(case),
        Some(Reply::Golden(status, case)) => return reply(status, golden(case)),
        Some(Reply::Text(status, text)) => return reply(status, text.to_owned()),
        Some(Reply::Never) => std::future::pending().await,
        None => {}
    }
    match path.as_str() {
        AUTHORIZE => bank.authorize(),
        _ if !bank.token_is_live(&headers) => reply(401, golden("error/expired-token")),
        CREATE_ORDER => reply(200, golden("create-order-answer/purchase")),
        OPERATIONS => reply(200, golden("operations/success")),
        OPERATION | OPERATION_BY_REQUEST => reply(200, golden("refund-answer/success")),
        REFUND => bank.sealed("refund-answer/pending"),
        COMPLETION => bank.sealed("completion-answer/success"),
        _ => reply(404, String::new()),
    }
}

fn reply(status: u16, body: String) -> Response {
    let status = StatusCode::from_u16(status).unwrap();
    (status, [("content-type", "application/json")], body).into_response()
}

fn golden(case: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(case).with_extension("json");
    std::fs::read_to_string(path).unwrap()
}

pub(crate) fn order() -> CreateOrder {
    let amount = Amount::new(12_905, Currency::Uah).unwrap();
    let customer = CustomerData::new("customer-1");
    CreateOrder::new(
        "request-1",
        PayType::Purchase,
        amount,
        "https://s.example/",
        "https://f.example/",
        customer,
    )
}
