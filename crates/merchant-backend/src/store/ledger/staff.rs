//! Transactions about accounts and their sessions.

use crate::store::sql::{Connection, OptionalExtension, Row, Transaction, params};
use console_api::Role;
use jiff::Timestamp;

use super::audit;
use super::rows::{time, time_or_none, unreadable};
use crate::store::StoreError;
use crate::store::staff::{
    NewAuditEntry, NewSession, NewStaffRecord, SecondFactorChange, StaffChange, StaffChanged, StaffId,
    StaffRecord,
};

const COLUMNS: &str = "s.id, s.login, s.password_hash, s.role, s.active, s.refund_limit_minor, \
    s.daily_refund_limit_minor, s.locale, s.totp_secret, s.totp_on, s.totp_last_step, s.created_at, s.last_sign_in_at";

/// The account of a login.
pub(super) fn by_login(connection: &Connection<'_>, login: &str) -> Result<Option<StaffRecord>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM staff s WHERE s.login = ?1");
    connection.prepare_cached(&sql)?.query_row([login], record).optional()
}

/// The account of an actor's name, such as `staff:anna`, which nobody else counts by until the transaction ends; `None`
/// for who is no member of staff.
pub(super) fn alone_with_actor(tx: &Transaction<'_>, actor: &str) -> Result<Option<StaffRecord>, StoreError> {
    let Some(login) = actor.strip_prefix("staff:") else { return Ok(None) };
    tx.execute_on_postgres("SELECT FROM staff WHERE login = ?1 FOR UPDATE", params![login])?;
    by_login(tx, login)
}

/// All accounts, by login.
pub(super) fn all(connection: &Connection<'_>) -> Result<Vec<StaffRecord>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM staff s ORDER BY s.login");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params![], record)?;
    rows.collect()
}

/// Makes an account; `None` if the login is taken.
pub(super) fn add(tx: &Transaction<'_>, new: &NewStaffRecord) -> Result<Option<StaffRecord>, StoreError> {
    if by_login(tx, &new.login)?.is_some() {
        return Ok(None);
    }
    tx.execute(
        "INSERT INTO staff (login, password_hash, role, active, refund_limit_minor, daily_refund_limit_minor, locale,
                created_at) VALUES (?1, ?2, ?3, TRUE, ?4, ?5, ?6, ?7)",
        params![
            new.login,
            new.password_hash,
            new.role.word(),
            new.refund_limit_minor,
            new.daily_refund_limit_minor,
            new.locale,
            new.now.as_millisecond(),
        ],
    )?;
    let detail = format!("{} as {}", new.login, new.role.word());
    log(tx, &new.by, "staff_added", Some(detail), new.now)?;
    by_login(tx, &new.login)
}

/// Changes an account.
pub(super) fn change(tx: &Transaction<'_>, change: &StaffChange) -> Result<StaffChanged, StoreError> {
    // Two admins who switch each other off do it one after the other.
    tx.execute_on_postgres("SELECT FROM staff WHERE role = 'admin' FOR UPDATE", params![])?;
    let Some(old) = by_login(tx, &change.login)? else { return Ok(StaffChanged::Unknown) };
    let role = change.role.unwrap_or(old.role);
    let active = change.active.unwrap_or(old.active);
    let stays = role == Role::Admin && active;
    if old.role == Role::Admin && old.active && !stays && !another_admin(tx, old.id)? {
        return Ok(StaffChanged::LastAdmin);
    }
    tx.execute(
        "UPDATE staff SET role = ?2, active = ?3, refund_limit_minor = ?4, daily_refund_limit_minor = ?5 WHERE id = ?1",
        params![
            old.id.0,
            role.word(),
            active,
            change.refund_limit_minor.apply(old.refund_limit_minor),
            change.daily_refund_limit_minor.apply(old.daily_refund_limit_minor),
        ],
    )?;
    if let Some(hash) = &change.password_hash {
        tx.execute(
            "UPDATE staff SET password_hash = ?2, totp_secret = NULL, totp_on = FALSE WHERE id = ?1",
            params![old.id.0, hash],
        )?;
    }
    if change.password_hash.is_some() || !active {
        tx.execute("DELETE FROM staff_sessions WHERE staff_id = ?1", [old.id.0])?;
    }
    let Some(new) = by_login(tx, &change.login)? else { return Ok(StaffChanged::Unknown) };
    log(
        tx,
        &change.by,
        "staff_changed",
        Some(difference(&old, &new, change.password_hash.is_some())),
        change.now,
    )?;
    Ok(StaffChanged::Done(Box::new(new)))
}

/// Stores an own new password; every other session ends.
pub(super) fn change_own_password(
    tx: &Transaction<'_>,
    session: &[u8],
    password_hash: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let Some((id, login)) = of_session(tx, session)? else { return Ok(false) };
    tx.execute("UPDATE staff SET password_hash = ?2 WHERE id = ?1", params![id, password_hash])?;
    tx.execute("DELETE FROM staff_sessions WHERE staff_id = ?1 AND hash <> ?2", params![id, session])?;
    log(tx, &format!("staff:{login}"), "password_changed", None, now)?;
    Ok(true)
}

/// Changes the second factor; a step that was used before is refused.
pub(super) fn change_second_factor(
    tx: &Transaction<'_>,
    id: StaffId,
    change: &SecondFactorChange,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let (changed, action) = match change {
        SecondFactorChange::Offer(secret) => {
            let sql = "UPDATE staff SET totp_secret = ?2 WHERE id = ?1 AND NOT totp_on";
            return Ok(tx.execute(sql, params![id.0, secret])? > 0);
        }
        SecondFactorChange::SwitchOn(step) => (
            tx.execute(
                "UPDATE staff SET totp_on = TRUE, totp_last_step = ?2
                  WHERE id = ?1 AND NOT totp_on AND totp_secret IS NOT NULL AND totp_last_step < ?2",
                params![id.0, step],
            )?,
            "second_factor_on",
        ),
        SecondFactorChange::SwitchOff(step) => (
            tx.execute(
                "UPDATE staff SET totp_on = FALSE, totp_secret = NULL, totp_last_step = ?2
                  WHERE id = ?1 AND totp_on AND totp_last_step < ?2",
                params![id.0, step],
            )?,
            "second_factor_off",
        ),
    };
    if changed > 0 {
        let login: String =
            tx.query_row("SELECT login FROM staff WHERE id = ?1", [id.0], |row| row.get(0))?;
        log(tx, &format!("staff:{login}"), action, None, now)?;
    }
    Ok(changed > 0)
}

/// Begins a session; a code's step counts once.
pub(super) fn begin_session(tx: &Transaction<'_>, new: &NewSession) -> Result<bool, StoreError> {
    let changed = tx.execute(
        "UPDATE staff SET last_sign_in_at = ?2, totp_last_step = coalesce(?3, totp_last_step)
          WHERE id = ?1 AND active AND password_hash = ?4
            AND (CAST(?3 AS BIGINT) IS NULL OR totp_last_step < ?3)",
        params![new.staff.0, new.now.as_millisecond(), new.totp_step, new.password_hash],
    )?;
    if changed == 0 {
        return Ok(false);
    }
    tx.execute(
        "INSERT INTO staff_sessions (hash, staff_id, created_at, seen_at, expires_at) VALUES (?1, ?2, ?3, ?3, ?4)",
        params![new.hash, new.staff.0, new.now.as_millisecond(), new.expires_at.as_millisecond()],
    )?;
    let login: String =
        tx.query_row("SELECT login FROM staff WHERE id = ?1", [new.staff.0], |row| row.get(0))?;
    log(tx, &format!("staff:{login}"), "signed_in", None, new.now)?;
    Ok(true)
}

/// Whose session it is, and when it was last seen.
pub(super) fn session_owner(
    connection: &Connection<'_>,
    hash: &[u8],
    idle_since: Timestamp,
    now: Timestamp,
) -> Result<Option<(StaffRecord, Timestamp)>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS}, t.seen_at FROM staff_sessions t JOIN staff s ON s.id = t.staff_id
          WHERE t.hash = ?1 AND t.expires_at > ?2 AND t.seen_at > ?3 AND s.active"
    );
    connection
        .prepare_cached(&sql)?
        .query_row(params![hash, now.as_millisecond(), idle_since.as_millisecond()], |row| {
            Ok((record(row)?, time(row, "seen_at")?))
        })
        .optional()
}

/// Stores that a session is in use.
pub(super) fn see_session(tx: &Transaction<'_>, hash: &[u8], now: Timestamp) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE staff_sessions SET seen_at = ?2 WHERE hash = ?1",
        params![hash, now.as_millisecond()],
    )?;
    Ok(())
}

/// Ends a session.
pub(super) fn end_session(tx: &Transaction<'_>, hash: &[u8], now: Timestamp) -> Result<(), StoreError> {
    let Some((_, login)) = of_session(tx, hash)? else { return Ok(()) };
    tx.execute("DELETE FROM staff_sessions WHERE hash = ?1", [hash])?;
    log(tx, &format!("staff:{login}"), "signed_out", None, now)
}

/// Removes sessions and tokens that have ended.
pub(super) fn forget_ended(tx: &Transaction<'_>, now: Timestamp) -> Result<(), StoreError> {
    tx.execute("DELETE FROM staff_sessions WHERE expires_at <= ?1", [now.as_millisecond()])?;
    tx.execute("DELETE FROM console_tokens WHERE expires_at <= ?1", [now.as_millisecond()])?;
    Ok(())
}

fn another_admin(tx: &Transaction<'_>, but: StaffId) -> Result<bool, StoreError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM staff WHERE role = 'admin' AND active AND id <> ?1)";
    tx.query_row(sql, [but.0], |row| row.get(0))
}

fn of_session(tx: &Transaction<'_>, hash: &[u8]) -> Result<Option<(i64, String)>, StoreError> {
    let sql =
        "SELECT s.id, s.login FROM staff_sessions t JOIN staff s ON s.id = t.staff_id WHERE t.hash = ?1";
    tx.query_row(sql, [hash], |row| Ok((row.get("id")?, row.get("login")?))).optional()
}

/// What an admin changed, for the log; no password, not even hashed.
fn difference(old: &StaffRecord, new: &StaffRecord, password: bool) -> String {
    let limit = |limit: Option<i64>| limit.map_or_else(|| "none".to_owned(), |minor| minor.to_string());
    let mut parts = vec![new.login.clone()];
    if old.role != new.role {
        parts.push(format!("role {} to {}", old.role.word(), new.role.word()));
    }
    if old.active != new.active {
        parts.push(if new.active { "activated" } else { "deactivated" }.to_owned());
    }
    if old.refund_limit_minor != new.refund_limit_minor {
        parts.push(format!(
            "refund limit {} to {}",
            limit(old.refund_limit_minor),
            limit(new.refund_limit_minor)
        ));
    }
    if old.daily_refund_limit_minor != new.daily_refund_limit_minor {
        let (old, new) = (limit(old.daily_refund_limit_minor), limit(new.daily_refund_limit_minor));
        parts.push(format!("daily refund limit {old} to {new}"));
    }
    if password {
        parts.push("new password".to_owned());
    }
    parts.join(", ")
}

fn log(
    tx: &Transaction<'_>,
    actor: &str,
    action: &'static str,
    detail: Option<String>,
    now: Timestamp,
) -> Result<(), StoreError> {
    audit::write(tx, &NewAuditEntry { actor: actor.to_owned(), action, order: None, detail, now })
}

fn record(row: &Row<'_>) -> Result<StaffRecord, StoreError> {
    let role: String = row.get("role")?;
    Ok(StaffRecord {
        id: StaffId(row.get("id")?),
        login: row.get("login")?,
        password_hash: row.get("password_hash")?,
        role: Role::from_word(&role).ok_or_else(|| unreadable("role"))?,
        active: row.get("active")?,
        refund_limit_minor: row.get("refund_limit_minor")?,
        daily_refund_limit_minor: row.get("daily_refund_limit_minor")?,
        locale: row.get("locale")?,
        totp_secret: row.get("totp_secret")?,
        totp_on: row.get("totp_on")?,
        totp_last_step: row.get("totp_last_step")?,
        created_at: time(row, "created_at")?,
        last_sign_in_at: time_or_none(row, "last_sign_in_at")?,
    })
}
