//! Looking for one operation: found, not there, or not known.

use alliancepay::{Error, OperationType};
use serde_json::json;

use crate::stand_in::{Bank, OPERATION, OPERATION_BY_REQUEST, Reply};

const REQUEST: &str = "b0000000-0000-4000-8000-000000000001";

#[tokio::test]
async fn an_operation_is_asked_for_by_its_number_and_by_our_own() {
    let bank = Bank::open().await;
    let client = bank.client();
    let by_number = client.operation("01000000-0000-4000-8000-000000000000").await.unwrap().unwrap();
    let by_ours = client.operation_by_request(REQUEST).await.unwrap().unwrap();
    assert_eq!(by_number, by_ours);
    assert_eq!(by_ours.kind, OperationType::Refund);
    assert_eq!(bank.calls(OPERATION)[0].body, json!({"id": "01000000-0000-4000-8000-000000000000"}));
    assert_eq!(bank.calls(OPERATION_BY_REQUEST)[0].body, json!({"merchantRequestId": REQUEST}));
}

#[tokio::test]
async fn what_the_bank_does_not_know_is_none_and_no_error() {
    let bank = Bank::open().await;
    let client = bank.client();
    let unknown = |status, code| [Reply::Text(status, code), Reply::Golden(404, "error/operation-not-found")];
    bank.script(OPERATION, unknown(200, "{\"msgType\":\"ERROR\",\"msgCode\":\"b_operation_not_found\"}"));
    bank.script(
        OPERATION_BY_REQUEST,
        unknown(200, "{\"msgType\":\"ERROR\",\"msgCode\":\"b_payment_not_found\"}"),
    );
    for _ in 0..2 {
        assert_eq!(client.operation("nobody").await.unwrap(), None);
        assert_eq!(client.find_refund(REQUEST).await.unwrap(), None);
    }
}

#[tokio::test]
async fn a_page_in_front_of_the_bank_does_not_mean_that_there_is_no_refund() {
    let bank = Bank::open().await;
    for reply in
        [Reply::Text(404, "<html></html>"), Reply::Text(200, "{\"msgType\":\"ERROR\",\"msgCode\":\"b_new\"}")]
    {
        bank.script(OPERATION_BY_REQUEST, [reply]);
        assert!(bank.client().find_refund(REQUEST).await.is_err());
    }
}

#[tokio::test]
async fn an_answer_about_something_else_is_not_acted_on() {
    let bank = Bank::open().await;
    let client = bank.client();
    let other = client.find_refund("b0000000-0000-4000-8000-000000000009").await.unwrap_err();
    assert!(matches!(other, Error::Unreadable { .. }) && other.outcome_unknown(), "{other}");
    bank.script(OPERATION_BY_REQUEST, [Reply::Golden(200, "completion-answer/success")]);
    let no_refund = client.find_refund("c0000000-0000-4000-8000-000000000001").await.unwrap_err();
    assert!(no_refund.to_string().contains("no refund"), "{no_refund}");
}

#[tokio::test]
async fn the_question_is_asked_once_more_when_the_bank_is_in_trouble() {
    let bank = Bank::open().await;
    let overloaded = || Reply::Text(503, "{\"msgType\":\"ERROR\",\"msgCode\":\"b_server_is_overloaded\"}");
    bank.script(OPERATION_BY_REQUEST, [overloaded()]);
    assert!(bank.client().find_refund(REQUEST).await.unwrap().is_some());
    assert_eq!(bank.calls(OPERATION_BY_REQUEST).len(), 2);
}
