//! The buyer's language, theme and currency: from the address when it names one, else from the shop's cookie, else uk, auto
//! and hryvnias.
//!
//! All are plain links, so that they work without scripts; the cookie carries them to the next page.

use axum::http::HeaderMap;
use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::{HeaderValue, Uri};
use cookie::{Cookie, SameSite};
use money::Currency;
use url::form_urlencoded;

use crate::catalogue::CURRENCIES;

/// A language the shop speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    /// Ukrainian, the default.
    Uk,
    /// English.
    En,
}

/// The look of shop and widget.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Theme {
    /// As the buyer's system has it.
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// What one request asks for, and the address it came to.
#[derive(Debug, Clone)]
pub(crate) struct Preferences {
    pub(crate) language: Language,
    pub(crate) theme: Theme,
    /// What the basket is priced in; a placed order keeps its own.
    pub(crate) currency: Currency,
    uri: Uri,
    named: bool,
    /// Whether the buyer chose the language, here or on an earlier page.
    language_chosen: bool,
}

impl Language {
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Uk => "uk",
            Self::En => "en",
        }
    }

    fn named(code: &str) -> Option<Self> {
        [Self::Uk, Self::En].into_iter().find(|language| language.code() == code)
    }
}

impl Theme {
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    fn named(code: &str) -> Option<Self> {
        [Self::Auto, Self::Light, Self::Dark].into_iter().find(|theme| theme.code() == code)
    }
}

impl Preferences {
    /// Reads the address and the cookie of a request.
    pub(crate) fn read(uri: &Uri, headers: &HeaderMap) -> Self {
        let in_address = |name: &str| query(uri).find(|(key, _)| key == name).map(|(_, value)| value);
        let in_cookie = |name: &str| {
            let all = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
            all.flat_map(Cookie::split_parse)
                .flatten()
                .find(|one| one.name() == name)
                .map(|one| one.value().to_owned())
        };
        let language = in_address("lang").and_then(|code| Language::named(&code));
        let remembered = in_cookie(LANGUAGE_COOKIE).and_then(|code| Language::named(&code));
        let theme = in_address("theme").and_then(|code| Theme::named(&code));
        let currency = in_address("currency").and_then(|code| sold_in(&code));
        Self {
            named: language.is_some() || theme.is_some() || currency.is_some(),
            language_chosen: language.or(remembered).is_some(),
            language: language.or(remembered).unwrap_or(Language::Uk),
            theme: theme.or_else(|| Theme::named(&in_cookie(THEME_COOKIE)?)).unwrap_or(Theme::Auto),
            currency: currency.or_else(|| sold_in(&in_cookie(CURRENCY_COOKIE)?)).unwrap_or(CURRENCIES[0]),
            uri: uri.clone(),
        }
    }

    /// Speaks the order's language to a buyer who came to it in a browser where none was chosen.
    pub(crate) fn of_order(&mut self, language: Language) {
        if !self.language_chosen {
            self.language = language;
        }
    }

    /// The address of the same page with one query parameter changed.
    pub(crate) fn here_with(&self, name: &str, value: &str) -> String {
        let kept = query(&self.uri).filter(|(key, _)| key != name);
        let changed = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(kept)
            .append_pair(name, value)
            .finish();
        format!("{}?{changed}", self.uri.path())
    }

    /// Carries what the address named to the pages after it.
    pub(crate) fn remember(&self, headers: &mut HeaderMap) {
        if !self.named {
            return;
        }
        for (name, value) in [
            (LANGUAGE_COOKIE, self.language.code()),
            (THEME_COOKIE, self.theme.code()),
            (CURRENCY_COOKIE, self.currency.code()),
        ] {
            let cookie = Cookie::build((name, value)).path("/").http_only(true).same_site(SameSite::Lax);
            if let Ok(value) = HeaderValue::from_str(&cookie.to_string()) {
                headers.append(SET_COOKIE, value);
            }
        }
    }
}

const LANGUAGE_COOKIE: &str = "shop_lang";
const THEME_COOKIE: &str = "shop_theme";
const CURRENCY_COOKIE: &str = "shop_currency";

/// A currency the shop sells in.
fn sold_in(code: &str) -> Option<Currency> {
    CURRENCIES.into_iter().find(|currency| currency.code() == code)
}

fn query(uri: &Uri) -> impl Iterator<Item = (std::borrow::Cow<'_, str>, std::borrow::Cow<'_, str>)> {
    form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(uri: &'static str, cookie: &'static str) -> Preferences {
        let headers = HeaderMap::from_iter([(COOKIE, HeaderValue::from_static(cookie))]);
        Preferences::read(&Uri::from_static(uri), &headers)
    }

    #[test]
    fn the_address_wins_over_the_cookie_and_unknown_words_over_nothing() {
        assert_eq!(read("/", "").language, Language::Uk);
        assert_eq!(read("/", "a=b; shop_lang=en").language, Language::En);
        assert_eq!(read("/?lang=uk", "shop_lang=en").language, Language::Uk);
        assert_eq!(read("/?currency=EUR", "").currency, Currency::Eur);
        assert_eq!(read("/", "shop_currency=EUR").currency, Currency::Eur);
        assert_eq!(read("/?currency=USD", "").currency, Currency::Uah, "the shop has no prices in dollars");
        assert_eq!(read("/?lang=xx&theme=neon", "shop_theme=dark").theme, Theme::Dark);
    }

    #[test]
    fn a_switch_keeps_the_rest_of_the_address() {
        let here = read("/orders/Z-1/pay?key=abc&lang=uk", "");
        assert_eq!(here.here_with("lang", "en"), "/orders/Z-1/pay?key=abc&lang=en");
        assert_eq!(here.here_with("theme", "dark"), "/orders/Z-1/pay?key=abc&lang=uk&theme=dark");
    }
}
