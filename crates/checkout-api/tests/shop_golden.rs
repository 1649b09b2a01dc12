//! The shop's side of the wire: every golden file reads into its type and comes out as the same JSON.

#![allow(clippy::unwrap_used, reason = "a test's helper fails the test")]

use std::fs;
use std::path::Path;

use checkout_api::{
    OrderAccepted, OrderList, OrderWebhook, PutOrder, RefundRequest, ShopOrder, ShopRefund, WebhookList,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

#[test]
fn what_the_shop_puts_round_trips() {
    round_trips::<PutOrder>("put-order");
    round_trips::<OrderAccepted>("order-accepted");
}

#[test]
fn what_the_shop_reads_round_trips() {
    round_trips::<ShopOrder>("order");
    round_trips::<OrderList>("order-list");
}

#[test]
fn refunds_round_trip() {
    round_trips::<RefundRequest>("refund-request");
    round_trips::<ShopRefund>("refund");
}

#[test]
fn webhooks_round_trip() {
    round_trips::<OrderWebhook>("webhook");
    round_trips::<WebhookList>("webhook-list");
}

fn round_trips<T: Serialize + DeserializeOwned>(resource: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(resource);
    let mut seen = 0;
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let typed: T =
            serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let again = serde_json::to_value(&typed).unwrap();
        assert_eq!(again, serde_json::from_str::<Value>(&text).unwrap(), "{}", path.display());
        seen += 1;
    }
    assert!(seen > 0, "no golden files in {}", folder.display());
}
