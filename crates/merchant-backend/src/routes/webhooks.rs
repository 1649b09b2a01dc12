//! The webhooks to the shop: listed, and sent once more on demand.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use checkout_api::{WebhookDelivery, WebhookList};
use jiff::Timestamp;
use serde::Deserialize;

use super::App;
use crate::access::Actor;
use crate::error::ApiError;
use crate::webhooks::on_the_wire;

const MOST: u32 = 200;

/// The query of the list; an empty value counts as absent.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ListQuery {
    order: String,
}

/// `GET /v1/webhooks?order=`: newest first.
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

/// `POST /v1/webhooks/{id}/replay`: 202, and it is sent within a second.
pub(super) async fn replay(
    State(app): State<App>,
    Path(id): Path<String>,
    actor: Actor,
) -> Result<(StatusCode, Json<WebhookDelivery>), ApiError> {
    actor.operate()?;
    let replayed = app.store.replay_webhook(id, Timestamp::now()).await?;
    let replayed = replayed.ok_or_else(|| ApiError::not_found("webhook"))?;
    app.store.write_audit(actor.did("webhook_replayed", replayed.order.as_str())).await?;
    Ok((StatusCode::ACCEPTED, Json(on_the_wire(replayed))))
}
