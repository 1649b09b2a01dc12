//! The aggregator over real HTTP on loopback: a merchant's server with the client crate, a buyer's browser, an endpoint
//! for webhooks, and by hand where the client would not do what the test needs.

mod api;
mod faults;
mod pages;
mod refunds;
mod settlement;
mod support;
mod webhooks;
