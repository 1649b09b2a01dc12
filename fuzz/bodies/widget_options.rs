//! The widget's options: attributes of a page, as lines of `name=value`.

use alliancepay_checkout::options::{Address, Options, Page};
use checkout_core::{SetupError, View};
use url::Url;

const ORIGIN: &str = "https://shop.example";

/// Must not panic; a wrong option is named; nothing that is read reaches outside what the options allow.
pub(crate) fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let attribute = |wanted: &str| {
        text.lines()
            .filter_map(|line| line.split_once('='))
            .find_map(|(name, value)| (name == wanted).then(|| value.to_owned()))
    };
    let page = Page { attribute: &attribute, resolve: &resolve, origin: ORIGIN };
    match Options::read(&page) {
        Ok(options) => {
            let absolute = |text: &String| Url::parse(text).is_ok_and(|url| url.scheme().starts_with("http"));
            assert!(options.backend.iter().all(absolute), "{options:?}");
            assert!(options.backend.is_some() || options.config.view == View::Option, "{options:?}");
            let from_here = |text: &String| text.starts_with(ORIGIN);
            assert!(options.token_url.iter().all(from_here), "a token comes from the page's own origin");
            assert_eq!(options.config.has_token, options.token.is_some());
            let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_".contains(letter);
            assert!(options.session.iter().all(|session| session.as_str().chars().all(plain)));
            let host = |host: &String| !host.is_empty() && !host.contains(['/', ':', '@']);
            assert!(options.config.payment_hosts.iter().all(host), "{options:?}");
        }
        Err(SetupError::Missing { option } | SetupError::Invalid { option }) => {
            assert!(Options::NAMES.contains(&option), "{option}");
        }
        Err(error @ SetupError::PaymentPage(_)) => {
            panic!("no option says that: {error:?}")
        }
    }
}

/// As a browser reads an address on a page of `ORIGIN`.
fn resolve(text: &str) -> Option<Address> {
    let url = Url::parse(ORIGIN).ok()?.join(text).ok()?;
    Some(Address {
        href: url.to_string(),
        origin: url.origin().ascii_serialization(),
        protocol: format!("{}:", url.scheme()),
        hostname: url.host_str().unwrap_or_default().to_owned(),
    })
}
