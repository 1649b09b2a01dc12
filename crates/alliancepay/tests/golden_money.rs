//! The golden messages of refunds and completions, and what must hold for every one of them.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod case;

use alliancepay::{Completion, Operation, OperationStatus, OperationType, Refund, TransactionResponse};
use case::golden;
use jiff::Timestamp;
use money::{Amount, Currency};
use proptest::prelude::*;
use serde_json::Value;

const MERCHANT: &str = "5c1f6f0a-1111-4a7e-9a10-000000000001";
const PAYMENT: &str = "01000000-0000-4000-8000-000000000000";

fn uah(minor: i64) -> Amount {
    Amount::new(minor, Currency::Uah).unwrap()
}

fn at() -> Timestamp {
    "2026-07-09T10:30:00.079Z".parse().unwrap()
}

#[test]
fn the_smallest_refund_sends_the_mandatory_fields_and_nothing_else() {
    let refund = Refund::new("b0000000-0000-4000-8000-000000000001", PAYMENT, uah(2_500));
    let sent = serde_json::to_value(refund.body(MERCHANT, at())).unwrap();
    assert_eq!(sent, golden::<Value>("refund-request/min"));
}

#[test]
fn a_full_refund_sends_every_field_under_the_banks_name() {
    let mut refund = Refund::new("b0000000-0000-4000-8000-000000000001", PAYMENT, uah(2_500));
    refund.notification_url = Some("https://shop.example/v1/notifications/synthetic".to_owned());
    refund.notification_encryption = true;
    refund.merchant_comment = Some("refund 1 of order 1".to_owned());
    refund.check().unwrap();
    let sent = serde_json::to_value(refund.body(MERCHANT, at())).unwrap();
    assert_eq!(sent, golden::<Value>("refund-request/full"));
}

#[test]
fn a_completion_sends_every_field_under_the_banks_name() {
    let hold = "02000000-0000-4000-8000-000000000000";
    let mut completion = Completion::new("c0000000-0000-4000-8000-000000000001", hold, uah(12_000));
    completion.notification_url = Some("https://shop.example/v1/notifications/synthetic".to_owned());
    completion.notification_encryption = true;
    completion.merchant_comment = Some("completion of order 1".to_owned());
    completion.comment = Some("Зразок".to_owned());
    completion.purpose = Some("Оплата замовлення № 1".to_owned());
    completion.check().unwrap();
    completion.check_hold(uah(12_905)).unwrap();
    let sent = serde_json::to_value(completion.body(MERCHANT, at())).unwrap();
    assert_eq!(sent, golden::<Value>("completion-request/full"));
}

#[test]
fn a_refund_begins_pending_with_nulls_for_reasons_and_ends() {
    let pending: Operation = golden("refund-answer/pending");
    assert_eq!((&pending.kind, &pending.status), (&OperationType::Refund, &OperationStatus::Pending));
    assert_eq!(pending.transaction_response_info, TransactionResponse::default());
    assert_eq!(
        (&pending.operation_id, &pending.original_operation_id),
        (&Some(PAYMENT.to_owned()), &Some(PAYMENT.to_owned()))
    );
    assert_eq!(pending.amount(), Some(uah(2_500)));

    let done: Operation = golden("refund-answer/success");
    assert_eq!(done.status, OperationStatus::Success);
    assert_eq!(done.ecom_operation_id, pending.ecom_operation_id);
    assert!(done.modification_date_time > pending.modification_date_time);

    let failed: Operation = golden("refund-answer/failed");
    assert_eq!((failed.status, failed.operation_id), (OperationStatus::Fail, None));
    assert!(failed.error_details.is_some());
}

#[test]
fn a_completion_names_the_hold_it_ends() {
    let done: Operation = golden("completion-answer/success");
    assert_eq!(done.original_operation_id.as_deref(), Some("02000000-0000-4000-8000-000000000000"));
    assert_eq!(done.original_coin_amount, Some(12_905));
    assert_eq!((done.comment.as_deref(), done.product_type.as_deref()), (Some("Зразок"), Some("PURCHASE")));
    assert_eq!(done.notification_url.as_deref(), Some("https://shop.example/v1/notifications/synthetic"));
}

proptest! {
    #[test]
    fn no_refund_that_passes_its_check_has_a_null_an_empty_text_or_a_number_for_its_sum(
        request in "\\PC{0,40}",
        operation in "\\PC{0,8}",
        minor in 0..=Amount::MAX_MINOR,
        url in proptest::option::of("\\PC{0,8}"),
        comment in proptest::option::of("[a-zA-Z0-9 ,.;:@#$%'=+я-]{0,8}"),
        encryption: bool,
        millis in 0_i64..4_100_000_000_000,
    ) {
        let mut refund = Refund::new(request, operation, uah(minor));
        refund.notification_url = url;
        refund.merchant_comment = comment;
        refund.notification_encryption = encryption;
        prop_assume!(refund.check().is_ok());
        let at = Timestamp::from_millisecond(millis).unwrap();
        let sent = serde_json::to_value(refund.body(MERCHANT, at)).unwrap();
        for (field, value) in sent.as_object().unwrap() {
            prop_assert!(value.as_str().is_some_and(|text| !text.is_empty()), "{} {}", field, value);
        }
        prop_assert_eq!(sent["coinAmount"].as_str().unwrap().parse(), Ok(minor));
        // `YYYY-MM-DD HH:MM:SS.ss±HH:MM`, and never later than the clock it was read from.
        let date = sent["date"].as_str().unwrap();
        let form: String = date.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
        prop_assert!(form == "0000-00-00 00:00:00.00+00:00", "{}", date);
        let read = date.parse::<alliancepay::BankTime>().unwrap().timestamp();
        prop_assert_eq!(read.as_millisecond(), millis - millis % 10);
    }
}
