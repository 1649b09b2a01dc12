//! Tokens for views embedded in the shop's own admin.

use crate::store::sql::{Connection, OptionalExtension, Transaction, params};
use console_api::Role;
use jiff::Timestamp;

use super::audit;
use super::rows::{time, unreadable};
use crate::store::StoreError;
use crate::store::staff::{ConsoleTokenRecord, NewAuditEntry};

/// Stores a token.
pub(super) fn add(
    tx: &Transaction<'_>,
    token: &ConsoleTokenRecord,
    by: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO console_tokens (hash, order_ref, role, actor, expires_at) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![token.hash, token.order, token.role.word(), token.actor, token.expires_at.as_millisecond()],
    )?;
    let detail = format!("{} as {} until {}", token.actor, token.role.word(), token.expires_at);
    let (actor, order) = (by.to_owned(), token.order.clone());
    audit::write(
        tx,
        &NewAuditEntry { actor, action: "console_token_issued", order, detail: Some(detail), now },
    )
}

/// A token that has not ended.
pub(super) fn find(
    connection: &Connection<'_>,
    hash: &[u8],
    now: Timestamp,
) -> Result<Option<ConsoleTokenRecord>, StoreError> {
    connection
        .prepare_cached(
            "SELECT hash, order_ref, role, actor, expires_at FROM console_tokens WHERE hash = ?1 AND expires_at > ?2",
        )?
        .query_row(params![hash, now.as_millisecond()], |row| {
            let role: String = row.get("role")?;
            Ok(ConsoleTokenRecord {
                hash: row.get("hash")?,
                order: row.get("order_ref")?,
                role: Role::from_word(&role).ok_or_else(|| unreadable("role"))?,
                actor: row.get("actor")?,
                expires_at: time(row, "expires_at")?,
            })
        })
        .optional()
}
