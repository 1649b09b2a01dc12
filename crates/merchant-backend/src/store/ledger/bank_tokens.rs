//! The bank tokens and who renews them. A lease is a column: it ends by itself, should its holder die.

use crate::store::sql::{Connection, OptionalExtension, Transaction, params};
use alliancepay::Secret;

use super::clock::APART;
use crate::payments::schedule::after;
use crate::store::StoreError;
use crate::store::records::{Renewal, RenewalClaim};

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
    let mine = tx.execute(
        "INSERT INTO bank_tokens (service_code, holder, held_until) VALUES (?1, ?2, ?3)
         ON CONFLICT (service_code) DO UPDATE SET holder = excluded.holder, held_until = excluded.held_until
          WHERE bank_tokens.held_until <= ?4 OR bank_tokens.held_until > ?5",
        params![
            claim.service_code,
            claim.holder,
            claim.until.as_millisecond(),
            claim.now.as_millisecond(),
            // Taken by a clock that was ahead, by a holder that is gone.
            after(claim.until, APART).as_millisecond(),
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

/// Stores the new token, if there is one, and gives the reservation back. One whose lease ended meanwhile still stores
/// its token: it may be the newer one, and a token that is not costs one more renewal.
pub(super) fn end(
    tx: &Transaction<'_>,
    service_code: &str,
    holder: &str,
    token: Option<&Secret>,
) -> Result<(), StoreError> {
    if let Some(token) = token {
        tx.execute(
            "UPDATE bank_tokens SET token = ?2 WHERE service_code = ?1",
            params![service_code, token.expose()],
        )?;
    }
    tx.execute(
        "UPDATE bank_tokens SET holder = NULL, held_until = 0 WHERE service_code = ?1 AND holder = ?2",
        params![service_code, holder],
    )?;
    Ok(())
}
