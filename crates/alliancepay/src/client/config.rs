//! What a client needs to know: where the bank is, which terminal it speaks for, how long it waits.

use std::time::Duration;

use url::Url;

use crate::jwk::PrivateJwk;

/// Settings of a [`crate::Client`].
#[derive(Debug, Clone)]
pub struct ClientConfig {
    /// The bank's API, such as `https://api-ecom-prod.bankalliance.ua`; plain http only on loopback.
    pub api_url: Url,
    /// The terminal the client speaks for.
    pub terminal: Terminal,
    /// How long it waits.
    pub timeouts: Timeouts,
}

/// A terminal: each pay type of a merchant has its own (AlliancePay docs: CMS settings pages).
#[derive(Debug, Clone)]
pub struct Terminal {
    /// The bank's id of the merchant.
    pub merchant_id: String,
    /// The code that authorizes.
    pub service_code: String,
    /// The merchant's private key; the bank has its public part.
    pub key: PrivateJwk,
}

/// How long a client waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeouts {
    /// For a connection.
    pub connect: Duration,
    /// For one whole call, connection and answer included.
    pub call: Duration,
    /// How long before its end a bank token is renewed. A client does that once in this time at most: one with a wrong
    /// clock uses its token until the bank refuses it.
    pub renew_ahead: Duration,
    /// How long the client asks for no bank token by itself after the bank has closed access
    /// ([`crate::Error::AccessClosed`]): only people can reopen it. [`crate::Client::authorize`] asks all the same.
    pub closed_access_pause: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            call: Duration::from_secs(15),
            renew_ahead: Duration::from_mins(30),
            closed_access_pause: Duration::from_mins(5),
        }
    }
}
