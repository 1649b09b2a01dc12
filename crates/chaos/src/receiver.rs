//! The shop's webhook address: checks the signature, forgets nothing, and now and then fails as shops do.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use hmac::{Hmac, Mac as _};
use serde_json::Value;
use sha2::Sha256;
use tokio::net::TcpListener;

use crate::settings::WEBHOOK_SECRET;

/// Every so many webhooks one is answered with 500, another only after it was taken in.
const FAILS_EVERY: u64 = 5;

#[derive(Debug, Clone)]
pub(crate) struct Receiver {
    url: String,
    books: Arc<Books>,
}

#[derive(Debug, Default)]
struct Books {
    taken: Mutex<Taken>,
    seen: AtomicU64,
    behaves: AtomicBool,
}

#[derive(Debug, Default)]
struct Taken {
    ids: HashSet<String>,
    newest: HashMap<String, u64>,
    forged: u64,
}

impl Receiver {
    pub(crate) async fn start() -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}/webhook", listener.local_addr()?);
        let books = Arc::new(Books::default());
        let routes = Router::new().route("/webhook", post(take)).with_state(books.clone());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Ok(Self { url, books })
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// No failures from now on.
    pub(crate) fn behave(&self) {
        self.books.behaves.store(true, Ordering::Relaxed);
    }

    pub(crate) fn has(&self, id: &str) -> bool {
        self.books.taken().ids.contains(id)
    }

    /// The newest revision of an order that arrived.
    pub(crate) fn newest(&self, order: &str) -> u64 {
        self.books.taken().newest.get(order).copied().unwrap_or_default()
    }

    /// How many came without a signature of the backend's.
    pub(crate) fn forged(&self) -> u64 {
        self.books.taken().forged
    }
}

impl Books {
    fn taken(&self) -> std::sync::MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn take(State(books): State<Arc<Books>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let turn = books.seen.fetch_add(1, Ordering::Relaxed);
    let fails = !books.behaves.load(Ordering::Relaxed);
    if fails && turn % FAILS_EVERY == 1 {
        return StatusCode::INTERNAL_SERVER_ERROR;
    }
    let mut taken = books.taken();
    let message: Value = serde_json::from_slice(&body).unwrap_or_default();
    let (Some(id), Some(order)) = (message["id"].as_str(), message["order"]["order"].as_str()) else {
        return StatusCode::BAD_REQUEST;
    };
    if !signed(&headers, &body) {
        taken.forged += 1;
        return StatusCode::UNAUTHORIZED;
    }
    taken.ids.insert(id.to_owned());
    let revision = message["order"]["revision"].as_u64().unwrap_or_default();
    let newest = taken.newest.entry(order.to_owned()).or_default();
    *newest = revision.max(*newest);
    if fails && turn % FAILS_EVERY == 3 { StatusCode::BAD_GATEWAY } else { StatusCode::OK }
}

fn signed(headers: &HeaderMap, body: &[u8]) -> bool {
    let header =
        headers.get("alliancepay-signature").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let Some((time, code)) = header.strip_prefix("t=").and_then(|rest| rest.split_once(",v1=")) else {
        return false;
    };
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(WEBHOOK_SECRET.as_bytes()) else { return false };
    mac.update(time.as_bytes());
    mac.update(b".");
    mac.update(body);
    let ours = mac.finalize().into_bytes().iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    ours == code
}
