//! `POST /v1/orders/{order}/refunds`: money back, at the bank or recorded only.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use checkout_api::{OrderRef, RefundRequest, RefundRequestLine, ShopRefund};
use console_api::code;
use sha2::{Digest, Sha256};

use super::App;
use crate::access::Actor;
use crate::error::ApiError;
use crate::http::{JsonBody, idempotency_key};
use crate::payments::refund::{LineWish, What, Wish};
use crate::payments::refunding::RefundWish;
use crate::refunds;
use crate::store::staff::NewAuditEntry;

const LONGEST_REASON: usize = 500;
const MOST_LINES: usize = 500;

/// Give money back
///
/// All that remains, a sum, lines or shipping; at the bank, or recorded only (`offline`). The key is kept for good: the
/// same key never refunds twice.
#[utoipa::path(
    post,
    path = "/v1/orders/{order}/refunds",
    tag = "Orders",
    params(
        ("order" = String, Path, description = "The shop's own order number", example = "A-1001"),
        ("Idempotency-Key" = String, Header, description = "Made once, when the refund is begun", min_length = 1, max_length = 255, pattern = "^[!-~]+$", example = "r-7f3a")
    ),
    request_body = RefundRequest,
    responses(
        (status = 201, description = "This request made the refund", body = ShopRefund),
        (status = 200, description = "The same key made it before", body = ShopRefund)
    ),
    security(("shopKey" = []), ("console" = [])),
    extensions(("x-problems" = json!(["not_found", "idempotency_key_reused", "idempotency_key_in_use", "not_paid", "nothing_left", "refund_too_large", "refund_changed", "several_payments", "waits_for_settlement", "refund_not_supported", "refund_limit", "bank_unavailable"])))
)]
pub(super) async fn refund(
    State(app): State<App>,
    Path(order): Path<String>,
    actor: Actor,
    headers: HeaderMap,
    JsonBody(body): JsonBody<RefundRequest>,
) -> Result<impl IntoResponse, ApiError> {
    let answer = give_back(&app, &order, &actor, &headers, body).await;
    if let Err(refused) = &answer
        && [code::ROLE_TOO_LOW, code::REFUND_LIMIT].contains(&refused.code)
    {
        tried(&app, &order, &actor, refused.code).await?;
    }
    answer
}

/// What somebody was not allowed to do is in the log too; an order that there is not, under any name, is not.
async fn tried(app: &App, order: &str, actor: &Actor, why: &str) -> Result<(), ApiError> {
    if app.store.order(order.to_owned()).await?.is_some() {
        let entry = NewAuditEntry { detail: Some(why.to_owned()), ..actor.did_with(order, "refund_refused") };
        app.store.write_audit(entry).await?;
    }
    Ok(())
}

async fn give_back(
    app: &App,
    order: &str,
    actor: &Actor,
    headers: &HeaderMap,
    body: RefundRequest,
) -> Result<(StatusCode, Json<ShopRefund>), ApiError> {
    actor.refund(order)?;
    let key = idempotency_key(headers)?;
    let wish = wish(&body)?;
    let reason = body.reason.clone().filter(|reason| !reason.trim().is_empty());
    if reason.as_ref().is_some_and(|reason| reason.chars().count() > LONGEST_REASON) {
        return Err(ApiError::invalid(format!("`reason` has at most {LONGEST_REASON} characters.")));
    }
    let body_hash = body_hash(&body)?;
    let order = OrderRef::new(order);
    let wish = RefundWish { order, session: body.session, key, body_hash, wish, reason, by: actor.name() };
    let refunded = app.refunding.refund(wish).await?;
    let status = if refunded.new { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(refunds::on_the_wire(refunded.session, refunded.refund))))
}

fn wish(body: &RefundRequest) -> Result<Wish, ApiError> {
    let negative = |minor: Option<i64>| minor.is_some_and(|minor| minor < 0);
    if negative(body.amount_minor) || negative(body.shipping_minor) {
        return Err(ApiError::invalid("A refund is of more than nothing: no sum may be below zero."));
    }
    let what = match (&body.lines, body.amount_minor, body.shipping_minor) {
        (Some(_), Some(_), _) => {
            return Err(ApiError::invalid("Give `amountMinor` or `lines`, not both."));
        }
        (Some(lines), None, _) if lines.is_empty() || lines.len() > MOST_LINES => {
            return Err(ApiError::invalid(format!(
                "`lines` has 1 to {MOST_LINES} lines; leave it out to refund everything."
            )));
        }
        (Some(lines), None, _) => What::Lines(lines.iter().map(line).collect::<Result<_, _>>()?),
        (None, Some(minor), _) => What::Sum(minor),
        (None, None, Some(_)) => What::Sum(0),
        (None, None, None) => What::Everything,
    };
    let shipping_minor = body.shipping_minor.unwrap_or(0);
    Ok(Wish { what, shipping_minor, offline: body.offline, expected_minor: body.expected_minor })
}

fn line(line: &RefundRequestLine) -> Result<LineWish, ApiError> {
    let id = line.id.clone();
    match (line.quantity, line.amount_minor) {
        (Some(quantity), None) if quantity > 0 => Ok(LineWish::Quantity { id, quantity }),
        (None, Some(minor)) if minor > 0 => Ok(LineWish::Sum { id, minor }),
        (Some(_) | None, Some(_) | None) => Err(ApiError::invalid(format!(
            "Line `{id}` needs either a `quantity` or an `amountMinor`, above zero."
        ))),
    }
}

/// The body's meaning, hashed: spaces and the order of fields do not matter.
fn body_hash(body: &RefundRequest) -> Result<Vec<u8>, ApiError> {
    let text = serde_json::to_vec(body).map_err(|_| ApiError::invalid("The body cannot be read."))?;
    Ok(Sha256::digest(text).to_vec())
}
