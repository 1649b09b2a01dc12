//! Thirteen claims about a payment widget on somebody else's page, each made because shoppers complain that other
//! widgets break it. Every claim is told in Chromium and in Firefox (`NAME::on_chromium`, `NAME::on_firefox`); further
//! stories of a claim, without such a pair, are told in Chromium. One half of one claim is Chromium's alone: Firefox under
//! WebDriver keeps no page in its back/forward cache, so there the first is told of a page that is loaded anew.
//!
//! | | claim | here |
//! |---|---|---|
//! | 1 | Back from the bank finds a usable widget within a second, and makes no second session | `n01_back_from_the_bank` |
//! | 2 | many clicks, Enter and a click, two tabs, a lost answer: one order at the bank | `n02_one_bank_order` |
//! | 3 | a page that redraws itself twenty times a second: one session, focus and choice are kept | `n03_restless_page` |
//! | 4 | 500, 429, a broken line, 20 s offline: told within a second; silence: when it is given up on; recovers by itself, one key | `n04_bad_line` |
//! | 5 | pending past the limit is told truthfully; few requests in ten minutes, none from a hidden tab | `n05_long_pending` |
//! | 6 | the return address alone tells the outcome in another browser | `n06_address_alone` |
//! | 7 | the strictest policies, with and without WebAssembly | `n07_strict_policies` |
//! | 8 | no WebAssembly, no scripts | `n08_without_webassembly` |
//! | 9 | a wrong type, a missing or forbidden file, a rewritten tag | `n09_broken_files` |
//! | 10 | a page whose token is stale: one silent refresh | `n10_stale_page` |
//! | 11 | assistive technology, keyboard, zoom, forced colours, reduced motion, right to left | `n11_everyone` |
//! | 12 | nobody else is asked for anything, nothing is stored before it is needed | `n12_nobody_else` |
//! | 13 | what a shopper downloads is what the budget counts | `n13_download` |
//!
//! The size gate itself and the paired run beside other widgets are commands: `cargo xtask size`, `cargo xtask bench widget`.

mod n01_back_from_the_bank;
mod n02_one_bank_order;
mod n03_restless_page;
mod n04_bad_line;
mod n05_long_pending;
mod n06_address_alone;
mod n07_strict_policies;
mod n08_without_webassembly;
mod n09_broken_files;
mod n10_stale_page;
mod n11_everyone;
mod n12_nobody_else;
mod n13_download;
