//! `merchant-backend check`: tries what a payment needs and says in words what is wrong and what to do. What cannot be known
//! from here is said as such. Moves no money and changes no order, unless an order or a webhook is asked for; the ledger is
//! opened as a start opens it, so a missing one is made and an older one is brought to this version's schema.

mod addresses;
mod alipayplus;
mod bank;
mod files;
mod webhook;

use std::sync::Arc;
use std::time::Duration;

use reqwest::{Client, redirect};
use serde::Serialize;

use crate::config::Config;
use crate::server::{self, Parts};
use crate::telemetry::Metrics;

const PATIENCE: Duration = Duration::from_secs(10);

/// What to try beyond looking.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tries {
    /// Make an order at the bank with each terminal. Nobody pays it; it expires.
    pub order: bool,
    /// Send the shop a webhook of the type `check`, and one with a wrong signature.
    pub webhook: bool,
}

/// One thing that was looked at.
#[derive(Debug, Clone, Serialize)]
pub struct Finding {
    /// The key of the configuration, or the part.
    pub about: String,
    /// How it stands.
    pub standing: Standing,
    /// What was found, as a sentence.
    pub text: String,
    /// What to do, where something is to be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub advice: Option<String>,
}

/// How a thing stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// As it should be.
    Ok,
    /// Payments work, but somebody should look.
    Warning,
    /// Payments do not work, or are not safe.
    Problem,
}

impl Standing {
    /// For a person.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warning => "warning",
            Self::Problem => "problem",
        }
    }
}

impl Finding {
    fn ok(about: impl Into<String>, text: impl Into<String>) -> Self {
        Self { about: about.into(), standing: Standing::Ok, text: text.into(), advice: None }
    }

    fn warning(about: impl Into<String>, text: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { standing: Standing::Warning, advice: Some(advice.into()), ..Self::ok(about, text) }
    }

    fn problem(about: impl Into<String>, text: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { standing: Standing::Problem, advice: Some(advice.into()), ..Self::ok(about, text) }
    }
}

/// Looks at everything; the findings come in the order in which one would mend them.
pub async fn check(config: Config, tries: Tries) -> Vec<Finding> {
    let mut findings = vec![Finding::ok("configuration", "The file is read and every key is known.")];
    findings.extend(files::check(&config));
    findings.extend(addresses::told(&config));
    let client = Client::builder().redirect(redirect::Policy::none()).timeout(PATIENCE).build();
    let Ok(client) = client else {
        findings.push(Finding::problem(
            "network",
            "No HTTP client can be made.",
            "Look at the system's certificates.",
        ));
        return findings;
    };
    findings.push(bank::clock(&client, &bank::BANK, &config.bank_api).await);
    if let Some(settings) = &config.alipayplus {
        findings.extend(alipayplus::told(&client, settings).await);
    }
    findings.extend(addresses::from_outside(&client, &config).await);
    if let Some(target) = &config.webhooks {
        findings.extend(webhook::check(target, tries.webhook).await);
    }
    let (lifetime, public_url) = (config.page_lifetime, config.public_url.clone());
    match server::parts(config, &Metrics::default()).await {
        Ok(Parts { store, provider, alipay_plus, .. }) => {
            findings.push(match store.ready().await {
                Ok(()) => Finding::ok("database", "The ledger can be read and written."),
                Err(error) => Finding::problem(
                    "database",
                    format!("{error}."),
                    "Look at the disk and at the file's rights.",
                ),
            });
            let provider = Arc::clone(&provider);
            findings.extend(bank::check(provider.as_ref(), lifetime, public_url, tries.order).await);
            if let Some(alipay_plus) = alipay_plus {
                findings.extend(alipayplus::check(&alipay_plus).await);
            }
        }
        Err(error) => {
            findings.push(Finding::problem(
                "database",
                format!("{error}."),
                "Look at `database` and at what it names.",
            ));
        }
    }
    findings
}
