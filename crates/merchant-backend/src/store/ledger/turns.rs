//! Whose turn it is with an order, where several instances serve it: rows that only PostgreSQL has. A turn is a lease by
//! the database's clock: it ends by itself should its holder die, and the instances' clocks do not matter.

use std::time::Duration;

use crate::store::StoreError;
use crate::store::records::{Turn, TurnClaim};
use crate::store::sql::{OptionalExtension, Transaction, params};

/// The database's clock, in milliseconds.
pub(super) const NOW: &str = "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)";
/// How long the rest of an ended turn is kept, in milliseconds: far longer than anyone waits. A turn that lasts longer was
/// taken while the database's clock was ahead, and is none.
const KEPT: i64 = 3_600_000;

/// Takes the turn, if it is free.
pub(super) fn take(tx: &Transaction<'_>, claim: &TurnClaim) -> Result<Turn, StoreError> {
    let sql = format!(
        "SELECT number, about, holder IS NULL AS ended, held_until - {NOW} AS left_ms FROM turns
          WHERE name = ?1 FOR UPDATE"
    );
    let held = tx
        .prepare_cached(&sql)?
        .query_row(params![claim.name], |row| {
            Ok((
                row.get::<i64>("number")?,
                row.get::<String>("about")?,
                row.get::<bool>("ended")?,
                row.get::<i64>("left_ms")?,
            ))
        })
        .optional()?;
    let number = if let Some((number, about, ended, left)) = held {
        if ended && about == claim.about && claim.seen.is_some_and(|seen| number > seen) {
            return Ok(Turn::DoneByAnother);
        }
        if let Ok(left) = u64::try_from(left)
            && (1..KEPT.unsigned_abs()).contains(&left)
        {
            return Ok(Turn::Taken { number, left: Duration::from_millis(left), ended });
        }
        let sql = format!(
            "UPDATE turns SET holder = ?2, held_until = {NOW} + ?3, number = number + 1, about = ?4 WHERE name = ?1"
        );
        tx.execute(&sql, params![claim.name, claim.holder, ms(claim.lease), claim.about])?;
        number + 1
    } else {
        let sql = format!(
            "INSERT INTO turns (name, holder, held_until, number, about) VALUES (?1, ?2, {NOW} + ?3, 1, ?4)"
        );
        tx.execute(&sql, params![claim.name, claim.holder, ms(claim.lease), claim.about])?;
        1
    };
    Ok(Turn::Yours { number })
}

/// Keeps a turn for longer, or ends it and keeps it free of others for `rest`.
pub(super) fn hold(
    tx: &Transaction<'_>,
    name: &str,
    holder: &str,
    rest: Duration,
    ended: bool,
) -> Result<(), StoreError> {
    let sql = format!(
        "UPDATE turns SET held_until = {NOW} + ?3, holder = CASE WHEN ?4 THEN NULL ELSE holder END
          WHERE name = ?1 AND holder = ?2"
    );
    tx.execute(&sql, params![name, holder, ms(rest), ended]).map(drop)
}

/// Removes turns that ended long ago.
pub(super) fn forget(tx: &Transaction<'_>) -> Result<(), StoreError> {
    tx.execute_on_postgres(&format!("DELETE FROM turns WHERE held_until < {NOW} - {KEPT}"), params![])
}

/// A duration as rows have it.
pub(super) fn ms(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}
