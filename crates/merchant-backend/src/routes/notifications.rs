//! The bank's notifications. Each is stored as a hint and makes us ask; nothing in it is believed.

use std::time::Instant;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use jiff::Timestamp;

use super::App;
use crate::error::ApiError;
use crate::http::RawBody;

/// Take a notification of the bank
///
/// 200 once the hint is stored. Nothing in it is believed: it makes the backend ask the bank.
#[utoipa::path(
    post,
    path = "/v1/notifications/{secret}",
    tag = "Bank",
    params(("secret" = String, Path, description = "The attempt's own secret, from the address the bank was given")),
    request_body(content = serde_json::Value, description = "The bank's order, as the bank writes it"),
    responses((status = 200, description = "Stored")),
    extensions(("x-problems" = json!(["not_found", "rate_limited"])))
)]
pub(super) async fn notify(
    State(app): State<App>,
    Path(secret): Path<String>,
    body: Result<RawBody, ApiError>,
) -> Result<StatusCode, ApiError> {
    let refuse = |error: ApiError| {
        app.metrics.refused_notifications.add(1);
        tracing::warn!(status = error.status.as_u16(), "a notification was refused");
        error
    };
    let RawBody(body) = body.map_err(refuse)?;
    let bytes = body.len();
    let hint = app.provider.hint(&body).map_err(|error| {
        tracing::warn!(bytes, %error, "a notification could not be read");
        refuse(ApiError::invalid("The body is not a notification of the bank."))
    })?;
    let stored = app.store.store_hint(secret, hint, Timestamp::now()).await?;
    let stored = stored.ok_or_else(|| refuse(ApiError::not_found("notification address")))?;
    app.metrics.notifications.add(1);
    tracing::info!(order = stored.order.as_str(), ids_match = stored.ids_match, "a notification came");
    let (metrics, came) = (app.metrics.clone(), Instant::now());
    let heard = app.asking.hint_until_stored(stored.question);
    tokio::spawn(async move {
        if heard.await {
            metrics.notification_delay.note(came.elapsed());
        }
    });
    Ok(StatusCode::OK)
}
