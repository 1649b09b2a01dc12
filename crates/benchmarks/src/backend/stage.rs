//! The running programs: the backend on a fresh ledger, the sandbox bank, and the empty handler.

use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::Context;
use serde_json::Value;
use tempfile::TempDir;
use tokio::process::Child;

use super::programs;

/// Connections beside those of the waiting pages.
const MEASURING: usize = 1_000;
pub(super) const SHOP_KEY: &str = "bench-shop-key-0123456789abcdef0123456789";

/// Where the programs are.
#[derive(Debug, Clone)]
pub struct Programs {
    /// The merchant backend.
    pub backend: PathBuf,
    /// The sandbox bank.
    pub bank: PathBuf,
    /// The empty handler.
    pub empty: PathBuf,
}

/// Everything runs; it ends with this value.
#[derive(Debug)]
pub struct Stage {
    /// The backend's origin.
    pub backend: String,
    /// The bank's origin.
    pub bank: String,
    /// The empty handler's origin.
    pub empty: String,
    process: Child,
    empty_process: Child,
    _bank: Child,
    _folder: TempDir,
}

impl Stage {
    /// Starts everything, with room at the backend for so many waiting pages and those who measure.
    pub async fn set(programs: &Programs, waiters: usize) -> anyhow::Result<Self> {
        let folder = tempfile::Builder::new().prefix("alliancepay-bench-").tempdir()?;
        let (empty_process, empty) = programs::announced(&programs.empty, &[]).await?;
        let (bank_process, bank) = programs::announced(&programs.bank, &["--listen", "127.0.0.1:0"]).await?;
        let merchant: Value = reqwest::get(format!("{bank}/sandbox/merchant")).await?.json().await?;
        let listen = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let backend = format!("http://{listen}");
        std::fs::write(folder.path().join("shop-key"), SHOP_KEY)?;
        std::fs::write(folder.path().join("terminal.jwk"), merchant["authenticationKey"].to_string())?;
        let config = folder.path().join("backend.toml");
        std::fs::write(&config, settings(&merchant, &listen.to_string(), &bank, waiters)?)?;
        let process = programs::backend(&programs.backend, &config, &backend).await?;
        Ok(Self { backend, bank, empty, process, empty_process, _bank: bank_process, _folder: folder })
    }

    /// Resident memory in bytes: the backend's and the empty handler's.
    pub fn memory(&self) -> anyhow::Result<(u64, u64)> {
        Ok((programs::memory(&self.process)?, programs::memory(&self.empty_process)?))
    }

    /// How many pages wait at the backend, as its own metrics tell.
    pub async fn waiting(&self) -> anyhow::Result<usize> {
        let metrics =
            reqwest::get(format!("{}/metrics", self.backend)).await?.error_for_status()?.text().await?;
        let line = metrics.lines().find_map(|line| line.strip_prefix("alliancepay_waiting_pages "));
        Ok(line.context("the metrics do not tell who waits")?.trim().parse()?)
    }
}

fn settings(merchant: &Value, listen: &str, bank: &str, waiters: usize) -> anyhow::Result<String> {
    let text =
        |name: &str| merchant[name].as_str().with_context(|| format!("the bank's merchant has no {name}"));
    let quoted = |text: &str| Value::from(text).to_string();
    let mut settings = String::new();
    write!(
        settings,
        "listen = {listen}\npublic_url = {url}\ndatabase = \"ledger.sqlite\"\n\n\
         [shop]\nkey_file = \"shop-key\"\nreturn_hosts = [\"127.0.0.1\"]\n\n[bank]\napi = {bank}\n\n\
         [[terminals]]\npay_type = {pay_type}\nmerchant_id = {merchant_id}\nservice_code = {service_code}\n\
         key_file = \"terminal.jwk\"\n\n\
         [timing]\npage_lifetime = \"60m\"\nwhile_open = [\"30m\"]\n\
         [limits]\nsession_reads_per_minute = 0\nconnections = {connections}\n",
        connections = waiters + MEASURING,
        listen = quoted(listen),
        url = quoted(&format!("http://{listen}")),
        bank = quoted(bank),
        pay_type = quoted(text("payType")?),
        merchant_id = quoted(text("merchantId")?),
        service_code = quoted(text("serviceCode")?),
    )?;
    Ok(settings)
}
