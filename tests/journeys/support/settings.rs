//! What a journey may set: the backend's pace, and what the shop allows. The defaults make minutes into seconds.

use std::path::Path;

use anyhow::Context;
use serde_json::Value;

use super::world::docs_site;

/// How a world differs from the usual one.
#[derive(Debug, Clone)]
#[allow(clippy::struct_excessive_bools, reason = "independent switches, each of one journey's world")]
pub(crate) struct Settings {
    /// Pauses between the backend's own questions while a page is live.
    pub(crate) while_open: &'static str,
    /// Questions after expiry; at the last one an open attempt is given up.
    pub(crate) after_expiry: &'static [&'static str],
    /// How long the backend waits for the bank.
    pub(crate) bank_timeout: &'static str,
    /// Whether the shop's content security policy lets WebAssembly run.
    pub(crate) shop_allows_wasm: bool,
    /// Whether the backend knows the origin of the merchant's own page.
    pub(crate) page_is_allowed: bool,
    /// Whether Alipay+ is switched on, and the aggregator told where its webhooks go.
    pub(crate) alipay_plus: bool,
    /// Whether the backend serves the documentation, with a playground that knows shop and bank.
    pub(crate) docs: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            while_open: "1s",
            after_expiry: &["500ms", "1s", "2s", "3s"],
            bank_timeout: "5s",
            shop_allows_wasm: true,
            page_is_allowed: true,
            alipay_plus: false,
            docs: false,
        }
    }
}

impl Settings {
    /// The backend never asks by itself while a page is live: what it learns, it learned from a hint.
    pub(crate) fn hints_only() -> Self {
        Self { while_open: "10m", ..Self::default() }
    }

    /// Alipay+ beside the bank, for orders in euro.
    pub(crate) fn with_alipay_plus() -> Self {
        Self { alipay_plus: true, ..Self::default() }
    }

    /// With the documentation, as the demo has it.
    pub(crate) fn with_docs() -> Self {
        Self { docs: true, ..Self::default() }
    }

    /// The merchant forgot to name the page's origin: no script of it reaches the backend.
    pub(crate) fn with_a_forgotten_origin() -> Self {
        Self { page_is_allowed: false, ..Self::default() }
    }

    /// The shop's policy stops WebAssembly.
    pub(crate) fn without_wasm() -> Self {
        Self { shop_allows_wasm: false, ..Self::default() }
    }
}

/// Where everything of one world is reached.
#[derive(Debug, Clone)]
pub(crate) struct Addresses {
    pub(crate) backend: String,
    pub(crate) bank: String,
    pub(crate) shop: String,
    /// A page of the merchant's own making, see `MerchantPage`.
    pub(crate) merchant_page: String,
}

impl Addresses {
    pub(crate) fn free() -> anyhow::Result<Self> {
        let next = || anyhow::Ok(format!("http://127.0.0.1:{}", super::ports::free()?));
        Ok(Self { backend: next()?, bank: next()?, shop: next()?, merchant_page: next()? })
    }
}

/// An address without its scheme, as in a listening address or a list of hosts.
pub(crate) fn host(address: &str) -> &str {
    address.trim_start_matches("http://")
}

/// Writes the backend's configuration, the shop key and the bank's keys into `folder`.
pub(crate) fn write(
    folder: &Path,
    settings: &Settings,
    at: &Addresses,
    merchant: &Value,
    account: Option<&Value>,
    shop_key: &str,
    widget: &Path,
) -> anyhow::Result<()> {
    std::fs::write(folder.join("shop-key"), shop_key)?;
    let after_expiry = settings.after_expiry.join("\", \"");
    let (mut docs, mut docs_host) = (String::new(), String::new());
    if settings.docs {
        docs = format!("docs_dir = \"{}\"\ndemo_shop = \"{}\"\n", docs_site()?.display(), at.shop);
        // The playground is a page of the backend's own.
        docs_host = format!(", \"{}\"", host(&at.backend));
    }
    let mut text = format!(
        r#"listen = "{listen}"
public_url = "{backend}"
database = "ledger.sqlite"
widget_dir = "{widget}"
console_dir = "{widget}/console"
{docs}
[shop]
key_file = "shop-key"
allowed_origins = ["{shop}"{page}]
return_hosts = ["{shop_host}", "{page_host}"{docs_host}]
name = "Journeys"

[bank]
api = "{bank}"
page_hosts = ["127.0.0.1"]

[timing]
page_lifetime = "15m"
min_gap = "100ms"
while_open = ["{while_open}"]
after_expiry = ["{after_expiry}"]
bank_timeout = "{bank_timeout}"
"#,
        listen = host(&at.backend),
        backend = at.backend,
        widget = widget.display(),
        shop = at.shop,
        page = if settings.page_is_allowed { format!(", \"{}\"", at.merchant_page) } else { String::new() },
        shop_host = host(&at.shop),
        page_host = host(&at.merchant_page),
        bank = at.bank,
        while_open = settings.while_open,
        bank_timeout = settings.bank_timeout,
    );
    let terminals = std::iter::once(merchant).chain(merchant["terminals"].as_array().into_iter().flatten());
    for terminal in terminals.filter(|terminal| terminal["payType"].is_string()) {
        let word = |name: &str| terminal[name].as_str().with_context(|| format!("the sandbox's {name}"));
        let pay_type = word("payType")?;
        std::fs::write(folder.join(format!("{pay_type}.jwk")), terminal["authenticationKey"].to_string())?;
        let _ = std::fmt::Write::write_fmt(
            &mut text,
            format_args!(
                "\n[[terminals]]\npay_type = \"{pay_type}\"\nmerchant_id = \"{}\"\nservice_code = \"{}\"\nkey_file = \"{pay_type}.jwk\"\n",
                word("merchantId")?,
                word("serviceCode")?,
            ),
        );
    }
    if let Some(account) = account {
        text.push_str(&alipay_plus(folder, &at.bank, account)?);
    }
    std::fs::write(folder.join("backend.toml"), text)?;
    Ok(())
}

/// Alipay+ by the account of the sandbox's aggregator.
fn alipay_plus(folder: &Path, api: &str, account: &Value) -> anyhow::Result<String> {
    let word = |name: &str| account[name].as_str().with_context(|| format!("the aggregator's {name}"));
    std::fs::write(folder.join("alipayplus.key"), word("secretApiKey")?)?;
    std::fs::write(folder.join("alipayplus.webhooks"), word("webhookSecret")?)?;
    Ok(format!(
        r#"
[alipayplus]
api = "{api}"
merchant_id = "{}"
api_key_id = "{}"
secret_api_key_file = "alipayplus.key"
country = "DE"
currencies = ["EUR"]

[[alipayplus.webhook_keys]]
id = "{}"
secret_file = "alipayplus.webhooks"
"#,
        word("merchantId")?,
        word("apiKeyId")?,
        word("webhookKeyId")?,
    ))
}
