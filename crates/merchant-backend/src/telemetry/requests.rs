//! Counting requests by route and status, and timing them.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;

use super::Metrics;
use super::metrics::{self, Route};

/// Addresses nobody has: one label for all of them.
const NO_ROUTE: &str = "none";

/// Counts the request when it is answered.
pub(crate) async fn count(State(metrics): State<Arc<Metrics>>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let route = request.extensions().get::<MatchedPath>().map_or(NO_ROUTE, MatchedPath::as_str).to_owned();
    let method = name(request.method());
    // How long a page waits for news says nothing about us.
    let waits = request.uri().query().is_some_and(|query| query.contains("wait="));
    let response = next.run(request).await;
    let status = response.status().as_u16();
    let label = metrics::Request { method, route, status };
    metrics.requests.get_or_create(&label).inc();
    if !waits {
        metrics.request_seconds.get_or_create(&Route { route: label.route }).note(begun.elapsed());
    }
    response
}

/// Methods are the caller's to invent: labels are not.
fn name(method: &Method) -> &'static str {
    let known = [
        ("GET", Method::GET),
        ("PUT", Method::PUT),
        ("POST", Method::POST),
        ("PATCH", Method::PATCH),
        ("DELETE", Method::DELETE),
        ("OPTIONS", Method::OPTIONS),
        ("HEAD", Method::HEAD),
    ];
    known.into_iter().find_map(|(name, known)| (*method == known).then_some(name)).unwrap_or("other")
}
