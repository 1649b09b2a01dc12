//! A platform of a few lines: it keeps what it was asked, checks the signature and gives the scripted answers.
#![allow(clippy::unwrap_used, reason = "a test's helper fails the test")]

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{OriginalUri, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use worldline_connect::{
    AmountOfMoney, Client, ClientConfig, CreatePayment, IdempotenceKey, Secret, Timeouts,
};

pub(crate) const SECRET: &str = "6Kj5HT0MQKC6D8eb7W3lTg71kVKVDSt1";

pub(crate) enum Reply {
    Json(u16, Value),
    /// With the moment of the first request in milliseconds.
    Repeated(u16, Value, i64),
    Html(u16),
    Never,
}

pub(crate) struct Seen {
    pub(crate) method: Method,
    pub(crate) uri: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) well_signed: bool,
}

#[derive(Default)]
struct Book {
    script: VecDeque<Reply>,
    seen: Vec<Seen>,
}

#[derive(Clone)]
pub(crate) struct Platform {
    address: SocketAddr,
    book: Arc<Mutex<Book>>,
}

impl Platform {
    pub(crate) async fn open(script: impl IntoIterator<Item = Reply>) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let book = Book { script: script.into_iter().collect(), seen: Vec::new() };
        let platform = Self { address: listener.local_addr().unwrap(), book: Arc::new(Mutex::new(book)) };
        let router = Router::new().fallback(answer).with_state(platform.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        platform
    }

    pub(crate) fn config(&self) -> ClientConfig {
        ClientConfig {
            api_url: format!("http://{}", self.address).parse().unwrap(),
            merchant_id: "20000".to_owned(),
            api_key_id: "key-1".to_owned(),
            secret_api_key: Secret::new(SECRET),
            timeouts: Timeouts { call: Duration::from_millis(400), ..Timeouts::default() },
        }
    }

    pub(crate) fn client(&self) -> Client {
        Client::new(self.config()).unwrap()
    }

    pub(crate) fn seen(&self) -> Vec<Seen> {
        std::mem::take(&mut self.book.lock().unwrap().seen)
    }
}

async fn answer(
    State(platform): State<Platform>,
    method: Method,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let well_signed = is_well_signed(&method, &uri.to_string(), &headers);
    let reply = {
        let mut book = platform.book.lock().unwrap();
        book.seen.push(Seen { method, uri: uri.to_string(), headers, body, well_signed });
        book.script.pop_front()
    };
    let status = |status: u16| StatusCode::from_u16(status).unwrap();
    match reply {
        Some(Reply::Json(code, body)) => (status(code), axum::Json(body)).into_response(),
        Some(Reply::Repeated(code, body, first)) => {
            let header = [("X-GCS-Idempotence-Request-Timestamp", first.to_string())];
            (status(code), header, axum::Json(body)).into_response()
        }
        Some(Reply::Html(code)) => {
            (status(code), [("content-type", "text/html")], "<html>no</html>").into_response()
        }
        Some(Reply::Never) => std::future::pending().await,
        None => status(500).into_response(),
    }
}

fn is_well_signed(method: &Method, uri: &str, headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).map_or("", |value| value.to_str().unwrap());
    let mut signed = format!("{method}\n{}\n{}\n", text("content-type"), text("date"));
    if headers.contains_key("x-gcs-idempotence-key") {
        signed.extend(["x-gcs-idempotence-key:", text("x-gcs-idempotence-key"), "\n"]);
    }
    signed.extend([uri, "\n"]);
    let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, SECRET.as_bytes());
    let expected = STANDARD.encode(ring::hmac::sign(&key, signed.as_bytes()));
    text("authorization") == format!("GCS v1HMAC:key-1:{expected}")
}

pub(crate) fn wish() -> CreatePayment {
    CreatePayment::new(AmountOfMoney::new(1_099, "EUR"), "DE", "ORDER-1-1", "https://shop.example/thanks")
}

pub(crate) fn key() -> IdempotenceKey {
    IdempotenceKey::new("0f0e5f3c-demo").unwrap()
}

pub(crate) fn payment(status: &str, code: u16) -> Value {
    json!({
        "id": "000002000010000157780000100001",
        "paymentOutput": {
            "amountOfMoney": {"amount": 1099, "currencyCode": "EUR"},
            "references": {"merchantReference": "ORDER-1-1"},
            "paymentMethod": "redirect",
            "redirectPaymentMethodSpecificOutput": {
                "paymentProductId": 866,
                "paymentProduct866SpecificOutput": {"walletUsed": "GCASH"},
            },
        },
        "status": status,
        "statusOutput": {"isRefundable": status == "PAID", "isCancellable": false, "statusCode": code},
    })
}

pub(crate) fn created(status: &str, code: u16) -> Value {
    json!({
        "creationOutput": {"additionalReference": "00000200001000015778"},
        "merchantAction": {
            "actionType": "REDIRECT",
            "redirectData": {"RETURNMAC": "f1f2993f", "redirectURL": "https://pay.example/q"},
            "showData": [],
        },
        "payment": payment(status, code),
    })
}

pub(crate) fn refusal(http: u16, code: &str) -> Value {
    json!({
        "errorId": "2c164323-0000003c",
        "errors": [{
            "code": code, "category": "PAYMENT_PLATFORM_ERROR", "httpStatusCode": http, "message": "NO",
            "propertyName": "order.amountOfMoney.amount",
        }],
    })
}
