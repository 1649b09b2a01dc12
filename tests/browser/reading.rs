//! The widget's own reading of JSON against serde's, over the same golden files.

use core::fmt::Debug;

use alliancepay_checkout::wire::{self, Json};
use checkout_api::{Checkout, OpenSession, PaymentSession, Product};
use serde::de::DeserializeOwned;
use wasm_bindgen_test::wasm_bindgen_test;

use super::stage::golden;

#[wasm_bindgen_test]
fn sessions_are_read_as_serde_reads_them() {
    for text in [
        golden!("payment-session/created"),
        golden!("payment-session/redirected"),
        golden!("payment-session/captured"),
        golden!("payment-session/captured-underpaid"),
        golden!("payment-session/rejected"),
        golden!("payment-session/cancelled-bank"),
        golden!("payment-session/cancelled-expired"),
        golden!("payment-session/refunded"),
        golden!("payment-session/unrecognized"),
    ] {
        same::<PaymentSession>(text, Json::payment_session);
    }
}

#[wasm_bindgen_test]
fn orders_are_read_as_serde_reads_them() {
    for text in [golden!("checkout/new"), golden!("checkout/paid")] {
        same::<Checkout>(text, Json::checkout);
    }
}

#[wasm_bindgen_test]
fn what_serde_refuses_is_refused() {
    let good = golden!("payment-session/captured");
    for (from, to) in [
        ("129905", "1299.05"),
        ("129905", "-1"),
        ("129905", "\"129905\""),
        ("129905", "9007199254740993"),
        ("\"UAH\"", "\"GBP\""),
        ("\"revision\": 3", "\"revision\": -3"),
        ("\"state\": \"CAPTURED\",", ""),
        ("\"amount\"", "\"sum\""),
    ] {
        let text = good.replace(from, to);
        assert_ne!(text, good);
        assert!(serde_json::from_str::<PaymentSession>(&text).is_err(), "serde reads {to}");
        assert_eq!(parsed(&text).and_then(|json| json.payment_session()), None, "{to}");
    }
}

#[wasm_bindgen_test]
fn requests_are_written_as_serde_writes_them() {
    for body in
        [OpenSession::default(), OpenSession { product: Some(Product::Card), locale: Some("uk".to_owned()) }]
    {
        assert_eq!(wire::open_session(&body), serde_json::to_string(&body).expect("serde writes it"));
    }
}

fn same<T: DeserializeOwned + PartialEq + Debug>(text: &str, read: fn(&Json) -> Option<T>) {
    let by_serde: T = serde_json::from_str(text).expect("a golden file");
    assert_eq!(parsed(text).as_ref().and_then(read), Some(by_serde));
}

/// As the browser parses an answer.
fn parsed(text: &str) -> Option<Json> {
    js_sys::JSON::parse(text).ok().map(Json::new)
}
