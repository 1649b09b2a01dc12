//! Mending what was stored while this machine's clock was ahead: times that lie in the future would keep questions and
//! webhooks back until the clock gets there.

use std::time::Duration;

use jiff::Timestamp;

use crate::payments::schedule::after;
use crate::store::StoreError;
use crate::store::sql::{Connection, Transaction, params};

/// Clocks of instances differ by less.
pub(super) const APART: Duration = Duration::from_mins(5);
/// No pause between two tries is meant to be longer; one that is only ends earlier.
const LONGEST_PAUSE: Duration = Duration::from_hours(24);

/// What lies too far ahead. An attempt that was asked about in the future was not asked about: it may have been given up
/// too early.
macro_rules! ahead {
    (attempts) => {
        "asked_at > ?1 OR (asked_at IS NULL AND created_at > ?1 AND next_ask_at > ?1)"
    };
    (refunds) => {
        "next_ask_at > ?1"
    };
    (webhooks) => {
        "next_try_at > ?1 OR (tries = 0 AND next_try_at > ?2)"
    };
}

/// Whether anything was put off by a clock that was ahead: a read, for it looks at every attempt.
pub(super) fn is_ahead(connection: &Connection<'_>, now: Timestamp) -> Result<bool, StoreError> {
    let Ends { soon, day, .. } = Ends::at(now);
    let attempts = concat!("SELECT EXISTS (SELECT 1 FROM attempts WHERE ", ahead!(attempts), ")");
    let refunds = concat!("SELECT EXISTS (SELECT 1 FROM refunds WHERE ", ahead!(refunds), ")");
    let webhooks = concat!("SELECT EXISTS (SELECT 1 FROM webhooks WHERE ", ahead!(webhooks), ")");
    Ok(connection.query_row(attempts, params![soon], |row| row.get::<bool>(0))?
        || connection.query_row(refunds, params![day], |row| row.get(0))?
        || connection.query_row(webhooks, params![day, soon], |row| row.get(0))?)
}

/// Makes it due now; tells how much it was.
pub(super) fn mend(tx: &Transaction<'_>, now: Timestamp) -> Result<u64, StoreError> {
    let Ends { now, soon, day } = Ends::at(now);
    let attempts = tx.execute(
        concat!("UPDATE attempts SET next_ask_at = ?2, asked_at = NULL WHERE ", ahead!(attempts)),
        params![soon, now],
    )?;
    let refunds = tx
        .execute(concat!("UPDATE refunds SET next_ask_at = ?2 WHERE ", ahead!(refunds)), params![day, now])?;
    let webhooks = tx.execute(
        concat!("UPDATE webhooks SET next_try_at = ?3 WHERE ", ahead!(webhooks)),
        params![day, soon, now],
    )?;
    Ok(attempts + refunds + webhooks)
}

/// In milliseconds.
struct Ends {
    now: i64,
    soon: i64,
    day: i64,
}

impl Ends {
    fn at(now: Timestamp) -> Self {
        let ms = Timestamp::as_millisecond;
        Self { now: ms(now), soon: ms(after(now, APART)), day: ms(after(now, LONGEST_PAUSE)) }
    }
}
