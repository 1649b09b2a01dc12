//! The line between the widget and the backend, with switches: it answers in the backend's place, breaks off, says
//! nothing; and it keeps account of what went over it. Everything else passes as it is. For a page whose clock was made to
//! run faster it holds questions as much shorter as the backend would hold them.

use std::collections::BTreeSet;
use std::future::pending;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::ensure;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::ports;
use super::settings::host;

/// What happens to the requests that open a payment session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// Something on the way fails.
    Fails,
    /// Too many requests, from somebody who says when to come again.
    AsksForPatience { seconds: u32 },
    /// The connection breaks off in the middle of the answer.
    BreaksOff,
    /// The backend does what is asked, and its answer never arrives.
    LosesTheAnswer,
    /// Nothing comes back, and nothing says so.
    Hangs,
}

/// One request that went over the line.
#[derive(Debug, Clone)]
pub(crate) struct Passed {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) key: Option<String>,
    pub(crate) at: Instant,
}

/// A line to one backend. It ends when dropped.
#[derive(Debug)]
pub(crate) struct Line {
    pub(crate) url: String,
    state: Arc<Wire>,
    served: JoinHandle<()>,
}

#[derive(Debug)]
struct Wire {
    backend: String,
    http: reqwest::Client,
    /// How many times faster than ours the page's clock runs.
    pace: u32,
    trouble: Mutex<Option<Trouble>>,
    passed: Mutex<Vec<Passed>>,
}

impl Line {
    pub(crate) async fn to(backend: &str) -> anyhow::Result<Self> {
        Self::hurried(backend, 1).await
    }

    /// The same for a page whose clock runs `pace` times faster. To a backend that has no news, holding a question is all
    /// there is to do: the line does it for the page's seconds, and the backend then answers at once.
    pub(crate) async fn hurried(backend: &str, pace: u32) -> anyhow::Result<Self> {
        let url = format!("http://127.0.0.1:{}", ports::free()?);
        let state = Arc::new(Wire {
            backend: backend.to_owned(),
            // Where the backend sends a browser is the browser's business.
            http: reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?,
            pace,
            trouble: Mutex::default(),
            passed: Mutex::default(),
        });
        let routes = Router::new().fallback(pass).with_state(Arc::clone(&state));
        let listener = TcpListener::bind(host(&url)).await?;
        let served = tokio::spawn(async move {
            let _ = axum::serve(listener, routes).await;
        });
        Ok(Self { url, state, served })
    }

    /// From now on; `None` is a good line again.
    pub(crate) fn has(&self, trouble: Option<Trouble>) {
        *self.state.trouble.lock().unwrap_or_else(PoisonError::into_inner) = trouble;
    }

    /// Everything so far, in order. Questions of browsers about permissions are not counted.
    pub(crate) fn passed(&self) -> Vec<Passed> {
        self.state.passed.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The requests so far that open a payment session.
    pub(crate) fn openings(&self) -> Vec<Passed> {
        self.passed().into_iter().filter(|one| opens_a_session(&one.method, &one.path)).collect()
    }

    /// Fails where two requests to open a session were two different wishes.
    pub(crate) fn all_openings_have_one_key(&self) -> anyhow::Result<()> {
        let openings = self.openings();
        let keys: BTreeSet<_> = openings.iter().map(|one| one.key.clone()).collect();
        ensure!(keys.len() == 1 && !keys.contains(&None), "not one key: {openings:?}");
        Ok(())
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.served.abort();
    }
}

fn opens_a_session(method: &Method, path: &str) -> bool {
    *method == Method::POST && path == "/v1/payment-sessions"
}

async fn pass(
    State(wire): State<Arc<Wire>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if method != Method::OPTIONS {
        let key = headers.get("idempotency-key").and_then(|key| key.to_str().ok()).map(str::to_owned);
        let one = Passed { method: method.clone(), path: uri.path().to_owned(), key, at: Instant::now() };
        wire.passed.lock().unwrap_or_else(PoisonError::into_inner).push(one);
    }
    let trouble = *wire.trouble.lock().unwrap_or_else(PoisonError::into_inner);
    let origin = headers.get(header::ORIGIN).cloned();
    match trouble.filter(|_| opens_a_session(&method, uri.path())) {
        None => wire.forwards(method, &uri, headers, body).await,
        Some(Trouble::Fails) => readable((StatusCode::INTERNAL_SERVER_ERROR, "Something broke."), origin),
        Some(Trouble::AsksForPatience { seconds }) => {
            let later = [(header::RETRY_AFTER, seconds.to_string())];
            readable((StatusCode::TOO_MANY_REQUESTS, later, "Too many requests."), origin)
        }
        Some(Trouble::BreaksOff) => readable(broken_off(), origin),
        Some(Trouble::LosesTheAnswer) => {
            wire.forwards(method, &uri, headers, body).await;
            readable(broken_off(), origin)
        }
        Some(Trouble::Hangs) => pending().await,
    }
}

impl Wire {
    async fn forwards(&self, method: Method, uri: &Uri, mut headers: HeaderMap, body: Bytes) -> Response {
        headers.remove(header::HOST);
        let path = self.hurry(uri).await;
        let address = format!("{}{path}", self.backend);
        let Ok(answer) = self.http.request(method, address).headers(headers).body(body).send().await else {
            return StatusCode::BAD_GATEWAY.into_response();
        };
        let (status, mut headers) = (answer.status(), answer.headers().clone());
        headers.remove(header::TRANSFER_ENCODING);
        let mut passed = Body::from_stream(answer.bytes_stream()).into_response();
        *passed.status_mut() = status;
        *passed.headers_mut() = headers;
        passed
    }

    /// The address of the request; what was to be held has been.
    async fn hurry(&self, uri: &Uri) -> String {
        let address = uri.to_string();
        let held = uri.query().unwrap_or_default().split('&').find(|field| field.starts_with("wait="));
        let Some(held) = held.filter(|_| self.pace > 1) else { return address };
        let seconds = held.trim_start_matches("wait=").parse().unwrap_or_default();
        tokio::time::sleep(Duration::from_secs(seconds) / self.pace).await;
        address.replace(held, "wait=0")
    }
}

/// An answer that says it goes on, and does not.
fn broken_off() -> Response {
    let parts = [Ok(Bytes::from_static(b"{\"session\":")), Err(io::Error::other("the line is cut"))];
    Body::from_stream(stream::iter(parts)).into_response()
}

/// As the backend's own answers: readable for the page that asked.
fn readable(answer: impl IntoResponse, origin: Option<HeaderValue>) -> Response {
    let mut answer = answer.into_response();
    if let Some(origin) = origin {
        answer.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        let exposed = HeaderValue::from_static("retry-after");
        answer.headers_mut().insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, exposed);
    }
    answer
}
