//! The bank token in the ledger: every process that uses a service code finds it there, and one at a time renews it.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use alliancepay::{Authorize, BankToken, Error, PublicJwk, Secret, TokenStore};
use async_trait::async_trait;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::payments::schedule::after;
use crate::store::records::{Renewal, RenewalClaim};
use crate::store::{Store, StoreError};

/// How often one who waits for another's renewal looks.
const LOOK_AGAIN: Duration = Duration::from_millis(50);
/// What a lease has beyond the longest call: storing the token, and a clock that is a little off.
const BEYOND_THE_CALL: Duration = Duration::from_secs(5);

/// A [`TokenStore`] in the ledger.
pub(crate) struct LedgerTokens {
    store: Arc<dyn Store>,
    lease: Duration,
}

impl LedgerTokens {
    /// Keeps tokens in `store`; `timeout` is the longest that an authorize call takes.
    pub(crate) fn new(store: Arc<dyn Store>, timeout: Duration) -> Self {
        Self { store, lease: timeout.saturating_add(BEYOND_THE_CALL) }
    }

    async fn authorize(
        &self,
        service_code: &str,
        holder: &str,
        authorize: &dyn Authorize,
    ) -> Result<BankToken, Error> {
        let result = match authorize.authorize().await {
            Ok(token) => write(&token).map(|text| (token, text)),
            Err(error) => Err(error),
        };
        let text = result.as_ref().ok().map(|(_, text)| text.clone());
        // Without a new token this only gives the lease back.
        let stored = self.store.end_renewal(service_code.to_owned(), holder.to_owned(), text).await;
        let (_, text) = result?;
        stored.map_err(failed)?;
        read(&text)
    }
}

#[async_trait]
impl TokenStore for LedgerTokens {
    async fn load(&self, service_code: &str) -> Result<Option<BankToken>, Error> {
        let text = self.store.bank_token(service_code.to_owned()).await.map_err(failed)?;
        text.as_ref().map(read).transpose()
    }

    async fn renew(
        &self,
        service_code: &str,
        stale: Option<&BankToken>,
        authorize: &dyn Authorize,
    ) -> Result<BankToken, Error> {
        let holder = Uuid::new_v4().to_string();
        let stale = stale.map(write).transpose()?;
        loop {
            let now = Timestamp::now();
            let claim = RenewalClaim {
                service_code: service_code.to_owned(),
                stale: stale.clone(),
                holder: holder.clone(),
                until: after(now, self.lease),
                now,
            };
            match self.store.claim_renewal(claim).await.map_err(failed)? {
                Renewal::Done(text) => return read(&text),
                Renewal::Yours => return self.authorize(service_code, &holder, authorize).await,
                Renewal::AnotherIsAtIt => tokio::time::sleep(LOOK_AGAIN).await,
            }
        }
    }
}

impl fmt::Debug for LedgerTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LedgerTokens").finish_non_exhaustive()
    }
}

/// A token as one text. The same token is always the same text: the ledger compares texts.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Stored<'a> {
    device_id: Cow<'a, str>,
    refresh_token: Cow<'a, str>,
    server_public: PublicJwk,
    expires_at: i64,
}

fn write(token: &BankToken) -> Result<Secret, Error> {
    let stored = Stored {
        device_id: token.device_id.expose().into(),
        refresh_token: token.refresh_token.expose().into(),
        server_public: token.server_public.clone(),
        expires_at: token.expires_at.as_millisecond(),
    };
    serde_json::to_string(&stored).map(Secret::new).map_err(|error| Error::TokenStore(error.into()))
}

fn read(text: &Secret) -> Result<BankToken, Error> {
    // The error of serde_json may quote the text: only its kind is told.
    let unreadable = || Error::TokenStore("the stored bank token is unreadable".into());
    let stored: Stored<'_> = serde_json::from_str(text.expose()).map_err(|_| unreadable())?;
    Ok(BankToken {
        device_id: Secret::new(stored.device_id),
        refresh_token: Secret::new(stored.refresh_token),
        server_public: stored.server_public,
        expires_at: Timestamp::from_millisecond(stored.expires_at).map_err(|_| unreadable())?,
    })
}

fn failed(error: StoreError) -> Error {
    Error::TokenStore(error.into())
}
