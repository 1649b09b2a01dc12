//! Where the examples get their terminal from. Without settings it is the sandbox bank's, which hands its merchant
//! out to anybody; the real bank's is named by three more variables.

use std::env;
use std::error::Error;
use std::sync::Arc;

use alliancepay::{Client, ClientConfig, MemoryTokenStore, PrivateJwk, Terminal, Timeouts};
use serde_json::Value;
use url::Url;

/// A client for `ALLIANCEPAY_API` (the sandbox bank at its usual address, if unset).
///
/// `ALLIANCEPAY_SERVICE_CODE`, `ALLIANCEPAY_MERCHANT_ID` and `ALLIANCEPAY_KEY_FILE` name a terminal of the real bank.
pub(crate) async fn client() -> Result<Client, Box<dyn Error>> {
    let api_url: Url = env::var("ALLIANCEPAY_API").as_deref().unwrap_or("http://127.0.0.1:8081").parse()?;
    let terminal = match env::var("ALLIANCEPAY_SERVICE_CODE") {
        Ok(service_code) => Terminal {
            service_code,
            merchant_id: env::var("ALLIANCEPAY_MERCHANT_ID")?,
            key: PrivateJwk::from_json(&std::fs::read_to_string(env::var("ALLIANCEPAY_KEY_FILE")?)?)?,
        },
        Err(_) => of_the_sandbox(&api_url).await?,
    };
    let config = ClientConfig { api_url, terminal, timeouts: Timeouts::default() };
    // A program that runs for long, or in several processes, keeps its bank token in a store of its own.
    Ok(Client::new(config, Arc::new(MemoryTokenStore::new()))?)
}

async fn of_the_sandbox(api_url: &Url) -> Result<Terminal, Box<dyn Error>> {
    let merchant: Value = reqwest::get(api_url.join("/sandbox/merchant")?).await?.json().await?;
    let text = |name: &str| merchant[name].as_str().unwrap_or_default().to_owned();
    Ok(Terminal {
        merchant_id: text("merchantId"),
        service_code: text("serviceCode"),
        key: PrivateJwk::from_json(&merchant["authenticationKey"].to_string())?,
    })
}
