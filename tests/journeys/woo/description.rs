//! What a journey is told about a shop. The same file describes our own test shop and a real one.

use std::path::Path;

use anyhow::Context;
use serde_json::Value;

/// Addresses of a shop and of what stands behind it.
#[derive(Debug, Clone)]
pub(crate) struct Description {
    pub(crate) base: String,
    pub(crate) product: String,
    pub(crate) checkout: String,
    /// The Blocks checkout, where the shop has one.
    pub(crate) blocks: Option<String>,
    pub(crate) admin: String,
    pub(crate) login: String,
    pub(crate) password: String,
    pub(crate) backend: String,
    pub(crate) bank: String,
    /// Whether orders are WordPress' posts, and not in tables of their own.
    pub(crate) posts: bool,
    /// Needed to put it back after a journey has set a wrong one.
    pub(crate) webhook_secret: Option<String>,
}

impl Description {
    /// Reads the file that `cargo xtask woo-journeys` has written.
    pub(crate) fn read(file: &Path) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
        let told: Value = serde_json::from_str(&text).context("the shop's description")?;
        let may = |name: &str| told[name].as_str().map(|text| text.trim_end_matches('/').to_owned());
        let must = |name: &str| may(name).with_context(|| format!("the shop's description has no {name}"));
        let page = |name: &str| {
            told[name]
                .as_str()
                .map(str::to_owned)
                .with_context(|| format!("the shop's description has no {name}"))
        };
        Ok(Self {
            base: must("baseUrl")?,
            product: page("productUrl")?,
            checkout: page("checkoutUrl")?,
            blocks: told["blocksUrl"].as_str().map(str::to_owned),
            admin: must("adminUrl")?,
            login: must("adminUser")?,
            password: must("adminPassword")?,
            backend: must("backend")?,
            bank: must("bank")?,
            posts: told["orders"] == "posts",
            webhook_secret: may("webhookSecret"),
        })
    }
}
