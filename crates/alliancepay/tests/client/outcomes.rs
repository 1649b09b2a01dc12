//! Refused, unknown, or not made at all: what a caller learns from each way a call can end.

use std::sync::Arc;

use alliancepay::{Client, Error, MemoryTokenStore, WhoActs};
use tokio::io::AsyncReadExt as _;
use tokio::net::TcpListener;

use crate::stand_in::{Bank, CREATE_ORDER, OPERATIONS, Reply, order};

const ORDER: &str = "1783591442910SYNTHETIC01";

async fn create_order_answered(reply: Reply) -> Error {
    let bank = Bank::open().await;
    bank.script(CREATE_ORDER, [reply]);
    let error = bank.client().create_order(&order()).await.unwrap_err();
    assert_eq!(bank.calls(CREATE_ORDER).len(), 1, "create-order is never repeated by the client: {error}");
    error
}

#[tokio::test]
async fn an_error_with_http_200_is_an_error() {
    let error = create_order_answered(Reply::Golden(200, "error/error")).await;
    assert!(matches!(error, Error::TerminalRefused(_)), "{error}");
    assert_eq!(error.bank_error().unwrap().msg_code, "b_terminal_not_found");
    assert!(!error.outcome_unknown());
}

#[tokio::test]
async fn broken_rules_are_told_one_by_one() {
    let error = create_order_answered(Reply::Golden(200, "error/validation-error")).await;
    assert!(matches!(error, Error::Refused(_)), "{error}");
    assert!(error.to_string().contains("coinAmount must be positive"));
    assert_eq!(error.who_acts(), WhoActs::Caller);
}

#[tokio::test]
async fn a_duplicate_is_told_apart() {
    let error = create_order_answered(Reply::Golden(400, "error/duplicate")).await;
    assert!(error.is_duplicate() && !error.outcome_unknown(), "{error}");
}

#[tokio::test]
async fn silence_is_not_an_answer() {
    let bank = Bank::open().await;
    let store = Arc::new(MemoryTokenStore::new());
    bank.client_with(store.clone()).authorize().await.unwrap();
    bank.script(CREATE_ORDER, [Reply::Never]);
    let error = bank.impatient_client(store).create_order(&order()).await.unwrap_err();
    assert!(matches!(error, Error::Timeout { .. }), "{error}");
    assert!(error.outcome_unknown());
    assert_eq!(bank.calls(CREATE_ORDER).len(), 1);
}

#[tokio::test]
async fn a_broken_or_strange_answer_leaves_the_outcome_open() {
    for (status, text) in [
        (500, ""),
        (502, "<html>bad gateway</html>"),
        (200, ""),
        (200, "{\"hppOrderId\":\"only this\"}"),
        (200, "{\"hppOrderId\":"),
        (302, ""),
        (500, "{\"msgType\":\"ERROR\",\"msgCode\":\"b_unknown_error\"}"),
        (500, "{\"msgType\":\"ERROR\",\"msgCode\":\"b_new_code\"}"),
        (503, "{\"msgType\":\"ERROR\",\"msgCode\":\"b_server_is_overloaded\"}"),
        (200, "{\"msgType\":\"ERROR\",\"msgCode\":\"b_overload_error\"}"),
    ] {
        let error = create_order_answered(Reply::Text(status, text)).await;
        assert!(error.outcome_unknown(), "{status} {text}: {error}");
    }
}

#[tokio::test]
async fn a_refusal_by_something_in_front_of_the_bank_is_a_matter_of_settings() {
    for status in [403, 404] {
        let error = create_order_answered(Reply::Text(status, "<html></html>")).await;
        assert!(matches!(error, Error::Configuration(_)) && !error.outcome_unknown(), "{error}");
    }
}

#[tokio::test]
async fn the_reason_of_an_unreadable_answer_repeats_nothing_of_it() {
    let error =
        create_order_answered(Reply::Text(200, "{\"hppOrderId\":[\"sensitive\"],\"redirectUrl\":\"x\"}"))
            .await;
    assert!(!format!("{error} {error:?}").contains("sensitive"));
    let error = create_order_answered(Reply::Text(200, "{\"hppOrderId\":\"sensitive\"}")).await;
    assert!(error.to_string().contains("redirectUrl") && !error.to_string().contains("sensitive"), "{error}");
}

#[tokio::test]
async fn an_order_the_bank_does_not_know_and_one_that_expired_are_told_apart() {
    let bank = Bank::open().await;
    bank.script(
        OPERATIONS,
        [
            Reply::Golden(404, "error/order-not-found"),
            Reply::Text(500, "{\"msgType\":\"ERROR\",\"msgCode\":\"b_hpp_order_expired\"}"),
        ],
    );
    let client = bank.client();
    assert!(matches!(client.operations(ORDER).await, Err(Error::OrderNotFound(_))));
    let expired = client.operations(ORDER).await.unwrap_err();
    assert!(matches!(expired, Error::OrderExpired(_)) && !expired.outcome_unknown());
}

#[tokio::test]
async fn a_question_is_asked_once_more_when_the_bank_is_in_trouble() {
    let overloaded = || Reply::Text(503, "{\"msgType\":\"ERROR\",\"msgCode\":\"b_server_is_overloaded\"}");
    let bank = Bank::open().await;
    let client = bank.client();
    bank.script(OPERATIONS, [overloaded()]);
    client.operations(ORDER).await.unwrap();
    assert_eq!(bank.calls(OPERATIONS).len(), 2);

    bank.script(OPERATIONS, [overloaded(), overloaded()]);
    assert!(matches!(client.operations(ORDER).await, Err(Error::Unavailable(_))));
    assert_eq!(bank.calls(OPERATIONS).len(), 2);
}

#[tokio::test]
async fn a_connection_that_breaks_after_sending_leaves_the_outcome_open() {
    let bank = Bank::open().await;
    let store = Arc::new(MemoryTokenStore::new());
    bank.client_with(store.clone()).authorize().await.unwrap();

    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut config = bank.config(bank.merchant_key.clone());
    config.api_url = format!("http://{}", listener.local_addr().unwrap()).parse().unwrap();
    tokio::spawn(async move {
        loop {
            let (mut connection, _) = listener.accept().await.unwrap();
            let mut some = [0; 64];
            connection.read_exact(&mut some).await.unwrap();
        }
    });
    let error = Client::new(config, store).unwrap().create_order(&order()).await.unwrap_err();
    assert!(matches!(error, Error::ConnectionLost { .. }), "{error}");
    assert!(error.outcome_unknown());
}

#[tokio::test]
async fn a_bank_that_cannot_be_reached_was_told_nothing() {
    let bank = Bank::open().await;
    let store = Arc::new(MemoryTokenStore::new());
    bank.client_with(store.clone()).authorize().await.unwrap();

    let nobody = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let mut config = bank.config(bank.merchant_key.clone());
    config.api_url = format!("http://{nobody}").parse().unwrap();
    let error = Client::new(config, store).unwrap().create_order(&order()).await.unwrap_err();
    assert!(matches!(error, Error::NotConnected { .. }), "{error}");
    assert!(!error.outcome_unknown());
}

#[tokio::test]
async fn an_address_in_clear_is_taken_on_loopback_only() {
    let bank = Bank::open().await;
    for (address, taken) in [
        ("http://127.0.0.1:1", true),
        ("http://[::1]:1", true),
        ("https://bank.example", true),
        ("http://bank.example", false),
        ("ftp://127.0.0.1", false),
    ] {
        let mut config = bank.config(bank.merchant_key.clone());
        config.api_url = address.parse().unwrap();
        assert_eq!(Client::new(config, Arc::new(MemoryTokenStore::new())).is_ok(), taken, "{address}");
    }
}
