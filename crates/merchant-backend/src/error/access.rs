//! Why somebody is not let in, or may not do what they want.

use std::time::Duration;

use axum::http::StatusCode;
use console_api::code;

use super::{ApiError, more_codes};
use crate::staff::WeakPassword;
use crate::staff::sign_in::Refused;

impl ApiError {
    /// 401: neither key nor session.
    pub(crate) fn not_signed_in() -> Self {
        let detail = "Send the shop key as `Authorization: Bearer KEY`, or sign in at the console.";
        Self::new(StatusCode::UNAUTHORIZED, code::NOT_SIGNED_IN, "Not signed in", detail)
    }

    /// 401: a console token that is unknown or has ended.
    pub(crate) fn console_token() -> Self {
        let detail = "The console token is unknown or has ended: the shop's server gets a new one.";
        Self::new(StatusCode::UNAUTHORIZED, code::NOT_SIGNED_IN, "Not signed in", detail)
    }

    /// 403: the page did not prove itself.
    pub(crate) fn csrf() -> Self {
        let detail = "Send the `csrf` of `GET /v1/staff/session` as `X-CSRF-Token`.";
        Self::new(StatusCode::FORBIDDEN, code::CSRF, "The request is not the console's own", detail)
    }

    /// 403: the role may not.
    pub(crate) fn role_too_low(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, code::ROLE_TOO_LOW, "Your role may not do this", detail)
    }

    /// 403: the token is for something else.
    pub(crate) fn scope() -> Self {
        let detail =
            "The console token is for another order, or only reads: the shop's server gets one that fits.";
        Self::new(StatusCode::FORBIDDEN, code::SCOPE, "The token does not open this", detail)
    }

    /// 403: the own password that was sent along is wrong.
    pub(crate) fn wrong_password() -> Self {
        let detail = "`current` is not your password.";
        Self::new(StatusCode::FORBIDDEN, code::WRONG_CREDENTIALS, "The password is wrong", detail)
    }

    /// 403: the code is wrong or was used.
    pub(crate) fn wrong_code() -> Self {
        let detail = "The code is wrong or was used already: wait for the next one.";
        Self::new(StatusCode::FORBIDDEN, code::SECOND_FACTOR_NEEDED, "The code is wrong", detail)
    }

    /// 409: switch it off first.
    pub(crate) fn second_factor_is_on() -> Self {
        let detail = "The second factor is on: switch it off before a new one is set up.";
        Self::new(StatusCode::CONFLICT, more_codes::SECOND_FACTOR_ON, "The second factor is on", detail)
    }

    /// 422: too easy to guess.
    pub(crate) fn weak_password(weak: &WeakPassword) -> Self {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        Self::new(status, code::WEAK_PASSWORD, "The password is too weak", format!("{weak}."))
    }

    /// 409: somebody has the login.
    pub(crate) fn login_taken() -> Self {
        let detail = "There is an account with this login: change it, or take another login.";
        Self::new(StatusCode::CONFLICT, code::LOGIN_TAKEN, "The login is taken", detail)
    }

    /// 409: the last admin stays.
    pub(crate) fn last_admin() -> Self {
        let detail = "Nobody could manage the staff any more: make somebody else an admin first.";
        Self::new(StatusCode::CONFLICT, code::LAST_ADMIN, "The last admin stays", detail)
    }

    fn too_many_logins(wait: Duration) -> Self {
        let status = StatusCode::TOO_MANY_REQUESTS;
        let detail = "Too many wrong tries for this login or from this address. Wait, then try again.";
        let seconds = u32::try_from(wait.as_secs()).unwrap_or(u32::MAX).max(1);
        Self {
            retry_after: Some(seconds),
            ..Self::new(status, code::TOO_MANY_LOGINS, "Too many tries to sign in", detail)
        }
    }
}

impl From<Refused> for ApiError {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::WrongCredentials => Self::new(
                StatusCode::UNAUTHORIZED,
                code::WRONG_CREDENTIALS,
                "Login or password are wrong",
                "Check both. An admin can give you a new password.",
            ),
            Refused::SecondFactorNeeded => Self::new(
                StatusCode::UNAUTHORIZED,
                code::SECOND_FACTOR_NEEDED,
                "The second factor is needed",
                "Send the six digits your authenticator app shows now as `code`; each counts once.",
            ),
            Refused::TooMany(wait) => Self::too_many_logins(wait),
            Refused::Store(error) => error.into(),
        }
    }
}
