//! The shop's one call to the merchant backend: put the order, get the token with which its buyer may pay.

use std::time::Duration;

use checkout_api::{OrderAccepted, OrderToken, PutOrder};
use url::Url;

use crate::ShopKey;

/// The backend, as this shop may talk to it.
pub(crate) struct Backend {
    http: reqwest::Client,
    url: Url,
    shop_key: ShopKey,
}

/// Why an order could not be put.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PutError {
    /// No answer, or none that is an answer.
    #[error("the merchant backend does not answer: {0}")]
    Unreachable(#[from] reqwest::Error),
    /// The backend said no.
    #[error("the merchant backend refused the order with {status}: {problem}")]
    Refused {
        /// Its HTTP status.
        status: reqwest::StatusCode,
        /// Its problem document, as it came.
        problem: String,
    },
}

impl Backend {
    pub(crate) fn new(url: Url, shop_key: ShopKey) -> reqwest::Result<Self> {
        let http = reqwest::Client::builder().timeout(Duration::from_secs(10)).no_proxy().build()?;
        Ok(Self { http, url, shop_key })
    }

    /// Puts the order, new or known, and returns a fresh token for it.
    pub(crate) async fn put_order(&self, number: &str, order: &PutOrder) -> Result<OrderToken, PutError> {
        let url = format!("{}/v1/orders/{number}", base(&self.url));
        let answer = self.http.put(url).bearer_auth(self.shop_key.reveal()).json(order).send().await?;
        let status = answer.status();
        if !status.is_success() {
            return Err(PutError::Refused { status, problem: answer.text().await.unwrap_or_default() });
        }
        let accepted: OrderAccepted = answer.json().await?;
        Ok(accepted.order_token)
    }
}

/// A base address without the slash at its end, so that paths can be put behind it.
pub(crate) fn base(url: &Url) -> &str {
    url.as_str().trim_end_matches('/')
}
