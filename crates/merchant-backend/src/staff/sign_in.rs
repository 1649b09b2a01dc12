//! Signing in: the tries are counted, the password is compared whether the login exists or not, and the second factor's
//! code counts once.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use console_api::SignIn;
use jiff::Timestamp;

use super::accounts::LONGEST_LOGIN;
use super::password::Passwords;
use super::second_factor::step_of;
use super::session::SessionRules;
use super::tries::Tries;
use crate::random::random_text;
use crate::routes::hash;
use crate::store::staff::{NewAuditEntry, NewSession, StaffRecord};
use crate::store::{Store, StoreError};

/// Lets staff in. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Door {
    store: Arc<dyn Store>,
    pub(crate) passwords: Passwords,
    pub(crate) rules: SessionRules,
    tries: Arc<Tries>,
}

/// Who came in, and the new session's secret.
pub(crate) struct Entered {
    pub(crate) staff: StaffRecord,
    pub(crate) secret: String,
}

/// Why somebody was not let in.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refused {
    #[error("login or password are wrong")]
    WrongCredentials,
    #[error("the second factor is missing or wrong")]
    SecondFactorNeeded,
    #[error("too many tries")]
    TooMany(Duration),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Door {
    pub(crate) fn new(store: Arc<dyn Store>, rules: SessionRules) -> Self {
        Self { store, passwords: Passwords::default(), rules, tries: Arc::default() }
    }

    /// Begins a session for whoever knows the password and, where it is on, the second factor.
    pub(crate) async fn enter(&self, wish: SignIn, address: IpAddr) -> Result<Entered, Refused> {
        let login = wish.login.trim().to_lowercase();
        // No account has a longer one, and every try is kept in memory for a while.
        if login.chars().count() > LONGEST_LOGIN {
            return Err(Refused::WrongCredentials);
        }
        self.tries.begin(&login, address, Instant::now()).map_err(Refused::TooMany)?;
        let staff = self.store.staff(login.clone()).await?.filter(|staff| staff.active);
        let stored = staff.as_ref().map(|staff| staff.password_hash.clone());
        let right = self.passwords.verify(wish.password, stored).await;
        let Some(staff) = staff.filter(|_| right) else {
            self.note_refusal(&login).await?;
            return Err(Refused::WrongCredentials);
        };
        let now = Timestamp::now();
        let totp_step = match second_factor(&staff, wish.code.as_deref(), now) {
            Ok(step) => step,
            Err(missing) => {
                if missing {
                    self.tries.half_done(&login, address);
                } else {
                    self.note_refusal(&login).await?;
                }
                return Err(Refused::SecondFactorNeeded);
            }
        };
        let secret = random_text()?;
        let session = NewSession {
            staff: staff.id,
            hash: hash(&secret),
            password_hash: staff.password_hash.clone(),
            totp_step,
            expires_at: self.rules.end(now),
            now,
        };
        if !self.store.begin_session(session).await? {
            // The code was used a moment before, the password changed meanwhile, or the account was switched off.
            self.note_refusal(&login).await?;
            return Err(if staff.totp_on { Refused::SecondFactorNeeded } else { Refused::WrongCredentials });
        }
        self.tries.succeeded(&login, address);
        Ok(Entered { staff, secret })
    }

    /// Whether this is the password of who is signed in; tries count as those to sign in do.
    pub(crate) async fn knows(
        &self,
        staff: &StaffRecord,
        password: String,
        address: IpAddr,
    ) -> Result<bool, Refused> {
        self.tries.begin(&staff.login, address, Instant::now()).map_err(Refused::TooMany)?;
        let right = self.passwords.verify(password, Some(staff.password_hash.clone())).await;
        if right {
            self.tries.succeeded(&staff.login, address);
        }
        Ok(right)
    }

    /// The step of the code of who is signed in; tries count as those to sign in do.
    pub(crate) fn step(
        &self,
        staff: &StaffRecord,
        code: &str,
        address: IpAddr,
    ) -> Result<Option<i64>, Refused> {
        self.tries.begin(&staff.login, address, Instant::now()).map_err(Refused::TooMany)?;
        let step = staff.totp_secret.as_ref().and_then(|secret| step_of(code, secret, Timestamp::now()));
        if step.is_some() {
            self.tries.half_done(&staff.login, address);
        }
        Ok(step)
    }

    async fn note_refusal(&self, login: &str) -> Result<(), StoreError> {
        // Whatever was typed: a password in the wrong field must not be kept in full.
        let typed: String = login.chars().take(3).collect();
        let entry = NewAuditEntry {
            actor: "nobody".to_owned(),
            action: "sign_in_refused",
            order: None,
            detail: Some(format!("{typed}…")),
            now: Timestamp::now(),
        };
        self.store.write_audit(entry).await
    }
}

/// The step of the code, nothing where none is needed; else whether the code is missing.
fn second_factor(staff: &StaffRecord, code: Option<&str>, now: Timestamp) -> Result<Option<i64>, bool> {
    if !staff.totp_on {
        return Ok(None);
    }
    let code = code.filter(|code| !code.trim().is_empty()).ok_or(true)?;
    let secret = staff.totp_secret.as_ref().ok_or(false)?;
    step_of(code, secret, now).map(Some).ok_or(false)
}
