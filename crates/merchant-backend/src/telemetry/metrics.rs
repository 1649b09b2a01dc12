//! What is counted while the backend works. Whoever counts holds a field; `/metrics` shows all of them.

use std::time::Duration;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

/// Upper ends in seconds: from a read of the ledger to a bank that takes its time.
const SECONDS: [&str; 12] =
    ["0.001", "0.0025", "0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1", "5", "15"];

/// A number that only grows.
#[derive(Debug, Clone, Default)]
pub struct Counter(counter::Counter);

/// How long things took.
#[derive(Debug, Clone)]
pub struct Seconds(Histogram);

/// How long the ledger takes, waiting for its turn included. Held by the store, shown by `/metrics`.
#[derive(Debug, Clone, Default)]
pub struct Latency {
    /// Reads.
    pub reads: Seconds,
    /// Transactions that write.
    pub writes: Seconds,
}

/// A request by its route, never by its address.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct Request {
    pub(super) method: &'static str,
    pub(super) route: String,
    pub(super) status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct Route {
    pub(super) route: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Word {
    state: &'static str,
}

/// What `/metrics` shows of this process.
#[derive(Debug, Default)]
pub struct Metrics {
    /// Payment sessions opened at the bank.
    pub sessions: Counter,
    /// Create-order calls without a readable answer.
    pub lost_create_answers: Counter,
    /// Notifications stored.
    pub notifications: Counter,
    /// Notifications that could not be read or had no order.
    pub refused_notifications: Counter,
    /// From a notification to the bank's stored answer.
    pub notification_delay: Seconds,
    /// Questions put to the bank.
    pub questions: Counter,
    /// Questions the bank did not answer.
    pub unanswered_questions: Counter,
    /// Anomalies found.
    pub anomalies: Counter,
    /// Answers by which a provider told of a dispute or a hold.
    pub alarms: Counter,
    /// Refunds stored.
    pub refunds: Counter,
    /// Refund calls without a readable answer.
    pub lost_refund_answers: Counter,
    /// Tries of staff to sign in that were refused.
    pub refused_sign_ins: Counter,
    /// Webhooks the shop took.
    pub webhooks: Counter,
    /// Tries of a webhook that failed.
    pub failed_webhooks: Counter,
    /// Bank tokens renewed.
    pub bank_tokens: Counter,
    /// Requests refused because there were too many.
    pub refused_requests: Counter,
    attempts: Family<Word, counter::Counter>,
    pub(super) requests: Family<Request, counter::Counter>,
    pub(super) request_seconds: Family<Route, Seconds>,
}

impl Counter {
    /// Counts `by` more.
    pub fn add(&self, by: u64) {
        self.0.inc_by(by);
    }
}

impl Seconds {
    /// Notes one that took `time`.
    pub fn note(&self, time: Duration) {
        self.0.observe(time.as_secs_f64());
    }
}

impl Default for Seconds {
    fn default() -> Self {
        Self(Histogram::new(SECONDS.iter().filter_map(|end| end.parse().ok())))
    }
}

impl Metrics {
    /// An attempt came into a state.
    pub fn attempt_became(&self, state: &'static str) {
        self.attempts.get_or_create(&Word { state }).inc();
    }

    /// Puts everything into a registry.
    pub(super) fn register(&self, registry: &mut Registry, ledger: &Latency) {
        let counters = [
            ("sessions_opened", "Payment sessions opened at the bank", &self.sessions),
            (
                "create_answers_lost",
                "Create-order calls without a readable answer",
                &self.lost_create_answers,
            ),
            ("notifications_stored", "Notifications stored", &self.notifications),
            ("notifications_refused", "Notifications unreadable or of no order", &self.refused_notifications),
            ("questions", "Questions put to the bank", &self.questions),
            ("questions_unanswered", "Questions the bank did not answer", &self.unanswered_questions),
            ("anomalies", "Anomalies found", &self.anomalies),
            ("provider_alarms", "Disputes announced and payments held by a provider", &self.alarms),
            ("refunds", "Refunds stored", &self.refunds),
            ("refund_answers_lost", "Refund calls without a readable answer", &self.lost_refund_answers),
            ("sign_ins_refused", "Tries of staff to sign in that were refused", &self.refused_sign_ins),
            ("webhooks_delivered", "Webhooks the shop took", &self.webhooks),
            ("webhooks_failed", "Tries of a webhook that failed", &self.failed_webhooks),
            ("bank_tokens_renewed", "Bank tokens renewed", &self.bank_tokens),
            ("requests_limited", "Requests refused because there were too many", &self.refused_requests),
        ];
        for (name, help, counter) in counters {
            registry.register(name, help, counter.0.clone());
        }
        registry.register("attempts", "Attempts that came into a state", self.attempts.clone());
        registry.register("requests", "Requests answered", self.requests.clone());
        let seconds = [
            (
                "notification_delay_seconds",
                "From a notification to the bank's stored answer",
                &self.notification_delay,
            ),
            ("ledger_read_seconds", "Reads of the ledger", &ledger.reads),
            ("ledger_write_seconds", "Writes to the ledger, waiting for their turn included", &ledger.writes),
        ];
        for (name, help, seconds) in seconds {
            registry.register(name, help, seconds.0.clone());
        }
        let help = "Time to answer; requests that wait for news are not in it";
        registry.register("request_seconds", help, self.request_seconds.clone());
    }
}

impl prometheus_client::encoding::EncodeMetric for Seconds {
    fn encode(&self, encoder: prometheus_client::encoding::MetricEncoder<'_>) -> Result<(), std::fmt::Error> {
        self.0.encode(encoder)
    }

    fn metric_type(&self) -> prometheus_client::metrics::MetricType {
        self.0.metric_type()
    }
}

impl prometheus_client::metrics::TypedMetric for Seconds {
    const TYPE: prometheus_client::metrics::MetricType = prometheus_client::metrics::MetricType::Histogram;
}
