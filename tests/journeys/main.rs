//! The assembled product in a buyer's hands: real Chromium, the real merchant backend, the real sandbox bank, the
//! real demo shop, each a process of its own on loopback. Nothing is mocked and nothing sleeps for a fixed time: a
//! journey waits for a sentence on the page, a row in the ledger or a fact at the bank.
//!
//! Read `paid.rs` first. `support/` starts the world and speaks for the buyer; it decides nothing.
#![cfg(not(target_family = "wasm"))]

mod support;

mod alipay_plus;
mod bank_faults;
mod builds;
mod come_back;
mod connection;
mod console_access;
mod console_check;
mod console_doubts;
mod console_elements;
mod console_keyboard;
mod console_list;
mod console_live;
mod console_pages;
mod console_refunds;
mod console_settlement;
mod console_staff;
mod console_troubles;
mod crashed;
mod declined;
mod expired;
mod files;
mod forged;
mod guest;
mod hints;
mod integrations;
mod loading;
mod mount;
mod notifications;
mod options;
mod paid;
mod phases;
mod phone;
mod plain_form;
mod playground;
mod policies;
mod remounts;
mod restarted;
mod thirteen;
mod woo;
