//! Leaving for the payment page, and reading the address the buyer came back to.

use checkout_core::PageAddress;

use super::script;
use crate::options::Address;

pub use super::script::{leave, reload, returned, tidy_address};

/// An address as the browser reads it: the parser that checks is the one that will navigate.
pub fn page_address(page: &str) -> Option<PageAddress> {
    let Address { href, protocol, hostname, .. } = address(page, false)?;
    Some(PageAddress { href, protocol, hostname })
}

/// An address, as it stands or relative to the page's own.
pub(super) fn address(text: &str, is_relative: bool) -> Option<Address> {
    let parts = script::address(text, is_relative)?;
    let mut parts = parts.split('\0').map(ToOwned::to_owned);
    Some(Address {
        href: parts.next()?,
        protocol: parts.next()?,
        hostname: parts.next()?,
        origin: parts.next()?,
    })
}
