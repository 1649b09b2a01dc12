//! Accounts made on the command line: the first admin, and a new password for one who is locked out.

use console_api::Role;
use jiff::Timestamp;

use super::password::{self, Passwords, WeakPassword};
use crate::config::Config;
use crate::server::ledger;
use crate::store::StoreError;
use crate::store::staff::{NewStaffRecord, StaffChange, StaffChanged};

pub(super) const LONGEST_LOGIN: usize = 64;
const COMMAND_LINE: &str = "command-line";

/// Why there is no account.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// The login cannot be one.
    #[error("a login has 1 to {LONGEST_LOGIN} letters, digits and any of . - _ @")]
    Login,
    /// The password is too weak.
    #[error(transparent)]
    Weak(#[from] WeakPassword),
    /// Somebody has the login.
    #[error("there is an account `{0}` already: `admin reset` gives it a new password")]
    Taken(String),
    /// Nobody has the login.
    #[error("there is no account `{0}`: `admin create` makes one")]
    Unknown(String),
    /// The machine gives no randomness.
    #[error("the password could not be hashed")]
    Hash,
    /// The ledger cannot be used.
    #[error("database: {0}")]
    Store(#[from] StoreError),
}

/// Makes an account in the ledger of `config`. A backend may be running on it.
pub async fn create(
    config: &Config,
    login: &str,
    password: &str,
    role: Role,
) -> Result<String, AccountError> {
    let login = is_login(login).ok_or(AccountError::Login)?;
    let password_hash = hashed(password, &login).await?;
    let new = NewStaffRecord {
        login: login.clone(),
        password_hash,
        role,
        refund_limit_minor: None,
        daily_refund_limit_minor: None,
        locale: None,
        by: COMMAND_LINE.to_owned(),
        now: Timestamp::now(),
    };
    match ledger(&config.database).await?.add_staff(new).await? {
        Some(_) => Ok(login),
        None => Err(AccountError::Taken(login)),
    }
}

/// Gives an account a new password, switches it on and its second factor off.
pub async fn reset(config: &Config, login: &str, password: &str) -> Result<String, AccountError> {
    let login = is_login(login).ok_or(AccountError::Login)?;
    let password_hash = Some(hashed(password, &login).await?);
    let change = StaffChange {
        login: login.clone(),
        role: None,
        active: Some(true),
        refund_limit_minor: console_api::Change::Keep,
        daily_refund_limit_minor: console_api::Change::Keep,
        password_hash,
        by: COMMAND_LINE.to_owned(),
        now: Timestamp::now(),
    };
    match ledger(&config.database).await?.change_staff(change).await? {
        StaffChanged::Done(_) | StaffChanged::LastAdmin => Ok(login),
        StaffChanged::Unknown => Err(AccountError::Unknown(login)),
    }
}

/// The login as it is stored, if it can be one.
pub fn is_login(text: &str) -> Option<String> {
    let login = text.trim().to_lowercase();
    let fits = (1..=LONGEST_LOGIN).contains(&login.chars().count());
    let plain = login.chars().all(|c| c.is_alphanumeric() || ".-_@".contains(c));
    (fits && plain).then_some(login)
}

async fn hashed(password: &str, login: &str) -> Result<String, AccountError> {
    password::check(password, login)?;
    Passwords::default().hash(password.to_owned()).await.ok_or(AccountError::Hash)
}

#[cfg(test)]
mod tests {
    use super::is_login;

    #[test]
    fn a_login_is_plain_and_in_small_letters() {
        assert_eq!(is_login(" Anna.K@shop.example "), Some("anna.k@shop.example".to_owned()));
        assert_eq!(is_login("Оленка"), Some("оленка".to_owned()));
        for wrong in ["", " ", "a b", "a:b", "a\u{202e}b", &"x".repeat(65)] {
            assert_eq!(is_login(wrong), None, "{wrong}");
        }
    }
}
