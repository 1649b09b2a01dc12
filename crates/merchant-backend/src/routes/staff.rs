//! `/v1/staff`: the accounts, for admins.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use console_api::{Change, NewStaff, StaffList, StaffMember, StaffPatch};
use jiff::Timestamp;

use super::App;
use crate::access::Actor;
use crate::error::ApiError;
use crate::http::JsonBody;
use crate::sessions::rfc3339;
use crate::staff::{is_login, password};
use crate::store::staff::{NewStaffRecord, StaffChange, StaffChanged, StaffRecord};

/// List staff
///
/// The accounts, for admins.
#[utoipa::path(
    get,
    path = "/v1/staff",
    tag = "Staff",
    responses((status = 200, description = "All accounts", body = StaffList)),
    security(("console" = [])),
)]
pub(super) async fn list(State(app): State<App>, actor: Actor) -> Result<Json<StaffList>, ApiError> {
    actor.admin()?;
    let staff = app.store.all_staff().await?.into_iter().map(on_the_wire).collect();
    Ok(Json(StaffList { staff }))
}

/// Add a member of staff
///
/// For admins.
#[utoipa::path(
    post,
    path = "/v1/staff",
    tag = "Staff",
    request_body = NewStaff,
    responses((status = 201, description = "The account", body = StaffMember)),
    security(("console" = [])),
    extensions(("x-problems" = json!(["login_taken", "weak_password"])))
)]
pub(super) async fn add(
    State(app): State<App>,
    actor: Actor,
    JsonBody(body): JsonBody<NewStaff>,
) -> Result<(StatusCode, Json<StaffMember>), ApiError> {
    actor.admin()?;
    let login = is_login(&body.login).ok_or_else(|| {
        ApiError::invalid("`login` has 1 to 64 letters, digits and any of `.`, `-`, `_`, `@`.")
    })?;
    limit(Change::from(body.refund_limit_minor))?;
    limit(Change::from(body.daily_refund_limit_minor))?;
    let password_hash = hashed(&app, body.password, &login).await?;
    let new = NewStaffRecord {
        login,
        password_hash,
        role: body.role,
        refund_limit_minor: body.refund_limit_minor,
        daily_refund_limit_minor: body.daily_refund_limit_minor,
        locale: body.locale.filter(|locale| matches!(locale.as_str(), "uk" | "en")),
        by: actor.name(),
        now: Timestamp::now(),
    };
    let added = app.store.add_staff(new).await?.ok_or_else(ApiError::login_taken)?;
    Ok((StatusCode::CREATED, Json(on_the_wire(added))))
}

/// Change a member of staff
///
/// For admins. Fields that are left out stay as they are; null empties a limit.
#[utoipa::path(
    patch,
    path = "/v1/staff/{login}",
    tag = "Staff",
    params(("login" = String, Path, description = "The login", example = "maria")),
    request_body = StaffPatch,
    responses((status = 200, description = "The account", body = StaffMember)),
    security(("console" = [])),
    extensions(("x-problems" = json!(["not_found", "last_admin", "weak_password"])))
)]
pub(super) async fn change(
    State(app): State<App>,
    Path(login): Path<String>,
    actor: Actor,
    JsonBody(body): JsonBody<StaffPatch>,
) -> Result<Json<StaffMember>, ApiError> {
    actor.admin()?;
    limit(body.refund_limit_minor)?;
    limit(body.daily_refund_limit_minor)?;
    let login = login.to_lowercase();
    let password_hash = match body.password {
        Some(password) => Some(hashed(&app, password, &login).await?),
        None => None,
    };
    let change = StaffChange {
        login,
        role: body.role,
        active: body.active,
        refund_limit_minor: body.refund_limit_minor,
        daily_refund_limit_minor: body.daily_refund_limit_minor,
        password_hash,
        by: actor.name(),
        now: Timestamp::now(),
    };
    match app.store.change_staff(change).await? {
        StaffChanged::Done(staff) => Ok(Json(on_the_wire(*staff))),
        StaffChanged::Unknown => Err(ApiError::not_found("member of staff")),
        StaffChanged::LastAdmin => Err(ApiError::last_admin()),
    }
}

async fn hashed(app: &App, new: String, login: &str) -> Result<String, ApiError> {
    password::check(&new, login).map_err(|weak| ApiError::weak_password(&weak))?;
    app.door.passwords.hash(new).await.ok_or_else(ApiError::unavailable)
}

fn limit(change: Change<i64>) -> Result<(), ApiError> {
    match change {
        Change::Set(minor) if minor < 0 => Err(ApiError::invalid("A limit is not below zero.")),
        Change::Set(_) | Change::Keep | Change::Clear => Ok(()),
    }
}

fn on_the_wire(staff: StaffRecord) -> StaffMember {
    StaffMember {
        login: staff.login,
        role: staff.role,
        active: staff.active,
        refund_limit_minor: staff.refund_limit_minor,
        daily_refund_limit_minor: staff.daily_refund_limit_minor,
        totp: staff.totp_on,
        created_at: rfc3339(staff.created_at),
        last_sign_in_at: staff.last_sign_in_at.map(rfc3339),
    }
}
