//! The golden files are the bank's messages as its documentation shows them, with synthetic values; the sandbox bank
//! and the plugin read the same files.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod case;

use alliancepay::{
    BankTime, CreateOrder, CustomerData, DirectType, Gender, Notification, OperationStatus, OperationType,
    OrderCreated, OrderOperations, OrderStatus, PageBasket, PageProduct, PayType, PaymentMethod,
    PriorityBank, Secret, StatusPageType, ThreeDsMode, TryMode,
};
use case::{golden, text};
use jiff::{SignedDuration, Timestamp};
use money::{Amount, Currency};
use proptest::prelude::*;
use serde_json::Value;

fn amount(minor: i64, currency: Currency) -> Amount {
    Amount::new(minor, currency).unwrap()
}

fn order(pay_type: PayType, request: &str) -> CreateOrder {
    CreateOrder::new(
        request,
        pay_type,
        amount(12_905, Currency::Uah),
        "https://shop.example/paid",
        "https://shop.example/not-paid",
        CustomerData::new("customer-1"),
    )
}

const REQUEST: &str = "a0000000-0000-4000-8000-000000000001";
const MERCHANT: &str = "5c1f6f0a-1111-4a7e-9a10-000000000001";

#[test]
fn the_smallest_order_sends_the_mandatory_fields_and_nothing_else() {
    let order = order(PayType::Purchase, REQUEST);
    order.check().unwrap();
    assert_eq!(
        serde_json::to_value(order.body(MERCHANT)).unwrap(),
        golden::<Value>("create-order-request/min")
    );
}

#[test]
fn a_full_order_sends_every_field_under_the_banks_name() {
    let mut order = order(PayType::A2a, "a0000000-0000-4000-8000-000000000002");
    order.amount = amount(1_000, Currency::Usd);
    order.payment_methods = vec![PaymentMethod::Card, PaymentMethod::ApplePay, PaymentMethod::GooglePay];
    order.status_page = StatusPageType::Stay;
    order.direct_type = Some(DirectType::BankLink);
    order.try_mode = Some(TryMode::OneTry);
    order.expiration_minutes = Some(60);
    order.language = Some("uk".to_owned());
    order.notification_url = Some("https://shop.example/v1/notifications/synthetic".to_owned());
    order.purpose = Some("Оплата замовлення № 1".to_owned());
    order.merchant_comment = Some("order 1 attempt 1".to_owned());
    order = order.priority_bank(&PriorityBank::AllBanks);
    order.notification_encryption = true;
    order.editable_amount = true;
    order.never_expire = true;
    let line = |name: &str, count, sum| PageProduct { name: name.to_owned(), count, sum };
    order.page_basket = Some(PageBasket {
        products: vec![
            line("Зразок", 2, amount(600, Currency::Usd)),
            line("Доставка", 1, amount(400, Currency::Usd)),
        ],
    });
    order.payment_category_goal = Some("MP2B/OTHR".to_owned());
    order.nbu_qr = true;
    order.customer = CustomerData::new("customer-1")
        .name("Дем'ян", "Зразок")
        .email("buyer@shop.example")
        .country("804")
        .address("Київ", "вул. Зразкова, 1", "01001")
        .ip("203.0.113.7".parse().unwrap())
        .phone("+38 (063) 000-00-00")
        .middle_name("Іванович")
        .region("Київська")
        .additional_address("поверх 2, квартира 3")
        .itn("1234567890")
        .passport("АН000000")
        .gender(Gender::Male)
        .birthday("2000-12-31".parse().unwrap());
    order.check().unwrap();
    let sent = serde_json::to_value(order.body("5c1f6f0a-1111-4a7e-9a10-000000000002")).unwrap();
    assert_eq!(sent, golden::<Value>("create-order-request/full"));
}

#[test]
fn a_hold_names_its_end_in_the_banks_form() {
    let mut order = order(PayType::Preauth, REQUEST);
    order.preauth_expires = Some("2026-07-12 13:04:02.91+03:00".parse::<BankTime>().unwrap());
    order.check().unwrap();
    assert_eq!(
        serde_json::to_value(order.body(MERCHANT)).unwrap(),
        golden::<Value>("create-order-request/preauth")
    );
}

#[test]
fn a_card_check_may_name_no_sum() {
    let mut order = order(PayType::Verification, REQUEST);
    order.amount = Amount::zero(Currency::Uah);
    order.check().unwrap();
    let sent = serde_json::to_value(order.body(MERCHANT)).unwrap();
    assert_eq!(sent, golden::<Value>("create-order-request/verification"));
}

#[test]
fn a_hold_lasts_two_hours_at_least_and_four_weeks_at_most() {
    let now: Timestamp = "2026-07-09T10:00:00Z".parse().unwrap();
    let taken = |hours: i64, seconds: i64| {
        let mut order = order(PayType::Preauth, REQUEST);
        let hold = SignedDuration::from_secs(hours * 3600 + seconds);
        order.preauth_expires = Some(BankTime::new(now.checked_add(hold).unwrap()));
        order.check_at(now).is_ok()
    };
    assert_eq!([taken(2, -1), taken(2, 0), taken(28 * 24, 0), taken(28 * 24, 1)], [false, true, true, false]);
    order(PayType::Purchase, REQUEST).check_at(now).unwrap();
}

#[test]
fn an_order_the_bank_would_refuse_is_refused_before_it_is_sent() {
    let broken = |change: fn(&mut CreateOrder)| {
        let mut order = order(PayType::A2a, REQUEST);
        order.merchant_comment = Some("order 1 attempt 1".to_owned());
        order.check().unwrap();
        change(&mut order);
        order.check().unwrap_err().to_string()
    };
    assert!(broken(|order| order.merchant_comment = None).contains("merchantComment"));
    assert!(broken(|order| order.merchant_comment = Some("short".to_owned())).contains("merchantComment"));
    assert!(
        broken(|order| order.merchant_comment = Some("замовлення номер один".to_owned()))
            .contains("merchantComment")
    );
    assert!(broken(|order| order.expiration_minutes = Some(15)).contains("expirationTimeMinutes"));
    assert!(broken(|order| order.amount = Amount::zero(Currency::Uah)).contains("coinAmount"));
    assert!(broken(|order| order.payment_methods.clear()).contains("paymentMethods"));
    assert!(broken(|order| order.merchant_request_id = "x".repeat(37)).contains("merchantRequestId"));
    assert!(broken(|order| order.customer = CustomerData::new("")).contains("senderCustomerId"));
    assert!(broken(|order| order.pay_type = PayType::Preauth).contains("preAuthExpDate"));
    // The bank validates an empty optional field and refuses the order over it.
    assert!(broken(|order| order.language = Some(String::new())).contains("language"));
    assert!(broken(|order| order.priority_bank_code = Some(String::new())).contains("priorityBankCode"));
    assert!(broken(|order| order.notification_url = Some(String::new())).contains("notificationUrl"));
    assert!(broken(|order| order.purpose = Some(String::new())).contains("purpose"));
    let line = |sum| PageProduct { name: "Зразок".to_owned(), count: 1, sum };
    let basket = |products| Some(PageBasket { products });
    for products in [
        vec![],
        vec![line(amount(1, Currency::Usd))],
        vec![line(amount(1, Currency::Uah)), line(amount(1, Currency::Usd))],
        vec![PageProduct { count: 0, ..line(amount(1, Currency::Uah)) }],
    ] {
        let mut order = order(PayType::Purchase, REQUEST);
        order.page_basket = basket(products);
        assert!(order.check().unwrap_err().to_string().contains("hppPageAdditionalInfo"));
    }
}

#[test]
fn an_order_answer_says_where_to_send_the_buyer() {
    let card: OrderCreated = golden("create-order-answer/purchase");
    assert_eq!(card.redirect_url, "https://pay.bank.example/?hpp_id=1783591442910SYNTHETIC01");
    assert_eq!(card.order_status, OrderStatus::Pending);
    assert_eq!(card.merchant_request_id.as_deref(), Some(REQUEST));
    assert_eq!(card.payment_methods, [PaymentMethod::Card]);
    assert_eq!(card.create_date.unwrap().timestamp().to_string(), "2026-07-09T10:04:02.91Z");

    let a2a: OrderCreated = golden("create-order-answer/a2a");
    assert_eq!(a2a.status_url, None);
    assert!(a2a.nbu_qr_code.is_some());
}

#[test]
fn an_order_without_a_try_has_no_operations() {
    for case in ["operations/no-operations", "operations/no-list"] {
        let answer: OrderOperations = golden(case);
        assert_eq!(answer.operations, []);
        assert_eq!(answer.order_status, OrderStatus::Pending);
        assert_eq!(answer.coin_amount, 12_905);
    }
}

#[test]
fn a_card_payment_goes_from_pending_to_success_or_failure() {
    let pending: OrderOperations = golden("operations/pending");
    assert_eq!(pending.operations[0].status, OperationStatus::Required3ds);
    assert_eq!(pending.operations[0].rrn, None);

    let success: OrderOperations = golden("operations/success");
    let paid = &success.operations[0];
    assert_eq!((&paid.kind, &paid.status), (&OperationType::Purchase, &OperationStatus::Success));
    assert_eq!(paid.amount(), Some(amount(12_905, Currency::Uah)));
    assert_eq!(paid.processing_date_time.unwrap().timestamp().to_string(), "2026-07-09T10:04:31.495Z");
    assert_eq!(paid.card_number_mask.as_deref(), Some("41111111••••1111"));

    let failed: OrderOperations = golden("operations/failed");
    assert_eq!(failed.operations[0].status, OperationStatus::Fail);
    assert_eq!(failed.operations[0].transaction_response_info.response_code.as_deref(), Some("16"));

    let second_try: OrderOperations = golden("operations/failed-then-success");
    let statuses: Vec<_> = second_try.operations.iter().map(|operation| &operation.status).collect();
    assert_eq!(statuses, [&OperationStatus::Fail, &OperationStatus::Success]);
}

#[test]
fn a_foreign_order_compares_its_source_amount() {
    let answer: OrderOperations = golden("operations/foreign-currency");
    assert_eq!(answer.operations[0].coin_amount, Some(44_350));
    assert_eq!(answer.operations[0].amount(), Some(amount(1_000, Currency::Usd)));
}

#[test]
fn an_a2a_order_may_be_paid_again_and_with_another_sum() {
    let answer: OrderOperations = golden("operations/a2a-repeated");
    assert_eq!(answer.coin_amount, 100);
    assert_eq!(answer.status_url, None);
    let repeated: Vec<_> = answer.operations.iter().map(|operation| operation.repeated_payment).collect();
    assert_eq!(repeated, [false, true, true]);
    assert_eq!(answer.operations[0].amount(), Some(amount(1_054, Currency::Uah)));
    assert_eq!(answer.operations[0].rrn, None);
}

#[test]
fn refunds_stand_beside_the_payment_and_a_failed_one_has_no_operation_id() {
    let answer: OrderOperations = golden("operations/refund-partial");
    assert_eq!(answer.order_status, OrderStatus::PartialRefund);
    let [_, done, failed] = answer.operations.as_slice() else { panic!("three operations") };
    assert_eq!((&done.kind, done.coin_amount), (&OperationType::Refund, Some(2_500)));
    assert_eq!(done.operation_id, done.original_operation_id);
    assert!(done.merchant_request_id.is_some());
    assert_eq!(failed.operation_id, None);
    assert_eq!(failed.error_details.as_deref(), Some("b_security_time_in_request_not_correct"));
}

#[test]
fn a_card_check_gives_the_cards_token_and_everything_about_the_check() {
    let answer: OrderOperations = golden("operations/verification");
    assert_eq!(answer.payment_methods, [PaymentMethod::Card]);
    assert_eq!(answer.notification_url.as_deref(), Some("https://shop.example/v1/notifications/synthetic"));
    let check = &answer.operations[0];
    assert_eq!(check.kind, OperationType::Verification);
    assert_eq!(check.external_card_token.as_ref().map(Secret::expose), Some("synthetic-card-token"));
    assert_eq!(check.desired_three_ds_mode, Some(ThreeDsMode::Must));
    assert!(check.notification_encryption && check.notification_signature);
    let ids = [&check.three_ds_server_trans_id, &check.acs_trans_id, &check.ds_trans_id];
    assert!(ids.iter().all(|id| id.as_ref().is_some_and(|id| id.starts_with("d0000000"))), "{ids:?}");
    for (read, documented) in [
        (&check.three_ds_mode, "MUST"),
        (&check.redirect_3ds_url, "https://issuer.example/3ds/synthetic"),
        (&check.merchant_name, "Shop of examples"),
        (&check.processing_merchant_id, "AE000000"),
        (&check.processing_terminal_id, "AE000000"),
        (&check.product_type, "VERIFICATION"),
        (&check.purpose, "Перевірка картки"),
        (&check.comment, "Зразок"),
        (&check.balance_amount_after, "0"),
    ] {
        assert_eq!(read.as_deref(), Some(documented));
    }
}

#[test]
fn words_the_docs_do_not_know_are_kept() {
    let answer: OrderOperations = golden("operations/unknown-words");
    assert_eq!(answer.order_status.as_str(), "PARTIAL_REFUNDED");
    assert_eq!(answer.operations[0].status, OperationStatus::Unrecognized("ON_HOLD_BY_BANK".to_owned()));
    assert_eq!(answer.operations[0].kind, OperationType::Unrecognized("CASHBACK".to_owned()));
}

#[test]
fn notifications_are_read_in_every_shape_of_the_docs() {
    let read = |case: &str| Notification::from_body(text(case).as_bytes(), None).unwrap();
    let card = read("notification/purchase-success");
    assert_eq!(card.payment_methods, [PaymentMethod::Card]);
    assert_eq!(
        card.status_url.as_deref(),
        Some("https://status.bank.example/?hpp_id=1783591442910SYNTHETIC01")
    );
    assert_eq!(
        card.redirect_url.as_deref(),
        Some("https://pay.bank.example/?hpp_id=1783591442910SYNTHETIC01")
    );
    assert_eq!(card.notification_url.as_deref(), Some("https://shop.example/v1/notifications/synthetic"));
    assert!(!card.notification_encryption);
    assert_eq!(card.operation.unwrap().amount(), Some(amount(12_905, Currency::Uah)));
    assert_eq!((card.hpp_direct_type, card.try_mode), (DirectType::Redirect, TryMode::OneTry));

    let a2a = read("notification/a2a");
    assert_eq!((a2a.hpp_pay_type, a2a.status_url), (PayType::A2a, None));
    assert_eq!(a2a.operation.unwrap().kind, OperationType::AccountToAccount);

    let empty = read("notification/empty-operation");
    assert_eq!((empty.operation, empty.order_status), (None, OrderStatus::Fail));

    let older = read("notification/older-spelling");
    assert!(older.operation.is_some());
    assert_eq!(older.create_date, read("notification/purchase-success").create_date);
}

#[test]
fn odd_shapes_of_optional_fields_do_not_hide_a_notification() {
    let read = |fields: &str| {
        let body = format!("{{\"hppOrderId\":\"1\",{fields}}}");
        Notification::from_body(body.as_bytes(), None).unwrap()
    };
    let odd = read(
        "\"paymentMethods\":[7,\"CARD\",\"IRIS_SCAN\"],\"notificationEncryption\":\"true\",\"statusUrl\":{}",
    );
    let methods = [PaymentMethod::Card, PaymentMethod::Unrecognized("IRIS_SCAN".to_owned())];
    assert_eq!((odd.payment_methods.as_slice(), odd.status_url), (methods.as_slice(), None));
    assert!(odd.notification_encryption);
    for none in ["null", "\"CARD\"", "{}"] {
        assert_eq!(read(&format!("\"paymentMethods\":{none}")).payment_methods, []);
    }
}

#[test]
fn an_encrypted_notification_needs_the_terminals_key() {
    let key = alliancepay::PrivateJwk::generate();
    let body = text("notification/purchase-success");
    let sealed = alliancepay::jwe::encrypt(body.as_bytes(), &key.public()).unwrap();
    let in_clear = Notification::from_body(body.as_bytes(), None).unwrap();
    for envelope in [sealed.clone(), format!("\"{sealed}\""), format!("{{\"jwe\":\"{sealed}\"}}")] {
        assert_eq!(Notification::from_body(envelope.as_bytes(), Some(&key)).unwrap(), in_clear);
        assert!(Notification::from_body(envelope.as_bytes(), None).is_err());
    }
    for wrong in ["", "paid", "[]", "{}", "null", "{\"hppOrderId\":7}"] {
        assert!(Notification::from_body(wrong.as_bytes(), Some(&key)).is_err(), "{wrong}");
    }
}

/// Whether a value is one the bank validates and refuses: null or a blank text, at any depth.
fn has_nothing_in_it(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(values) => values.is_empty() || values.iter().any(has_nothing_in_it),
        Value::Object(fields) => fields.values().any(has_nothing_in_it),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

proptest! {
    #[test]
    fn no_order_that_passes_its_check_sends_a_null_or_a_blank_text(
        texts in proptest::collection::vec(proptest::option::of("[a-z ]{0,20}"), 13),
        flags in proptest::collection::vec(any::<bool>(), 5),
        minor in 0..=Amount::MAX_MINOR,
        pay_type in 0..PayType::KNOWN.len(),
    ) {
        let text = |at: usize| texts[at].clone();
        let given = |at: usize| texts[at].as_deref().unwrap_or_default();
        let mut order = order(PayType::KNOWN[pay_type].clone(), REQUEST);
        order.amount = amount(minor, Currency::Uah);
        order.language = text(0);
        order.notification_url = text(1);
        order.purpose = text(2);
        order.merchant_comment = text(3);
        order.priority_bank_code = text(4);
        order.payment_category_goal = text(5);
        order.nbu_qr = flags[0];
        order.editable_amount = flags[1];
        order.never_expire = flags[2];
        order.notification_encryption = flags[3];
        order.page_basket = flags[4].then(|| PageBasket {
            products: vec![PageProduct { name: given(6).to_owned(), count: 1, sum: order.amount }],
        });
        if order.pay_type == PayType::Preauth {
            order.preauth_expires = Some("2026-07-12 13:04:02.91+03:00".parse().unwrap());
        }
        order.customer = CustomerData::new("c").name(given(7), given(8)).middle_name(given(9))
            .address(given(10), given(11), given(12)).region(given(7)).additional_address(given(8))
            .email(given(9)).phone(given(10)).country(given(11)).itn(given(12)).passport(given(7));
        prop_assume!(order.check().is_ok());
        let sent = serde_json::to_value(order.body(MERCHANT)).unwrap();
        prop_assert!(!has_nothing_in_it(&sent), "{}", sent);
        prop_assert_eq!(sent["coinAmount"].as_i64(), Some(minor));
    }
}
