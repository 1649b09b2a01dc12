//! Where a request comes from: the connection's other end, or what trusted proxies say of it.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use ipnet::IpNet;

use crate::routes::App;

const FORWARDED_FOR: &str = "x-forwarded-for";

/// The address of whoever asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Address(pub(crate) IpAddr);

impl FromRequestParts<App> for Address {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        let peer = peer.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
        Ok(Self(behind(&parts.headers, peer, &app.trusted_proxies)))
    }
}

/// The last address in the chain that no trusted proxy has. What comes before it anybody could have written.
fn behind(headers: &HeaderMap, peer: IpAddr, trusted: &[IpNet]) -> IpAddr {
    let is_proxy = |address: IpAddr| trusted.iter().any(|net| net.contains(&address.to_canonical()));
    let lines = headers.get_all(FORWARDED_FOR).iter().filter_map(|line| line.to_str().ok());
    let named: Vec<&str> = lines.flat_map(|line| line.split(',')).map(str::trim).collect();
    let mut address = peer.to_canonical();
    for name in named.iter().rev() {
        if !is_proxy(address) {
            break;
        }
        let Ok(before) = name.parse::<IpAddr>() else { break };
        address = before.to_canonical();
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(header: &'static str, peer: &str, trusted: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        headers.insert(FORWARDED_FOR, header.parse().unwrap());
        let trusted: Vec<IpNet> = trusted.iter().map(|net| net.parse().unwrap()).collect();
        behind(&headers, peer.parse().unwrap(), &trusted).to_string()
    }

    #[test]
    fn only_a_trusted_proxy_may_name_another_address() {
        assert_eq!(from("1.2.3.4", "9.9.9.9", &[]), "9.9.9.9");
        assert_eq!(from("1.2.3.4", "10.0.0.1", &["10.0.0.0/8"]), "1.2.3.4");
        assert_eq!(from("6.6.6.6, 1.2.3.4", "10.0.0.1", &["10.0.0.0/8"]), "1.2.3.4");
        assert_eq!(from("6.6.6.6, 1.2.3.4, 10.0.0.2", "10.0.0.1", &["10.0.0.0/8"]), "1.2.3.4");
        assert_eq!(from("1.2.3.4", "::ffff:10.0.0.1", &["10.0.0.0/8"]), "1.2.3.4");
        assert_eq!(from("nonsense", "10.0.0.1", &["10.0.0.0/8"]), "10.0.0.1");
    }
}
