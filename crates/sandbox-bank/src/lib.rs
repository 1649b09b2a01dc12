//! A stand-in for AlliancePay: the same messages, hosted pages and notifications, with switches for every failure.
//!
//! Where to start: [`Sandbox::start`] runs it in-process, [`router`] is all of its routes, `bank` holds the rules
//! without HTTP, `api` the merchant's calls, `pages` what the buyer sees, `sandbox_routes` the test switches.
//! `aggregator` is a second stand-in on the same port: Worldline Connect, which sells Alipay+.
//! Its messages are written from the documents and share no code with the client's types. Card numbers live as long
//! as one form: what stays is a mask.

mod aggregator;
mod api;
mod bank;
mod config;
mod delivery;
mod pages;
mod running;
mod sandbox_routes;
mod shared;

pub use aggregator::Account;
pub use bank::Switches;
pub use bank::faults::{Call, Fault, Kind};
pub use bank::merchant::{Merchant, MerchantFileError, Terminal};
pub use config::Config;
pub use running::{Running, Sandbox, StartError};
pub use shared::{Shared, router};
