//! Signature, payments, idempotence, lookups.

use sandbox_bank::Config;
use serde_json::json;
use worldline_connect::{Error, FindPayments, PaymentStatus, ProductQuestion};

use crate::support::{client, key, text, wish, world, world_of};

#[tokio::test]
async fn a_payment_is_made_redirected_and_found_again() {
    let world = world().await;
    world.client.test_connection().await.unwrap();
    let wish = wish(2_499, "HKD");
    let created = world.client.create_payment(&wish, &key()).await.unwrap().answer;
    assert_eq!(created.payment.status, PaymentStatus::Redirected);
    assert_eq!(created.payment.status_output.status_code, Some(50));
    assert_eq!(created.creation_output.additional_reference.as_deref(), created.payment.id.get(..20));
    assert_eq!(created.payment.id.len(), 30);
    let wanted = FindPayments { merchant_reference: wish.merchant_reference.clone(), limit: 10 };
    let found = world.client.find_payments(&wanted).await.unwrap();
    assert_eq!(found, [world.client.payment(&created.payment.id).await.unwrap()]);
    let other = FindPayments { merchant_reference: "other".to_owned(), limit: 10 };
    assert!(world.client.find_payments(&other).await.unwrap().is_empty());
}

#[tokio::test]
async fn the_same_key_makes_one_payment() {
    let world = world().await;
    let (wish, key) = (wish(1_099, "EUR"), key());
    let first = world.client.create_payment(&wish, &key).await.unwrap();
    let again = world.client.create_payment(&wish, &key).await.unwrap();
    assert_eq!(first.repeats, None);
    assert!(again.repeats.is_some());
    assert_eq!(first.answer, again.answer);
    let wanted = FindPayments { merchant_reference: wish.merchant_reference, limit: 10 };
    assert_eq!(world.client.find_payments(&wanted).await.unwrap().len(), 1);
}

#[tokio::test]
async fn the_same_key_at_the_same_time_waits_its_turn() {
    let world = world().await;
    world.fault("create-order", "slow", Some(400)).await;
    let (wish, key) = (wish(1_099, "EUR"), key());
    let slow = world.client.create_payment(&wish, &key);
    let meanwhile = async {
        // The first is at work as soon as the sandbox has taken its fault.
        while !world.page(&world.url("/sandbox/faults")).await.contains("\"faults\":[]") {
            tokio::task::yield_now().await;
        }
        world.client.create_payment(&wish, &key).await
    };
    let (first, second) = tokio::join!(slow, meanwhile);
    assert!(matches!(second, Err(Error::InProgress)), "{second:?}");
    let id = first.unwrap().answer.payment.id;
    assert_eq!(world.client.create_payment(&wish, &key).await.unwrap().answer.payment.id, id);
}

#[tokio::test]
async fn a_wrong_key_or_date_or_merchant_is_refused() {
    let world = world().await;
    let stranger = client(&world.bank.url, &world.account, "another secret");
    assert!(matches!(stranger.test_connection().await, Err(Error::NotAuthorized(_))));
    let mut elsewhere = world.account.clone();
    elsewhere["merchantId"] = json!("20001");
    let elsewhere = client(&world.bank.url, &elsewhere, text(&world.account, "secretApiKey"));
    assert!(matches!(elsewhere.test_connection().await, Err(Error::NotAuthorized(_))));
    let path = world.url("/v1/20000/services/testconnection");
    let old = world.http.get(&path).header("date", "Fri, 06 Jun 2014 13:39:43 GMT");
    let answer = old.header("authorization", "GCS v1HMAC:id:c2lnbmF0dXJl").send().await.unwrap();
    assert_eq!(answer.status(), 401);
    let body: serde_json::Value = answer.json().await.unwrap();
    assert_eq!(body["errors"][0]["code"], "9002");
    assert_eq!(body["errors"][0]["message"], "MISSING_OR_INVALID_AUTHORIZATION");
}

#[tokio::test]
async fn alipay_plus_is_offered_where_it_is_and_within_its_limits() {
    let world = world().await;
    let ask = |currency: &str, amount: i64| ProductQuestion {
        product: 866,
        country_code: "HK".to_owned(),
        currency_code: currency.to_owned(),
        amount: Some(amount),
    };
    let euro = world.client.product(&ask("EUR", 1_099)).await.unwrap().expect("offered in euro");
    assert!(euro.uses_redirection_to3rd_party && !euro.can_be_iframed);
    assert!(euro.takes(1_000_000) && !euro.takes(1_000_001));
    assert!(world.client.product(&ask("HKD", 1)).await.unwrap().is_some());
    assert!(world.client.product(&ask("UAH", 1_099)).await.unwrap().is_none());
    assert!(world.client.product(&ask("EUR", 1_000_001)).await.unwrap().is_none());
}

#[tokio::test]
async fn what_is_not_offered_is_refused_and_a_sum_of_four_is_declined_with_its_payment() {
    let world = world().await;
    let hryvnia = world.client.create_payment(&wish(1_099, "UAH"), &key()).await;
    assert!(matches!(hryvnia, Err(Error::Refused(_))), "{hryvnia:?}");
    let declined = world.client.create_payment(&wish(400, "EUR"), &key()).await;
    let Err(Error::PaymentDeclined(declined)) = declined else { panic!("declined: {declined:?}") };
    assert_eq!(declined.result.payment.status, PaymentStatus::Rejected);
    assert_eq!(declined.result.redirect_url(), None);
    assert!(world.client.payment(&declined.result.payment.id).await.is_ok());
    let nobody = world.client.payment("000002000010000000000000100001").await;
    assert!(matches!(nobody, Err(Error::NotFound(_))), "{nobody:?}");
}

#[tokio::test]
async fn a_restart_with_the_same_merchant_keeps_the_account() {
    let world = world().await;
    let merchant = Some(world.bank.merchant.clone());
    let again = world_of(Config { merchant, ..Config::default() }).await;
    assert_eq!(again.account, world.account);
    assert_ne!(crate::support::world().await.account["secretApiKey"], world.account["secretApiKey"]);
}
