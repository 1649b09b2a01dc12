//! Figures about the whole ledger, for `/metrics`.

use jiff::Timestamp;

/// How the ledger stands.
#[derive(Debug, Clone, Default)]
pub struct Figures {
    /// When the oldest attempt was stored that the bank has not decided.
    pub oldest_unresolved: Option<Timestamp>,
    /// When the oldest attempt was stored that has no payment page yet.
    pub oldest_without_page: Option<Timestamp>,
    /// Captured payments that their provider has still to collect.
    pub uncollected: u64,
    /// When the oldest of them was begun.
    pub oldest_uncollected: Option<Timestamp>,
    /// Webhooks the shop has not taken.
    pub outbox: u64,
    /// When the oldest of them was written.
    pub oldest_in_outbox: Option<Timestamp>,
    /// Refunds that are asked about.
    pub pending_refunds: u64,
    /// When the oldest of them was asked for.
    pub oldest_refund: Option<Timestamp>,
    /// Attempts that are asked about and not decided, by state.
    pub open_attempts: Vec<(String, u64)>,
    /// Anomalies that stand, by kind.
    pub anomalies: Vec<(String, u64)>,
}
