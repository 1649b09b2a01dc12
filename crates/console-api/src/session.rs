//! `/v1/staff/session`: signing in and out, the second factor, the own password.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Role;

/// The body of `POST /v1/staff/session`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SignIn {
    /// The login.
    pub login: String,
    /// The password.
    pub password: String,
    /// The second factor's six digits, where it is on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

/// The answer to `POST` and `GET /v1/staff/session`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SignedIn {
    /// Who is signed in.
    pub staff: Staff,
    /// To be sent as `X-CSRF-Token` with everything but GET.
    pub csrf: String,
}

/// Who is signed in and what they may do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Staff {
    /// The login.
    pub login: String,
    /// The role.
    pub role: Role,
    /// The most this person may give back by one refund, in kopecks of what the buyer was charged; absent: no limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refund_limit_minor: Option<i64>,
    /// The most by all refunds of one day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub daily_refund_limit_minor: Option<i64>,
    /// Whether the second factor is on.
    pub totp: bool,
    /// The language chosen for the console: `uk` or `en`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
}

/// The answer to `POST /v1/staff/session/totp`. It is on only after `PUT` with a code.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SecondFactorSetup {
    /// The secret in base 32, to be typed where a picture cannot be read.
    pub secret: String,
    /// The `otpauth://` address.
    pub uri: String,
    /// The same as a picture: an SVG document.
    pub qr: String,
}

/// The body of `PUT` and `DELETE /v1/staff/session/totp`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SecondFactorCode {
    /// Six digits.
    pub code: String,
}

/// The body of `PUT /v1/staff/session/password`. It ends every other session of this person.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChangePassword {
    /// The password that counts now.
    pub current: String,
    /// The one that is to count.
    pub new: String,
}

impl fmt::Debug for SignIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignIn").field("login", &self.login).finish_non_exhaustive()
    }
}

impl fmt::Debug for SecondFactorSetup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecondFactorSetup(…)")
    }
}

impl fmt::Debug for SecondFactorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecondFactorCode(…)")
    }
}

impl fmt::Debug for ChangePassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ChangePassword(…)")
    }
}
