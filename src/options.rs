//! Lenient options of the page (attributes) → the strict [`Config`], or a set-up error that names the option.
//!
//! No browser here: attributes and addresses come in through two functions.

use checkout_api::{OrderRef, OrderToken, Product, SessionId};
use checkout_core::{Config, Policy, SetupError, View};
use money::{Amount, Currency};

use crate::text::Words;

/// Everything one widget was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// What the core needs to know.
    pub config: Config,
    /// The merchant backend without a closing slash; absent only in the `option` view.
    pub backend: Option<String>,
    /// The right to pay.
    pub token: Option<OrderToken>,
    /// Where a fresh token comes from.
    pub token_url: Option<String>,
    /// The session the page names.
    pub session: Option<SessionId>,
    /// The attributes as the page wrote them; others written differently start the checkout anew.
    pub written: String,
}

/// What only changes the look: a change of it keeps the checkout under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// The words.
    pub words: Words,
    /// The buyer's locale, for amounts and dates.
    pub locale: String,
    /// The merchant's own logo.
    pub logo: Option<String>,
}

/// An address as the browser reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// The whole address.
    pub href: String,
    /// Scheme, host and port.
    pub origin: String,
    /// `https:` with its colon.
    pub protocol: String,
    /// The host without its port.
    pub hostname: String,
}

/// The page as the options see it.
#[derive(Clone, Copy)]
pub struct Page<'a> {
    /// The value of an attribute.
    pub attribute: &'a dyn Fn(&str) -> Option<String>,
    /// Reads an address relative to the page's own.
    pub resolve: &'a dyn Fn(&str) -> Option<Address>,
    /// The page's origin.
    pub origin: &'a str,
}

impl core::fmt::Debug for Page<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Page").field("origin", &self.origin).finish_non_exhaustive()
    }
}

impl Options {
    /// Every attribute; those of the checkout first.
    pub const NAMES: [&'static str; 14] = [
        "backend",
        "order-token",
        "token-url",
        "session",
        "view",
        "product",
        "order",
        "amount",
        "currency",
        "payment-hosts",
        "lang",
        "theme",
        "logo-url",
        "texts",
    ];

    /// How many of them say what is paid and how; the rest only change the look.
    const OF_THE_CHECKOUT: usize = 10;

    /// Reads all options; the first wrong one is the error.
    pub fn read(page: &Page<'_>) -> Result<Self, SetupError> {
        let view = match page.text("view").as_deref() {
            None | Some("pay") => View::Pay,
            Some("option") => View::Option,
            Some("status") => View::Status,
            Some(_) => return Err(SetupError::Invalid { option: "view" }),
        };
        if !matches!(page.text("theme").as_deref(), None | Some("auto" | "light" | "dark")) {
            return Err(SetupError::Invalid { option: "theme" });
        }
        let backend = page.address("backend")?.map(|address| address.href.trim_end_matches('/').to_owned());
        let token = page.text("order-token").map(OrderToken::new);
        let token_url = page.same_origin("token-url", None)?;
        page.same_origin("logo-url", backend.as_deref())?;
        if view != View::Option && backend.is_none() {
            return Err(SetupError::Missing { option: "backend" });
        }
        let config = Config {
            view,
            has_token: token.is_some(),
            can_refresh_token: token_url.is_some(),
            order: page.text("order").map(OrderRef::new),
            amount: amount(page)?,
            product: product(page)?,
            payment_hosts: hosts(page)?,
            policy: Policy::default(),
        };
        let session = match page.text("session") {
            None => None,
            Some(text) => Some(session(&text).ok_or(SetupError::Invalid { option: "session" })?),
        };
        Ok(Self { config, backend, token, token_url, session, written: written(page) })
    }

    /// The merchant's own logo, which only changes the look. A wrong one has failed in [`Options::read`].
    pub fn logo(page: &Page<'_>) -> Option<String> {
        page.same_origin("logo-url", page.text("backend").as_deref()).ok().flatten()
    }
}

/// The session of an id as text: letters, digits, `-` and `_`, so that it can stand in an address.
pub fn session(text: &str) -> Option<SessionId> {
    let legal = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    (!text.is_empty() && text.len() <= 128 && text.bytes().all(legal)).then(|| SessionId::new(text))
}

impl Page<'_> {
    /// The attribute's text; blank counts as absent.
    fn text(&self, option: &str) -> Option<String> {
        (self.attribute)(option).map(|text| text.trim_ascii().to_owned()).filter(|text| !text.is_empty())
    }

    fn address(&self, option: &'static str) -> Result<Option<Address>, SetupError> {
        let Some(text) = self.text(option) else { return Ok(None) };
        (self.resolve)(&text)
            .filter(|address| matches!(address.protocol.as_str(), "https:" | "http:"))
            .map(Some)
            .ok_or(SetupError::Invalid { option })
    }

    /// An address on the page's own origin, or on that of `other`.
    fn same_origin(&self, option: &'static str, other: Option<&str>) -> Result<Option<String>, SetupError> {
        let Some(address) = self.address(option)? else { return Ok(None) };
        let other = other.and_then(|text| (self.resolve)(text)).map(|other| other.origin);
        if address.origin == self.origin || other.as_deref() == Some(&address.origin) {
            Ok(Some(address.href))
        } else {
            Err(SetupError::Invalid { option })
        }
    }
}

fn product(page: &Page<'_>) -> Result<Option<Product>, SetupError> {
    match page.text("product").map(Product::from) {
        Some(Product::Unrecognized(_)) => Err(SetupError::Invalid { option: "product" }),
        known @ (None | Some(Product::Card | Product::A2a | Product::AlipayPlus)) => Ok(known),
    }
}

fn amount(page: &Page<'_>) -> Result<Option<Amount>, SetupError> {
    let currency = match page.text("currency") {
        None => Currency::Uah,
        Some(text) => text.parse().map_err(|_| SetupError::Invalid { option: "currency" })?,
    };
    let Some(text) = page.text("amount") else { return Ok(None) };
    let minor = text.parse::<i64>().ok();
    let amount = minor.and_then(|minor| Amount::new(minor, currency).ok());
    amount.map(Some).ok_or(SetupError::Invalid { option: "amount" })
}

fn hosts(page: &Page<'_>) -> Result<Vec<String>, SetupError> {
    let mut text = page.text("payment-hosts").unwrap_or_default();
    let legal =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.') || byte.is_ascii_whitespace();
    if !text.bytes().all(legal) {
        return Err(SetupError::Invalid { option: "payment-hosts" });
    }
    text.make_ascii_lowercase();
    Ok(text.split_ascii_whitespace().map(ToOwned::to_owned).collect())
}

fn written(page: &Page<'_>) -> String {
    let mut written = String::new();
    for option in Options::NAMES.iter().take(Options::OF_THE_CHECKOUT) {
        written.push_str(&page.text(option).unwrap_or_default());
        written.push('\n');
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: [(&str, &str); 2] = [("backend", "https://shop.example/pay/"), ("order-token", "secret")];

    #[test]
    fn a_backend_and_a_token_are_enough_to_pay() {
        let options = read(&GOOD).unwrap();
        assert_eq!(options.config.view, View::Pay);
        assert_eq!(options.backend.as_deref(), Some("https://shop.example/pay"));
        assert!(options.config.has_token && !options.config.can_refresh_token);
    }

    #[test]
    fn each_wrong_option_is_named() {
        for (option, value) in [
            ("backend", "javascript:alert(1)"),
            ("token-url", "https://elsewhere.example/token"),
            ("session", "../../orders/7"),
            ("view", "popup"),
            ("theme", "sepia"),
            ("product", "barter"),
            ("amount", "12.50"),
            ("amount", "-1"),
            ("currency", "GBP"),
            ("payment-hosts", "https://pay.example"),
            ("logo-url", "https://elsewhere.example/logo.svg"),
        ] {
            let mut attributes = GOOD.to_vec();
            attributes.retain(|(name, _)| *name != option);
            attributes.push((option, value));
            assert_eq!(read(&attributes), Err(SetupError::Invalid { option }), "{option}={value}");
        }
    }

    #[test]
    fn every_view_but_the_option_needs_a_backend() {
        assert_eq!(read(&[]), Err(SetupError::Missing { option: "backend" }));
        assert!(read(&[GOOD[0], ("view", "status")]).is_ok());
        assert!(read(&[("view", "option")]).is_ok());
    }

    #[test]
    fn blank_attributes_count_as_absent() {
        let options = read(&[GOOD[0], GOOD[1], ("session", " "), ("product", ""), ("amount", "")]).unwrap();
        assert_eq!((options.session, options.config.product, options.config.amount), (None, None, None));
    }

    #[test]
    fn an_amount_is_minor_units_and_hryvnia_by_default() {
        let options = read(&[GOOD[0], GOOD[1], ("amount", "129905")]).unwrap();
        assert_eq!(options.config.amount, Amount::new(129_905, Currency::Uah).ok());
    }

    #[test]
    fn the_table_of_options_names_what_is_read_and_every_word_it_offers_is_understood() {
        let table: serde_json::Value = serde_json::from_str(include_str!("../embed/options.json")).unwrap();
        let table = table.as_array().unwrap();
        let names = |look: bool| table.iter().filter(move |option| (option["look"] == true) == look);
        let ordered: Vec<&str> =
            names(false).chain(names(true)).map(|option| option["name"].as_str().unwrap()).collect();
        assert_eq!(ordered, Options::NAMES);
        assert_eq!(names(false).count(), Options::OF_THE_CHECKOUT);
        for option in table {
            for value in option["values"].as_array().into_iter().flatten() {
                let (name, value) = (option["name"].as_str().unwrap(), value.as_str().unwrap());
                assert!(read(&[GOOD[0], GOOD[1], (name, value)]).is_ok(), "{name}={value}");
            }
        }
    }

    fn read(attributes: &[(&str, &str)]) -> Result<Options, SetupError> {
        let attribute = |name: &str| {
            attributes.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        };
        Options::read(&Page { attribute: &attribute, resolve: &resolve, origin: "https://shop.example" })
    }

    fn resolve(text: &str) -> Option<Address> {
        let (scheme, rest) = text.split_once(':')?;
        let host = rest.trim_start_matches('/').split('/').next().unwrap_or_default();
        let protocol = format!("{scheme}:");
        let origin = format!("{protocol}//{host}");
        Some(Address { href: text.to_owned(), origin, protocol, hostname: host.to_owned() })
    }
}
