//! The bank tokens and who renews them. A lease is a column: it ends by itself, should its holder die. It goes by the
//! database's clock, for the instances' clocks may differ by more than it lasts.

use crate::store::sql::{Connection, OptionalExtension, Transaction, params};
use alliancepay::Secret;

use super::clock::APART;
use super::turns;
use crate::store::StoreError;
use crate::store::records::{Renewal, RenewalClaim};

/// The clock of a ledger in a file, in milliseconds.
const SQLITE_NOW: &str = "CAST(unixepoch('subsec') * 1000 AS INTEGER)";

/// The stored token.
pub(super) fn load(connection: &Connection<'_>, service_code: &str) -> Result<Option<Secret>, StoreError> {
    let token: Option<Option<String>> = connection
        .prepare_cached("SELECT token FROM bank_tokens WHERE service_code = ?1")?
        .query_row([service_code], |row| row.get(0))
        .optional()?;
    Ok(token.flatten().map(Secret::new))
}

/// Reserves a renewal.
pub(super) fn claim(tx: &Transaction<'_>, claim: &RenewalClaim) -> Result<Renewal, StoreError> {
    if let Some(token) = load(tx, &claim.service_code)?.filter(|token| Some(token) != claim.stale.as_ref()) {
        return Ok(Renewal::Done(token));
    }
    let now = tx.pick(SQLITE_NOW, turns::NOW);
    let sql = format!(
        "INSERT INTO bank_tokens (service_code, holder, held_until) VALUES (?1, ?2, {now} + ?3)
         ON CONFLICT (service_code) DO UPDATE SET holder = excluded.holder, held_until = excluded.held_until
          WHERE bank_tokens.held_until <= {now} OR bank_tokens.held_until > {now} + ?4"
    );
    let mine = tx.execute(
        &sql,
        params![
            claim.service_code,
            claim.holder,
            turns::ms(claim.lease),
            // Taken while the clock was ahead, by a holder that is gone.
            turns::ms(claim.lease.saturating_add(APART)),
        ],
    )?;
    if mine == 0 {
        return Ok(Renewal::AnotherIsAtIt);
    }
    // Between the look above and the lease another instance may have ended a whole renewal.
    if let Some(token) = load(tx, &claim.service_code)?.filter(|token| Some(token) != claim.stale.as_ref()) {
        end(tx, &claim.service_code, &claim.holder, None)?;
        return Ok(Renewal::Done(token));
    }
    Ok(Renewal::Yours)
}

/// Stores the new token, if there is one, and gives the reservation back. Nothing of one whose lease another has taken:
/// the other's token is as likely the live one, and its lease is not this one's to end.
pub(super) fn end(
    tx: &Transaction<'_>,
    service_code: &str,
    holder: &str,
    token: Option<&Secret>,
) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE bank_tokens SET token = coalesce(?3, token), holder = NULL, held_until = 0
          WHERE service_code = ?1 AND holder = ?2",
        params![service_code, holder, token.map(Secret::expose)],
    )?;
    Ok(())
}
