//! The return URL a shop gives: what passes the check, and what it becomes when the session is added.

use checkout_api::SessionId;
use merchant_backend::payments::return_url::{self, PARAMETER};
use url::Url;

/// An accepted URL leads to an allowed host and nowhere else, and adding the session changes only the session.
pub(crate) fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let hosts = ["shop.example".to_owned(), "127.0.0.1:8083".to_owned(), "xn--e1afmkfd.example".to_owned()];
    let Ok(url) = return_url::check(text, &hosts) else { return };

    let host = url.host_str().expect("an accepted URL has a host");
    let loopback = host == "127.0.0.1" && url.port() == Some(8083);
    assert!(loopback || ["shop.example", "xn--e1afmkfd.example"].contains(&host), "{url}");
    assert!(url.scheme() == "https" || (url.scheme() == "http" && return_url::is_loopback(&url)), "{url}");
    assert!(url.username().is_empty() && url.password().is_none(), "{url}");

    let added = return_url::with_session(&url, &SessionId::new("s1"));
    assert_eq!(Url::parse(added.as_str()).as_ref(), Ok(&added), "it is read back as it was written");
    let before_query = |url: &Url| url.as_str().split(['?', '#']).next().map(str::to_owned);
    assert_eq!(before_query(&url), before_query(&added), "the same place");
    assert_eq!(url.fragment(), added.fragment(), "the same fragment");
    let sessions: Vec<_> = added.query_pairs().filter(|(name, _)| name == PARAMETER).collect();
    assert_eq!(sessions, [(PARAMETER.into(), "s1".into())], "the session, once: {added}");
    let others = |url: &Url| -> Vec<(String, String)> {
        url.query_pairs().filter(|(name, _)| name != PARAMETER).map(|(n, v)| (n.into(), v.into())).collect()
    };
    assert_eq!(others(&url), others(&added), "the shop's own parameters are kept");
    assert_eq!(return_url::with_session(&added, &SessionId::new("s1")), added, "twice is once");
}
