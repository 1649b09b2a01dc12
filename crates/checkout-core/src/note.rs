//! What the page remembers across the way to the bank and back. Only ever a hint: losing it loses no money.

use checkout_api::{IdempotencyKey, Product, SessionId};

/// The attempt under way, as remembered in the browser tab.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Reused by every retry of the attempt.
    pub key: IdempotencyKey,
    /// The session, once the backend has named it.
    pub session: Option<SessionId>,
    /// What it was begun with: its key with another choice would be refused.
    pub product: Option<Product>,
}
