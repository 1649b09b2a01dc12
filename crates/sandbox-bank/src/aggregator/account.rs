//! The merchant's account at the aggregator: API key and webhook key. Derived from the sandbox merchant's own key, so a
//! restart with the same merchant file keeps them and no file holds them twice.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;

use super::signature;
use crate::bank::merchant::Merchant;

/// The keys of the account, handed out to anybody: they open nothing but this sandbox.
#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Account {
    pub merchant_id: String,
    pub api_key_id: String,
    pub secret_api_key: String,
    pub webhook_key_id: String,
    pub webhook_secret: String,
}

impl Account {
    /// The account of a sandbox merchant.
    pub fn of(merchant: &Merchant) -> Self {
        let seed =
            merchant.terminals.first().map_or_else(String::new, |it| it.authentication_key.to_string());
        let key = |purpose: &str| STANDARD.encode(signature::hmac(seed.as_bytes(), purpose.as_bytes()));
        let id = |purpose: &str| {
            key(purpose)
                .chars()
                .filter(char::is_ascii_alphanumeric)
                .take(16)
                .collect::<String>()
                .to_lowercase()
        };
        Self {
            merchant_id: "20000".to_owned(),
            api_key_id: id("api key id"),
            secret_api_key: key("secret api key"),
            webhook_key_id: id("webhook key id"),
            webhook_secret: key("webhook secret"),
        }
    }
}

impl std::fmt::Debug for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Account").field("merchant_id", &self.merchant_id).finish_non_exhaustive()
    }
}
