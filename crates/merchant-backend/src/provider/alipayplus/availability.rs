//! Which orders Alipay+ takes: by country, currency and sum, from the configuration or from the platform's product
//! lookup, asked now and again.

use std::sync::{PoisonError, RwLock};

use money::Currency;
use worldline_connect::{ALIPAY_PLUS, Client, ProductQuestion};

use super::Settings;
use crate::country::Country;
use crate::provider::{Limits, Within};

#[derive(Debug)]
pub(super) struct Availability {
    home: Country,
    known: RwLock<Vec<Within>>,
}

impl Availability {
    /// What is configured; until the platform has answered, nothing is offered that is not.
    pub(super) fn new(settings: &Settings) -> Self {
        let known = settings.sums.map_or_else(Vec::new, |(least, most)| {
            pairs(settings).map(|(country, currency)| Within { country, currency, least, most }).collect()
        });
        Self { home: settings.home, known: RwLock::new(known) }
    }

    pub(super) fn now(&self) -> Limits {
        let list = self.known.read().unwrap_or_else(PoisonError::into_inner).clone();
        Limits::Only { home: self.home, list }
    }

    /// Asks about each country and currency; what cannot be asked about now stays as it was. Says whether all was
    /// answered.
    pub(super) async fn learn(&self, client: &Client, settings: &Settings) -> bool {
        if settings.sums.is_some() {
            return true;
        }
        let mut all = true;
        for (country, currency) in pairs(settings) {
            let question = ProductQuestion {
                product: ALIPAY_PLUS,
                country_code: country.code().to_owned(),
                currency_code: currency.code().to_owned(),
                amount: None,
            };
            let about = (country.code(), currency.code());
            match client.product(&question).await {
                Ok(product) => {
                    let within = product.map(|product| Within {
                        country,
                        currency,
                        least: product.min_amount.unwrap_or(1),
                        most: product.max_amount.unwrap_or(i64::MAX),
                    });
                    tracing::info!(?about, offered = within.is_some(), "asked what Alipay+ takes");
                    let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
                    known.retain(|one| (one.country, one.currency) != (country, currency));
                    known.extend(within);
                }
                Err(error) => {
                    all = false;
                    tracing::warn!(?about, %error, "it is not known what Alipay+ takes");
                }
            }
        }
        all
    }
}

fn pairs(settings: &Settings) -> impl Iterator<Item = (Country, Currency)> {
    let of = |country: &Country| {
        let country = *country;
        settings.currencies.iter().map(move |currency| (country, *currency))
    };
    settings.countries.iter().flat_map(of)
}
