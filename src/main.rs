//! The bin that ships: Trunk builds it. Everything is in the library, so that tests can reach it.

use alliancepay_checkout as _;

fn main() {}
