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

use crate::store::records::{Renewal, RenewalClaim};
use crate::store::{Store, StoreError};
use crate::telemetry::Counter;

/// How often one who waits for another's renewal looks.
const LOOK_AGAIN: Duration = Duration::from_millis(50);
/// What a lease has beyond the longest call: storing the token.
const BEYOND_THE_CALL: Duration = Duration::from_secs(5);

/// A [`TokenStore`] in the ledger.
pub(crate) struct LedgerTokens {
    store: Arc<dyn Store>,
    lease: Duration,
    renewed: Counter,
}

impl LedgerTokens {
    /// Keeps tokens in `store`; `timeout` is the longest that an authorize call takes, `renewed` counts.
    pub(crate) fn new(store: Arc<dyn Store>, timeout: Duration, renewed: Counter) -> Self {
        Self { store, lease: timeout.saturating_add(BEYOND_THE_CALL), renewed }
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
        self.renewed.add(1);
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
            let claim = RenewalClaim {
                service_code: service_code.to_owned(),
                stale: stale.clone(),
                holder: holder.clone(),
                lease: self.lease,
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
        session_expiration: None,
    })
}

fn failed(error: StoreError) -> Error {
    Error::TokenStore(error.into())
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Instant;

    use alliancepay::PrivateJwk;

    use super::*;
    use crate::store::sqlite::SqliteStore;

    /// The bank: each call gives another token, or none.
    #[derive(Default)]
    struct Bank {
        calls: AtomicUsize,
        refuses: bool,
    }

    #[async_trait]
    impl Authorize for Bank {
        async fn authorize(&self) -> Result<BankToken, Error> {
            let call = self.calls.fetch_add(1, Ordering::SeqCst);
            tokio::task::yield_now().await;
            if self.refuses {
                return Err(Error::Configuration("refused".to_owned()));
            }
            Ok(BankToken {
                device_id: Secret::new(format!("device-{call}")),
                refresh_token: Secret::new("with \"quotes\" and \\"),
                server_public: PrivateJwk::generate().public(),
                expires_at: Timestamp::now(),
                session_expiration: None,
            })
        }
    }

    #[tokio::test]
    async fn of_many_in_two_processes_one_authorizes_and_all_get_its_token() {
        let (_folder, one, two) = processes(Duration::from_secs(20));
        let bank = Bank::default();
        let first = one.renew("code", None, &bank).await.unwrap();
        assert_eq!(two.load("code").await.unwrap().as_ref(), Some(&first));
        let stale = Some(&first);
        let (a, b, c, d) = tokio::join!(
            one.renew("code", stale, &bank),
            two.renew("code", stale, &bank),
            one.renew("code", stale, &bank),
            two.renew("code", stale, &bank),
        );
        let tokens = [a, b, c, d].map(Result::unwrap);
        assert!(tokens.iter().all(|token| *token == tokens[0] && *token != first));
        assert_eq!(bank.calls.load(Ordering::SeqCst), 2);
    }

    #[tokio::test]
    async fn a_failed_authorization_gives_the_lease_back_and_keeps_its_error() {
        let (_folder, one, two) = processes(Duration::from_secs(20));
        let refusing = Bank { refuses: true, ..Bank::default() };
        let error = one.renew("code", None, &refusing).await.unwrap_err();
        assert!(matches!(error, Error::Configuration(_)), "{error}");
        assert!(two.load("code").await.unwrap().is_none());
        two.renew("code", None, &Bank::default()).await.unwrap();
    }

    #[tokio::test]
    async fn the_lease_of_one_that_died_ends_by_itself() {
        let (_folder, one, two) = processes(Duration::from_millis(200));
        let begun = Instant::now();
        assert!(matches!(one.store.claim_renewal(claim("dead", one.lease)).await.unwrap(), Renewal::Yours));
        two.renew("code", None, &Bank::default()).await.unwrap();
        // The database's clock may be set while the test runs, if only by a little.
        assert!(begun.elapsed() >= Duration::from_millis(150), "{:?}", begun.elapsed());
    }

    #[tokio::test]
    async fn one_whose_lease_another_took_stores_nothing_and_ends_nothing() {
        let (_folder, one, two) = processes(Duration::from_secs(20));
        let short = Duration::from_millis(1);
        assert!(matches!(one.store.claim_renewal(claim("slow", short)).await.unwrap(), Renewal::Yours));
        tokio::time::sleep(Duration::from_millis(20)).await;
        assert!(matches!(two.store.claim_renewal(claim("quick", two.lease)).await.unwrap(), Renewal::Yours));
        let end = async |holder: &str, token: &str| {
            let token = Some(Secret::new(token));
            one.store.end_renewal("code".to_owned(), holder.to_owned(), token).await.unwrap();
            one.store.bank_token("code".to_owned()).await.unwrap().map(|token| token.expose().to_owned())
        };
        assert_eq!(end("slow", "from the slow one").await, None);
        let third = one.store.claim_renewal(claim("third", short)).await.unwrap();
        assert!(matches!(third, Renewal::AnotherIsAtIt), "{third:?}");
        assert_eq!(end("quick", "from the quick one").await.as_deref(), Some("from the quick one"));
        assert_eq!(end("slow", "from the slow one").await.as_deref(), Some("from the quick one"));
    }

    fn claim(holder: &str, lease: Duration) -> RenewalClaim {
        RenewalClaim { service_code: "code".to_owned(), stale: None, holder: holder.to_owned(), lease }
    }

    fn processes(lease: Duration) -> (tempfile::TempDir, LedgerTokens, LedgerTokens) {
        let folder = tempfile::tempdir().unwrap();
        let open = || {
            let store = Arc::new(SqliteStore::open(&folder.path().join("ledger.sqlite")).unwrap());
            LedgerTokens { store, lease, renewed: Counter::default() }
        };
        let (one, two) = (open(), open());
        (folder, one, two)
    }
}
