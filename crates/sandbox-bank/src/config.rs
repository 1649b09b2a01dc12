//! How a sandbox is started.

use std::net::SocketAddr;

use crate::bank::Switches;
use crate::bank::merchant::Merchant;

#[derive(Debug, Clone)]
pub struct Config {
    pub listen: SocketAddr,
    /// Scheme, host and port of the pages, when browsers reach them by another name than `listen`.
    pub page_origin: Option<String>,
    /// How many times faster than the real bank the sandbox waits. Order and token expiry are not scaled.
    pub time_scale: u32,
    /// None: a fresh merchant with fresh keys.
    pub merchant: Option<Merchant>,
    pub switches: Switches,
}

impl Default for Config {
    /// A free port on loopback, real pace.
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            page_origin: None,
            time_scale: 1,
            merchant: None,
            switches: Switches::default(),
        }
    }
}
