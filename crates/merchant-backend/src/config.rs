//! The configuration file. Every error names the key; paths are relative to the file; secrets come from files or
//! the environment and do not print.

mod alipayplus;
mod database;
mod duration;
mod environment;
pub mod keys;
mod limits;
mod schema;
mod terminals;
mod webhooks;

use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use ipnet::IpNet;
use serde::Deserialize;
use url::Url;

use crate::payments::schedule::Schedule;
use crate::provider::alipayplus::Settings as AlipayPlusSettings;
use crate::provider::alliancepay::TerminalSettings;
use alipayplus::AlipayPlusTable;
use database::DatabaseKeys;
use duration::Span;
use terminals::TerminalTable;

pub use database::Database;
pub use limits::LimitSettings;
pub use webhooks::WebhookTarget;

const SHOP_KEY_VARIABLE: &str = "ALLIANCEPAY_SHOP_KEY";
const LEAST_SHOP_KEY: usize = 16;

/// The checked configuration.
#[derive(Debug)]
pub struct Config {
    /// Where to listen.
    pub listen: SocketAddr,
    /// How the bank and browsers reach us; absent: the address listened on.
    pub public_url: Option<Url>,
    /// Where the ledger is.
    pub database: Database,
    /// What is served below `/widget/`.
    pub widget_dir: Option<PathBuf>,
    /// What is served below `/console/`.
    pub console_dir: Option<PathBuf>,
    /// What is served below `/docs/`.
    pub docs_dir: Option<PathBuf>,
    /// Proxies whose word about a request's origin is taken.
    pub trusted_proxies: Vec<IpNet>,
    /// Where `GET /` leads.
    pub demo_shop: Option<Url>,
    /// The shop.
    pub shop: Shop,
    /// The bank's API.
    pub bank_api: Url,
    /// Hosts of payment pages beside the bank's own.
    pub page_hosts: Vec<String>,
    /// One terminal per product.
    pub terminals: Vec<TerminalSettings>,
    /// Alipay+, where it is switched on.
    pub alipayplus: Option<AlipayPlusSettings>,
    /// How long a payment page lives.
    pub page_lifetime: Duration,
    /// How long a call to the bank may take.
    pub bank_timeout: Duration,
    /// When the bank is asked.
    pub schedule: Schedule,
    /// A session of staff that is unused for so long ends.
    pub session_idle: Duration,
    /// A session of staff ends after so long.
    pub session_lifetime: Duration,
    /// Where the shop hears of changes.
    pub webhooks: Option<WebhookTarget>,
    /// How much one caller may take.
    pub limits: LimitSettings,
    /// The files with secrets, by the key that names them.
    pub secret_files: Vec<(String, PathBuf)>,
}

/// The shop whose orders these are.
pub struct Shop {
    /// The right to put and read orders.
    pub key: String,
    /// The shop's name, for pages.
    pub name: Option<String>,
    /// Origins whose pages may call us.
    pub allowed_origins: Vec<String>,
    /// Hosts a return URL may have.
    pub return_hosts: Vec<String>,
}

/// The configuration cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{key}: {problem}")]
pub struct ConfigError {
    /// The key, or the file.
    pub key: String,
    /// What is wrong and what would be right.
    pub problem: String,
}

impl Config {
    /// Reads and checks the file.
    pub fn read(file: &Path) -> Result<Self, ConfigError> {
        let text = std::fs::read_to_string(file).map_err(|error| wrong("the configuration file", error))?;
        let folder = file.parent().unwrap_or(Path::new("."));
        Self::parse(&text, folder, &|name| std::env::var(name).ok())
    }

    fn parse(
        text: &str,
        folder: &Path,
        variable: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Self, ConfigError> {
        let table: Table = schema::read(text, variable)?;
        let webhooks = webhooks::check(&table.shop, folder, &table.timing)?;
        Ok(Self {
            webhooks,
            secret_files: secret_files(&table, folder),
            limits: limits::check(&table.limits)?,
            listen: table
                .listen
                .parse()
                .map_err(|_| wrong("listen", "give an address with a port, such as 127.0.0.1:8080"))?,
            public_url: table.public_url.as_deref().map(|url| origin("public_url", url)).transpose()?,
            database: database::check(
                &DatabaseKeys {
                    database: table.database.as_deref(),
                    database_url_file: table.database_url_file.as_deref(),
                    database_ca_file: table.database_ca_file.as_deref(),
                },
                folder,
            )?,
            widget_dir: table.widget_dir.map(|path| folder.join(path)),
            console_dir: table.console_dir.map(|path| folder.join(path)),
            docs_dir: table.docs_dir.map(|path| folder.join(path)),
            trusted_proxies: proxies(&table.trusted_proxies)?,
            session_idle: positive("timing.session_idle", table.timing.session_idle)?,
            session_lifetime: positive("timing.session_lifetime", table.timing.session_lifetime)?,
            demo_shop: table.demo_shop.as_deref().map(|url| web_url("demo_shop", url)).transpose()?,
            shop: table.shop.check(folder)?,
            bank_api: web_url("bank.api", &table.bank.api)?,
            page_hosts: table.bank.page_hosts,
            terminals: terminals::check(table.terminals, folder)?,
            alipayplus: table.alipayplus.map(|table| table.check(folder)).transpose()?,
            page_lifetime: whole_minutes("timing.page_lifetime", table.timing.page_lifetime)?,
            bank_timeout: positive("timing.bank_timeout", table.timing.bank_timeout)?,
            schedule: Schedule {
                while_open: spans("timing.while_open", table.timing.while_open)?,
                after_expiry: rising("timing.after_expiry", table.timing.after_expiry)?,
                min_gap: table.timing.min_gap.0,
                refunds: rising("timing.refunds", table.timing.refunds)?,
                refund_arrives_within: positive(
                    "timing.refund_arrives_within",
                    table.timing.refund_arrives_within,
                )?,
                settlement: positive("timing.settlement", table.timing.settlement)?,
            },
        })
    }
}

impl fmt::Debug for Shop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shop")
            .field("name", &self.name)
            .field("allowed_origins", &self.allowed_origins)
            .field("return_hosts", &self.return_hosts)
            .finish_non_exhaustive()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    listen: String,
    public_url: Option<String>,
    database: Option<String>,
    database_url_file: Option<PathBuf>,
    database_ca_file: Option<PathBuf>,
    widget_dir: Option<PathBuf>,
    console_dir: Option<PathBuf>,
    docs_dir: Option<PathBuf>,
    #[serde(default)]
    trusted_proxies: Vec<String>,
    demo_shop: Option<String>,
    shop: ShopTable,
    bank: BankTable,
    #[serde(default)]
    terminals: Vec<TerminalTable>,
    alipayplus: Option<AlipayPlusTable>,
    #[serde(default)]
    timing: Timing,
    #[serde(default)]
    limits: limits::LimitTable,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ShopTable {
    key_file: Option<PathBuf>,
    name: Option<String>,
    #[serde(default)]
    allowed_origins: Vec<String>,
    #[serde(default)]
    return_hosts: Vec<String>,
    webhook_url: Option<String>,
    webhook_secret_file: Option<PathBuf>,
    #[serde(default)]
    allow_private_webhooks: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BankTable {
    api: String,
    #[serde(default)]
    page_hosts: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Timing {
    page_lifetime: Span,
    min_gap: Span,
    while_open: Vec<Span>,
    after_expiry: Vec<Span>,
    bank_timeout: Span,
    refunds: Vec<Span>,
    refund_arrives_within: Span,
    settlement: Span,
    session_idle: Span,
    session_lifetime: Span,
    webhook_timeout: Span,
    webhook_retries: Vec<Span>,
    webhook_patience: Span,
}

impl Default for Timing {
    fn default() -> Self {
        let minutes = |minutes| Span(Duration::from_mins(minutes));
        let seconds = |seconds| Span(Duration::from_secs(seconds));
        Self {
            page_lifetime: minutes(15),
            min_gap: seconds(2),
            while_open: vec![seconds(15), seconds(15), seconds(30), minutes(1), minutes(2)],
            after_expiry: vec![minutes(1), minutes(5), minutes(30), minutes(6 * 60), minutes(24 * 60)],
            bank_timeout: seconds(15),
            refunds: [2, 5, 10, 30, 60, 300, 900, 3600, 21_600].map(seconds).to_vec(),
            refund_arrives_within: minutes(24 * 60),
            settlement: minutes(12 * 60),
            session_idle: minutes(30),
            session_lifetime: minutes(12 * 60),
            webhook_timeout: seconds(10),
            webhook_retries: [1, 5, 30, 120, 600, 3600].map(seconds).to_vec(),
            webhook_patience: minutes(3 * 24 * 60),
        }
    }
}

impl ShopTable {
    fn check(self, folder: &Path) -> Result<Shop, ConfigError> {
        let key = match (std::env::var(SHOP_KEY_VARIABLE), &self.key_file) {
            (Ok(key), _) => key.trim().to_owned(),
            (Err(_), Some(file)) => secret_file("shop.key_file", &folder.join(file))?,
            (Err(_), None) => {
                return Err(wrong(
                    "shop.key_file",
                    format!("missing: name a file or set {SHOP_KEY_VARIABLE}"),
                ));
            }
        };
        if key.len() < LEAST_SHOP_KEY {
            return Err(wrong(
                "shop.key_file",
                format!(
                    "the key, from the file or {SHOP_KEY_VARIABLE}, needs at least {LEAST_SHOP_KEY} characters"
                ),
            ));
        }
        let mut allowed_origins = Vec::new();
        for origin in &self.allowed_origins {
            let url = web_url("shop.allowed_origins", origin)?;
            if url.path() != "/" || url.query().is_some() {
                return Err(wrong(
                    "shop.allowed_origins",
                    format!("`{origin}` is no origin: give scheme, host and port only"),
                ));
            }
            allowed_origins.push(url.origin().ascii_serialization());
        }
        if let Some(host) = self.return_hosts.iter().find(|host| host.contains('/')) {
            return Err(wrong(
                "shop.return_hosts",
                format!("`{host}` is no host: leave out scheme and path"),
            ));
        }
        Ok(Shop { key, name: self.name, allowed_origins, return_hosts: self.return_hosts })
    }
}

fn secret_files(table: &Table, folder: &Path) -> Vec<(String, PathBuf)> {
    let single = [
        ("shop.key_file", &table.shop.key_file),
        ("shop.webhook_secret_file", &table.shop.webhook_secret_file),
        ("database_url_file", &table.database_url_file),
    ];
    let single = single.into_iter().filter_map(|(key, file)| Some((key.to_owned(), file.as_ref()?)));
    let terminals = table.terminals.iter().enumerate();
    let terminals =
        terminals.map(|(index, terminal)| (format!("terminals[{index}].key_file"), &terminal.key_file));
    let alipay_plus = table.alipayplus.iter().flat_map(AlipayPlusTable::secret_files);
    single.chain(terminals).chain(alipay_plus).map(|(key, file)| (key, folder.join(file))).collect()
}

/// Reads a secret: the file's text without the line end.
fn secret_file(key: &str, file: &Path) -> Result<String, ConfigError> {
    let text =
        std::fs::read_to_string(file).map_err(|error| wrong(key, format!("{}: {error}", file.display())))?;
    Ok(text.trim().to_owned())
}

fn web_url(key: &str, text: &str) -> Result<Url, ConfigError> {
    let url = Url::parse(text).map_err(|error| wrong(key, format!("`{text}`: {error}")))?;
    if matches!(url.scheme(), "http" | "https") && url.has_host() {
        Ok(url)
    } else {
        Err(wrong(key, format!("`{text}` is not an http or https URL")))
    }
}

/// A scheme and a host only: the routes start at the root.
fn origin(key: &str, text: &str) -> Result<Url, ConfigError> {
    let url = web_url(key, text)?;
    if url.path() == "/" && url.query().is_none() && url.fragment().is_none() {
        Ok(url)
    } else {
        Err(wrong(
            key,
            format!(
                "`{text}` has a path: give a host of the backend's own, such as https://pay.shop.example"
            ),
        ))
    }
}

/// Addresses, or networks such as `10.0.0.0/8`.
fn proxies(texts: &[String]) -> Result<Vec<IpNet>, ConfigError> {
    let read = |text: &String| {
        let net = text.parse().or_else(|_| text.parse::<std::net::IpAddr>().map(IpNet::from));
        net.map_err(|_| {
            wrong("trusted_proxies", format!("`{text}` is no address and no network like 10.0.0.0/8"))
        })
    };
    texts.iter().map(read).collect()
}

/// The bank counts a page's life in minutes. Half a minute of ours would be a minute of its: time for two payments.
fn whole_minutes(key: &str, span: Span) -> Result<Duration, ConfigError> {
    let wanted = positive(key, span)?;
    let whole = wanted.as_secs().is_multiple_of(60) && wanted.subsec_nanos() == 0;
    if whole {
        Ok(wanted)
    } else {
        Err(wrong(key, "give whole minutes, such as 15m: the bank counts in minutes"))
    }
}

fn positive(key: &str, span: Span) -> Result<Duration, ConfigError> {
    if span.0.is_zero() { Err(wrong(key, "must be longer than nothing")) } else { Ok(span.0) }
}

fn spans(key: &str, spans: Vec<Span>) -> Result<Vec<Duration>, ConfigError> {
    spans.into_iter().map(|span| positive(key, span)).collect()
}

fn rising(key: &str, list: Vec<Span>) -> Result<Vec<Duration>, ConfigError> {
    let list = spans(key, list)?;
    if list.is_empty() || !list.is_sorted() {
        return Err(wrong(key, "give at least one time, the shortest first"));
    }
    Ok(list)
}

fn wrong(key: &str, problem: impl fmt::Display) -> ConfigError {
    ConfigError { key: key.to_owned(), problem: problem.to_string() }
}

#[cfg(test)]
mod tests;
