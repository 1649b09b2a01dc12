//! The bank token: got once, renewed once, never in a loop.

use std::sync::Arc;

use alliancepay::{Error, MemoryTokenStore, PrivateJwk, TokenStore as _, WhoActs};

use crate::stand_in::{AUTHORIZE, Bank, CREATE_ORDER, OPERATIONS, Reply, order};

const ORDER: &str = "1783591442910SYNTHETIC01";

#[tokio::test]
async fn one_token_serves_many_calls() {
    let bank = Bank::open().await;
    let client = bank.client();
    for _ in 0..3 {
        client.operations(ORDER).await.unwrap();
    }
    assert_eq!(bank.authorizations(), 1);
}

#[tokio::test]
async fn a_token_killed_between_calls_costs_exactly_one_authorize() {
    let bank = Bank::open().await;
    let client = bank.client();
    client.operations(ORDER).await.unwrap();
    bank.kill_token();
    client.create_order(&order()).await.unwrap();
    assert_eq!(bank.authorizations(), 2);
    let requests: Vec<_> = bank.calls(CREATE_ORDER).into_iter().map(|call| call.body).collect();
    assert_eq!(requests.len(), 2);
    assert_eq!(requests[0], requests[1], "the same merchantRequestId, so the bank could tell");
}

#[tokio::test]
async fn a_token_the_bank_never_takes_is_renewed_once_and_given_up() {
    let bank = Bank::open().await;
    bank.script(
        OPERATIONS,
        [Reply::Golden(401, "error/expired-token"), Reply::Golden(200, "error/expired-token")],
    );
    let error = bank.client().operations(ORDER).await.unwrap_err();
    assert!(matches!(error, Error::TokenRefused(_)), "{error}");
    assert!(!error.outcome_unknown());
    assert_eq!((bank.authorizations(), bank.calls(OPERATIONS).len()), (2, 2));
}

#[tokio::test]
async fn a_401_with_a_code_nobody_listed_renews_the_token_and_only_once() {
    let new_code = || Reply::Text(401, "{\"msgType\":\"ERROR\",\"msgCode\":\"b_new_code\"}");
    let bank = Bank::open().await;
    let client = bank.client();
    client.authorize().await.unwrap();
    bank.script(OPERATIONS, [new_code()]);
    client.operations(ORDER).await.unwrap();
    assert_eq!((bank.authorizations(), bank.calls(OPERATIONS).len()), (2, 2));
    bank.script(CREATE_ORDER, [new_code()]);
    client.create_order(&order()).await.unwrap();
    assert_eq!((bank.authorizations(), bank.calls(CREATE_ORDER).len()), (3, 2));

    bank.script(OPERATIONS, [new_code(), new_code()]);
    let error = client.operations(ORDER).await.unwrap_err();
    assert!(matches!(error, Error::TokenRefused(_)) && !error.outcome_unknown(), "{error}");
    assert_eq!((bank.authorizations(), bank.calls(OPERATIONS).len()), (4, 2));
}

#[tokio::test]
async fn a_question_asked_twice_for_trouble_renews_the_token_once_in_all() {
    let bank = Bank::open().await;
    let expired = || Reply::Golden(401, "error/expired-token");
    let overloaded = Reply::Text(503, "{\"msgType\":\"ERROR\",\"msgCode\":\"b_server_is_overloaded\"}");
    bank.script(OPERATIONS, [expired(), overloaded, expired()]);
    let error = bank.client().operations(ORDER).await.unwrap_err();
    assert!(matches!(error, Error::TokenRefused(_)), "{error}");
    assert_eq!((bank.authorizations(), bank.calls(OPERATIONS).len()), (2, 3));
}

#[tokio::test]
async fn closed_access_is_reported_and_never_tried_again() {
    let bank = Bank::open().await;
    bank.script(AUTHORIZE, [Reply::Golden(401, "error/access-closed")]);
    let error = bank.client().create_order(&order()).await.unwrap_err();
    assert!(matches!(error, Error::AccessClosed(_)), "{error}");
    assert_eq!((error.who_acts(), error.outcome_unknown()), (WhoActs::Administrator, false));
    assert_eq!((bank.calls(AUTHORIZE).len(), bank.calls(CREATE_ORDER).len()), (1, 0));
}

#[tokio::test]
async fn closed_access_is_remembered_so_that_waiting_orders_ask_no_more() {
    let bank = Bank::open().await;
    let client = bank.client();
    bank.script(AUTHORIZE, [Reply::Golden(401, "error/access-closed")]);
    for _ in 0..5 {
        let error = client.clone().create_order(&order()).await.unwrap_err();
        assert!(matches!(error, Error::AccessClosed(_)), "{error}");
        assert_eq!(error.bank_error().unwrap().msg_code, "b_auth_token_expired");
    }
    assert_eq!(bank.calls(AUTHORIZE).len(), 1);

    // An administrator who has called the bank need not wait.
    client.authorize().await.unwrap();
    client.create_order(&order()).await.unwrap();
    assert_eq!(bank.authorizations(), 1);
}

#[tokio::test]
async fn after_the_pause_closed_access_is_tried_again() {
    let bank = Bank::open().await;
    let mut config = bank.config(bank.merchant_key.clone());
    config.timeouts.closed_access_pause = std::time::Duration::ZERO;
    let client = alliancepay::Client::new(config, Arc::new(MemoryTokenStore::new())).unwrap();
    bank.script(AUTHORIZE, [Reply::Golden(401, "error/access-closed")]);
    client.create_order(&order()).await.unwrap_err();
    client.create_order(&order()).await.unwrap();
}

#[tokio::test]
async fn closed_access_told_by_another_call_does_not_authorize() {
    let bank = Bank::open().await;
    let client = bank.client();
    client.authorize().await.unwrap();
    bank.script(OPERATIONS, [Reply::Golden(401, "error/access-closed")]);
    assert!(matches!(client.operations(ORDER).await, Err(Error::AccessClosed(_))));
    bank.kill_token();
    assert!(matches!(client.operations(ORDER).await, Err(Error::AccessClosed(_))));
    assert_eq!(bank.authorizations(), 1);
}

#[tokio::test]
async fn closed_access_found_while_renewing_ends_the_call() {
    let bank = Bank::open().await;
    let client = bank.client();
    client.authorize().await.unwrap();
    bank.kill_token();
    bank.script(AUTHORIZE, [Reply::Golden(401, "error/access-closed")]);
    assert!(matches!(client.operations(ORDER).await, Err(Error::AccessClosed(_))));
    assert_eq!((bank.calls(AUTHORIZE).len(), bank.calls(OPERATIONS).len()), (2, 1));
}

#[tokio::test]
async fn calls_at_the_same_time_authorize_once() {
    let bank = Bank::open().await;
    let client = bank.client();
    for expected in [1, 2] {
        let calls = (0..20).map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.operations(ORDER).await })
        });
        for call in calls.collect::<Vec<_>>() {
            call.await.unwrap().unwrap();
        }
        assert_eq!(bank.authorizations(), expected);
        bank.kill_token();
    }
}

#[tokio::test]
async fn clients_that_share_a_store_share_the_token() {
    let bank = Bank::open().await;
    let store = Arc::new(MemoryTokenStore::new());
    bank.client_with(store.clone()).operations(ORDER).await.unwrap();
    bank.client_with(store.clone()).operations(ORDER).await.unwrap();
    assert_eq!(bank.authorizations(), 1);
    assert_eq!(store.load("service-1").await.unwrap().unwrap().device_id.expose(), "device-1");
    assert_eq!(store.load("service-2").await.unwrap(), None);
}

#[tokio::test]
async fn a_token_near_its_end_is_renewed_before_the_call() {
    let bank = Bank::open().await;
    let store = Arc::new(MemoryTokenStore::new());
    bank.token_lifetime_hours(0);
    bank.client_with(store.clone()).authorize().await.unwrap();
    bank.token_lifetime_hours(24);
    bank.client_with(store).operations(ORDER).await.unwrap();
    assert_eq!((bank.authorizations(), bank.calls(OPERATIONS).len()), (2, 1));
}

#[tokio::test]
async fn neither_short_tokens_nor_a_wrong_clock_authorize_before_every_call() {
    // A token of no length, and the same as a clock that is a day ahead reads it.
    for lifetime in [0, -24] {
        let bank = Bank::open().await;
        bank.token_lifetime_hours(lifetime);
        let store = Arc::new(MemoryTokenStore::new());
        bank.client_with(store.clone()).authorize().await.unwrap();
        let client = bank.client_with(store);
        for _ in 0..5 {
            client.operations(ORDER).await.unwrap();
        }
        assert_eq!((bank.authorizations(), bank.calls(OPERATIONS).len()), (2, 5));
        bank.kill_token();
        client.operations(ORDER).await.unwrap();
        assert_eq!(bank.authorizations(), 3, "the bank's refusal renews it all the same");
    }
}

#[tokio::test]
async fn a_token_that_could_not_be_renewed_ahead_is_used_to_its_end() {
    let bank = Bank::open().await;
    let store = Arc::new(MemoryTokenStore::new());
    bank.token_lifetime_hours(1);
    bank.client_with(store.clone()).authorize().await.unwrap();
    let mut config = bank.config(bank.merchant_key.clone());
    config.timeouts.renew_ahead = std::time::Duration::from_hours(2);
    let client = alliancepay::Client::new(config, store).unwrap();
    bank.script(AUTHORIZE, [Reply::Text(502, "bad gateway")]);
    for _ in 0..2 {
        client.operations(ORDER).await.unwrap();
    }
    assert_eq!((bank.authorizations(), bank.calls(AUTHORIZE).len()), (1, 2));
}

#[tokio::test]
async fn trouble_while_authorizing_leaves_no_doubt_about_the_order() {
    let bank = Bank::open().await;
    bank.script(AUTHORIZE, [Reply::Never]);
    let client = bank.impatient_client(Arc::new(MemoryTokenStore::new()));
    let error = client.create_order(&order()).await.unwrap_err();
    assert!(matches!(error, Error::NotAuthorized(_)), "{error}");
    assert!(!error.outcome_unknown());
    assert!(bank.calls(CREATE_ORDER).is_empty());
}

#[tokio::test]
async fn a_key_the_bank_does_not_have_is_a_matter_of_settings() {
    let bank = Bank::open().await;
    let config = bank.config(PrivateJwk::generate());
    let client = alliancepay::Client::new(config, Arc::new(MemoryTokenStore::new())).unwrap();
    let error = client.operations(ORDER).await.unwrap_err();
    assert!(matches!(error, Error::Configuration(_)), "{error}");
    assert_eq!((error.who_acts(), bank.authorizations()), (WhoActs::Administrator, 1));
}
