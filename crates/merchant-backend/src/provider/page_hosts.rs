//! Which payment pages a buyer is sent to. An open redirect stops here.

use checkout_api::host_covers;
use url::Url;

use crate::payments::return_url::is_loopback;

/// Whether a page is https on one of the hosts or below it, on one of the merchant's exactly, or on loopback.
pub(super) fn page_is_at(text: &str, hosts: &[&str], merchants: &[String]) -> bool {
    let Ok(page) = Url::parse(text) else { return false };
    if is_loopback(&page) {
        return matches!(page.scheme(), "http" | "https");
    }
    let host = page.host_str().unwrap_or_default();
    page.scheme() == "https"
        && (hosts.iter().any(|allowed| host_covers(allowed, host))
            || merchants.iter().any(|allowed| host == allowed))
}
