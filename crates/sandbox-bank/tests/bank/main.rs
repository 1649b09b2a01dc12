//! The sandbox over real HTTP on loopback: as a merchant's server, a buyer's browser and a test would use it.

mod client;
mod command_line;
mod faults;
mod golden;
mod notifications;
mod orders;
mod pages;
mod quirks;
mod refunds;
mod support;
mod tokens;
