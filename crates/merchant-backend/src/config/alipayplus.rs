//! Alipay+ in the configuration: off without its table. Keys come from files beside it.

use std::path::{Path, PathBuf};

use money::Currency;
use serde::Deserialize;
use url::Url;
use worldline_connect::Secret;

use super::duration::Span;
use super::{ConfigError, secret_file, web_url, whole_minutes, wrong};
use crate::country::Country;
use crate::payments::return_url::is_loopback;
use crate::provider::alipayplus::Settings;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AlipayPlusTable {
    api: String,
    merchant_id: String,
    api_key_id: String,
    secret_api_key_file: PathBuf,
    #[serde(default)]
    webhook_keys: Vec<WebhookKeyTable>,
    country: String,
    #[serde(default)]
    countries: Vec<String>,
    currencies: Vec<String>,
    min_minor: Option<i64>,
    max_minor: Option<i64>,
    #[serde(default)]
    page_hosts: Vec<String>,
    page_lifetime: Option<Span>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WebhookKeyTable {
    id: String,
    secret_file: PathBuf,
}

impl AlipayPlusTable {
    /// The files with secrets, by the key that names them.
    pub(super) fn secret_files(&self) -> impl Iterator<Item = (String, &PathBuf)> {
        let keys = self.webhook_keys.iter().enumerate();
        let keys = keys
            .map(|(index, key)| (format!("alipayplus.webhook_keys[{index}].secret_file"), &key.secret_file));
        keys.chain([("alipayplus.secret_api_key_file".to_owned(), &self.secret_api_key_file)])
    }

    pub(super) fn check(self, folder: &Path) -> Result<Settings, ConfigError> {
        let secret = |key: &str, file: &Path| {
            let secret = secret_file(key, &folder.join(file))?;
            if secret.is_empty() { Err(wrong(key, "the file is empty")) } else { Ok(Secret::new(secret)) }
        };
        for (name, value) in [("merchant_id", &self.merchant_id), ("api_key_id", &self.api_key_id)] {
            if value.trim().is_empty() {
                return Err(wrong(&format!("alipayplus.{name}"), "is empty: see the Configuration Center"));
            }
        }
        let home = country("alipayplus.country", &self.country)?;
        let keys = self.webhook_keys.iter().enumerate().map(|(index, key)| {
            let name = format!("alipayplus.webhook_keys[{index}].secret_file");
            Ok((key.id.clone(), secret(&name, &key.secret_file)?))
        });
        Ok(Settings {
            api: api(&self.api)?,
            merchant_id: self.merchant_id,
            api_key_id: self.api_key_id,
            secret_api_key: secret("alipayplus.secret_api_key_file", &self.secret_api_key_file)?,
            webhook_keys: keys.collect::<Result<_, ConfigError>>()?,
            home,
            countries: countries(home, &self.countries)?,
            currencies: currencies(&self.currencies)?,
            sums: sums(self.min_minor, self.max_minor)?,
            page_hosts: self.page_hosts,
            page_lifetime: self
                .page_lifetime
                .map(|span| whole_minutes("alipayplus.page_lifetime", span))
                .transpose()?,
        })
    }
}

/// The secret signs every call, but what the calls say travels as it is.
fn api(text: &str) -> Result<Url, ConfigError> {
    let url = web_url("alipayplus.api", text)?;
    let safe = url.scheme() == "https" || is_loopback(&url);
    if safe && url.path() == "/" && url.query().is_none() {
        Ok(url)
    } else {
        let problem =
            format!("`{text}`: give https and a host, such as https://api.connect.worldline-solutions.com");
        Err(wrong("alipayplus.api", problem))
    }
}

fn country(key: &str, text: &str) -> Result<Country, ConfigError> {
    text.parse().map_err(|error| wrong(key, format!("`{text}`: {error}")))
}

/// The home country is always among them: it is whose orders name none.
fn countries(home: Country, texts: &[String]) -> Result<Vec<Country>, ConfigError> {
    let mut countries = vec![home];
    for text in texts {
        let one = country("alipayplus.countries", text)?;
        if !countries.contains(&one) {
            countries.push(one);
        }
    }
    Ok(countries)
}

fn currencies(words: &[String]) -> Result<Vec<Currency>, ConfigError> {
    if words.is_empty() {
        return Err(wrong("alipayplus.currencies", "name at least one, such as EUR"));
    }
    words.iter().map(|word| word.parse().map_err(|error| wrong("alipayplus.currencies", error))).collect()
}

/// Both or none: the platform is asked for what is not given, and half an answer helps nobody.
fn sums(least: Option<i64>, most: Option<i64>) -> Result<Option<(i64, i64)>, ConfigError> {
    match (least, most) {
        (None, None) => Ok(None),
        (Some(least), Some(most)) if 0 < least && least <= most => Ok(Some((least, most))),
        (Some(_) | None, Some(_) | None) => Err(wrong(
            "alipayplus.min_minor",
            "give min_minor and max_minor, above zero and in this order, or neither: then Worldline is asked",
        )),
    }
}
