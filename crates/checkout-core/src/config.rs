//! What the host page asked for, already parsed, and how the page was reached.

use checkout_api::{OrderRef, Product, SessionId};
use money::Amount;

use crate::{Note, Policy};

/// The strict options of one widget. The lenient ones (attributes, objects) are parsed by the widget.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// Which of the three views the page asked for.
    pub view: View,
    /// Whether the page gave an order token; without one nothing can be paid, only shown.
    pub has_token: bool,
    /// Whether a stale token can be refreshed (`token-url`).
    pub can_refresh_token: bool,
    /// The page's order number, when the page says it. A session of another order is ignored.
    pub order: Option<OrderRef>,
    /// The amount the page shows beside the option; only for the first picture: the backend's answer replaces it.
    pub amount: Option<Amount>,
    /// The way to pay the page asked for; `None`: the order's first.
    pub product: Option<Product>,
    /// Hosts of payment pages beyond the built-in ones; `example.com` covers its subdomains too.
    pub payment_hosts: Vec<String>,
    /// How often to ask and when to stop.
    pub policy: Policy,
}

/// The widget's views.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// Beside other methods: no token, no button; the page's own button pays.
    Option,
    /// Amount and button; starts the session.
    Pay,
    /// Waits for the outcome and shows it.
    Status,
}

/// How the page was reached. None of it proves anything: it can only start a question.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Visit {
    /// The session named by the `session` option or by the return URL (`alliancepay_session`).
    pub session: Option<SessionId>,
    /// Whether the return URL names a session: the buyer is back from the bank. Without `session`: it names one that
    /// cannot be read.
    pub returned: bool,
    /// What this tab remembers of the attempt.
    pub note: Option<Note>,
    /// Whether the page is hidden now.
    pub hidden: bool,
    /// Whether the browser says it is offline now.
    pub offline: bool,
}
