//! `POST /v1/console-tokens`: the shop's server gets a short-lived token for a view in the shop's own admin.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use console_api::{ConsoleToken, NewConsoleToken, Role};
use jiff::Timestamp;

use super::orders::LONGEST_REF;
use super::{App, hash};
use crate::access::{Actor, TOKEN_PREFIX};
use crate::error::ApiError;
use crate::http::JsonBody;
use crate::payments::schedule::after;
use crate::random::random_text;
use crate::sessions::rfc3339;
use crate::store::staff::ConsoleTokenRecord;

const ALL_ORDERS: &str = "orders:read";
const ONE_ORDER: &str = "order:";
const LIFETIME: u64 = 15 * 60;
const LONGEST_LIFETIME: u64 = 12 * 60 * 60;
const LONGEST_ACTOR: usize = 128;

/// Give a console token
///
/// For a view in the shop's own admin: short-lived, for one order or to read all of them.
#[utoipa::path(
    post,
    path = "/v1/console-tokens",
    tag = "Staff",
    request_body = NewConsoleToken,
    responses((status = 201, description = "The token; it is shown once", body = ConsoleToken)),
    security(("shopKey" = [])),
)]
pub(super) async fn issue(
    State(app): State<App>,
    actor: Actor,
    JsonBody(body): JsonBody<NewConsoleToken>,
) -> Result<(StatusCode, Json<ConsoleToken>), ApiError> {
    actor.is_shop()?;
    if body.role == Role::Admin {
        return Err(ApiError::invalid("A token is no admin: `role` is `viewer`, `operator` or `refunder`."));
    }
    let order = match body.scope.strip_prefix(ONE_ORDER) {
        Some(order) if (1..=LONGEST_REF).contains(&order.chars().count()) => Some(order.to_owned()),
        Some(_) => return Err(ApiError::invalid("`scope` names no order that there can be.")),
        None if body.scope == ALL_ORDERS => None,
        None => return Err(ApiError::invalid("`scope` is `orders:read` or `order:NUMBER`.")),
    };
    if order.is_none() && body.role != Role::Viewer {
        return Err(ApiError::invalid(
            "`orders:read` only reads: its `role` is `viewer`. Who acts gets a token of the one order.",
        ));
    }
    let name = body.actor.trim();
    let length = name.chars().count();
    if length == 0 || length > LONGEST_ACTOR || name.chars().any(char::is_control) {
        return Err(ApiError::invalid(format!(
            "`actor` says who in the shop's admin it is for, in up to {LONGEST_ACTOR} characters."
        )));
    }
    let seconds = body.ttl_seconds.unwrap_or(LIFETIME);
    if seconds == 0 || seconds > LONGEST_LIFETIME {
        return Err(ApiError::invalid(format!("`ttlSeconds` is 1 to {LONGEST_LIFETIME}.")));
    }
    let now = Timestamp::now();
    let token = format!("{TOKEN_PREFIX}{}", random_text()?);
    let expires_at = after(now, Duration::from_secs(seconds));
    let record =
        ConsoleTokenRecord { hash: hash(&token), order, role: body.role, actor: name.to_owned(), expires_at };
    app.store.add_console_token(record, actor.name(), now).await?;
    Ok((StatusCode::CREATED, Json(ConsoleToken { token, expires_at: rfc3339(expires_at) })))
}
