//! `/v1/staff/session`: who is signed in, signing in and out, the second factor and the own password.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use console_api::{ChangePassword, SecondFactorCode, SecondFactorSetup, SignIn, SignedIn, Staff};
use jiff::Timestamp;

use super::{App, hash};
use crate::access::Actor;
use crate::error::ApiError;
use crate::http::JsonBody;
use crate::staff::address::Address;
use crate::staff::sign_in::Entered;
use crate::staff::{password, second_factor, session};
use crate::store::staff::{SecondFactorChange, StaffRecord};

const ISSUER: &str = "AlliancePay";

/// Sign in
///
/// Sets the session's cookie. Needs no token against forged requests: a form of another site cannot send JSON.
#[utoipa::path(
    post,
    path = "/v1/staff/session",
    tag = "Staff",
    request_body = SignIn,
    responses((status = 200, description = "Signed in", body = SignedIn)),
    extensions(("x-problems" = json!(["wrong_credentials@401", "second_factor_needed@401", "too_many_logins", "unavailable"])))
)]
pub(super) async fn sign_in(
    State(app): State<App>,
    address: Address,
    headers: HeaderMap,
    JsonBody(wish): JsonBody<SignIn>,
) -> Result<Response, ApiError> {
    let entered = app.door.enter(wish, address.0).await;
    let Entered { staff, secret } = entered.inspect_err(|error| {
        app.metrics.refused_sign_ins.add(1);
        tracing::warn!(%error, "somebody was not let in");
    })?;
    // The browser forgets the session before; so does the ledger.
    if let Some(old) = app.door.rules.secret(&headers) {
        app.store.end_session(hash(old), Timestamp::now()).await?;
    }
    let cookie = app.door.rules.cookie(&secret).ok_or_else(ApiError::not_signed_in)?;
    let body = SignedIn { staff: on_the_wire(staff), csrf: session::csrf_token(&secret) };
    Ok(([(header::SET_COOKIE, cookie)], Json(body)).into_response())
}

/// Who is signed in
///
/// A console token is told its actor and the role it acts by: one that reads all orders only reads.
#[utoipa::path(
    get,
    path = "/v1/staff/session",
    tag = "Staff",
    responses((status = 200, description = "Who", body = SignedIn)),
    security(("console" = [])),
)]
pub(super) async fn who(
    State(app): State<App>,
    actor: Actor,
    headers: HeaderMap,
) -> Result<Json<SignedIn>, ApiError> {
    let secret = app.door.rules.secret(&headers);
    match actor {
        Actor::Staff(staff) => {
            let csrf = secret.map(session::csrf_token).unwrap_or_default();
            Ok(Json(SignedIn { staff: on_the_wire(*staff), csrf }))
        }
        Actor::Token(token) => {
            let staff = Staff {
                role: token.acts_as(),
                login: token.actor,
                refund_limit_minor: None,
                daily_refund_limit_minor: None,
                totp: false,
                locale: None,
            };
            Ok(Json(SignedIn { staff, csrf: String::new() }))
        }
        Actor::Shop => Err(ApiError::not_signed_in()),
    }
}

/// Sign out
///
/// Ends the session and its cookie.
#[utoipa::path(
    delete,
    path = "/v1/staff/session",
    tag = "Staff",
    responses((status = 204, description = "Signed out")),
    security(("console" = [])),
)]
pub(super) async fn sign_out(
    State(app): State<App>,
    actor: Actor,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    actor.staff()?;
    if let Some(secret) = app.door.rules.secret(&headers) {
        app.store.end_session(hash(secret), Timestamp::now()).await?;
    }
    let mut response = StatusCode::NO_CONTENT.into_response();
    if let Some(cookie) = app.door.rules.no_cookie() {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// Change the own password
///
/// The other sessions of this person end.
#[utoipa::path(
    put,
    path = "/v1/staff/session/password",
    tag = "Staff",
    request_body = ChangePassword,
    responses((status = 204, description = "Changed")),
    security(("console" = [])),
    extensions(("x-problems" = json!(["wrong_credentials@403", "weak_password", "too_many_logins"])))
)]
pub(super) async fn change_password(
    State(app): State<App>,
    actor: Actor,
    address: Address,
    headers: HeaderMap,
    JsonBody(body): JsonBody<ChangePassword>,
) -> Result<StatusCode, ApiError> {
    let staff = actor.staff()?;
    password::check(&body.new, &staff.login).map_err(|weak| ApiError::weak_password(&weak))?;
    if !app.door.knows(&staff, body.current, address.0).await? {
        return Err(ApiError::wrong_password());
    }
    let secret = app.door.rules.secret(&headers).ok_or_else(ApiError::not_signed_in)?;
    let password_hash = app.door.passwords.hash(body.new).await.ok_or_else(ApiError::unavailable)?;
    if app.store.change_own_password(hash(secret), password_hash, Timestamp::now()).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(ApiError::not_signed_in())
    }
}

/// Offer a second factor
///
/// A new secret, which counts once a code of it was sent.
#[utoipa::path(
    post,
    path = "/v1/staff/session/totp",
    tag = "Staff",
    responses((status = 200, description = "The secret", body = SecondFactorSetup)),
    security(("console" = [])),
    extensions(("x-problems" = json!(["second_factor_on"])))
)]
pub(super) async fn offer_second_factor(
    State(app): State<App>,
    actor: Actor,
) -> Result<Json<SecondFactorSetup>, ApiError> {
    let staff = actor.staff()?;
    let secret = second_factor::fresh_secret().ok_or_else(ApiError::unavailable)?;
    let issuer = app.shop.name.as_deref().unwrap_or(ISSUER);
    let setup = second_factor::setup(&secret, issuer, &staff.login).ok_or_else(ApiError::unavailable)?;
    let offer = SecondFactorChange::Offer(secret);
    if app.store.change_second_factor(staff.id, offer, Timestamp::now()).await? {
        Ok(Json(setup))
    } else {
        Err(ApiError::second_factor_is_on())
    }
}

/// Switch the second factor on
///
/// By a code of the offered secret.
#[utoipa::path(
    put,
    path = "/v1/staff/session/totp",
    tag = "Staff",
    request_body = SecondFactorCode,
    responses((status = 204, description = "On")),
    security(("console" = [])),
    extensions(("x-problems" = json!(["second_factor_needed@403", "too_many_logins"])))
)]
pub(super) async fn switch_second_factor_on(
    State(app): State<App>,
    actor: Actor,
    address: Address,
    JsonBody(body): JsonBody<SecondFactorCode>,
) -> Result<StatusCode, ApiError> {
    switch_second_factor(&app, actor, address, &body, SecondFactorChange::SwitchOn).await
}

/// Switch the second factor off
///
/// By a code.
#[utoipa::path(
    delete,
    path = "/v1/staff/session/totp",
    tag = "Staff",
    request_body = SecondFactorCode,
    responses((status = 204, description = "Off")),
    security(("console" = [])),
    extensions(("x-problems" = json!(["second_factor_needed@403", "too_many_logins"])))
)]
pub(super) async fn switch_second_factor_off(
    State(app): State<App>,
    actor: Actor,
    address: Address,
    JsonBody(body): JsonBody<SecondFactorCode>,
) -> Result<StatusCode, ApiError> {
    switch_second_factor(&app, actor, address, &body, SecondFactorChange::SwitchOff).await
}

async fn switch_second_factor(
    app: &App,
    actor: Actor,
    address: Address,
    body: &SecondFactorCode,
    change: fn(i64) -> SecondFactorChange,
) -> Result<StatusCode, ApiError> {
    let staff = actor.staff()?;
    let step = app.door.step(&staff, &body.code, address.0)?.ok_or_else(ApiError::wrong_code)?;
    if app.store.change_second_factor(staff.id, change(step), Timestamp::now()).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(ApiError::wrong_code())
    }
}

fn on_the_wire(staff: StaffRecord) -> Staff {
    Staff {
        login: staff.login,
        role: staff.role,
        refund_limit_minor: staff.refund_limit_minor,
        daily_refund_limit_minor: staff.daily_refund_limit_minor,
        totp: staff.totp_on,
        locale: staff.locale,
    }
}
