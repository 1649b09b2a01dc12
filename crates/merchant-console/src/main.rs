//! The bin that ships: `cargo xtask console` builds it. Everything is in the library, so that tests can reach it.

use merchant_console as _;

fn main() {}
