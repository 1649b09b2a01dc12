//! What `GET /metrics` answers: the process's counters, and the ledger's figures as they are now.

use jiff::Timestamp;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::{encode_eof, encode_registry};
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;

use super::Metrics;
use crate::store::Store;
use crate::store::records::Figures;
use crate::waiting::Waiting;

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct State {
    state: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Kind {
    kind: String,
}

/// The OpenMetrics text. Without the ledger the process still tells what it counted, or nobody would be woken.
pub(crate) async fn scrape(metrics: &Metrics, store: &dyn Store, waiting: &Waiting) -> String {
    let figures = store.figures().await;
    let figures =
        figures.inspect_err(|error| tracing::error!(%error, "the ledger's figures cannot be read")).ok();
    let mut registry = Registry::with_prefix("alliancepay");
    metrics.register(&mut registry, &store.latency());
    let waiting = i64::try_from(waiting.count()).unwrap_or(i64::MAX);
    gauge(&mut registry, "waiting_pages", "Pages waiting for news", waiting);
    let help = "Whether the ledger can be read; without it nothing is told of what stands in it";
    gauge(&mut registry, "ledger_up", help, i64::from(figures.is_some()));
    if let Some(figures) = figures {
        stands(&mut registry, figures);
    }
    let mut text = String::new();
    encode_registry(&mut text, &registry)
        .and_then(|()| encode_eof(&mut text))
        .unwrap_or_else(|error| unreachable!("writing into a String cannot fail: {error}"));
    text
}

fn gauge(registry: &mut Registry, name: &str, help: &str, value: i64) {
    let gauge = Gauge::<i64>::default();
    gauge.set(value);
    registry.register(name, help, gauge);
}

/// What stands in the ledger.
fn stands(registry: &mut Registry, figures: Figures) {
    let now = Timestamp::now();
    let mut gauge = |name: &str, help: &str, value: i64| gauge(registry, name, help, value);
    let age = |since: Option<Timestamp>| since.map_or(0, |since| now.duration_since(since).as_secs().max(0));
    let count = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    gauge(
        "oldest_unresolved_seconds",
        "Age of the oldest attempt the bank has not decided",
        age(figures.oldest_unresolved),
    );
    gauge(
        "oldest_without_page_seconds",
        "Age of the oldest attempt without a payment page",
        age(figures.oldest_without_page),
    );
    gauge(
        "uncollected_payments",
        "Captured payments that their provider has yet to collect",
        count(figures.uncollected),
    );
    gauge("uncollected_oldest_seconds", "Age of the oldest of them", age(figures.oldest_uncollected));
    gauge("outbox_webhooks", "Webhooks the shop has not taken yet", count(figures.outbox));
    gauge("outbox_oldest_seconds", "Age of the oldest of them", age(figures.oldest_in_outbox));
    gauge("refunds_pending", "Refunds that are not decided", count(figures.pending_refunds));
    gauge("refunds_oldest_seconds", "Age of the oldest of them", age(figures.oldest_refund));
    words(registry, figures);
}

fn words(registry: &mut Registry, figures: Figures) {
    let open = Family::<State, Gauge>::default();
    for (state, number) in figures.open_attempts {
        open.get_or_create(&State { state }).set(i64::try_from(number).unwrap_or(i64::MAX));
    }
    registry.register("open_attempts", "Attempts the bank has not decided, by state", open);
    let standing = Family::<Kind, Gauge>::default();
    for (kind, number) in figures.anomalies {
        standing.get_or_create(&Kind { kind }).set(i64::try_from(number).unwrap_or(i64::MAX));
    }
    registry.register("anomalies_standing", "Anomalies that have not ended, by kind", standing);
}
