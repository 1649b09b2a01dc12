//! Alipay+: Worldline's clock, the API key, the webhook keys, and what it takes.

use reqwest::Client;

use super::Finding;
use super::bank::{self, Clock};
use crate::payments::product::Product;
use crate::provider::alipayplus::{AlipayPlus, Settings};
use crate::provider::{Limits, PaymentProvider};

const KEY: &str = "alipayplus";
const WEBHOOK_KEYS: &str = "alipayplus.webhook_keys";

const WORLDLINE: Clock = Clock {
    about: "alipayplus clock",
    key: "alipayplus.api",
    whose: "Worldline's",
    advice: "Look at the address, DNS and the firewall: requests are signed with the time, so both must be right.",
};

/// What can be told without the API key.
pub(super) async fn told(client: &Client, settings: &Settings) -> Vec<Finding> {
    let keys = settings.webhook_keys.len();
    let webhooks = if keys == 0 {
        Finding::warning(
            WEBHOOK_KEYS,
            "is empty, so no webhook of Worldline's is taken: payments are found by asking alone, and later.",
            "Make a webhooks key in the Configuration Center and enter its id and secret.",
        )
    } else {
        Finding::ok(
            WEBHOOK_KEYS,
            format!("{keys} known. Whether they are Worldline's is known when its first webhook comes."),
        )
    };
    vec![bank::clock(client, &WORLDLINE, &settings.api).await, webhooks]
}

/// What Worldline says of the merchant.
pub(super) async fn check(alipay_plus: &AlipayPlus) -> Vec<Finding> {
    if let Err(error) = alipay_plus.authorize(Product::AlipayPlus).await {
        return vec![Finding::problem(
            KEY,
            format!("Worldline does not let this merchant in: {error}."),
            "Compare merchant_id, api_key_id and secret_api_key_file with the Configuration Center; keys expire there.",
        )];
    }
    let learned = alipay_plus.learn_limits().await;
    vec![
        Finding::ok(KEY, "Worldline lets this merchant in."),
        limits(learned, &alipay_plus.limits(Product::AlipayPlus)),
    ]
}

fn limits(learned: bool, limits: &Limits) -> Finding {
    let about = "alipayplus limits";
    let offered = match limits {
        Limits::Any => return Finding::ok(about, "Every order is taken."),
        Limits::Nothing => 0,
        Limits::Only { list, .. } => list.len(),
    };
    if !learned {
        return Finding::problem(
            about,
            "Worldline does not tell what it takes, and nothing is offered before it does.",
            "Run the check again; if it stays so, ask Worldline, or give min_minor and max_minor.",
        );
    }
    if offered == 0 {
        return Finding::problem(
            about,
            "Worldline takes none of the configured countries and currencies, so no order shows Alipay+.",
            "Compare country, countries and currencies with what the merchant is boarded for.",
        );
    }
    Finding::ok(about, format!("Orders are taken in {offered} of the configured countries and currencies."))
}
