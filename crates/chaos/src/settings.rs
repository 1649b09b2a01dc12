//! The backend's configuration for a run: real shapes, short times.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde_json::Value;

use crate::bank::Bank;

pub(crate) const SHOP_KEY: &str = "chaos-shop-key-0123456789abcdef0123456789";
pub(crate) const WEBHOOK_SECRET: &str = "chaos-webhook-secret-0123456789abcdef";

/// Where the backend answers and what it was told.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    pub(crate) file: PathBuf,
    pub(crate) backend: String,
}

impl Settings {
    pub(crate) fn folder(&self) -> &Path {
        self.file.parent().unwrap_or(Path::new("."))
    }
}

pub(crate) async fn write(
    folder: &Path,
    bank: &Bank,
    webhooks: &str,
    database: &str,
) -> anyhow::Result<Settings> {
    let merchant = bank.get("/sandbox/merchant").await?;
    let account = bank.get("/sandbox/aggregator").await?;
    let of = |account: &Value, name: &str| {
        account[name].as_str().map(str::to_owned).with_context(|| format!("the sandbox names no {name}"))
    };
    let key = |name: &str| of(&account, name);
    // One port for all lives of the backend: the bank and the buyers know it by this address.
    let listen = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?;
    std::fs::write(folder.join("shop-key"), SHOP_KEY)?;
    std::fs::write(folder.join("webhook-secret"), WEBHOOK_SECRET)?;
    std::fs::write(folder.join("alipayplus.key"), key("secretApiKey")?)?;
    std::fs::write(folder.join("alipayplus.webhooks"), key("webhookSecret")?)?;
    let mut settings = String::new();
    let quoted = |text: &str| Value::from(text).to_string();
    write!(
        settings,
        "listen = {listen}\npublic_url = {url}\ndatabase = {database}\n\n\
         [shop]\nkey_file = \"shop-key\"\nreturn_hosts = [\"127.0.0.1\"]\nwebhook_url = {webhooks}\n\
         webhook_secret_file = \"webhook-secret\"\n\n\
         [bank]\napi = {bank}\n\n\
         [alipayplus]\napi = {bank}\nmerchant_id = {account}\napi_key_id = {api_key}\n\
         secret_api_key_file = \"alipayplus.key\"\ncountry = \"DE\"\ncurrencies = [\"EUR\"]\n\n\
         [[alipayplus.webhook_keys]]\nid = {webhook_key}\nsecret_file = \"alipayplus.webhooks\"\n\n\
         [timing]\npage_lifetime = \"1m\"\nsettlement = \"5s\"\nmin_gap = \"100ms\"\nwhile_open = [\"300ms\", \"700ms\", \"1500ms\"]\n\
         after_expiry = [\"500ms\", \"2s\", \"5s\"]\nbank_timeout = \"2s\"\n\
         refunds = [\"200ms\", \"500ms\", \"1s\"]\nrefund_arrives_within = \"20s\"\n\
         webhook_timeout = \"2s\"\nwebhook_retries = [\"200ms\", \"500ms\", \"1s\"]\n\n\
         [limits]\norder_token_per_minute = 0\n",
        listen = quoted(&listen.to_string()),
        url = quoted(&format!("http://{listen}")),
        database = quoted(database),
        webhooks = quoted(webhooks),
        bank = quoted(bank.url()),
        account = quoted(&key("merchantId")?),
        api_key = quoted(&key("apiKeyId")?),
        webhook_key = quoted(&key("webhookKeyId")?),
    )?;
    let others = merchant["terminals"].as_array().into_iter().flatten();
    for (number, terminal) in std::iter::once(&merchant).chain(others).enumerate() {
        let file = format!("terminal-{number}.jwk");
        std::fs::write(folder.join(&file), terminal["authenticationKey"].to_string())?;
        write!(
            settings,
            "\n[[terminals]]\npay_type = {pay_type}\nmerchant_id = {merchant_id}\n\
             service_code = {service_code}\nkey_file = {file}\n",
            pay_type = quoted(&of(terminal, "payType")?),
            merchant_id = quoted(&of(terminal, "merchantId")?),
            service_code = quoted(&of(terminal, "serviceCode")?),
            file = quoted(&file),
        )?;
    }
    let file = folder.join("backend.toml");
    std::fs::write(&file, settings)?;
    Ok(Settings { file, backend: format!("http://{listen}") })
}
