//! The check of the payment page's address: https on an allowed host, or loopback. An open redirect stops here.

use checkout_api::{BANK_PAGE_HOSTS, WALLET_PAGE_HOSTS, host_covers};

/// An address as the browser reads it: the same parser that will navigate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageAddress {
    /// The whole address.
    pub href: String,
    /// `https:` with its colon, as browsers write it.
    pub protocol: String,
    /// The host without port, lower case; IPv6 in brackets.
    pub hostname: String,
}

/// Why an address is not followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageRefusal {
    /// It is not an address, or there is none.
    Unreadable,
    /// It is neither https nor loopback.
    NotHttps,
    /// Its host is not allowed; the merchant adds it by `payment-hosts`.
    HostNotAllowed {
        /// The host.
        host: String,
    },
}

/// Whether the widget may leave for `page`.
pub(crate) fn check(page: &PageAddress, more_hosts: &[String]) -> Result<(), PageRefusal> {
    let https = page.protocol == "https:";
    if is_loopback(&page.hostname) && (https || page.protocol == "http:") {
        return Ok(());
    }
    if !https {
        return Err(PageRefusal::NotHttps);
    }
    let known = BANK_PAGE_HOSTS.into_iter().chain(WALLET_PAGE_HOSTS);
    if known.chain(more_hosts.iter().map(String::as_str)).any(|host| host_covers(host, &page.hostname)) {
        Ok(())
    } else {
        Err(PageRefusal::HostNotAllowed { host: page.hostname.clone() })
    }
}

fn is_loopback(hostname: &str) -> bool {
    hostname == "localhost"
        || hostname == "[::1]"
        || hostname.strip_prefix("127.").is_some_and(is_three_numbers)
}

/// The rest of an IPv4 address. Browsers write these as four decimal numbers and refuse a host that ends in a number
/// and is no address, so nothing else looks like this.
fn is_three_numbers(rest: &str) -> bool {
    let is_number = |part: &str| (1..=3).contains(&part.len()) && part.bytes().all(|it| it.is_ascii_digit());
    rest.split('.').count() == 3 && rest.split('.').all(is_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(protocol: &str, hostname: &str) -> PageAddress {
        let href = format!("{protocol}//{hostname}/");
        PageAddress { href, protocol: protocol.to_owned(), hostname: hostname.to_owned() }
    }

    #[test]
    fn the_pages_of_bank_and_wallets_and_loopback_are_followed() {
        for (protocol, host) in [
            ("https:", "pay.alb.ua"),
            ("https:", "alb.ua"),
            ("https:", "pgi-ecom.develop.bankalliance.ua"),
            ("https:", "open-sea-global.alipayplus.com"),
            ("http:", "127.0.0.1"),
            ("http:", "127.8.8.8"),
            ("http:", "localhost"),
            ("http:", "[::1]"),
        ] {
            assert_eq!(check(&page(protocol, host), &[]), Ok(()), "{protocol} {host}");
        }
    }

    #[test]
    fn lookalikes_other_schemes_and_plain_http_are_not() {
        for (protocol, host) in [
            ("https:", "evilalb.ua"),
            ("https:", "alb.ua.evil.example"),
            ("https:", "127.0.0.1.evil.example"),
            ("https:", "127.evil.example"),
            ("https:", "127.0.0.example"),
            ("http:", "127.0.0"),
            ("http:", "128.0.0.1"),
            ("http:", "pay.alb.ua"),
            ("javascript:", ""),
            ("data:", ""),
            ("file:", "localhost"),
            ("https:", ""),
        ] {
            assert!(check(&page(protocol, host), &[String::new()]).is_err(), "{protocol} {host}");
        }
    }

    #[test]
    fn the_merchant_may_add_hosts() {
        let more = ["pay.example".to_owned()];
        assert_eq!(check(&page("https:", "eu.pay.example"), &more), Ok(()));
        assert_eq!(
            check(&page("https:", "other.example"), &more),
            Err(PageRefusal::HostNotAllowed { host: "other.example".to_owned() })
        );
    }
}
