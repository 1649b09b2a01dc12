//! The demo shop's own server: a checkout page as a merchant would write it, on another origin than the backend.
//!
//! It serves the page that Trunk built from `index.html`, puts its orders at the merchant backend with the shop key,
//! and shows the pay and return pages. It never decides whether an order is paid: the widget and the backend's status
//! page show that, and the backend's signed webhooks say it. Orders live in memory and are gone with the process; what a buyer types is not kept at all.

mod backend;
mod catalogue;
mod hints;
mod order;
mod page;
mod policy;
mod preferences;
mod routes;
mod sum;
mod text;
mod views;
mod webhook;

use std::path::PathBuf;
use std::sync::Arc;

use tokio::net::TcpListener;
use url::Url;

use crate::backend::Backend;
use crate::hints::Hints;
use crate::order::Orders;
use crate::policy::Policy;

pub use crate::webhook::WebhookSecret;

/// What the shop has to know about the world around it.
#[derive(Debug, Clone)]
pub struct Config {
    /// How the buyer's browser reaches this shop; the return URL is made from it.
    pub public_url: Url,
    /// The merchant backend, as both the browser and this server reach it.
    pub backend: Url,
    /// The sandbox bank, for the panel of its fault switches.
    pub bank: Url,
    /// Where the bank's payment pages are, when not at `bank`: the plain form is sent on to there.
    pub bank_page: Option<Url>,
    /// The folder Trunk wrote: `index.html`, the style sheet, `assets/`, `widget/`.
    pub page_dir: PathBuf,
    /// The secret with which this shop puts orders at the backend.
    pub shop_key: ShopKey,
    /// The secret by which the backend's webhooks are known; without it `/webhook` is not there.
    pub webhook_secret: Option<WebhookSecret>,
    /// Whether the pages' policy lets WebAssembly run; without it the widget must leave the plain form standing.
    pub allow_wasm: bool,
}

/// The shop's secret at the backend. It does not print.
#[derive(Clone)]
pub struct ShopKey(String);

impl ShopKey {
    /// Takes the secret as it stands in its file, without the line end.
    pub fn new(text: &str) -> Self {
        Self(text.trim().to_owned())
    }

    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for ShopKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ShopKey(…)")
    }
}

/// Why the shop cannot open.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Trunk has not run, or another folder was named.
    #[error(
        "there is no index.html in {0}: build the page with `trunk build`, or name Trunk's output folder"
    )]
    NoPage(PathBuf),
    /// No HTTP client could be made.
    #[error("no HTTP client for the backend: {0}")]
    Client(#[from] reqwest::Error),
}

/// All routes of the shop.
pub fn router(config: Config) -> Result<axum::Router, OpenError> {
    if !config.page_dir.join("index.html").is_file() {
        return Err(OpenError::NoPage(config.page_dir));
    }
    let backend = Backend::new(config.backend.clone(), config.shop_key.clone())?;
    let hints = Hints::new(&config.backend)?;
    let policy = Policy::new(&config);
    Ok(routes::router(Arc::new(Shop { config, backend, hints, policy, orders: Orders::default() })))
}

/// Serves the shop on `listener` until the future is dropped.
pub async fn serve(listener: TcpListener, config: Config) -> anyhow::Result<()> {
    axum::serve(listener, router(config)?).await?;
    Ok(())
}

/// What every route works with.
struct Shop {
    config: Config,
    backend: Backend,
    hints: Hints,
    policy: Policy,
    orders: Orders,
}
