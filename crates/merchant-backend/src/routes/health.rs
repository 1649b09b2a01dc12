//! For whoever runs the backend: alive, ready, counters, and where the front door leads.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};

use super::App;
use crate::error::ApiError;

/// `GET /healthz`: the process answers.
pub(super) async fn alive() -> &'static str {
    "ok\n"
}

/// `GET /readyz`: the ledger can be written.
pub(super) async fn ready(State(app): State<App>) -> Result<&'static str, ApiError> {
    app.store.ready().await?;
    Ok("ready\n")
}

/// `GET /metrics`.
pub(super) async fn metrics(State(app): State<App>) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], app.metrics.render(app.waiting.count()))
}

/// `GET /`: the demo shop, where there is one.
pub(super) async fn front(State(app): State<App>) -> Response {
    match &app.demo_shop {
        Some(shop) => Redirect::temporary(shop.as_str()).into_response(),
        None => ApiError::not_found("address").into_response(),
    }
}
