//! How much one caller may take. 0 switches a limit off.

use std::time::Duration;

use serde::Deserialize;

use super::duration::Span;
use super::{ConfigError, positive, wrong};

/// The checked limits.
#[derive(Debug, Clone)]
pub struct LimitSettings {
    /// Requests with one order token.
    pub order_token_per_minute: u32,
    /// Requests with the shop key.
    pub shop_key_per_minute: u32,
    /// Reads of one session; one that waits for news counts once.
    pub session_reads_per_minute: u32,
    /// Wrong credentials from one address.
    pub failures_per_minute: u32,
    /// For the head of a request, and for standing idle between two: longer than proxies keep theirs when set up as
    /// the documents say.
    pub head_timeout: Duration,
    /// For the whole body of a request: a few kilobytes on a bad line.
    pub body_timeout: Duration,
    /// Connections at the same time; more wait.
    pub connections: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct LimitTable {
    order_token_per_minute: u32,
    shop_key_per_minute: u32,
    session_reads_per_minute: u32,
    failures_per_minute: u32,
    head_timeout: Span,
    body_timeout: Span,
    connections: u32,
}

impl Default for LimitTable {
    fn default() -> Self {
        Self {
            order_token_per_minute: 120,
            shop_key_per_minute: 60_000,
            session_reads_per_minute: 600,
            failures_per_minute: 60,
            head_timeout: Span(Duration::from_secs(30)),
            body_timeout: Span(Duration::from_secs(15)),
            connections: 20_000,
        }
    }
}

/// Checks the table.
pub(super) fn check(table: &LimitTable) -> Result<LimitSettings, ConfigError> {
    if table.connections == 0 {
        return Err(wrong("limits.connections", "must be above zero"));
    }
    Ok(LimitSettings {
        order_token_per_minute: table.order_token_per_minute,
        shop_key_per_minute: table.shop_key_per_minute,
        session_reads_per_minute: table.session_reads_per_minute,
        failures_per_minute: table.failures_per_minute,
        head_timeout: positive("limits.head_timeout", table.head_timeout)?,
        body_timeout: positive("limits.body_timeout", table.body_timeout)?,
        connections: table.connections,
    })
}
