//! Where the shop hears of changes: https, or loopback; the secret from a file or the environment.

use std::fmt;
use std::path::Path;
use std::time::Duration;

use alliancepay::Secret;
use url::Url;

use super::{ConfigError, ShopTable, Timing, positive, secret_file, spans, web_url, wrong};
use crate::payments::return_url::is_loopback;
use crate::store::records::DeliveryPlan;
use crate::webhooks::destination::is_public;

const SECRET_VARIABLE: &str = "ALLIANCEPAY_WEBHOOK_SECRET";
const LEAST_SECRET: usize = 16;

/// Where webhooks go.
#[derive(Clone)]
pub struct WebhookTarget {
    /// The shop's address.
    pub url: Url,
    /// Whether the address may lead into a private network.
    pub allow_private: bool,
    /// What the shop knows them by.
    pub secret: Secret,
    /// How long the shop may take.
    pub timeout: Duration,
    /// When they are sent again.
    pub plan: DeliveryPlan,
}

impl fmt::Debug for WebhookTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebhookTarget").field("host", &self.url.host_str()).finish_non_exhaustive()
    }
}

/// Checks the address and reads the secret; nothing where no address is given.
pub(super) fn check(
    table: &ShopTable,
    folder: &Path,
    timing: &Timing,
) -> Result<Option<WebhookTarget>, ConfigError> {
    let Some(text) = &table.webhook_url else { return Ok(None) };
    let url = web_url("shop.webhook_url", text)?;
    if url.scheme() != "https" && !is_loopback(&url) {
        return Err(wrong("shop.webhook_url", "give an https address; http only for this very machine"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(wrong(
            "shop.webhook_url",
            "leave name and password out: webhooks are known by their signature",
        ));
    }
    let literal = url.host_str().and_then(|host| host.trim_matches(['[', ']']).parse().ok());
    let is_private = literal.is_some_and(|address| !is_public(address)) && !is_loopback(&url);
    if is_private && !table.allow_private_webhooks {
        return Err(wrong(
            "shop.webhook_url",
            "is in a private network: shop.allow_private_webhooks = true allows it",
        ));
    }
    let secret = match (std::env::var(SECRET_VARIABLE), &table.webhook_secret_file) {
        (Ok(secret), _) => secret.trim().to_owned(),
        (Err(_), Some(file)) => secret_file("shop.webhook_secret_file", &folder.join(file))?,
        (Err(_), None) => {
            let problem = format!("missing: webhooks are signed; name a file or set {SECRET_VARIABLE}");
            return Err(wrong("shop.webhook_secret_file", problem));
        }
    };
    if secret.len() < LEAST_SECRET {
        let problem = format!("the secret needs at least {LEAST_SECRET} characters");
        return Err(wrong("shop.webhook_secret_file", problem));
    }
    let pauses = spans("timing.webhook_retries", timing.webhook_retries.clone())?;
    if pauses.is_empty() {
        return Err(wrong("timing.webhook_retries", "give at least one pause"));
    }
    Ok(Some(WebhookTarget {
        url,
        allow_private: table.allow_private_webhooks,
        secret: Secret::new(secret),
        timeout: positive("timing.webhook_timeout", timing.webhook_timeout)?,
        plan: DeliveryPlan {
            pauses,
            patience: positive("timing.webhook_patience", timing.webhook_patience)?,
        },
    }))
}
