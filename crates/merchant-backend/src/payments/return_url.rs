//! The URL the buyer comes back to: the shop's, checked against the configured hosts, with the session added.

use checkout_api::SessionId;
use url::Url;

/// The query parameter that carries the session.
pub const PARAMETER: &str = "alliancepay_session";

/// Why a return URL was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReturnUrlError {
    /// Not a URL.
    #[error("returnUrl is not an absolute URL")]
    Unreadable,
    /// Another scheme than https, and not a loopback host.
    #[error("returnUrl must be https (http only on loopback)")]
    NotHttps,
    /// Holds a user name or password.
    #[error("returnUrl must not hold a user name or password")]
    Credentials,
    /// The host is not in `shop.return_hosts`.
    #[error("the host `{0}` of returnUrl is not in shop.return_hosts")]
    Host(String),
}

/// Checks a shop's return URL. `hosts` are `host` or `host:port`; without a port any port will do.
pub fn check(text: &str, hosts: &[String]) -> Result<Url, ReturnUrlError> {
    let url = Url::parse(text).map_err(|_| ReturnUrlError::Unreadable)?;
    let host = url.host_str().ok_or(ReturnUrlError::Unreadable)?;
    if url.scheme() != "https" && !(url.scheme() == "http" && is_loopback(&url)) {
        return Err(ReturnUrlError::NotHttps);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(ReturnUrlError::Credentials);
    }
    let with_port = url.port_or_known_default().map(|port| format!("{host}:{port}"));
    let allowed = hosts
        .iter()
        .any(|allowed| allowed.eq_ignore_ascii_case(host) || Some(allowed.to_ascii_lowercase()) == with_port);
    if allowed { Ok(url) } else { Err(ReturnUrlError::Host(host.to_owned())) }
}

/// The URL with the session in its query; an older session there is replaced, everything else is kept as it is.
pub fn with_session(return_url: &Url, session: &SessionId) -> Url {
    let mut url = return_url.clone();
    // Pieces are kept as they were written: another encoding of the shop's own parameters could break a signature.
    let kept =
        url.query().unwrap_or_default().split('&').filter(|piece| !piece.is_empty() && !names_session(piece));
    let added = format!("{PARAMETER}={}", session.as_str());
    let query = kept.map(str::to_owned).chain([added]).collect::<Vec<_>>().join("&");
    url.set_query(Some(&query));
    url
}

/// Whether the host is this machine.
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        None => false,
    }
}

fn names_session(piece: &str) -> bool {
    url::form_urlencoded::parse(piece.as_bytes()).any(|(name, _)| name == PARAMETER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_configured_hosts_pass() {
        let hosts = ["shop.example".to_owned(), "127.0.0.1:8083".to_owned()];
        assert!(check("https://shop.example/thanks", &hosts).is_ok());
        assert!(check("https://SHOP.example:8443/thanks", &hosts).is_ok());
        assert!(check("http://127.0.0.1:8083/", &hosts).is_ok());
        let refused = |text: &str| check(text, &hosts).unwrap_err();
        assert_eq!(refused("http://127.0.0.1:8084/"), ReturnUrlError::Host("127.0.0.1".to_owned()));
        assert_eq!(refused("http://shop.example/"), ReturnUrlError::NotHttps);
        assert_eq!(refused("javascript:alert(1)"), ReturnUrlError::Unreadable);
        assert_eq!(refused("/thanks"), ReturnUrlError::Unreadable);
        assert_eq!(refused("https://shop.example@evil.example/"), ReturnUrlError::Credentials);
        for evil in [
            "https://evil.example/",
            "https://shop.example.evil.example/",
            "https://evil.example\\@shop.example",
        ] {
            assert!(matches!(refused(evil), ReturnUrlError::Host(_)), "{evil}");
        }
    }

    #[test]
    fn the_session_joins_the_query_before_the_fragment() {
        let added = |text: &str| with_session(&Url::parse(text).unwrap(), &SessionId::new("s1")).to_string();
        assert_eq!(added("https://a.example/p"), "https://a.example/p?alliancepay_session=s1");
        assert_eq!(
            added("https://a.example/p?a=1&b=%20+x#top"),
            "https://a.example/p?a=1&b=%20+x&alliancepay_session=s1#top"
        );
        assert_eq!(
            added("https://a.example/?alliancepay_session=old&a"),
            "https://a.example/?a&alliancepay_session=s1"
        );
    }
}
