//! Which ports the demo takes, and a clear word when one is taken.

use std::net::{Ipv4Addr, TcpListener};

use anyhow::{Context, bail};

/// Backend here, bank, WordPress and shop on the next three.
pub(crate) const DEFAULT: u16 = 8080;

/// One port for each program.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Ports {
    pub(crate) backend: u16,
    pub(crate) bank: u16,
    pub(crate) shop: u16,
    /// Only where a WordPress shop is wanted.
    pub(crate) wordpress: Option<u16>,
}

/// Where each program answers.
#[derive(Debug)]
pub(crate) struct Addresses {
    pub(crate) backend: String,
    pub(crate) bank: String,
    pub(crate) shop: String,
    pub(crate) wordpress: Option<String>,
}

impl Ports {
    pub(crate) fn addresses(&self) -> Addresses {
        let url = |port: u16| format!("http://127.0.0.1:{port}");
        Addresses {
            backend: url(self.backend),
            bank: url(self.bank),
            shop: url(self.shop),
            wordpress: self.wordpress.map(url),
        }
    }
}

/// What a program is told to listen on.
pub(crate) fn on_loopback(port: u16) -> String {
    format!("127.0.0.1:{port}")
}

/// The ports from a base upwards, each tried; base 0 takes whatever is free.
pub(crate) fn choose(base: u16, with_wordpress: bool) -> anyhow::Result<Ports> {
    if base == 0 {
        // Held together, so that they are different.
        let held = [listen(0)?, listen(0)?, listen(0)?, listen(0)?];
        let port = |listener: &TcpListener| listener.local_addr().map(|address| address.port());
        return Ok(Ports {
            backend: port(&held[0])?,
            bank: port(&held[1])?,
            shop: port(&held[2])?,
            wordpress: with_wordpress.then(|| port(&held[3])).transpose()?,
        });
    }
    let above = |offset: u16| base.checked_add(offset).context("--port is too high: four ports are needed");
    let wordpress = with_wordpress.then(|| above(2)).transpose()?;
    let ports = Ports { backend: base, bank: above(1)?, shop: above(3)?, wordpress };
    let wanted = [
        ("backend", Some(base)),
        ("bank", Some(ports.bank)),
        ("shop", Some(ports.shop)),
        ("WordPress", wordpress),
    ];
    for (whose, port) in wanted.into_iter().filter_map(|(whose, port)| Some((whose, port?))) {
        if listen(port).is_err() {
            let other = base.checked_add(1000).unwrap_or(DEFAULT);
            bail!(
                "port {port} (for the {whose}) is taken by another program. Stop that one, or choose others: \
                 `cargo xtask demo --port {other}`, or `--port 0` for any free ones"
            );
        }
    }
    Ok(ports)
}

fn listen(port: u16) -> anyhow::Result<TcpListener> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, port))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_is_named_with_a_way_out() {
        let other = listen(0).expect("a free port");
        let port = other.local_addr().expect("address").port();
        let error = choose(port, false).unwrap_err().to_string();
        assert!(error.contains(&port.to_string()) && error.contains("--port"), "{error}");
    }

    #[test]
    fn free_ports_are_all_different() {
        let ports = choose(0, true).expect("ports");
        let mut all = vec![ports.backend, ports.bank, ports.shop, ports.wordpress.expect("WordPress")];
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), 4);
    }

    #[test]
    fn a_base_too_high_is_refused() {
        assert!(choose(u16::MAX, false).is_err());
    }
}
