//! The bank token of a client: taken from the store, renewed ahead of its end, got anew when the bank refuses it.

use std::time::Instant;

use async_trait::async_trait;
use jiff::Timestamp;
use serde_json::json;

use super::answer::Sealed;
use super::call::{Body, Call};
use super::{Client, Inner};
use crate::error::Error;
use crate::jwe;
use crate::token::{Authorize, AuthorizePayload, BankToken};

impl Client {
    /// The stored token, or a new one when there is none or it ends soon. "Soon" is the word of two clocks, ours and the
    /// bank's: only a refusal is sure, so a token that seems to have ended is still tried when the pace asks for patience.
    pub(super) async fn token(&self) -> Result<BankToken, Error> {
        let stored = self.store.load(&self.inner.terminal.service_code).await?;
        let Some(token) = stored else { return self.renew(None).await };
        let left = token.expires_at.duration_since(Timestamp::now());
        if left > self.inner.renew_ahead || !self.inner.pace.lets(Instant::now()) {
            return Ok(token);
        }
        match self.renew(Some(&token)).await {
            Err(error @ Error::NotAuthorized(_)) if left.is_positive() => {
                tracing::warn!(%error, "the bank token was not renewed ahead of its end; it still lives");
                Ok(token)
            }
            renewed => renewed,
        }
    }

    /// A token other than `stale`; asks the bank for none while it has closed access.
    pub(super) async fn renew(&self, stale: Option<&BankToken>) -> Result<BankToken, Error> {
        self.renew_through(stale, &UnlessClosed(&self.inner)).await
    }

    /// A token other than `stale`, whatever the bank said before.
    pub(super) async fn renew_now(&self, stale: Option<&BankToken>) -> Result<BankToken, Error> {
        self.renew_through(stale, &*self.inner).await
    }

    async fn renew_through(
        &self,
        stale: Option<&BankToken>,
        authorize: &dyn Authorize,
    ) -> Result<BankToken, Error> {
        let renewed = self.store.renew(&self.inner.terminal.service_code, stale, authorize).await;
        renewed.map_err(|error| {
            if error.outcome_unknown() || matches!(error, Error::NotConnected { .. }) {
                Error::NotAuthorized(Box::new(error))
            } else {
                error
            }
        })
    }
}

#[async_trait]
impl Authorize for Inner {
    async fn authorize(&self) -> Result<BankToken, Error> {
        let answer = self.ask_for_a_token().await;
        self.pace.note(Instant::now());
        self.closed.learn(&answer);
        answer
    }
}

struct UnlessClosed<'a>(&'a Inner);

#[async_trait]
impl Authorize for UnlessClosed<'_> {
    async fn authorize(&self) -> Result<BankToken, Error> {
        self.0.closed.still()?;
        self.0.authorize().await
    }
}

impl Inner {
    async fn ask_for_a_token(&self) -> Result<BankToken, Error> {
        let now = Timestamp::now();
        let body = Body::json(&json!({"serviceCode": self.terminal.service_code}))?;
        let answer = self.transport.post(Call::Authorize, None, body).await?;
        let status = answer.status();
        let sealed: Sealed = answer.read()?;
        let plaintext = jwe::decrypt(&sealed.jwe, &self.terminal.key).map_err(|error| {
            Error::Configuration(format!(
                "the authorize answer does not open with this terminal's key ({error}); \
                 give the bank the public part of the key that is configured"
            ))
        })?;
        let payload: AuthorizePayload =
            serde_json::from_slice(&plaintext).map_err(|_| Error::Unreadable {
                call: Call::Authorize.path(),
                status,
                reason: "the decrypted payload is not as documented".to_owned(),
            })?;
        Ok(payload.into_token(now))
    }
}
