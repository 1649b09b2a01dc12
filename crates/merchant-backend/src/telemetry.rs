//! Logs and counters. Logs carry order numbers and codes; never a token, a notification's secret, a buyer's data or
//! a URL with its query.

use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering};

use tracing_subscriber::EnvFilter;

/// Starts logging to stderr: JSON lines, or text when `ALLIANCEPAY_LOG_FORMAT=text`. `RUST_LOG` filters.
pub fn start() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let text = std::env::var("ALLIANCEPAY_LOG_FORMAT").is_ok_and(|format| format == "text");
    // A subscriber may be there already, when the backend runs inside another program.
    let _ = if text { builder.try_init() } else { builder.json().try_init() };
}

/// A number that only grows.
#[derive(Debug, Default)]
pub struct Counter(AtomicU64);

/// What `/metrics` shows.
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
    /// Questions put to the bank.
    pub questions: Counter,
    /// Questions the bank did not answer.
    pub unanswered_questions: Counter,
    /// Anomalies found.
    pub anomalies: Counter,
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
}

impl Counter {
    /// Counts `by` more.
    pub fn add(&self, by: u64) {
        self.0.fetch_add(by, Ordering::Relaxed);
    }
}

impl Metrics {
    /// The Prometheus text format.
    pub fn render(&self, waiting: usize) -> String {
        let mut text = String::new();
        let counters = [
            ("sessions_opened", "Payment sessions opened at the bank.", &self.sessions),
            (
                "create_answers_lost",
                "Create-order calls without a readable answer.",
                &self.lost_create_answers,
            ),
            ("notifications_stored", "Notifications stored.", &self.notifications),
            (
                "notifications_refused",
                "Notifications unreadable or of no order.",
                &self.refused_notifications,
            ),
            ("questions", "Questions put to the bank.", &self.questions),
            ("questions_unanswered", "Questions the bank did not answer.", &self.unanswered_questions),
            ("anomalies", "Anomalies found.", &self.anomalies),
            ("refunds", "Refunds stored.", &self.refunds),
            ("refund_answers_lost", "Refund calls without a readable answer.", &self.lost_refund_answers),
            ("sign_ins_refused", "Tries of staff to sign in that were refused.", &self.refused_sign_ins),
            ("webhooks_delivered", "Webhooks the shop took.", &self.webhooks),
            ("webhooks_failed", "Tries of a webhook that failed.", &self.failed_webhooks),
        ];
        for (name, help, counter) in counters {
            let value = counter.0.load(Ordering::Relaxed);
            let name = format!("alliancepay_{name}_total");
            // Writing into a String cannot fail.
            let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} counter\n{name} {value}");
        }
        let name = "alliancepay_waiting_pages";
        let _ =
            writeln!(text, "# HELP {name} Pages waiting for news.\n# TYPE {name} gauge\n{name} {waiting}");
        text
    }
}
