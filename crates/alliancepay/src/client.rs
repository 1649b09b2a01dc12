//! The calls. Each carries a bank token, is bounded in time, and is repeated only where that is safe.
//!
//! A call refused for its token is repeated once with a fresh one: the bank refused it before doing anything.
//! `operations` only reads and is repeated once after a broken connection. `create_order` is never repeated after
//! anything else: whether to send the same `merchantRequestId` again is the caller's decision.

mod answer;
mod config;
mod transport;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;

use crate::error::Error;
use crate::jwe;
use crate::operations::{OperationsRequest, OrderOperations};
use crate::order::CreateOrder;
use crate::order_created::OrderCreated;
use crate::token::{Authorize, AuthorizePayload, BankToken, TokenStore};
use answer::Answer;
use transport::{Call, Transport};

pub use config::{ClientConfig, Terminal, Timeouts};

/// How long a repeated question waits: the bank's short trouble should be over.
const PAUSE_BEFORE_REPEAT: Duration = Duration::from_millis(250);

/// The bank, as one terminal sees it. Cheap to clone.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
    store: Arc<dyn TokenStore>,
}

struct Inner {
    transport: Transport,
    terminal: Terminal,
    renew_ahead: SignedDuration,
}

impl Client {
    /// A client of one terminal; clients of one service code must share the store.
    pub fn new(config: ClientConfig, store: Arc<dyn TokenStore>) -> Result<Self, Error> {
        let transport = Transport::new(&config)?;
        let renew_ahead = SignedDuration::try_from(config.timeouts.renew_ahead)
            .map_err(|_| Error::Configuration("renew_ahead is too long".to_owned()))?;
        Ok(Self { inner: Arc::new(Inner { transport, terminal: config.terminal, renew_ahead }), store })
    }

    /// Gets a new bank token now, whatever is stored; calls do this by themselves when they need to.
    pub async fn authorize(&self) -> Result<BankToken, Error> {
        let stored = self.store.load(&self.inner.terminal.service_code).await?;
        self.renew(stored.as_ref()).await
    }

    /// Makes an order. Store the attempt before calling; see [`Error::outcome_unknown`] for a lost answer.
    pub async fn create_order(&self, order: &CreateOrder) -> Result<OrderCreated, Error> {
        order.check()?;
        self.call(Call::CreateOrder, &order.body(&self.inner.terminal.merchant_id)).await
    }

    /// Asks what happened to an order.
    pub async fn operations(&self, hpp_order_id: &str) -> Result<OrderOperations, Error> {
        let question = OperationsRequest { hpp_order_id };
        match self.call(Call::Operations, &question).await {
            Err(error) if worth_repeating(&error) => {
                tracing::debug!(%error, "asking the bank once more");
                tokio::time::sleep(PAUSE_BEFORE_REPEAT).await;
                self.call(Call::Operations, &question).await
            }
            answered => answered,
        }
    }

    async fn call<T: DeserializeOwned>(
        &self,
        call: Call,
        body: &(impl Serialize + Sync),
    ) -> Result<T, Error> {
        let token = self.token().await?;
        let transport = &self.inner.transport;
        match transport.post(call, Some(&token), body).await.and_then(Answer::read) {
            Err(error) if asks_for_a_new_token(&error) => {
                tracing::info!(%error, "the bank token is no longer taken");
                let token = self.renew(Some(&token)).await?;
                transport.post(call, Some(&token), body).await.and_then(Answer::read)
            }
            answered => answered,
        }
    }

    /// The stored token, or a new one when there is none or it ends soon.
    async fn token(&self) -> Result<BankToken, Error> {
        let stored = self.store.load(&self.inner.terminal.service_code).await?;
        let Some(token) = stored else { return self.renew(None).await };
        let left = token.expires_at.duration_since(Timestamp::now());
        if left > self.inner.renew_ahead {
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

    async fn renew(&self, stale: Option<&BankToken>) -> Result<BankToken, Error> {
        let renewed = self.store.renew(&self.inner.terminal.service_code, stale, &*self.inner).await;
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
        let now = Timestamp::now();
        let body = json!({"serviceCode": self.terminal.service_code});
        let answer = self.transport.post(Call::Authorize, None, &body).await?;
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

#[derive(serde::Deserialize)]
struct Sealed {
    jwe: String,
}

const fn asks_for_a_new_token(error: &Error) -> bool {
    matches!(error, Error::TokenRefused(_))
}

const fn worth_repeating(error: &Error) -> bool {
    matches!(error, Error::NotConnected { .. } | Error::ConnectionLost { .. } | Error::Unavailable(_))
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("terminal", &self.inner.terminal).finish_non_exhaustive()
    }
}
