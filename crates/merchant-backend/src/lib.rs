//! The merchant's payment backend: it keeps the shop's orders, opens payment sessions at the bank, believes only
//! what the bank answers to its own questions, and tells pages how their payment stands.
//!
//! Where to start: [`config`] is what an operator sets, [`server`] is how it starts, `routes` is one file per
//! resource, `payments` is the domain, `store` is the ledger, `provider` is the bank, `settlement`
//! holds its registers against the ledger.

mod access;
pub mod check;
pub mod config;
pub mod country;
mod error;
mod hearing;
mod http;
mod limits;
mod masking;
pub mod open_files;
mod orders;
pub mod payments;
pub mod provider;
mod random;
mod refunds;
mod routes;
mod search_words;
pub mod server;
mod serving;
mod sessions;
pub mod settlement;
mod spreadsheet;
pub mod staff;
mod status_page;
pub mod store;
pub mod telemetry;
pub mod upkeep;
mod waiting;
mod webhooks;

pub use config::{Config, ConfigError};
pub use server::{Running, StartError, start};

/// The OpenAPI document of every route.
pub fn openapi() -> utoipa::openapi::OpenApi {
    routes::document()
}
