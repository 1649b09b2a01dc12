//! `GET /v1/audit`: who did what, newest first. Admins read all of it, others what is about one order.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use checkout_api::OrderRef;
use console_api::{AuditEntry, AuditList};
use serde::Deserialize;
use utoipa::IntoParams;

use super::App;
use crate::access::Actor;
use crate::error::ApiError;
use crate::sessions::rfc3339;
use crate::store::staff::{AuditCursor, AuditFilter, AuditView};

const PAGE: u32 = 50;
const LARGEST_PAGE: u32 = 200;

/// The query; empty values count as absent.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(super) struct AuditQuery {
    /// `next` of the page before
    #[param(required = false)]
    cursor: String,
    /// Entries about this order only
    #[param(required = false, example = "A-1001")]
    order: String,
    /// Entries of this actor only
    #[param(required = false, example = "shop")]
    actor: String,
    /// How many, 50 unless told, 200 at most
    #[param(required = false, value_type = u32)]
    limit: String,
}

/// Who did what
///
/// Newest first. Admins read all of it; others, the shop key among them, what is about one order: without `order` they
/// are answered 403.
#[utoipa::path(
    get,
    path = "/v1/audit",
    tag = "Staff",
    params(AuditQuery),
    responses((status = 200, description = "A page of the audit log", body = AuditList)),
    security(("shopKey" = []), ("console" = [])),
)]
pub(super) async fn list(
    State(app): State<App>,
    actor: Actor,
    query: Result<Query<AuditQuery>, QueryRejection>,
) -> Result<Json<AuditList>, ApiError> {
    let Query(query) = query.map_err(|error| ApiError::invalid(error.body_text()))?;
    let some = |text: String| Some(text).filter(|text| !text.is_empty());
    let order = some(query.order);
    match &order {
        Some(order) => actor.read(order)?,
        None => actor.admin()?,
    }
    let unreadable = |name: &str| ApiError::invalid(format!("`{name}` cannot be read."));
    let before = match some(query.cursor) {
        Some(cursor) => place(&cursor).ok_or_else(|| unreadable("cursor"))?,
        None => AuditCursor::default(),
    };
    let limit = match some(query.limit) {
        Some(limit) => limit.parse::<u32>().map_err(|_| unreadable("limit"))?.clamp(1, LARGEST_PAGE),
        None => PAGE,
    };
    let filter = AuditFilter { order, actor: some(query.actor), before, limit };
    let (entries, next) = app.store.audit(filter).await?;
    Ok(Json(AuditList {
        entries: entries.into_iter().map(on_the_wire).collect(),
        next: next.map(|next| format!("{}.{}", next.audit, next.events)),
    }))
}

fn place(cursor: &str) -> Option<AuditCursor> {
    let (audit, events) = cursor.split_once('.')?;
    Some(AuditCursor { audit: audit.parse().ok()?, events: events.parse().ok()? })
}

fn on_the_wire(entry: AuditView) -> AuditEntry {
    AuditEntry {
        at: rfc3339(entry.at),
        actor: entry.actor,
        action: entry.action,
        order: entry.order.map(OrderRef::new),
        detail: entry.detail,
    }
}
