//! What each failure says, and what it leaves open.

use super::*;
use crate::text::Language;

/// What only the shop's server and the buyer's widget can meet.
const NOT_OURS: [&str; 7] = [
    "shop_key_invalid",
    "order_token_invalid",
    "order_locked",
    "order_already_paid",
    "product_not_offered",
    "return_url_refused",
    "bank_refused",
];

fn refused(status: u16, code: &str) -> Failure {
    Failure::refused(status, &format!(r#"{{"code":"{code}"}}"#), None)
}

/// Every code of the backend's catalogue, read from its source: the backend's crate is not one that a browser's may use.
fn catalogue() -> Vec<&'static str> {
    let source = include_str!("../../../merchant-backend/src/error/catalogue.rs");
    let (_, kinds) = source.split_once("const KINDS").expect("the catalogue");
    let (kinds, _) = kinds.split_once("#[cfg(test)]").expect("its tests");
    let codes = kinds.split("of(").skip(1).filter_map(|kind| kind.trim_start().strip_prefix('"'));
    codes.filter_map(|kind| kind.split('"').next()).collect()
}

#[test]
fn every_code_that_the_console_can_meet_has_words_of_its_own() {
    let catalogue = catalogue();
    assert!(catalogue.len() > 30, "the catalogue was not read: {catalogue:?}");
    let ours = catalogue.iter().filter(|code| !NOT_OURS.contains(code));
    for code in ours {
        for language in [Language::Ukrainian, Language::English] {
            assert!(named(code, &language.words().problems).is_some(), "{code} in {language:?}");
        }
    }
    for code in NOT_OURS {
        assert!(catalogue.contains(&code), "{code} is no code any more");
    }
}

#[test]
fn a_code_is_said_in_the_readers_words_and_an_unknown_one_in_the_backends() {
    let words = &Language::English.words().problems;
    let refused = |text: &str| Failure::refused(409, text, None).words(words);
    assert_eq!(refused(r#"{"code":"not_paid","detail":"x"}"#), words.not_paid);
    assert!(refused(r#"{"code":"new_code","detail":"The moon is full."}"#).contains("moon"));
    assert!(refused(r#"{"code":"not_a_register","detail":"It is UTF-16."}"#).ends_with("It is UTF-16."));
    let wait = Failure::refused(429, r#"{"code":"too_many_logins"}"#, Some("30".to_owned())).words(words);
    assert!(wait.contains("30 s"), "{wait}");
}

#[test]
fn an_answer_without_a_code_is_a_missing_address_or_somebody_before_the_backend() {
    let words = &Language::English.words().problems;
    let said = |status| Failure::refused(status, "<html>", None).words(words);
    assert_eq!(said(404), words.not_there);
    assert_eq!(said(405), words.not_there);
    assert_eq!(said(413), words.too_large);
    assert_eq!(said(429), words.rate_limited);
    for status in [403, 500, 502, 503, 504] {
        assert_eq!(said(status), words.unreachable, "{status}");
    }
}

#[test]
fn only_what_may_pass_is_asked_again() {
    assert!(Failure::Network.may_pass());
    assert!(Failure::refused(503, "", None).may_pass());
    assert!(!Failure::refused(403, "", None).may_pass());
}

#[test]
fn what_may_have_been_done_is_told_from_what_was_not() {
    assert!(Failure::Network.leaves_open());
    assert!(Failure::refused(502, "<html>", None).leaves_open());
    assert!(refused(409, "idempotency_key_in_use").leaves_open());
    assert!(refused(503, "unavailable").leaves_open());
    assert!(!refused(503, "bank_unavailable").leaves_open());
    assert!(!refused(403, "refund_limit").leaves_open());
    assert!(!refused(401, "not_signed_in").leaves_open());
    assert!(!refused(409, "several_payments").leaves_open());
}

#[test]
fn a_doubt_is_cleared_only_by_an_answer_about_the_wish_itself() {
    let not_let_in = [
        Failure::TokenOver,
        refused(401, "not_signed_in"),
        refused(403, "csrf"),
        refused(403, "role_too_low"),
        refused(403, "scope"),
        refused(429, "rate_limited"),
        refused(422, "idempotency_key_reused"),
        refused(400, "invalid_request"),
        refused(409, "new_code"),
        Failure::refused(403, "<html>", None),
        Failure::refused(404, "<html>", None),
    ];
    for failure in not_let_in {
        assert!(failure.may_be_done(true), "{failure:?}");
        assert!(!failure.may_be_done(false), "{failure:?}");
    }
    let settled = ["nothing_left", "refund_changed", "several_payments", "refund_limit", "bank_unavailable"];
    for code in settled {
        assert!(!refused(409, code).may_be_done(true), "{code}");
    }
    assert!(Failure::Network.may_be_done(false));
    assert!(refused(503, "unavailable").may_be_done(false));
}
