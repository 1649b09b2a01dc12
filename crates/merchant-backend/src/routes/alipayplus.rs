//! Alipay+'s webhooks. Each is verified, stored as a hint and makes us ask; nothing in it is believed.

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode};
use jiff::Timestamp;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use worldline_connect::CHALLENGE_HEADER;

use super::App;
use crate::error::ApiError;
use crate::http::{RawBody, method_not_allowed};
use crate::provider::alipayplus::{self, AlipayPlus};

/// A webhook is a few kilobytes.
const LARGEST: usize = 64 * 1024;
const LONGEST_CHALLENGE: usize = 256;

#[derive(Debug, Clone)]
pub(super) struct Webhooks {
    app: App,
    provider: Arc<AlipayPlus>,
}

/// `GET` and `POST /v1/notifications/alipayplus`, where Alipay+ is switched on.
pub(super) fn router(app: App, provider: Arc<AlipayPlus>) -> Router {
    let (router, _) = described().split_for_parts();
    router
        .layer(DefaultBodyLimit::max(LARGEST))
        .method_not_allowed_fallback(method_not_allowed)
        .with_state(Webhooks { app, provider })
}

/// The routes and their description.
pub(super) fn described() -> OpenApiRouter<Webhooks> {
    OpenApiRouter::new().routes(routes!(challenge, notify))
}

/// Show that an Alipay+ address is ours
///
/// Whoever enters an endpoint shows with this that it is theirs: the header's value comes back.
#[utoipa::path(
    get,
    path = "/v1/notifications/alipayplus",
    tag = "Bank",
    responses((status = 200, description = "The challenge", body = String, content_type = "text/plain")),
    extensions(("x-problems" = json!(["not_found", "method_not_allowed"])))
)]
async fn challenge(headers: HeaderMap) -> Result<String, ApiError> {
    let challenge = headers.get(CHALLENGE_HEADER).and_then(|value| value.to_str().ok());
    let challenge = challenge.filter(|text| (1..=LONGEST_CHALLENGE).contains(&text.len()));
    challenge.map(str::to_owned).ok_or_else(|| ApiError::not_found("challenge"))
}

/// Take a webhook of Alipay+
///
/// Only what Worldline has signed is taken, and it only makes the backend ask. Where Alipay+ is not switched on the address is
/// not there.
#[utoipa::path(
    post,
    path = "/v1/notifications/alipayplus",
    tag = "Bank",
    request_body(content = serde_json::Value, description = "Worldline's event, with its signature in the headers"),
    responses((status = 200, description = "Taken")),
    extensions(("x-problems" = json!(["not_found", "rate_limited"])))
)]
async fn notify(
    State(Webhooks { app, provider }): State<Webhooks>,
    headers: HeaderMap,
    body: Result<RawBody, ApiError>,
) -> Result<StatusCode, ApiError> {
    let refuse = |error: ApiError| {
        app.metrics.refused_notifications.add(1);
        error
    };
    let RawBody(body) = body.map_err(refuse)?;
    let signed = headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes()));
    let event = provider.verified(signed, &body).map_err(|error| {
        tracing::warn!(bytes = body.len(), %error, "a webhook of Alipay+ was refused");
        refuse(ApiError::invalid("The body is not a webhook that Worldline has signed for this merchant."))
    })?;
    // Events about other objects are taken, so that they are not sent again and again.
    let Some(hint) = alipayplus::hint(&event) else { return Ok(StatusCode::OK) };
    let request_id = hint.merchant_request_id.clone();
    let secret = app.store.notification_secret(hint.bank_order.clone(), request_id).await?;
    let Some(secret) = secret else {
        tracing::warn!(payment = hint.bank_order, "a webhook of Alipay+ names a payment of somebody else");
        return Ok(StatusCode::OK);
    };
    let Some(stored) = app.store.store_hint(secret, hint, Timestamp::now()).await? else {
        return Ok(StatusCode::OK);
    };
    app.metrics.notifications.add(1);
    tracing::info!(order = stored.order.as_str(), ids_match = stored.ids_match, "a webhook of Alipay+ came");
    app.asking.hint(stored.question);
    Ok(StatusCode::OK)
}
