//! Every golden file reads into its type and comes out as the same JSON.

#![allow(clippy::unwrap_used, reason = "a test's helper fails the test")]

use std::fs;
use std::path::Path;

use checkout_api::{Anomaly, Checkout, OpenSession, Outcome, PaymentSession, PaymentState, Problem};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

fn cases(resource: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(resource);
    let mut cases: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.display().to_string(), fs::read_to_string(&path).unwrap()))
        .collect();
    cases.sort();
    assert!(!cases.is_empty(), "no golden files in {}", folder.display());
    cases
}

fn round_trips<T: Serialize + DeserializeOwned>(resource: &str) {
    for (name, text) in cases(resource) {
        let typed: T = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        let again = serde_json::to_value(&typed).unwrap();
        assert_eq!(again, serde_json::from_str::<Value>(&text).unwrap(), "{name}");
    }
}

#[test]
fn payment_sessions_round_trip() {
    round_trips::<PaymentSession>("payment-session");
}

#[test]
fn checkouts_round_trip() {
    round_trips::<Checkout>("checkout");
}

#[test]
fn open_session_bodies_round_trip() {
    round_trips::<OpenSession>("open-session");
}

#[test]
fn problems_round_trip() {
    round_trips::<Problem>("problem");
}

#[test]
fn words_of_a_newer_backend_are_kept_and_mean_neither_paid_nor_failed() {
    let text = include_str!("golden/payment-session/unrecognized.json");
    let session: PaymentSession = serde_json::from_str(text).unwrap();
    assert_eq!(session.state, PaymentState::Unrecognized("CHARGED_BACK".to_owned()));
    assert_eq!(session.outcome, Outcome::Unrecognized("charged_back".to_owned()));
    assert_eq!(session.anomalies, [Anomaly::Unrecognized("frozen".to_owned())]);
}

#[test]
fn an_amount_from_a_page_is_not_part_of_opening_a_session() {
    let body: OpenSession = serde_json::from_str(r#"{"amount":{"minor":1,"currency":"UAH"}}"#).unwrap();
    assert_eq!(body, OpenSession::default());
}
