//! What a client needs to know: where the platform is, whose account it uses, how long it waits.

use std::time::Duration;

use url::Url;

use crate::secret::Secret;

/// Settings of a [`crate::Client`]. Key and secret come from the Configuration Center; they expire, and several may be
/// in use at once.
#[derive(Debug, Clone)]
pub struct ClientConfig {
    /// `https://api.connect.worldline-solutions.com`, or `https://api.preprod.connect.worldline-solutions.com` for
    /// tests; plain http only on loopback.
    pub api_url: Url,
    /// The platform's id of the merchant.
    pub merchant_id: String,
    /// The id of the API key.
    pub api_key_id: String,
    /// The secret of the API key.
    pub secret_api_key: Secret,
    /// How long it waits.
    pub timeouts: Timeouts,
}

/// How long a client waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeouts {
    /// For a connection.
    pub connect: Duration,
    /// For one whole call, connection and answer included.
    pub call: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self { connect: Duration::from_secs(5), call: Duration::from_secs(30) }
    }
}
