//! Where a webhook may go: never into a network that strangers cannot reach, unless that is wanted. Looked at when the
//! connection is made, by the very addresses that are connected to: a name that changes its mind in between gains nothing.

use std::io;
use std::net::{IpAddr, SocketAddr};

use ipnet::IpNet;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// Networks that are no part of the public internet: private, of this machine or link (cloud metadata among them), shared,
/// reserved, for documents; and those through which such an address can be written otherwise.
const NOT_PUBLIC: [&str; 24] = [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.88.99.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",
    "240.0.0.0/4",
    "::/96",
    "64:ff9b::/96",
    "64:ff9b:1::/48",
    "100::/64",
    "2001::/23",
    "2001:db8::/32",
    "2002::/16",
    "fc00::/7",
    "fe80::/9",
];
const MULTICAST: &str = "ff00::/8";

/// Resolves names to public addresses only.
#[derive(Debug, Clone, Copy)]
pub(super) struct PublicOnly;

/// The name leads nowhere that is allowed.
#[derive(Debug, thiserror::Error)]
#[error("the address is in a private network")]
pub(super) struct Private;

impl Private {
    /// Whether this is why a request failed.
    pub(super) fn caused(error: &reqwest::Error) -> bool {
        let mut cause = std::error::Error::source(error);
        while let Some(next) = cause {
            let wrapped = next.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
            if wrapped.and_then(|inner| inner.downcast_ref::<Self>()).is_some() {
                return true;
            }
            cause = next.source();
        }
        false
    }
}

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let addresses =
                allowed(found).map_err(|error| io::Error::new(io::ErrorKind::PermissionDenied, error))?;
            Ok(Box::new(addresses.into_iter()) as Addrs)
        })
    }
}

/// Whether an address is reachable for strangers too.
pub(crate) fn is_public(address: IpAddr) -> bool {
    let address = address.to_canonical();
    let nets = NOT_PUBLIC.iter().chain([&MULTICAST]).filter_map(|net| net.parse::<IpNet>().ok());
    !nets.into_iter().any(|net| net.contains(&address))
}

fn allowed(found: impl Iterator<Item = SocketAddr>) -> Result<Vec<SocketAddr>, Private> {
    let addresses: Vec<SocketAddr> = found.filter(|address| is_public(address.ip())).collect();
    if addresses.is_empty() { Err(Private) } else { Ok(addresses) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn private_addresses_are_known_in_every_spelling() {
        for private in [
            "127.0.0.1",
            "10.1.2.3",
            "172.31.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "255.255.255.255",
            "224.0.0.1",
            "::1",
            "::",
            "fe80::1",
            "fd00:ec2::254",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "::127.0.0.1",
            "64:ff9b::a9fe:a9fe",
            "2002:7f00:1::",
            "fec0::1",
            "ff02::1",
        ] {
            assert!(!is_public(private.parse().unwrap()), "{private}");
        }
        for public in ["8.8.8.8", "172.32.0.1", "192.169.0.1", "2606:4700::1111", "100.128.0.1"] {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
    }

    #[test]
    fn every_network_of_the_list_is_one() {
        assert!(NOT_PUBLIC.iter().all(|net| net.parse::<IpNet>().is_ok()));
    }

    #[test]
    fn of_several_addresses_only_the_public_ones_are_connected_to() {
        let both = ["127.0.0.1:0", "8.8.8.8:0"].map(|text| text.parse().unwrap());
        assert_eq!(allowed(both.into_iter()).unwrap(), ["8.8.8.8:0".parse().unwrap()]);
        assert!(allowed(both.into_iter().take(1)).is_err());
    }

    #[tokio::test]
    async fn a_name_that_leads_into_this_machine_is_never_connected_to() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://localhost:{}/", listener.local_addr().unwrap().port());
        let client = reqwest::Client::builder().no_proxy().dns_resolver(std::sync::Arc::new(PublicOnly));
        let error = client.build().unwrap().post(url).send().await.unwrap_err();
        assert!(Private::caused(&error), "{error:?}");
        let nobody = tokio::time::timeout(Duration::from_millis(200), listener.accept()).await;
        assert!(nobody.is_err(), "somebody connected");
    }
}
