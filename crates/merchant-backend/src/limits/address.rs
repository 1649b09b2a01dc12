//! Whose request it is. What a header says of that is believed only where a trusted proxy wrote it: addresses are read
//! from the end, where the nearest proxy adds its own, up to the first that is no trusted one.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::http::{HeaderMap, header};
use ipnet::IpNet;

const FORWARDED_FOR: &str = "x-forwarded-for";

/// The caller's address.
pub(crate) fn caller(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let mut caller = peer.to_canonical();
    for named in named(headers).into_iter().rev() {
        if !trusted.iter().any(|proxy| proxy.contains(&caller)) {
            break;
        }
        let Some(address) = named else { break };
        caller = address;
    }
    caller
}

/// Whoever has one IPv6 address has 2^64 of them: they count as one.
pub(crate) fn group(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(six) => IpAddr::V6(Ipv6Addr::from_bits(six.to_bits() & (u128::MAX << 64))),
    }
}

/// The addresses the headers name, the farthest first; `None` for what is no address.
fn named(headers: &HeaderMap) -> Vec<Option<IpAddr>> {
    let lines = |name| headers.get_all(name).iter().filter_map(|line| line.to_str().ok());
    if headers.contains_key(FORWARDED_FOR) {
        let parts = lines(header::HeaderName::from_static(FORWARDED_FOR)).flat_map(|line| line.split(','));
        return parts.map(address).collect();
    }
    let hops = lines(header::FORWARDED).flat_map(|line| line.split(','));
    hops.map(|hop| {
        let mut pairs = hop.split(';').filter_map(|pair| pair.trim().split_once('='));
        let (_, node) = pairs.find(|(name, _)| name.trim().eq_ignore_ascii_case("for"))?;
        address(node.trim().trim_matches('"'))
    })
    .collect()
}

/// `192.0.2.1`, `192.0.2.1:4711`, `2001:db8::1`, `[2001:db8::1]` or `[2001:db8::1]:4711`.
fn address(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    let address = bare.parse::<IpAddr>().or_else(|_| text.parse::<SocketAddr>().map(|socket| socket.ip()));
    address.ok().map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn called(peer: &str, headers: &[(&'static str, &str)], trusted: &[&str]) -> String {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, value.parse().unwrap());
        }
        let trusted: Vec<IpNet> = trusted.iter().map(|net| net.parse().unwrap()).collect();
        caller(peer.parse().unwrap(), &map, &trusted).to_string()
    }

    #[test]
    fn strangers_are_not_believed() {
        let lies = [("x-forwarded-for", "203.0.113.9"), ("forwarded", "for=203.0.113.9")];
        assert_eq!(called("198.51.100.1", &lies, &["10.0.0.0/8"]), "198.51.100.1");
        assert_eq!(called("198.51.100.1", &lies, &[]), "198.51.100.1");
    }

    #[test]
    fn the_nearest_address_that_is_no_proxy_of_ours_is_the_caller() {
        let trusted = ["10.0.0.0/8", "::1/128"];
        let chain = [("x-forwarded-for", "203.0.113.9, 198.51.100.7, 10.1.1.1")];
        assert_eq!(called("10.0.0.2", &chain, &trusted), "198.51.100.7");
        let twice = [("x-forwarded-for", "203.0.113.9"), ("x-forwarded-for", "198.51.100.7:4711")];
        assert_eq!(called("::ffff:10.0.0.2", &twice, &trusted), "198.51.100.7");
        assert_eq!(called("10.0.0.2", &[("x-forwarded-for", "nobody")], &trusted), "10.0.0.2");
        assert_eq!(called("10.0.0.2", &[], &trusted), "10.0.0.2");
    }

    #[test]
    fn the_standard_header_is_read_where_the_common_one_is_not_there() {
        let standard = [("forwarded", "for=203.0.113.9, for=\"[2001:db8::7]:4711\";proto=https")];
        assert_eq!(called("::1", &standard, &["::1/128"]), "2001:db8::7");
        let both = [("x-forwarded-for", "198.51.100.7"), ("forwarded", "for=203.0.113.9")];
        assert_eq!(called("::1", &both, &["::1/128"]), "198.51.100.7");
    }

    #[test]
    fn a_network_of_addresses_counts_as_one() {
        let one: IpAddr = "2001:db8:1:2:3:4:5:6".parse().unwrap();
        assert_eq!(group(one).to_string(), "2001:db8:1:2::");
        assert_eq!(group("192.0.2.1".parse().unwrap()).to_string(), "192.0.2.1");
    }
}
