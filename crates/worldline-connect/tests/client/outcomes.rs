//! What an answer means: done, made and declined, refused, being done, not known.

use serde_json::json;
use worldline_connect::{
    ALIPAY_PLUS, CreateRefund, Error, PaymentStatus, ProductQuestion, RefundStatus, WhoActs,
};

use crate::stand_in::{Platform, Reply, created, key, payment, refusal, wish};

async fn creating(reply: Reply) -> Error {
    let platform = Platform::open([reply]).await;
    platform.client().create_payment(&wish(), &key()).await.expect_err("no success")
}

#[tokio::test]
async fn a_repeat_says_when_the_first_came() {
    let first = 1_759_744_800_123;
    let platform = Platform::open([Reply::Repeated(201, created("REDIRECTED", 50), first)]).await;
    let again = platform.client().create_payment(&wish(), &key()).await.unwrap();
    assert_eq!(again.repeats.map(jiff::Timestamp::as_millisecond), Some(first));
}

#[tokio::test]
async fn a_payment_that_was_made_and_declined_keeps_its_id() {
    let mut body = refusal(402, "21000020");
    body["paymentResult"] = json!({"creationOutput": {}, "payment": payment("REJECTED", 100)});
    // The result decides, not HTTP's word.
    for http in [402, 400, 500] {
        let Error::PaymentDeclined(declined) = creating(Reply::Json(http, body.clone())).await else {
            panic!("declined under HTTP {http}")
        };
        assert_eq!(declined.result.payment.id, "000002000010000157780000100001");
        assert_eq!(declined.result.payment.status, PaymentStatus::Rejected);
        assert_eq!(declined.refusal.code(), Some("21000020"));
    }
}

#[tokio::test]
async fn a_refund_that_was_made_and_declined_keeps_its_id() {
    let mut body = refusal(402, "430330");
    body["refundResult"] = json!({"id": "r-1", "status": "REJECTED"});
    let platform = Platform::open([Reply::Json(402, body)]).await;
    let answer = platform.client().refund("p-1", &CreateRefund::default(), &key()).await;
    let Err(Error::RefundDeclined(declined)) = answer else { panic!("declined") };
    assert_eq!((declined.result.id.as_str(), &declined.result.status), ("r-1", &RefundStatus::Rejected));
}

#[tokio::test]
async fn refusals_are_sorted_by_who_must_act() {
    for (http, code, who) in [
        (400, "21000020", WhoActs::Caller),
        (402, "430330", WhoActs::Caller),
        (404, "1007", WhoActs::Caller),
        (409, "1500", WhoActs::Caller),
        (401, "9002", WhoActs::Administrator),
        (403, "9003", WhoActs::Administrator),
        (408, "9999", WhoActs::Time),
        (429, "9999", WhoActs::Time),
        (500, "9999", WhoActs::Time),
        (503, "9999", WhoActs::Time),
    ] {
        let error = creating(Reply::Json(http, refusal(http, code))).await;
        assert_eq!(error.who_acts(), who, "{error}");
        assert_eq!(error.outcome_unknown(), who == WhoActs::Time, "{error}");
        assert_eq!(error.refusal().and_then(|refusal| refusal.code()), Some(code));
    }
}

#[tokio::test]
async fn a_platform_that_is_asked_too_often_does_not_say_that_a_product_is_not_offered() {
    let question = ProductQuestion {
        product: ALIPAY_PLUS,
        country_code: "DE".to_owned(),
        currency_code: "EUR".to_owned(),
        amount: None,
    };
    for (http, offered) in [(429, None), (408, None), (404, Some(false)), (400, Some(false))] {
        let platform = Platform::open([Reply::Json(http, refusal(http, "9999"))]).await;
        let told = platform.client().product(&question).await;
        assert_eq!(told.ok().map(|product| product.is_some()), offered, "HTTP {http}");
    }
}

#[tokio::test]
async fn the_first_request_still_running_is_a_doubt_and_no_refusal() {
    let error = creating(Reply::Json(409, refusal(409, "1409"))).await;
    assert!(matches!(error, Error::InProgress) && error.outcome_unknown());
    // A question carries no key, so the same words mean something else there.
    let platform = Platform::open([Reply::Json(409, refusal(409, "1409"))]).await;
    assert!(matches!(platform.client().payment("p-1").await, Err(Error::Refused(_))));
}

#[tokio::test]
async fn an_answer_that_cannot_be_read_is_a_doubt() {
    for reply in [
        Reply::Json(201, json!({"merchantAction": {}})),
        Reply::Json(201, json!("REDIRECTED")),
        Reply::Html(200),
        Reply::Html(502),
        Reply::Never,
    ] {
        let error = creating(reply).await;
        assert!(error.outcome_unknown(), "{error}");
    }
}

#[tokio::test]
async fn a_web_page_in_place_of_an_answer_is_a_wrong_address() {
    let error = creating(Reply::Html(404)).await;
    assert!(
        matches!(error, Error::Configuration(_)) && error.who_acts() == WhoActs::Administrator,
        "{error}"
    );
}

#[tokio::test]
async fn nothing_was_sent_where_nobody_listens() {
    let platform = Platform::open([]).await;
    let mut config = platform.config();
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    config.api_url = format!("http://{closed}").parse().unwrap();
    let client = worldline_connect::Client::new(config).unwrap();
    let error = client.create_payment(&wish(), &key()).await.unwrap_err();
    assert!(matches!(error, Error::NotConnected { .. }) && !error.outcome_unknown(), "{error}");
}

#[tokio::test]
async fn words_the_platform_adds_later_do_not_hide_the_payment() {
    let mut later = payment("HELD_BY_WALLET", 4711);
    later["paymentOutput"]["references"]["merchantReference"] = json!(17);
    later["statusOutput"] = json!(null);
    later["brandNew"] = json!([1]);
    let platform = Platform::open([Reply::Json(200, later)]).await;
    let payment = platform.client().payment("p-1").await.unwrap();
    assert_eq!(payment.status, PaymentStatus::Unrecognized("HELD_BY_WALLET".to_owned()));
    assert_eq!(payment.payment_output.references.merchant_reference.as_deref(), Some("17"));
}
