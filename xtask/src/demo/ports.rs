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
}

/// Where each program answers.
#[derive(Debug)]
pub(crate) struct Addresses {
    pub(crate) backend: String,
    pub(crate) bank: String,
    pub(crate) shop: String,
}

impl Ports {
    pub(crate) fn addresses(&self) -> Addresses {
        let url = |port: u16| format!("http://127.0.0.1:{port}");
        Addresses { backend: url(self.backend), bank: url(self.bank), shop: url(self.shop) }
    }
}

/// What a program is told to listen on.
pub(crate) fn on_loopback(port: u16) -> String {
    format!("127.0.0.1:{port}")
}

/// The ports from a base upwards, each tried; base 0 takes whatever is free.
pub(crate) fn choose(base: u16) -> anyhow::Result<Ports> {
    if base == 0 {
        // Held together, so that the three are different.
        let held = [listen(0)?, listen(0)?, listen(0)?];
        let port = |listener: &TcpListener| listener.local_addr().map(|address| address.port());
        return Ok(Ports { backend: port(&held[0])?, bank: port(&held[1])?, shop: port(&held[2])? });
    }
    let above = |offset: u16| base.checked_add(offset).context("--port is too high: four ports are needed");
    let ports = Ports { backend: base, bank: above(1)?, shop: above(3)? };
    for (whose, port) in [("backend", ports.backend), ("bank", ports.bank), ("shop", ports.shop)] {
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
        let error = choose(port).unwrap_err().to_string();
        assert!(error.contains(&port.to_string()) && error.contains("--port"), "{error}");
    }

    #[test]
    fn free_ports_are_all_different() {
        let ports = choose(0).expect("ports");
        assert!(ports.backend != ports.bank && ports.bank != ports.shop && ports.backend != ports.shop);
    }

    #[test]
    fn a_base_too_high_is_refused() {
        assert!(choose(u16::MAX).is_err());
    }
}
