//! Logs and metrics. Logs carry order numbers and codes; never a token, a notification's secret, a buyer's data or
//! a URL with its query. Metrics carry routes, words and numbers; never an id.

mod metrics;
mod requests;
mod scrape;

use tracing_subscriber::EnvFilter;

pub use metrics::{Counter, Latency, Metrics, Seconds};
pub(crate) use requests::count;
pub(crate) use scrape::scrape;

/// Other crates' own words below `info` may hold addresses, headers and bodies: whatever the filter says, they stay silent.
const QUIET: [&str; 8] =
    ["axum", "h2", "hyper", "hyper_util", "reqwest", "rustls", "tokio_postgres", "tower_http"];

/// Starts logging to stderr: JSON lines, or text when `ALLIANCEPAY_LOG_FORMAT=text`. `RUST_LOG` filters.
pub fn start() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let quiet = QUIET.iter().filter_map(|name| format!("{name}=info").parse().ok());
    let filter = quiet.fold(filter, EnvFilter::add_directive);
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let text = std::env::var("ALLIANCEPAY_LOG_FORMAT").is_ok_and(|format| format == "text");
    // A subscriber may be there already, when the backend runs inside another program.
    let _ = if text { builder.try_init() } else { builder.json().try_init() };
}
