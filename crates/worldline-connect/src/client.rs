//! The calls. Each is signed and bounded in time; none is repeated by itself: whether to send the same idempotence key
//! again is the caller's decision.

mod answer;
mod call;
mod config;
mod payments;
mod refunds;
mod transport;

use std::fmt;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde_json::Value;
use url::Url;

use crate::error::Error;
use crate::idempotence::{IdempotenceKey, Repeatable};
use answer::Answer;
use call::Call;
use transport::{Request, Transport};

pub use config::{ClientConfig, Timeouts};
pub use payments::FindPayments;

/// Worldline Connect, as one merchant account sees it. Cheap to clone.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

struct Inner {
    transport: Transport,
    merchant_id: String,
    /// Worldline itself is a stand-in on this machine: return URLs may be local too.
    local: bool,
}

impl Client {
    /// A client of one account. An address that is not https (but for loopback) is [`Error::Configuration`]. Nothing
    /// is sent yet.
    pub fn new(config: ClientConfig) -> Result<Self, Error> {
        if config.merchant_id.is_empty() || config.api_key_id.is_empty() {
            return Err(Error::Configuration("merchant id and API key id must not be empty".to_owned()));
        }
        let local = transport::is_loopback(&config.api_url);
        let merchant_id = config.merchant_id.clone();
        Ok(Self { inner: Arc::new(Inner { transport: Transport::new(config)?, merchant_id, local }) })
    }

    /// Asks whether the account, the key and the clock of this machine are taken.
    pub async fn test_connection(&self) -> Result<(), Error> {
        let url = self.url(&["services", "testconnection"])?;
        self.get::<Value>(Call::TestConnection, url).await.map(drop)
    }

    /// An address below the merchant's; each part is escaped.
    fn url(&self, parts: &[&str]) -> Result<Url, Error> {
        let mut url = self.inner.transport.base().clone();
        url.path_segments_mut()
            .map_err(|()| Error::Configuration("the address of Worldline has no path".to_owned()))?
            .extend(["v1", self.inner.merchant_id.as_str()])
            .extend(parts);
        Ok(url)
    }

    async fn get<T: DeserializeOwned>(&self, call: Call, url: Url) -> Result<T, Error> {
        self.send(call, Request { method: "GET", url, body: None, key: None }).await?.read()
    }

    async fn post<T: DeserializeOwned>(
        &self,
        call: Call,
        url: Url,
        body: &Value,
        key: &IdempotenceKey,
    ) -> Result<Repeatable<T>, Error> {
        let body = Some(body.to_string().into_bytes());
        let answer = self.send(call, Request { method: "POST", url, body, key: Some(key) }).await?;
        let repeats = answer.repeats();
        Ok(Repeatable { answer: answer.read()?, repeats })
    }

    async fn send(&self, call: Call, request: Request<'_>) -> Result<Answer, Error> {
        self.inner.transport.send(call, request).await
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("merchant_id", &self.inner.merchant_id).finish_non_exhaustive()
    }
}
