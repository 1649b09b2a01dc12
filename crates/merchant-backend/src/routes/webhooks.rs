//! The webhooks to the shop: listed, and sent once more on demand.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use checkout_api::{WebhookDelivery, WebhookList};
use jiff::Timestamp;
use serde::Deserialize;
use utoipa::IntoParams;

use super::App;
use crate::access::Actor;
use crate::error::ApiError;
use crate::webhooks::on_the_wire;

const MOST: u32 = 200;

/// The query of the list; an empty value counts as absent.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(super) struct ListQuery {
    /// The webhooks of this order only
    #[param(required = false, example = "A-1001")]
    order: String,
}

/// List webhooks
///
/// What was told to the shop, newest first, and what became of it.
#[utoipa::path(
    get,
    path = "/v1/webhooks",
    tag = "Webhooks",
    params(ListQuery),
    responses((status = 200, description = "At most 200 webhooks", body = WebhookList)),
    security(("shopKey" = []), ("console" = [])),
)]
pub(super) async fn list(
    State(app): State<App>,
    actor: Actor,
    query: Result<Query<ListQuery>, QueryRejection>,
) -> Result<Json<WebhookList>, ApiError> {
    actor.read_webhooks()?;
    let Query(query) = query.map_err(|error| ApiError::invalid(error.body_text()))?;
    let order = Some(query.order).filter(|order| !order.is_empty());
    let webhooks = app.store.webhooks(order, MOST).await?;
    Ok(Json(WebhookList { webhooks: webhooks.into_iter().map(on_the_wire).collect() }))
}

/// Send a webhook once more
///
/// It is sent within a second, signed anew, under the same id.
#[utoipa::path(
    post,
    path = "/v1/webhooks/{id}/replay",
    tag = "Webhooks",
    params(("id" = String, Path, description = "The webhook's id", example = "wh_0a1b2c")),
    responses((status = 202, description = "It will be sent", body = WebhookDelivery)),
    security(("shopKey" = []), ("console" = [])),
    extensions(("x-problems" = json!(["not_found"])))
)]
pub(super) async fn replay(
    State(app): State<App>,
    Path(id): Path<String>,
    actor: Actor,
) -> Result<(StatusCode, Json<WebhookDelivery>), ApiError> {
    actor.operate()?;
    let replayed = app.store.replay_webhook(id, Timestamp::now()).await?;
    let replayed = replayed.ok_or_else(|| ApiError::not_found("webhook"))?;
    app.store.write_audit(actor.did_with(replayed.order.as_str(), "webhook_replayed")).await?;
    Ok((StatusCode::ACCEPTED, Json(on_the_wire(replayed))))
}
