//! Which sums Alipay+ takes: from the configuration, or from the platform's product lookup, asked now and again.

use std::sync::{PoisonError, RwLock};

use worldline_connect::{ALIPAY_PLUS, Client, ProductQuestion};

use super::Settings;
use crate::provider::{Limits, Within};

#[derive(Debug)]
pub(super) struct Availability {
    known: RwLock<Vec<Within>>,
}

impl Availability {
    /// What is configured; until the platform has answered, nothing is offered that is not.
    pub(super) fn new(settings: &Settings) -> Self {
        let known = settings.sums.map_or_else(Vec::new, |(least, most)| {
            settings.currencies.iter().map(|currency| Within { currency: *currency, least, most }).collect()
        });
        Self { known: RwLock::new(known) }
    }

    pub(super) fn now(&self) -> Limits {
        Limits::Only(self.known.read().unwrap_or_else(PoisonError::into_inner).clone())
    }

    /// Asks about each currency; what cannot be asked about now stays as it was. Says whether all was answered.
    pub(super) async fn learn(&self, client: &Client, settings: &Settings) -> bool {
        if settings.sums.is_some() {
            return true;
        }
        let mut all = true;
        for currency in &settings.currencies {
            let question = ProductQuestion {
                product: ALIPAY_PLUS,
                country_code: settings.country.clone(),
                currency_code: currency.code().to_owned(),
                amount: None,
            };
            match client.product(&question).await {
                Ok(product) => {
                    let within = product.map(|product| Within {
                        currency: *currency,
                        least: product.min_amount.unwrap_or(1),
                        most: product.max_amount.unwrap_or(i64::MAX),
                    });
                    tracing::info!(
                        currency = currency.code(),
                        offered = within.is_some(),
                        "asked what Alipay+ takes"
                    );
                    let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
                    known.retain(|one| one.currency != *currency);
                    known.extend(within);
                }
                Err(error) => {
                    all = false;
                    tracing::warn!(currency = currency.code(), %error, "it is not known what Alipay+ takes");
                }
            }
        }
        all
    }
}
