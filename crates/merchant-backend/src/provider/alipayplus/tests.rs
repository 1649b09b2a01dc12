//! What the platform's words mean to the ledger.

use serde_json::{Value, json};
use worldline_connect::{Payment, Refund, Refusal};

use super::*;
use crate::provider::{OperationKind, OperationStatus, OrderWord};

const REQUEST: &str = "0f0e5f3c-0000-4000-8000-000000000001";
const ID: &str = "000002000010000157780000100001";

fn payment(status: &str, changes: &Value) -> Payment {
    let mut payment = json!({
        "id": ID,
        "status": status,
        "paymentOutput": {
            "amountOfMoney": {"amount": 1099, "currencyCode": "EUR"},
            "references": {"merchantReference": reference::of(REQUEST)},
            "redirectPaymentMethodSpecificOutput": {
                "paymentProductId": 866,
                "paymentProduct866SpecificOutput": {"walletUsed": "GCASH"},
            },
        },
        "statusOutput": {"statusCode": 800, "isRefundable": status == "PAID"},
    });
    let output = payment["paymentOutput"].as_object_mut().unwrap();
    output.extend(changes.as_object().cloned().unwrap_or_default());
    serde_json::from_value(payment).unwrap()
}

fn read(status: &str, changes: &Value) -> crate::provider::Answer {
    answer::read(&payment(status, changes), &[], "20000")
}

#[test]
fn the_ids_are_ours_again_and_nothing_personal_is_kept() {
    let answer = read("CAPTURED", &json!({"customer": {"name": "Somebody"}}));
    assert_eq!((answer.bank_order.as_str(), answer.merchant_id.as_str()), (ID, "20000"));
    assert_eq!(answer.merchant_request_id, REQUEST);
    assert!(!answer.raw.contains("Somebody"));
}

#[test]
fn money_came_when_the_platform_says_captured_or_anything_after_it() {
    for (status, word) in
        [("CAPTURED", OrderWord::Succeeded), ("PAID", OrderWord::Settled), ("REFUNDED", OrderWord::Settled)]
    {
        let answer = read(status, &json!({}));
        assert_eq!(answer.order, word, "{status}");
        let [capture] = &answer.operations[..] else { panic!("one movement at {status}") };
        assert!(
            matches!(capture.kind, OperationKind::Capture(_)) && capture.status == OperationStatus::Success
        );
        assert_eq!((capture.amount_minor, capture.currency.as_str()), (1_099, "EUR"));
        assert_eq!(capture.instrument.as_deref(), Some("GCASH"));
        assert_eq!(capture.refundable, status == "PAID");
    }
}

#[test]
fn nothing_came_while_the_wallet_or_the_platform_works_on_it() {
    for status in ["CREATED", "REDIRECTED", "PENDING_PAYMENT", "CAPTURE_REQUESTED"] {
        let answer = read(status, &json!({}));
        assert_eq!((answer.order, answer.operations.len()), (OrderWord::Open, 0), "{status}");
    }
    let unknown = read("HELD_BY_WALLET", &json!({}));
    assert_eq!(unknown.order, OrderWord::Unknown("HELD_BY_WALLET".to_owned()));
    assert!(unknown.operations.is_empty());
}

#[test]
fn a_refusal_and_a_cancellation_are_told_apart() {
    let rejected = read("REJECTED", &json!({}));
    assert_eq!(rejected.order, OrderWord::Failed);
    assert_eq!(rejected.operations[0].reason.as_deref(), Some("800"));
    assert_eq!(read("CANCELLED", &json!({})).order, OrderWord::Cancelled);
}

#[test]
fn money_taken_by_another_hand_is_missing_and_is_no_refund() {
    for status in ["REVERSED", "CHARGEBACKED", "REJECTED_CAPTURE"] {
        let answer = read(status, &json!({}));
        let [came, gone] = &answer.operations[..] else { panic!("two movements at {status}") };
        assert_eq!(came.brought_money(), status != "REJECTED_CAPTURE", "nobody collected what was rejected");
        assert!(gone.took_money());
        assert_eq!(gone.kind, OperationKind::Other(status.to_owned()));
        assert_eq!((gone.charged_minor, gone.gives_back.as_deref()), (1_099, Some(ID)));
    }
}

#[test]
fn a_dispute_and_a_hold_are_alarms_that_move_nothing() {
    let disputed = read("CHARGEBACK_NOTIFICATION", &json!({}));
    assert_eq!(disputed.order, OrderWord::Alarming("CHARGEBACK_NOTIFICATION".to_owned()));
    let [came, dispute] = &disputed.operations[..] else { panic!("two movements") };
    assert!(came.brought_money() && dispute.takes_away() && !dispute.took_money());
    assert_eq!(dispute.id, read("CHARGEBACKED", &json!({})).operations[1].id, "it is one dispute");

    let held = read("PENDING_FRAUD_APPROVAL", &json!({}));
    assert_eq!(held.order, OrderWord::Alarming("PENDING_FRAUD_APPROVAL".to_owned()));
    assert_eq!(held.operations[0].status, OperationStatus::Undecided("PENDING_FRAUD_APPROVAL".to_owned()));
    // What was held ends as every other payment does.
    assert_eq!(read("CANCELLED", &json!({})).operations[0].id, held.operations[0].id);
}

#[test]
fn a_collection_in_parts_counts_what_was_collected() {
    assert_eq!(read("PAID", &json!({"amountPaid": 999})).operations[0].amount_minor, 999);
    assert_eq!(read("PAID", &json!({"amountPaid": 0})).operations[0].amount_minor, 1_099);
}

#[test]
fn a_payment_that_ended_at_once_is_declined_or_cancelled_and_every_other_one_without_a_page_is_unclear() {
    let ended = |status: &str| without_page(&payment(status, &json!({})));
    for status in ["REJECTED", "REJECTED_CAPTURE"] {
        let CreateError::Declined { bank_order, code, .. } = ended(status) else { panic!("{status}") };
        assert_eq!((bank_order.as_str(), code.as_str()), (ID, "800"));
    }
    let CreateError::Cancelled { bank_order, .. } = ended("CANCELLED") else { panic!("cancelled") };
    assert_eq!(bank_order, ID);
    // Money may have come, or may come yet: neither is a refusal.
    for status in ["CREATED", "REDIRECTED", "CAPTURED", "PAID", "PENDING_FRAUD_APPROVAL", "HELD_BY_WALLET"] {
        assert!(matches!(ended(status), CreateError::Unclear(_)), "{status}");
    }
}

#[test]
fn refunds_are_ours_by_their_reference() {
    let refund: Refund = serde_json::from_value(json!({
        "id": "00000200001000015778-000100001",
        "status": "REFUND_REQUESTED",
        "statusOutput": {"statusCodeChangeDateTime": "20261122090000"},
        "refundOutput": {
            "amountOfMoney": {"amount": 500, "currencyCode": "EUR"},
            "references": {"merchantReference": reference::of(REQUEST)},
        },
    }))
    .unwrap();
    let answer = answer::read(&payment("PAID", &json!({"amountRefundRequested": 500})), &[refund], "20000");
    let back = &answer.operations[1];
    assert_eq!(back.merchant_request_id.as_deref(), Some(REQUEST));
    assert_eq!(back.status, OperationStatus::Undecided("REFUND_REQUESTED".to_owned()));
    assert_eq!(back.created_at, Some("2026-11-22T09:00:00Z".parse().unwrap()));
    assert_eq!(answer::payment_of_refund(&back.id).as_deref(), Some(ID));
}

#[test]
fn wallet_pages_are_only_on_known_hosts() {
    let provider =
        AlipayPlus::new(settings("https://api.preprod.connect.worldline-solutions.com/"), SECONDS).unwrap();
    for (page, allowed) in [
        ("https://open-sea-global.alipayplus.com/cashier?codeValue=1", true),
        ("https://alipayplus.com.evil.example/", false),
        ("http://open-sea-global.alipayplus.com/", false),
        ("http://127.0.0.1:8081/wallet/1", true),
        ("javascript:alert(1)", false),
    ] {
        assert_eq!(provider.page_is_allowed(page), allowed, "{page}");
    }
    assert!(!format!("{provider:?}").contains("very-secret"));
}

#[test]
fn configured_sums_are_the_limits_and_without_them_nothing_is_offered_unasked() {
    let mut settings = settings("http://127.0.0.1:1/");
    let euro = money::Amount::new(1_099, Currency::Eur).unwrap();
    let unasked = AlipayPlus::new(settings.clone(), SECONDS).unwrap();
    assert!(!unasked.limits(Product::AlipayPlus).take(euro, None));
    settings.sums = Some((100, 500_000));
    let configured = AlipayPlus::new(settings, SECONDS).unwrap();
    let takes = |amount, country: &str| {
        configured.limits(Product::AlipayPlus).take(amount, Some(country.parse().unwrap()))
    };
    assert!(configured.limits(Product::AlipayPlus).take(euro, None));
    assert!(takes(euro, "DE") && takes(euro, "AT") && !takes(euro, "UA"));
    let hryvnia = money::Amount::new(1_099, Currency::Uah).unwrap();
    assert!(!takes(hryvnia, "DE"));
}

const SECONDS: Duration = Duration::from_secs(1);

#[test]
fn a_record_that_no_ledger_can_hold_is_malformed_and_the_next_one_counts() {
    let record = |order: &str, sum: &str| {
        format!(
            "<DataRecord><MerchantID>88005</MerchantID><OrderID>{order}</OrderID><Recordcategory>-</Recordcategory>\
             <Recordtype>RF</Recordtype><AmountDelivered>{sum}</AmountDelivered>\
             <CurrencyDelivered>EUR</CurrencyDelivered></DataRecord>"
        )
    };
    let (long, largest) = ("1".repeat(3_000), i64::MIN.to_string());
    let file = format!("<WX>{}{}{}</WX>", record(&long, "100"), record("1", &largest), record("2", "100"));
    let rows: Vec<_> = super::wx::WxRows::new(file.as_bytes()).map(|row| row.unwrap().row).collect();
    assert!(rows[0].as_ref().unwrap_err().reason.contains("longer"), "{rows:?}");
    assert!(rows[1].as_ref().unwrap_err().reason.contains("larger"), "{rows:?}");
    assert_eq!(rows[2].as_ref().unwrap().amount_minor, -100);
}

#[test]
fn a_refunds_record_names_its_payment_and_a_sum_may_stand_under_another_name() {
    let record = |code: &str, more: &str| {
        format!(
            "<DataRecord><MerchantID>88005</MerchantID><OrderID>7</OrderID><Recordcategory>{}</Recordcategory>\
             <Recordtype>{}</Recordtype><PaymentAmount>100</PaymentAmount>\
             <PaymentCurrency>EUR</PaymentCurrency>{more}</DataRecord>",
            &code[..1],
            &code[1..]
        )
    };
    let original = format!("<OriginalPaymentID>{ID}</OriginalPaymentID>");
    let endless = format!("<OriginalPaymentID>{}</OriginalPaymentID>", "1".repeat(200));
    let records =
        [record("-RF", &original), record("-RF", &endless), record("-RF", ""), record("+IP", &original)];
    let file = format!("<WX>{}</WX>", records.concat());
    let read = super::wx::WxRows::new(file.as_bytes());
    let rows: Vec<_> = read.map(|row| row.unwrap().row.unwrap()).collect();
    let of_payment: Vec<_> = rows.iter().map(|row| row.operation_id.as_deref()).collect();
    assert_eq!(of_payment, [Some(ID), None, None, None]);
    assert_eq!((rows[0].amount_minor, rows[3].amount_minor, rows[0].currency.as_str()), (-100, 100, "EUR"));
}

fn settings(api: &str) -> Settings {
    Settings {
        api: api.parse().unwrap(),
        merchant_id: "20000".to_owned(),
        api_key_id: "key".to_owned(),
        secret_api_key: Secret::new("very-secret"),
        webhook_keys: Vec::new(),
        home: "DE".parse().unwrap(),
        countries: vec!["DE".parse().unwrap(), "AT".parse().unwrap()],
        currencies: vec![Currency::Eur],
        sums: None,
        page_hosts: Vec::new(),
        page_lifetime: None,
    }
}

#[test]
fn only_that_there_is_no_such_payment_says_that_nothing_came() {
    let refusal = || Box::new(Refusal { http: 403, error_id: None, errors: Vec::new() });
    assert!(matches!(ask_error(&Error::NotFound(refusal())), AskError::Refused { .. }));
    for open in [Error::Refused(refusal()), Error::Unavailable(refusal()), Error::InProgress] {
        assert!(matches!(ask_error(&open), AskError::Silent(_)), "{open}");
    }
}
