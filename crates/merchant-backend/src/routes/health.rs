//! For whoever runs the backend: alive, ready, counters, and where the front door leads.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};

use super::App;
use crate::error::ApiError;
use crate::telemetry::scrape;

const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Alive
///
/// The process answers.
#[utoipa::path(
    get,
    path = "/healthz",
    tag = "Operating",
    responses((status = 200, description = "It does", body = String, content_type = "text/plain"))
)]
pub(super) async fn alive() -> &'static str {
    "ok\n"
}

/// Ready
///
/// The ledger can be read and written. A load balancer asks here.
#[utoipa::path(
    get,
    path = "/readyz",
    tag = "Operating",
    responses((status = 200, description = "It can", body = String, content_type = "text/plain")),
    extensions(("x-problems" = json!(["unavailable"])))
)]
pub(super) async fn ready(State(app): State<App>) -> Result<&'static str, ApiError> {
    app.store.ready().await?;
    Ok("ready\n")
}

/// Metrics
///
/// For Prometheus: [what they mean](../operating/metrics.md). No ids, nothing personal. Keep it off the public network.
#[utoipa::path(
    get,
    path = "/metrics",
    tag = "Operating",
    responses((status = 200, description = "The metrics", body = String, content_type = "application/openmetrics-text"))
)]
pub(super) async fn metrics(State(app): State<App>) -> impl IntoResponse {
    let text = scrape(&app.metrics, app.store.as_ref(), &app.waiting).await;
    ([(header::CONTENT_TYPE, OPEN_METRICS)], text)
}

/// The front door
///
/// Leads to the demo shop, where there is one.
#[utoipa::path(
    get,
    path = "/",
    tag = "Operating",
    responses((status = 307, description = "The demo shop's address, in `Location`")),
    extensions(("x-problems" = json!(["not_found"])))
)]
pub(super) async fn front(State(app): State<App>) -> Response {
    match &app.demo_shop {
        Some(shop) => Redirect::temporary(shop.as_str()).into_response(),
        None => ApiError::not_found("address").into_response(),
    }
}
