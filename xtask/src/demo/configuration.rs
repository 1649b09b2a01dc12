//! The backend's configuration for the demo, with keys made for this run only.

use std::path::Path;

use anyhow::Context;
use serde_json::Value;

use super::ports::{Addresses, Ports, on_loopback};
use super::{new_secret, write_private};
use crate::workspace::Workspace;

pub(crate) const FILE: &str = "backend.toml";
pub(crate) const SHOP_KEY_FILE: &str = "shop-key";
pub(crate) const WEBHOOK_SECRET_FILE: &str = "webhook-secret";
const ALIPAY_PLUS_KEY_FILE: &str = "alipayplus-key";
const ALIPAY_PLUS_WEBHOOK_FILE: &str = "alipayplus-webhooks";
pub(crate) const DATABASE: &str = "ledger.sqlite";

/// What the backend offers; it refuses holds and verifications by name.
const OFFERED: [&str; 2] = ["PURCHASE", "A2A"];

/// Writes configuration and keys; returns the shop's key.
pub(crate) fn write(
    folder: &Path,
    workspace: &Workspace,
    ports: &Ports,
    merchant: &Value,
    aggregator: &Value,
) -> anyhow::Result<String> {
    let shop_key = new_secret()?;
    write_private(&folder.join(SHOP_KEY_FILE), &shop_key)?;
    write_private(&folder.join(WEBHOOK_SECRET_FILE), &new_secret()?)?;
    let mut terminals = String::new();
    for terminal in terminals_of(merchant) {
        let text = |field: &str| {
            terminal[field]
                .as_str()
                .with_context(|| format!("the bank's terminal has no {field}: {merchant}"))
        };
        let pay_type = text("payType")?;
        let key_file = format!("{}.jwk", pay_type.to_lowercase());
        write_private(&folder.join(&key_file), &terminal["authenticationKey"].to_string())?;
        terminals += &[
            "\n[[terminals]]\n",
            &setting("pay_type", pay_type),
            &setting("merchant_id", text("merchantId")?),
            &setting("service_code", text("serviceCode")?),
            &setting("key_file", &key_file),
        ]
        .concat();
    }
    let addresses = ports.addresses();
    let dist = workspace.dist();
    let console = dist.join("console");
    let console = console.to_str().context("the repository's path is not UTF-8")?;
    let widget = dist.to_str().context("the repository's path is not UTF-8")?;
    let docs = workspace.docs_site();
    let docs = docs.to_str().context("the target folder's path is not UTF-8")?;
    let settings = format!(
        "listen = {listen}\npublic_url = {backend}\ndatabase = {database}\nwidget_dir = {widget}\n\
         console_dir = {console}\ndocs_dir = {docs}\n\
         demo_shop = {shop}\n\n\
         [shop]\nname = \"Demo shop\"\nkey_file = {key}\nallowed_origins = {origins}\nreturn_hosts = {hosts}\n\
         webhook_url = {webhook}\nwebhook_secret_file = {secret}\n\n\
         [bank]\napi = {bank}\npage_hosts = [\"127.0.0.1\"]\n{terminals}{alipay_plus}",
        listen = quoted(&on_loopback(ports.backend)),
        backend = quoted(&addresses.backend),
        database = quoted(DATABASE),
        widget = quoted(widget),
        console = quoted(console),
        docs = quoted(docs),
        shop = quoted(&addresses.shop),
        key = quoted(SHOP_KEY_FILE),
        webhook = quoted(&webhook_url(&addresses)),
        secret = quoted(WEBHOOK_SECRET_FILE),
        origins = list(&[Some(addresses.shop.clone()), addresses.wordpress.clone()]),
        hosts = list(&[
            Some(on_loopback(ports.shop)),
            // The playground is a page of the backend's own.
            Some(on_loopback(ports.backend)),
            ports.wordpress.map(on_loopback),
        ]),
        bank = quoted(&addresses.bank),
        alipay_plus = alipay_plus(folder, &addresses.bank, aggregator)?,
    );
    write_private(&folder.join(FILE), &settings)?;
    Ok(shop_key)
}

/// Alipay+ for orders in euro, by the account of the sandbox's aggregator.
fn alipay_plus(folder: &Path, api: &str, account: &Value) -> anyhow::Result<String> {
    let text = |field: &str| {
        account[field].as_str().with_context(|| format!("the aggregator's account has no {field}"))
    };
    write_private(&folder.join(ALIPAY_PLUS_KEY_FILE), text("secretApiKey")?)?;
    write_private(&folder.join(ALIPAY_PLUS_WEBHOOK_FILE), text("webhookSecret")?)?;
    Ok([
        "\n[alipayplus]\n",
        &setting("api", api),
        &setting("merchant_id", text("merchantId")?),
        &setting("api_key_id", text("apiKeyId")?),
        &setting("secret_api_key_file", ALIPAY_PLUS_KEY_FILE),
        &setting("country", "DE"),
        "countries = [\"AT\", \"PL\"]\ncurrencies = [\"EUR\"]\n\n[[alipayplus.webhook_keys]]\n",
        &setting("id", text("webhookKeyId")?),
        &setting("secret_file", ALIPAY_PLUS_WEBHOOK_FILE),
    ]
    .concat())
}

/// One shop is told of changes: WordPress where there is one, for the demo shop also asks by itself.
fn webhook_url(addresses: &Addresses) -> String {
    match &addresses.wordpress {
        Some(wordpress) => format!("{wordpress}/?wc-api=alliancepay"),
        None => format!("{}/webhook", addresses.shop),
    }
}

/// TOML's list of strings.
fn list(texts: &[Option<String>]) -> String {
    let texts: Vec<String> = texts.iter().flatten().map(|text| quoted(text)).collect();
    format!("[{}]", texts.join(", "))
}

/// The bank tells its first terminal at the top and the rest in a list; each pay type is taken once.
fn terminals_of(merchant: &Value) -> Vec<&Value> {
    let rest = merchant["terminals"].as_array().into_iter().flatten();
    let mut taken: Vec<&Value> = Vec::new();
    for terminal in std::iter::once(merchant).chain(rest) {
        let pay_type = &terminal["payType"];
        let offered = pay_type.as_str().is_some_and(|name| OFFERED.contains(&name));
        if offered && taken.iter().all(|other| other["payType"] != *pay_type) {
            taken.push(terminal);
        }
    }
    taken
}

fn setting(name: &str, text: &str) -> String {
    format!("{name} = {}\n", quoted(text))
}

/// JSON's string is TOML's basic string.
fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn each_offered_pay_type_gets_its_own_terminal() {
        let merchant = json!({"payType": "PURCHASE", "merchantId": "m", "terminals": [
            {"payType": "PURCHASE", "merchantId": "m"},
            {"payType": "A2A", "merchantId": "n"},
            {"payType": "PREAUTH", "merchantId": "o"},
        ]});
        let ids: Vec<&Value> =
            terminals_of(&merchant).iter().map(|terminal| &terminal["merchantId"]).collect();
        assert_eq!(ids, [&json!("m"), &json!("n")]);
    }

    #[test]
    fn keys_are_for_their_owner_only() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().expect("folder");
        let merchant = json!({"payType": "PURCHASE", "merchantId": "m", "serviceCode": "s",
            "authenticationKey": {"kty": "EC"}});
        let ports = Ports { backend: 1, bank: 2, shop: 4, wordpress: None };
        let workspace = Workspace::find().expect("workspace");
        let account = json!({"merchantId": "20000", "apiKeyId": "k", "secretApiKey": "a-secret-key", "webhookKeyId": "w",
            "webhookSecret": "t"});
        let key = write(folder.path(), &workspace, &ports, &merchant, &account).expect("written");
        assert_eq!(key.len(), 64);
        for name in [
            FILE,
            SHOP_KEY_FILE,
            WEBHOOK_SECRET_FILE,
            ALIPAY_PLUS_KEY_FILE,
            ALIPAY_PLUS_WEBHOOK_FILE,
            "purchase.jwk",
        ] {
            let mode = folder.path().join(name).metadata().expect("file").permissions().mode();
            assert_eq!(mode & 0o077, 0, "{name}");
        }
        let settings = std::fs::read_to_string(folder.path().join(FILE)).expect("file");
        assert!(settings.contains("pay_type = \"PURCHASE\""), "{settings}");
        assert!(settings.contains("[alipayplus]") && !settings.contains("a-secret-key"), "{settings}");
    }
}
