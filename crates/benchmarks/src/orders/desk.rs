//! A backend on the seeded ledger, and who asks it: the shop's server, over a connection that stays open.

use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use merchant_backend::Config;
use sandbox_bank::Sandbox;
use serde_json::Value;

const SHOP_KEY: &str = "bench-shop-key-0123456789abcdef0123456789";

/// Everything runs; it ends with this value.
#[derive(Debug)]
pub struct Desk {
    http: reqwest::Client,
    backend: merchant_backend::Running,
    _bank: sandbox_bank::Running,
}

impl Desk {
    /// Serves the ledger `ledger.sqlite` of a folder. Its bank is asked nothing: all payments are old.
    pub async fn set(folder: &Path) -> anyhow::Result<Self> {
        let bank = Sandbox::start(sandbox_bank::Config::default()).await?;
        let terminal = bank.merchant.terminals.first().context("the bank has no terminal")?;
        std::fs::write(folder.join("shop-key"), SHOP_KEY)?;
        std::fs::write(folder.join("terminal.jwk"), terminal.authentication_key.to_string())?;
        let mut settings = String::new();
        write!(
            settings,
            "listen = \"127.0.0.1:0\"\ndatabase = \"ledger.sqlite\"\n\n\
             [shop]\nkey_file = \"shop-key\"\nreturn_hosts = [\"127.0.0.1\"]\n\n[bank]\napi = \"{}\"\n\n\
             [[terminals]]\npay_type = \"{}\"\nmerchant_id = \"{}\"\nservice_code = \"{}\"\n\
             key_file = \"terminal.jwk\"\n",
            bank.url, terminal.pay_type, terminal.merchant_id, terminal.service_code,
        )?;
        let file = folder.join("backend.toml");
        std::fs::write(&file, settings)?;
        let backend = merchant_backend::start(Config::read(&file)?).await?;
        Ok(Self { http: reqwest::Client::new(), backend, _bank: bank })
    }

    /// What stands under an address, and how long it took until all of it was here.
    pub async fn get(&self, path: &str) -> anyhow::Result<(Duration, Value)> {
        let address = self.backend.url().join(path)?;
        let begun = Instant::now();
        let answer = self.http.get(address).bearer_auth(SHOP_KEY).send().await?;
        let status = answer.status();
        let body = answer.bytes().await?;
        let took = begun.elapsed();
        ensure!(status.is_success(), "{path} answers {status}: {}", String::from_utf8_lossy(&body));
        Ok((took, serde_json::from_slice(&body)?))
    }
}
