//! `/v1/staff`: the accounts, for admins. And the roles.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Change;

/// What a person may do; each role may do what the ones before it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Reads orders.
    Viewer,
    /// Has the bank asked; replays webhooks; imports registers.
    Operator,
    /// Gives money back, within limits.
    Refunder,
    /// Manages staff and reads the whole audit log.
    Admin,
}

/// One account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct StaffMember {
    /// The login.
    pub login: String,
    /// The role.
    pub role: Role,
    /// Whether they may sign in.
    pub active: bool,
    /// The most by one refund, in kopecks; null: no limit.
    pub refund_limit_minor: Option<i64>,
    /// The most by all refunds of one day, in kopecks; null: no limit.
    pub daily_refund_limit_minor: Option<i64>,
    /// Whether the second factor is on.
    pub totp: bool,
    /// When the account was made: RFC 3339, UTC.
    pub created_at: String,
    /// When they last signed in: RFC 3339, UTC.
    pub last_sign_in_at: Option<String>,
}

/// The answer to `GET /v1/staff`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct StaffList {
    /// By login.
    pub staff: Vec<StaffMember>,
}

/// The body of `POST /v1/staff`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewStaff {
    /// The login: 1 to 64 letters, digits, and `.`, `-`, `_`, `@`.
    pub login: String,
    /// The first password.
    pub password: String,
    /// The role.
    pub role: Role,
    /// The most by one refund, in kopecks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refund_limit_minor: Option<i64>,
    /// The most by all refunds of one day, in kopecks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub daily_refund_limit_minor: Option<i64>,
    /// The language of the console: `uk` or `en`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
}

/// The body of `PATCH /v1/staff/{login}`. What is absent stays; a limit that is null ends.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StaffPatch {
    /// A new role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// Whether they may sign in. Ending it ends their sessions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub active: Option<bool>,
    /// The most by one refund, in kopecks.
    #[serde(default, skip_serializing_if = "Change::is_keep")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<i64>))]
    pub refund_limit_minor: Change<i64>,
    /// The most by all refunds of one day, in kopecks.
    #[serde(default, skip_serializing_if = "Change::is_keep")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<i64>))]
    pub daily_refund_limit_minor: Change<i64>,
    /// A new password, for somebody who lost theirs. It ends their sessions and switches the second factor off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
}

impl Role {
    /// Every role, the least first.
    pub const ALL: [Self; 4] = [Self::Viewer, Self::Operator, Self::Refunder, Self::Admin];

    /// The word on the wire.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Operator => "operator",
            Self::Refunder => "refunder",
            Self::Admin => "admin",
        }
    }

    /// The role of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }
}

impl fmt::Debug for NewStaff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewStaff")
            .field("login", &self.login)
            .field("role", &self.role)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for StaffPatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StaffPatch")
            .field("role", &self.role)
            .field("active", &self.active)
            .finish_non_exhaustive()
    }
}
