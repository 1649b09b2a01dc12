//! The bank token (the docs' "technical session") and the contract of whoever keeps it.
//!
//! A new token ends the one before it, so processes that share a service code share one store, and the store lets
//! only one of them authorize at a time.

mod memory;

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Deserializer, de};

use crate::error::Error;
use crate::jwk::PublicJwk;
use crate::lenient;
use crate::secret::Secret;
use crate::time::BankTime;

pub use memory::MemoryTokenStore;

/// An error of a token store, whatever it is made of.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// What an authorize call gives (AlliancePay docs: authorization page). It ends after 24 hours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BankToken {
    /// Goes out as `x-device_id`.
    pub device_id: Secret,
    /// Goes out as `x-refresh_token`.
    pub refresh_token: Secret,
    /// The bank's key for encrypted bodies; another one with each authorize call.
    pub server_public: PublicJwk,
    /// When it ends.
    pub expires_at: Timestamp,
    /// `sessionExpiration` as the bank writes it: only its plugins show the field, nobody its meaning, so nothing follows
    /// from it. A store need not keep it.
    pub session_expiration: Option<String>,
}

/// Makes one authorize call. The client hands it to [`TokenStore::renew`].
#[async_trait]
pub trait Authorize: Send + Sync {
    /// Asks the bank for a new token. The token before it is dead from this moment.
    async fn authorize(&self) -> Result<BankToken, Error>;
}

/// Keeps one bank token per service code, for every process that uses the code.
///
/// A failure of the store itself is [`Error::TokenStore`].
#[async_trait]
pub trait TokenStore: Send + Sync {
    /// The stored token, ended or not.
    async fn load(&self, service_code: &str) -> Result<Option<BankToken>, Error>;

    /// Gives a token other than `stale`, authorizing only if nobody else has.
    ///
    /// The contract, also across processes:
    /// 1. take the service code's lock (a lease that ends by itself, should its holder die: a little more than the
    ///    client's call timeout);
    /// 2. read the stored token again: if there is one and it is not `stale`, give it and call nobody;
    /// 3. else call `authorize` once, never twice, and store the new token before giving it;
    /// 4. give the lock back, also when `authorize` failed; pass its error on as it is.
    async fn renew(
        &self,
        service_code: &str,
        stale: Option<&BankToken>,
        authorize: &dyn Authorize,
    ) -> Result<BankToken, Error>;
}

/// The decrypted payload of an authorize answer.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", remote = "Self")]
pub(crate) struct AuthorizePayload {
    refresh_token: Secret,
    device_id: Secret,
    server_public: PublicJwk,
    #[serde(default, deserialize_with = "lenient::time")]
    token_expiration_date_time: Option<BankTime>,
    #[serde(default, deserialize_with = "lenient::time")]
    token_expiration: Option<BankTime>,
    #[serde(default, deserialize_with = "lenient::text")]
    session_expiration: Option<String>,
}

impl<'de> Deserialize<'de> for AuthorizePayload {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let fields = lenient::renamed(deserializer, &[("serverPublicKey", "serverPublic")])?;
        Self::deserialize(fields).map_err(de::Error::custom)
    }
}

impl AuthorizePayload {
    /// The token; one whose end the bank did not name lives the documented 24 hours from `now`.
    pub(crate) fn into_token(self, now: Timestamp) -> BankToken {
        let named = self.token_expiration_date_time.or(self.token_expiration).map(BankTime::timestamp);
        let day = SignedDuration::from_hours(24);
        BankToken {
            device_id: self.device_id,
            refresh_token: self.refresh_token,
            server_public: self.server_public,
            expires_at: named.or_else(|| now.checked_add(day).ok()).unwrap_or(now),
            session_expiration: self.session_expiration,
        }
    }
}
