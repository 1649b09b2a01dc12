//! Every key of the configuration, for the environment and for the documents. A test holds this list against what the
//! file takes.

/// One key.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// As in `timing.min_gap`; `terminals[].merchant_id` for each terminal.
    pub path: &'static str,
    /// How it is written.
    pub kind: Kind,
    /// What counts when it is absent.
    pub default: &'static str,
    /// What it does.
    pub meaning: &'static str,
}

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text: an address, a path, a name.
    Text,
    /// A duration: `500ms`, `2s`, `15m`, `6h`, `1d`.
    Duration,
    /// A whole number.
    Number,
    /// `true` or `false`.
    Flag,
    /// Texts; in the environment separated by commas.
    List,
}

impl Kind {
    /// For a person.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Duration => "duration",
            Self::Number => "number",
            Self::Flag => "true or false",
            Self::List => "list",
        }
    }
}

impl Key {
    /// The variable that goes before the file. `[]` stands for the terminal's number from 0.
    pub fn variable(&self) -> String {
        let name = self.path.replace("[]", "_N").replace('.', "_").to_ascii_uppercase();
        format!("ALLIANCEPAY_{name}")
    }
}

use Kind::{Duration, Flag, List, Number, Text};

const fn key(path: &'static str, kind: Kind, default: &'static str, meaning: &'static str) -> Key {
    Key { path, kind, default, meaning }
}

/// All of them, in the order of the documents.
pub const KEYS: &[Key] = &[
    key(
        "listen",
        Text,
        "required",
        "The address to listen on, such as `127.0.0.1:8080`. TLS is a proxy's work.",
    ),
    key(
        "public_url",
        Text,
        "the address listened on",
        "How browsers and the bank reach the backend: scheme and host only, such as `https://pay.shop.example`.",
    ),
    key(
        "database",
        Text,
        "required",
        "The path of a SQLite file, or `postgres://user@host/database` without a password.",
    ),
    key(
        "database_url_file",
        Text,
        "none",
        "Instead of `database`: a file with a `postgres://` address and its password.",
    ),
    key(
        "database_ca_file",
        Text,
        "the web's authorities",
        "PEM certificates that PostgreSQL's own is checked against.",
    ),
    key("widget_dir", Text, "none", "The folder served below `/widget/`: the product's `dist`."),
    key("console_dir", Text, "none", "The folder served below `/console/`: the merchant console."),
    key("docs_dir", Text, "none", "The folder served below `/docs/`: what `cargo xtask docs` builds."),
    key(
        "trusted_proxies",
        List,
        "none",
        "Addresses or networks (`10.0.0.0/8`) whose `X-Forwarded-For` or `Forwarded` is believed.",
    ),
    key("demo_shop", Text, "none", "Where `GET /` leads."),
    key(
        "shop.key_file",
        Text,
        "required",
        "A file with the shop's key, 16 characters at least; or `ALLIANCEPAY_SHOP_KEY` with the key itself.",
    ),
    key("shop.name", Text, "none", "The shop's name, for the status page."),
    key(
        "shop.allowed_origins",
        List,
        "none",
        "Origins whose pages may call the backend, such as `https://shop.example`.",
    ),
    key(
        "shop.return_hosts",
        List,
        "none",
        "Hosts a `returnUrl` may have, with the port where it is not the usual one.",
    ),
    key(
        "shop.webhook_url",
        Text,
        "none",
        "Where the shop hears of changes: https, or http on this very machine.",
    ),
    key(
        "shop.webhook_secret_file",
        Text,
        "none",
        "A file with the secret that signs webhooks, 16 characters at least; or `ALLIANCEPAY_WEBHOOK_SECRET` with the secret itself.",
    ),
    key(
        "shop.allow_private_webhooks",
        Flag,
        "false",
        "Whether `webhook_url` may lead into a private network. Without it an address there is refused when the connection is made.",
    ),
    key("bank.api", Text, "required", "The bank's API, as the bank names it with the terminal."),
    key("bank.page_hosts", List, "none", "Hosts of payment pages beside the bank's own. For tests only."),
    key(
        "terminals[].pay_type",
        Text,
        "required",
        "`PURCHASE` (cards) or `A2A` (accounts); one terminal each. PREAUTH and VERIFICATION are refused by name.",
    ),
    key("terminals[].merchant_id", Text, "required", "The terminal's merchant id."),
    key("terminals[].service_code", Text, "required", "The terminal's service code."),
    key(
        "terminals[].key_file",
        Text,
        "required",
        "A file with the terminal's key: a JWK as the bank gave it.",
    ),
    key(
        "alipayplus.api",
        Text,
        "required with the table",
        "Worldline Connect's address, such as `https://api.connect.worldline-solutions.com`.",
    ),
    key("alipayplus.merchant_id", Text, "required", "The merchant id of the Configuration Center."),
    key("alipayplus.api_key_id", Text, "required", "The id of the API key."),
    key("alipayplus.secret_api_key_file", Text, "required", "A file with the secret API key."),
    key(
        "alipayplus.country",
        Text,
        "required",
        "The country of orders that name no `buyerCountry`: two capital letters.",
    ),
    key(
        "alipayplus.countries",
        List,
        "none",
        "More countries that Alipay+ is offered to: orders name theirs by `buyerCountry`.",
    ),
    key("alipayplus.currencies", List, "required", "Currencies that Alipay+ is offered for, such as `EUR`."),
    key(
        "alipayplus.min_minor",
        Number,
        "asked for",
        "The least sum, in minor units; with `max_minor`, or neither.",
    ),
    key("alipayplus.max_minor", Number, "asked for", "The largest sum, in minor units."),
    key(
        "alipayplus.page_hosts",
        List,
        "none",
        "Hosts of payment pages beside Worldline's own. For tests only.",
    ),
    key("alipayplus.page_lifetime", Duration, "Worldline's", "How long its page takes money: whole minutes."),
    key("alipayplus.webhook_keys[].id", Text, "none", "The id of a webhook key."),
    key("alipayplus.webhook_keys[].secret_file", Text, "none", "A file with that key's secret."),
    key("timing.page_lifetime", Duration, "15m", "How long a payment page takes money: whole minutes."),
    key("timing.min_gap", Duration, "2s", "Least time between two questions about one order."),
    key(
        "timing.while_open",
        List,
        "15s, 15s, 30s, 1m, 2m",
        "Pauses between questions while the page lives; the last one repeats.",
    ),
    key(
        "timing.after_expiry",
        List,
        "1m, 5m, 30m, 6h, 1d",
        "Questions after the page's end; at the last one an undecided attempt counts as expired. Then daily for a week.",
    ),
    key("timing.bank_timeout", Duration, "15s", "How long a call to the bank may take."),
    key(
        "timing.refunds",
        List,
        "2s, 5s, 10s, 30s, 1m, 5m, 15m, 1h, 6h",
        "Pauses between questions about a refund; the last one repeats.",
    ),
    key(
        "timing.refund_arrives_within",
        Duration,
        "1d",
        "How long a refund may be unknown at the bank before it counts as never arrived.",
    ),
    key("timing.webhook_timeout", Duration, "10s", "How long the shop may take for a webhook."),
    key(
        "timing.webhook_retries",
        List,
        "1s, 5s, 30s, 2m, 10m, 1h",
        "Pauses before a webhook is sent again; the last one repeats.",
    ),
    key(
        "timing.webhook_patience",
        Duration,
        "3d",
        "After so long a webhook is given up; it can be replayed.",
    ),
    key(
        "timing.settlement",
        Duration,
        "12h",
        "Pause between questions about captured money that its provider has yet to collect (Alipay+).",
    ),
    key("timing.session_idle", Duration, "30m", "How long somebody signed in at the console may do nothing."),
    key("timing.session_lifetime", Duration, "12h", "How long a session of the console lives at most."),
    key(
        "limits.order_token_per_minute",
        Number,
        "120",
        "Requests with one order token. 0 switches this limit off, as each below.",
    ),
    key("limits.shop_key_per_minute", Number, "60000", "Requests with the shop key."),
    key(
        "limits.session_reads_per_minute",
        Number,
        "600",
        "Reads of one session; one that waits for news counts once.",
    ),
    key(
        "limits.failures_per_minute",
        Number,
        "60",
        "Wrong credentials from one address (IPv6: one /64). Right ones from there are never refused.",
    ),
    key("limits.head_timeout", Duration, "30s", "For the head of a request, and for an idle connection."),
    key("limits.body_timeout", Duration, "15s", "For the whole body of a request."),
    key("limits.connections", Number, "20000", "Connections at the same time; more wait. Not 0."),
];
