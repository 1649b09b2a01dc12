//! What goes over the wire: paths, headers, bodies and signatures.

use serde_json::{Value, json};
use worldline_connect::{
    AmountOfMoney, Client, CreateRefund, Error, FindPayments, IdempotenceKey, PaymentStatus, ProductQuestion,
    RefundStatus,
};

use crate::stand_in::{Platform, Reply, SECRET, created, key, payment, wish};

fn refund(status: &str) -> Value {
    json!({
        "id": "00000200001000015778-000100001", "status": status,
        "refundOutput": {
            "amountOfMoney": {"amount": 500, "currencyCode": "EUR"},
            "references": {"merchantReference": "R-1"},
        },
        "statusOutput": {"statusCode": 800},
    })
}

#[tokio::test]
async fn a_payment_is_made_with_a_signed_key_and_leads_to_the_wallet_page() {
    let platform = Platform::open([Reply::Json(201, created("REDIRECTED", 50))]).await;
    let made = platform.client().create_payment(&wish(), &key()).await.unwrap();
    assert_eq!(made.repeats, None);
    assert_eq!(made.answer.redirect_url(), Some("https://pay.example/q"));
    assert_eq!(made.answer.payment.status, PaymentStatus::Redirected);

    let [call] = &platform.seen()[..] else { panic!("one call") };
    assert!(call.well_signed);
    assert_eq!((call.method.as_str(), call.uri.as_str()), ("POST", "/v1/20000/payments"));
    assert_eq!(call.headers["content-type"], "application/json");
    assert_eq!(call.headers["x-gcs-idempotence-key"], "0f0e5f3c-demo");
    assert!(call.headers["date"].to_str().unwrap().ends_with(" GMT"));
    let body: Value = serde_json::from_slice(&call.body).unwrap();
    assert_eq!(body["redirectPaymentMethodSpecificInput"]["paymentProductId"], 866);
}

#[tokio::test]
async fn questions_sign_their_query_and_no_content_type() {
    let found = json!({"payments": [payment("CAPTURED", 800)], "totalCount": 1});
    let product = json!({"id": 866, "minAmount": 1, "maxAmount": 100_000});
    let script = [
        Reply::Json(200, payment("PAID", 1000)),
        Reply::Json(200, found),
        Reply::Json(200, product),
        Reply::Json(200, json!({"result": "OK"})),
    ];
    let platform = Platform::open(script).await;
    let client = platform.client();

    let paid = client.payment("000002000010000157780000100001").await.unwrap();
    assert!(paid.status_output.is_refundable);
    assert_eq!(paid.payment_output.redirect.wallet_used(), Some("GCASH"));
    let amount = paid.payment_output.amount_of_money.as_ref();
    assert_eq!(amount.and_then(AmountOfMoney::to_amount).map(money::Amount::minor), Some(1_099));
    let wanted = FindPayments { merchant_reference: "ORDER 1&2".to_owned(), limit: 10 };
    assert_eq!(client.find_payments(&wanted).await.unwrap()[0].status, PaymentStatus::Captured);
    let question = ProductQuestion {
        product: 866,
        country_code: "DE".to_owned(),
        currency_code: "EUR".to_owned(),
        amount: Some(1_099),
    };
    assert!(client.product(&question).await.unwrap().is_some_and(|product| product.takes(1_099)));
    client.test_connection().await.unwrap();

    let seen = platform.seen();
    let uris: Vec<&str> = seen.iter().map(|call| call.uri.as_str()).collect();
    assert_eq!(
        uris,
        [
            "/v1/20000/payments/000002000010000157780000100001",
            "/v1/20000/payments?merchantReference=ORDER+1%262&limit=10",
            "/v1/20000/products/866?countryCode=DE&currencyCode=EUR&amount=1099&hide=fields",
            "/v1/20000/services/testconnection",
        ]
    );
    for call in seen {
        assert!(call.well_signed, "{}", call.uri);
        assert!(!call.headers.contains_key("content-type"), "{}", call.uri);
    }
}

#[tokio::test]
async fn refunds_are_asked_for_listed_and_cancelled() {
    let script = [
        Reply::Json(201, refund("REFUND_REQUESTED")),
        Reply::Json(200, json!({"refunds": [refund("REFUNDED")]})),
        Reply::Json(200, refund("REFUNDED")),
        Reply::Json(204, Value::Null),
    ];
    let platform = Platform::open(script).await;
    let client = platform.client();
    let wish = CreateRefund::of(AmountOfMoney::new(500, "EUR"), "R-1");
    let taken = client.refund("p/1", &wish, &key()).await.unwrap().answer;
    assert_eq!(taken.status, RefundStatus::RefundRequested);
    assert_eq!(client.refunds_of("p-1").await.unwrap().len(), 1);
    let found = client.refund_by_id(&taken.id).await.unwrap();
    assert_eq!(found.refund_output.references.merchant_reference.as_deref(), Some("R-1"));
    client.cancel_refund(&taken.id).await.unwrap();

    let seen = platform.seen();
    // An id is data: it cannot lead to another path.
    assert_eq!(seen[0].uri, "/v1/20000/payments/p%2F1/refund");
    assert_eq!(seen[3].uri, "/v1/20000/refunds/00000200001000015778-000100001/cancel");
    assert!(seen[3].body.is_empty() && !seen[3].headers.contains_key("content-type"));
    assert!(seen.iter().all(|call| call.well_signed));
}

#[tokio::test]
async fn what_cannot_be_sent_is_not() {
    let platform = Platform::open([]).await;
    let client = platform.client();
    let mut wrong = wish();
    wrong.merchant_reference = String::new();
    let refused = client.create_payment(&wrong, &key()).await;
    assert!(matches!(refused, Err(Error::InvalidRequest { .. })));
    assert!(IdempotenceKey::new("two\nlines").is_err() && IdempotenceKey::new("").is_err());
    assert!(platform.seen().is_empty());
}

#[tokio::test]
async fn the_secret_goes_only_over_https_and_never_prints() {
    let platform = Platform::open([]).await;
    for address in
        ["http://api.connect.worldline-solutions.com", "https://api.example/v1?x=1", "ftp://127.0.0.1"]
    {
        let mut config = platform.config();
        config.api_url = address.parse().unwrap();
        assert!(matches!(Client::new(config), Err(Error::Configuration(_))), "{address}");
    }
    let printed = format!("{:?} {:?}", platform.client(), platform.config());
    assert!(!printed.contains(SECRET), "{printed}");
}
