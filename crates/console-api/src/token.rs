//! `POST /v1/console-tokens`: the shop's server gets a short-lived token for views embedded in the shop's own admin.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Role;

/// The body. Only the shop key opens this route.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewConsoleToken {
    /// `orders:read`, or `order:NUMBER` for one order.
    pub scope: String,
    /// What it may do: `viewer` with `orders:read`; of one order also `operator` or `refunder`, and never `admin`. A
    /// refunder's token has no limits: it refunds whatever the order has left, as the shop's server itself may.
    pub role: Role,
    /// Who in the shop's admin uses it, for the audit log.
    pub actor: String,
    /// How long it lives; 12 hours at most. Absent: 15 minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ttl_seconds: Option<u64>,
}

/// The answer.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ConsoleToken {
    /// To be sent as `Authorization: Bearer TOKEN`.
    pub token: String,
    /// When it ends: RFC 3339, UTC.
    pub expires_at: String,
}

impl fmt::Debug for ConsoleToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ConsoleToken").field("expires_at", &self.expires_at).finish_non_exhaustive()
    }
}
