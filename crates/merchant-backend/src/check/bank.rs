//! The bank: its clock, every terminal, and what only an order would tell.

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822;
use money::{Amount, Currency};
use reqwest::{Client, header};
use url::Url;

use super::Finding;
use super::addresses::why;
use crate::payments::product::Product;
use crate::provider::{AskError, CreateError, CreateOrder, PaymentProvider, Question};

/// The bank takes a request whose time is off by so much, and hardly more.
const TOLERATED_SECONDS: u64 = 30;
const LEAST_SUM: i64 = 100;

/// Whose clock is compared.
pub(super) struct Clock {
    /// What findings about it are called.
    pub(super) about: &'static str,
    /// The key of its address.
    pub(super) key: &'static str,
    /// Whose it is.
    pub(super) whose: &'static str,
    /// What to look at where nobody answers.
    pub(super) advice: &'static str,
}

/// The bank's.
pub(super) const BANK: Clock = Clock {
    about: "clock",
    key: "bank.api",
    whose: "the bank's",
    advice: "Look at the address, DNS and the firewall; the bank lets in only addresses that it was told of.",
};

/// Compares the clocks.
pub(super) async fn clock(client: &Client, clock: &Clock, api: &Url) -> Finding {
    let Clock { about, key, whose, advice } = *clock;
    let before = Timestamp::now();
    let answer = match client.get(api.clone()).send().await {
        Ok(answer) => answer,
        Err(error) => {
            return Finding::problem(
                key,
                format!("{} cannot be reached: {}.", api.authority(), why(&error)),
                advice,
            );
        }
    };
    let date = answer.headers().get(header::DATE).and_then(|date| date.to_str().ok());
    let Some(theirs) = date.and_then(|date| rfc2822::DateTimeParser::new().parse_timestamp(date).ok()) else {
        return Finding::warning(
            about,
            format!("No answer to compare {whose} clock with carries a date."),
            "Make sure that this machine's clock is set by NTP.",
        );
    };
    let apart = theirs.duration_since(before).as_secs().unsigned_abs();
    if apart <= TOLERATED_SECONDS {
        Finding::ok(about, format!("This machine's clock and {whose} are {apart} s apart."))
    } else {
        Finding::problem(
            about,
            format!(
                "This machine's clock and {whose} are {apart} s apart: dates in requests and expiry are wrong."
            ),
            "Set the clock by NTP: timedatectl set-ntp true",
        )
    }
}

/// Tries every terminal.
pub(super) async fn check(
    provider: &dyn PaymentProvider,
    lifetime: Duration,
    public_url: Option<Url>,
    try_order: bool,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    // Alipay+ has no terminal at the bank.
    for product in provider.products().into_iter().filter(|product| *product != Product::AlipayPlus) {
        let about = format!("terminal {}", product.word());
        if let Err(error) = provider.authorize(product).await {
            findings.push(Finding::problem(
                about,
                format!("The bank does not let it in: {error}."),
                "Compare service_code and key_file with what the bank gave for this pay type.",
            ));
            continue;
        }
        findings.push(Finding::ok(about.clone(), "The bank lets it in."));
        findings.push(question(provider, product, &about).await);
        let actual = provider.page_lifetime(product, lifetime);
        if actual != lifetime {
            findings.push(Finding::warning(
                "timing.page_lifetime",
                format!(
                    "The bank's page for {} lives {} min, not {}: its own bounds.",
                    product.word(),
                    actual.as_secs() / 60,
                    lifetime.as_secs() / 60
                ),
                "Nothing, if that is long enough for you.",
            ));
        }
        findings.push(if try_order {
            order(provider, product, &about, public_url.as_ref()).await
        } else {
            Finding::warning(
                about,
                "Whether merchant_id is right cannot be known without an order: letting in and questions do not look at it.",
                "Run `check --try-order`: it makes one of 1.00 UAH that nobody pays.",
            )
        });
    }
    findings
}

/// A question about an order that nobody made: the refusal proves that questions are answered.
async fn question(provider: &dyn PaymentProvider, product: Product, about: &str) -> Finding {
    let question = Question { product, bank_order: uuid::Uuid::new_v4().to_string() };
    match provider.ask(&question).await {
        Ok(_) | Err(AskError::Refused { .. }) => {
            Finding::ok(about, "The bank answers questions about orders.")
        }
        Err(AskError::Silent(cause)) => Finding::problem(
            about,
            format!("The bank does not answer questions: {cause}."),
            "Try again; if it stays so, ask the bank's support with this text.",
        ),
    }
}

async fn order(
    provider: &dyn PaymentProvider,
    product: Product,
    about: &str,
    public_url: Option<&Url>,
) -> Finding {
    let here = public_url.map_or_else(|| "https://shop.example/".to_owned(), Url::to_string);
    let Ok(amount) = Amount::new(LEAST_SUM, Currency::Uah) else {
        return Finding::ok(about, "No order was made.");
    };
    let request = CreateOrder {
        product,
        merchant_request_id: uuid::Uuid::new_v4().to_string(),
        amount,
        order: "check".to_owned(),
        description: Some("check".to_owned()),
        customer_id: "check".to_owned(),
        country: None,
        locale: None,
        return_url: here.clone(),
        notification_url: format!("{here}v1/notifications/check"),
        lifetime: provider.page_lifetime(product, Duration::from_mins(1)),
    };
    match provider.create(&request).await {
        Ok(_) => Finding::ok(about, "The bank made an order of 1.00 UAH, which nobody pays."),
        Err(CreateError::Refused { code, message } | CreateError::Declined { code, message, .. }) => {
            Finding::problem(
                about,
                format!("The bank refuses orders ({code}): {message}."),
                "Compare merchant_id with what the bank gave for this pay type.",
            )
        }
        Err(CreateError::Cancelled { message, .. }) => {
            Finding::problem(about, format!("The bank cancels orders: {message}."), "Ask the bank why.")
        }
        Err(CreateError::Duplicate) => {
            Finding::warning(about, "The bank calls a new order a duplicate.", "Run the check again.")
        }
        Err(CreateError::Unclear(cause)) => {
            Finding::problem(about, format!("The bank does not answer: {cause}."), "Run the check again.")
        }
    }
}
