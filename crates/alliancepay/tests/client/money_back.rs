//! Refunds and completions: sealed for the session of the moment, sent once, and never lost in doubt.

use std::sync::Arc;

use alliancepay::{
    Client, Completion, Error, MemoryTokenStore, OperationStatus, OperationType, Refund, WhoActs,
};
use jiff::{SignedDuration, Timestamp};
use money::{Amount, Currency};
use serde_json::{Value, json};

use crate::stand_in::{AUTHORIZE, Bank, COMPLETION, REFUND, Reply};

const REQUEST: &str = "b0000000-0000-4000-8000-000000000001";
const PAYMENT: &str = "01000000-0000-4000-8000-000000000000";

fn uah(minor: i64) -> Amount {
    Amount::new(minor, Currency::Uah).unwrap()
}

fn refund() -> Refund {
    Refund::new(REQUEST, PAYMENT, uah(2_500))
}

fn without_date(mut body: Value) -> Value {
    body.as_object_mut().unwrap().remove("date").unwrap();
    body
}

async fn refund_answered(reply: Reply) -> Error {
    let bank = Bank::open().await;
    bank.script(REFUND, [reply]);
    let error = bank.client().refund(&refund()).await.unwrap_err();
    assert_eq!(bank.calls(REFUND).len(), 1, "a refund is never repeated on a doubt: {error}");
    error
}

#[tokio::test]
async fn a_refund_goes_out_sealed_as_plain_text_and_comes_back_pending() {
    let bank = Bank::open().await;
    let operation = bank.client().refund(&refund()).await.unwrap();
    assert_eq!((&operation.kind, &operation.status), (&OperationType::Refund, &OperationStatus::Pending));
    assert_eq!(operation.amount(), Some(uah(2_500)));
    assert_eq!(operation.transaction_response_info.action_code, None);
    assert_eq!(operation.original_coin_amount, Some(12_905));

    let [call] = &bank.calls(REFUND)[..] else { panic!("one call") };
    assert_eq!(call.headers["content-type"], "text/plain");
    assert_eq!(call.headers["x-device_id"], "device-1");
    let date = call.body["date"].as_str().unwrap();
    assert_eq!((date.len(), &date[19..20]), ("2026-07-09 13:30:00.07+03:00".len(), "."));
    let drift = date.parse::<alliancepay::BankTime>().unwrap().timestamp().duration_since(Timestamp::now());
    assert!(drift.abs() < SignedDuration::from_mins(1), "{date}");
    assert_eq!(
        without_date(call.body.clone()),
        json!({"merchantRequestId": REQUEST, "merchantId": "merchant-1", "operationId": PAYMENT, "coinAmount": "2500"})
    );
}

#[tokio::test]
async fn a_stale_token_costs_one_authorize_and_the_refund_is_sealed_anew_for_the_new_session() {
    let bank = Bank::open().await;
    let client = bank.client();
    client.authorize().await.unwrap();
    bank.kill_token();
    client.refund(&refund()).await.unwrap();
    assert_eq!(bank.authorizations(), 2);
    // Each body opens with the key of the session its headers name: else it would be null here.
    let [first, second] = &bank.calls(REFUND)[..] else { panic!("two calls") };
    assert_eq!(
        (&first.headers["x-device_id"], &second.headers["x-device_id"]),
        (&"device-1".parse().unwrap(), &"device-2".parse().unwrap())
    );
    assert_eq!(first.body["merchantRequestId"], REQUEST);
    assert_eq!(without_date(first.body.clone()), without_date(second.body.clone()));
}

#[tokio::test]
async fn a_token_the_bank_never_takes_leaves_no_doubt_about_the_refund() {
    let bank = Bank::open().await;
    let refused = || Reply::Golden(401, "error/expired-token");
    bank.script(REFUND, [refused(), refused(), refused()]);
    let error = bank.client().refund(&refund()).await.unwrap_err();
    assert!(matches!(error, Error::TokenRefused(_)) && !error.outcome_unknown(), "{error}");
    assert_eq!((bank.calls(REFUND).len(), bank.authorizations()), (2, 2));
}

#[tokio::test]
async fn a_session_key_the_bank_has_forgotten_is_renewed_once() {
    let forgotten =
        || Reply::Text(200, "{\"msgType\":\"ERROR\",\"msgCode\":\"b_encryptor_failed_decrypt_message\"}");
    let bank = Bank::open().await;
    bank.script(REFUND, [forgotten()]);
    bank.client().refund(&refund()).await.unwrap();
    assert_eq!((bank.calls(REFUND).len(), bank.authorizations()), (2, 2));

    bank.script(REFUND, [forgotten(), forgotten(), forgotten()]);
    let error = bank.client().refund(&refund()).await.unwrap_err();
    assert_eq!((bank.calls(REFUND).len(), error.who_acts()), (2, WhoActs::Administrator));
}

#[tokio::test]
async fn closed_access_found_by_a_refund_ends_it_without_a_doubt() {
    let bank = Bank::open().await;
    let client = bank.client();
    client.authorize().await.unwrap();
    bank.kill_token();
    bank.script(AUTHORIZE, [Reply::Golden(401, "error/access-closed")]);
    for _ in 0..3 {
        let error = client.refund(&refund()).await.unwrap_err();
        assert!(matches!(error, Error::AccessClosed(_)) && !error.outcome_unknown(), "{error}");
    }
    assert_eq!(bank.calls(AUTHORIZE).len(), 2);
}

#[tokio::test]
async fn an_error_in_clear_or_inside_the_envelope_is_the_banks_refusal() {
    for reply in [Reply::Golden(200, "error/refund-amount"), Reply::Sealed("error/refund-amount")] {
        let error = refund_answered(reply).await;
        assert!(matches!(error, Error::Refused(_)) && !error.outcome_unknown(), "{error}");
        assert_eq!(error.bank_error().unwrap().msg_code, "b_payment_invalid_refund_amount");
    }
    assert!(refund_answered(Reply::Golden(400, "error/duplicate")).await.is_duplicate());
    let broken_rule = refund_answered(Reply::Golden(200, "error/validation-error")).await;
    assert!(matches!(broken_rule, Error::Refused(_)), "{broken_rule}");
}

#[tokio::test]
async fn a_refund_the_bank_failed_is_an_answer_and_says_why() {
    let bank = Bank::open().await;
    bank.script(REFUND, [Reply::Sealed("refund-answer/failed")]);
    let operation = bank.client().refund(&refund()).await.unwrap();
    assert_eq!((operation.status, operation.operation_id), (OperationStatus::Fail, None));
    assert_eq!(operation.error_details.as_deref(), Some("b_security_time_in_request_not_correct"));
}

#[tokio::test]
async fn an_answer_that_cannot_be_read_leaves_the_refund_open() {
    for (status, text) in [
        (500, ""),
        (502, "<html>bad gateway</html>"),
        (200, ""),
        (200, "{}"),
        (200, "{\"jwe\":\"\"}"),
        (200, "{\"jwe\":\"a.b.c.d.e\"}"),
        (200, "{\"msgType\":\"ERROR\",\"msgCode\":\"b_new_code\"}"),
        (400, "{\"msgType\":\"ERROR\",\"msgCode\":\"b_new_code\"}"),
        (200, "{\"msgType\":\"ERROR\",\"msgCode\":\"b_reverse_transaction_failed\"}"),
        (200, "{\"msgType\":\"ERROR\",\"msgCode\":\"b_cannot_process_logic_transaction\"}"),
        (503, "{\"msgType\":\"ERROR\",\"msgCode\":\"b_server_is_overloaded\"}"),
    ] {
        let error = refund_answered(Reply::Text(status, text)).await;
        assert!(error.outcome_unknown(), "{status} {text}: {error}");
    }
    let about_another = refund_answered(Reply::Sealed("completion-answer/success")).await;
    assert!(about_another.outcome_unknown(), "{about_another}");
}

#[tokio::test]
async fn an_answer_sealed_for_another_key_does_not_mean_that_nothing_happened() {
    let bank = Bank::open().await;
    let store = Arc::new(MemoryTokenStore::new());
    bank.client_with(store.clone()).authorize().await.unwrap();
    let mut config = bank.config(alliancepay::PrivateJwk::generate());
    config.terminal.service_code = "service-1".to_owned();
    let error = Client::new(config, store).unwrap().refund(&refund()).await.unwrap_err();
    assert!(matches!(error, Error::Unreadable { .. }) && error.outcome_unknown(), "{error}");
    assert_eq!(bank.calls(REFUND).len(), 1);
}

#[tokio::test]
async fn silence_after_a_refund_is_not_an_answer_and_the_refund_is_found_again() {
    let bank = Bank::open().await;
    let store = Arc::new(MemoryTokenStore::new());
    bank.client_with(store.clone()).authorize().await.unwrap();
    bank.script(REFUND, [Reply::Never]);
    let error = bank.impatient_client(store.clone()).refund(&refund()).await.unwrap_err();
    assert!(matches!(error, Error::Timeout { .. }) && error.outcome_unknown(), "{error}");
    assert_eq!(bank.calls(REFUND).len(), 1);
    let found = bank.client_with(store).find_refund(REQUEST).await.unwrap().unwrap();
    assert_eq!(found.status, OperationStatus::Success);
}

#[tokio::test]
async fn a_refund_the_bank_would_refuse_is_refused_before_it_is_sent() {
    let bank = Bank::open().await;
    let client = bank.client();
    let dollars = Amount::new(100, Currency::Usd).unwrap();
    for (wrong, field) in [
        (Refund::new("", PAYMENT, uah(1)), "merchantRequestId"),
        (Refund::new("x".repeat(37), PAYMENT, uah(1)), "merchantRequestId"),
        (Refund::new(REQUEST, " ", uah(1)), "operationId"),
        (Refund::new(REQUEST, PAYMENT, uah(0)), "coinAmount"),
        (Refund::new(REQUEST, PAYMENT, dollars), "coinAmount"),
        (Refund { notification_url: Some(String::new()), ..refund() }, "notificationUrl"),
        (Refund { merchant_comment: Some("повернення".to_owned()), ..refund() }, "merchantComment"),
    ] {
        let error = client.refund(&wrong).await.unwrap_err();
        assert!(matches!(error, Error::InvalidRequest { field: named, .. } if named == field), "{error}");
    }
    assert!(bank.calls(REFUND).is_empty() && bank.calls(AUTHORIZE).is_empty());
}

#[tokio::test]
async fn a_hold_is_completed_the_same_way() {
    let bank = Bank::open().await;
    let client = bank.client();
    let completion = Completion::new("c0000000-0000-4000-8000-000000000001", "hold-1", uah(12_000));
    let taken = client.complete(&completion).await.unwrap();
    assert_eq!((&taken.kind, &taken.status), (&OperationType::Completion, &OperationStatus::Success));
    assert_eq!(taken.original_coin_amount, Some(12_905));
    assert_eq!(taken.rrn_original.as_deref(), Some("600000000003"));
    let sent = bank.calls(COMPLETION).remove(0).body;
    assert_eq!((&sent["originalOperationId"], &sent["coinAmount"]), (&json!("hold-1"), &json!("12000")));

    bank.script(COMPLETION, [Reply::Text(504, "")]);
    assert!(client.complete(&completion).await.unwrap_err().outcome_unknown());
    assert_eq!(bank.calls(COMPLETION).len(), 1);
}
