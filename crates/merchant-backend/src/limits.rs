//! How often one caller may call: each token by itself, and an address only for credentials that were wrong. Who waits
//! for news has asked once. Memory is fixed: callers share a number of slots, and nobody can aim at another's.

pub(crate) mod address;
mod allowance;

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use ipnet::IpNet;

use crate::config::LimitSettings;
use crate::error::ApiError;
use crate::http::bearer;
use crate::telemetry::Metrics;
use allowance::Allowance;

/// Routes whose address is the secret: an unknown one counts as a wrong credential.
const SECRET_ADDRESSES: [&str; 4] = [
    "/v1/payment-sessions/{session}",
    "/v1/payment-sessions/{session}/qr",
    "/pay/{session}",
    "/v1/notifications/{secret}",
];
/// Those of them that are read with the same address again and again.
const READ_BY_SESSION: [&str; 3] =
    ["/v1/payment-sessions/{session}", "/v1/payment-sessions/{session}/qr", "/pay/{session}"];
/// Where a wrong signature, a credential like any other, is told by 400.
const SIGNED: &str = "/v1/notifications/alipayplus";

/// The limits and what is left of them. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Limits {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    shop_key: Arc<str>,
    shop: Allowance,
    tokens: Allowance,
    sessions: Allowance,
    failures: Allowance,
    trusted: Vec<IpNet>,
    metrics: Arc<Metrics>,
}

impl Limits {
    /// Full allowances for everybody.
    pub(crate) fn new(
        settings: &LimitSettings,
        trusted: &[IpNet],
        shop_key: &str,
        metrics: Arc<Metrics>,
    ) -> Self {
        let inner = Inner {
            shop_key: shop_key.into(),
            shop: Allowance::of(settings.shop_key_per_minute),
            tokens: Allowance::of(settings.order_token_per_minute),
            sessions: Allowance::of(settings.session_reads_per_minute),
            failures: Allowance::of(settings.failures_per_minute),
            trusted: trusted.to_vec(),
            metrics,
        };
        Self { inner: Arc::new(inner) }
    }

    /// One more use of an order token that came in a form.
    pub(crate) fn order_token(&self, token: &str) -> Result<(), ApiError> {
        self.inner.tokens.take(&token).map_err(|seconds| self.refused(seconds))
    }

    /// One more request, before it is done.
    fn before(&self, request: &Request) -> Result<(), ApiError> {
        let inner = &self.inner;
        let taken = match bearer(request.headers()) {
            Some(token) if crate::routes::same_secret(token, &inner.shop_key) => inner.shop.take(&()),
            Some(token) => inner.tokens.take(&token),
            None if route(request).is_some_and(|route| READ_BY_SESSION.contains(&route)) => {
                inner.sessions.take(&request.uri().path())
            }
            None => Ok(()),
        };
        taken.map_err(|seconds| self.refused(seconds))
    }

    fn refused(&self, seconds: u32) -> ApiError {
        self.inner.metrics.refused_requests.add(1);
        ApiError::rate_limited(seconds)
    }
}

/// Refuses who calls too often, and who was wrong too often.
pub(crate) async fn hold(State(limits): State<Limits>, request: Request, next: Next) -> Response {
    if let Err(error) = limits.before(&request) {
        return error.into_response();
    }
    let inner = &limits.inner;
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
    let caller = peer.map(|peer| address::caller(peer, request.headers(), &inner.trusted));
    let secret_address = route(&request).is_some_and(|route| SECRET_ADDRESSES.contains(&route));
    let signed = route(&request) == Some(SIGNED);
    let response = next.run(request).await;
    let wrong = match response.status() {
        StatusCode::UNAUTHORIZED => true,
        StatusCode::NOT_FOUND => secret_address,
        StatusCode::BAD_REQUEST => signed,
        _ => false,
    };
    match caller.filter(|_| wrong).map(|caller| inner.failures.take(&address::group(caller))) {
        Some(Err(seconds)) => limits.refused(seconds).into_response(),
        Some(Ok(())) | None => response,
    }
}

fn route(request: &Request) -> Option<&str> {
    request.extensions().get::<MatchedPath>().map(MatchedPath::as_str)
}
