//! A signed-in browser: the cookie's secret, its name, and the token that proves a request is the page's own.

use std::time::Duration;

use axum::http::{HeaderMap, HeaderValue, header};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac};
use jiff::Timestamp;
use sha2::Sha256;
use subtle::ConstantTimeEq;
use url::Url;

use crate::payments::schedule::{after, before};

const SECURE_NAME: &str = "__Host-alliancepay_console";
/// Without TLS a browser takes no cookie with the safe prefix.
const PLAIN_NAME: &str = "alliancepay_console";
/// The header of everything but reading.
pub(crate) const CSRF: &str = "x-csrf-token";
/// The header of what the console asks without anybody having done something.
pub(crate) const UNATTENDED: &str = "x-unattended";

/// How sessions of staff live here.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SessionRules {
    /// Browsers reach us by TLS.
    pub(crate) secure: bool,
    /// A session unused for so long ends.
    pub(crate) idle: Duration,
    /// A session ends after so long, used or not.
    pub(crate) lifetime: Duration,
}

impl SessionRules {
    pub(crate) fn new(public_url: &Url, idle: Duration, lifetime: Duration) -> Self {
        Self { secure: public_url.scheme() == "https", idle, lifetime }
    }

    /// The session's secret, from the cookie.
    pub(crate) fn secret<'a>(&self, headers: &'a HeaderMap) -> Option<&'a str> {
        let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut pairs =
            cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
        pairs.find(|(name, _)| *name == self.name()).map(|(_, secret)| secret)
    }

    /// The cookie of a new session.
    pub(crate) fn cookie(&self, secret: &str) -> Option<HeaderValue> {
        self.set(secret, self.lifetime.as_secs())
    }

    /// The cookie that takes it away.
    pub(crate) fn no_cookie(&self) -> Option<HeaderValue> {
        self.set("", 0)
    }

    /// Sessions last used before this have ended.
    pub(crate) fn idle_since(&self, now: Timestamp) -> Timestamp {
        before(now, self.idle)
    }

    /// A use is stored when the last one stored is older than this: not every request writes.
    pub(crate) fn seen_before(&self, now: Timestamp) -> Timestamp {
        before(now, self.idle / 8)
    }

    pub(crate) fn end(&self, now: Timestamp) -> Timestamp {
        after(now, self.lifetime)
    }

    const fn name(&self) -> &'static str {
        if self.secure { SECURE_NAME } else { PLAIN_NAME }
    }

    fn set(&self, value: &str, seconds: u64) -> Option<HeaderValue> {
        let secure = if self.secure { "; Secure" } else { "" };
        let name = self.name();
        let cookie = format!("{name}={value}; Path=/; HttpOnly; SameSite=Strict; Max-Age={seconds}{secure}");
        HeaderValue::from_str(&cookie).ok()
    }
}

/// What a page proves itself with: made of the session's secret, which no page can read.
pub(crate) fn csrf_token(secret: &str) -> String {
    let mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes());
    let mut mac = mac.unwrap_or_else(|_| unreachable!("a key of any length will do"));
    mac.update(b"console csrf");
    URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())
}

/// Whether a request carries that token.
pub(crate) fn has_csrf_token(headers: &HeaderMap, secret: &str) -> bool {
    let given = headers.get(CSRF).map(HeaderValue::as_bytes).unwrap_or_default();
    bool::from(given.ct_eq(csrf_token(secret).as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(url: &str) -> SessionRules {
        let minute = Duration::from_mins(1);
        SessionRules::new(&Url::parse(url).unwrap(), minute, minute * 2)
    }

    #[test]
    fn over_tls_the_cookie_is_bound_to_the_host() {
        let cookie = rules("https://pay.shop.example").cookie("s").unwrap();
        assert_eq!(
            cookie.to_str().unwrap(),
            "__Host-alliancepay_console=s; Path=/; HttpOnly; SameSite=Strict; Max-Age=120; Secure"
        );
        let cookie = rules("http://127.0.0.1:8080").no_cookie().unwrap();
        assert_eq!(
            cookie.to_str().unwrap(),
            "alliancepay_console=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0"
        );
    }

    #[test]
    fn the_secret_is_found_among_other_cookies_and_a_look_alike_is_not() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("a=b; xalliancepay_console=no"));
        headers.append(header::COOKIE, HeaderValue::from_static("alliancepay_console=yes; c=d"));
        assert_eq!(rules("http://127.0.0.1").secret(&headers), Some("yes"));
        assert_eq!(rules("https://pay.shop.example").secret(&headers), None);
    }

    #[test]
    fn a_page_of_another_session_proves_nothing() {
        let mut headers = HeaderMap::new();
        assert!(!has_csrf_token(&headers, "one"));
        headers.insert(CSRF, csrf_token("two").parse().unwrap());
        assert!(!has_csrf_token(&headers, "one"));
        assert!(has_csrf_token(&headers, "two"));
    }
}
