//! Where payment pages are: the backend hands out no others, the widget leaves for no others. Each host covers its
//! subdomains; a merchant may add some.

/// The bank's.
pub const BANK_PAGE_HOSTS: [&str; 2] = ["alb.ua", "bankalliance.ua"];
/// Those of Alipay+ wallets.
pub const WALLET_PAGE_HOSTS: [&str; 1] = ["alipayplus.com"];

/// Whether `hostname` is the allowed host or below it. An empty host allows nothing.
pub fn host_covers(allowed: &str, hostname: &str) -> bool {
    hostname
        .strip_suffix(allowed)
        .is_some_and(|front| !allowed.is_empty() && (front.is_empty() || front.ends_with('.')))
}
