//! The bank's words become ours, and nothing personal comes along.

use serde_json::from_value;

use super::*;

#[test]
fn words_the_bank_may_invent_mean_neither_paid_nor_failed() {
    let answer = read(json!({"orderStatus": "CHARGED_BACK", "operations": [
        {"type": "PURCHASE", "status": "FROZEN", "coinAmount": 100},
        {"type": "CASHBACK", "status": "SUCCESS", "coinAmount": 100}]}));
    assert_eq!(answer.order, OrderWord::Unknown("CHARGED_BACK".to_owned()));
    assert_eq!(answer.operations[0].status, OperationStatus::Undecided("FROZEN".to_owned()));
    assert_eq!(answer.operations[1].kind, OperationKind::Other("CASHBACK".to_owned()));
}

#[test]
fn holds_and_card_checks_are_no_captures() {
    for (kind, captures) in [
        ("PURCHASE", true),
        ("ACCOUNT_2_ACCOUNT", true),
        ("COMPLETION", true),
        ("PREAUTH", false),
        ("VERIFICATION", false),
        ("REFUND", false),
        ("CARD_2_ACCOUNT", false),
    ] {
        let answer = read(json!({"operations": [{"type": kind, "status": "SUCCESS", "coinAmount": 100}]}));
        let capture = matches!(answer.operations[0].kind, OperationKind::Capture(_));
        assert_eq!(capture, captures, "{kind}");
    }
}

#[test]
fn a_foreign_sum_is_the_source_sum_and_an_unknown_currency_matches_none() {
    let answer = read(json!({"operations": [
        {"type": "PURCHASE", "status": "SUCCESS", "coinAmount": 444, "transactionCurrency": "980",
            "sourceAmount": 10, "sourceCurrencyCode": "840"},
        {"type": "PURCHASE", "status": "SUCCESS", "coinAmount": 444, "transactionCurrency": "826"}]}));
    let sums: Vec<_> =
        answer.operations.iter().map(|one| (one.amount_minor, one.currency.as_str())).collect();
    assert_eq!(sums, [(10, "USD"), (444, "826")]);
}

#[test]
fn the_history_keeps_nothing_personal() {
    let answer = read(json!({"redirectUrl": "https://pay.alb.ua/?hpp_id=secret-page",
        "notificationUrl": "https://shop.example/v1/notifications/secret-end", "operations": [
        {"type": "PURCHASE", "status": "FAIL", "coinAmount": 100, "senderFirstName": "Olena",
            "senderPhone": "380630000000", "cardNumberMask": "411111••••1111",
            "transactionResponseInfo": {"actionCode": "1", "responseCode": "16"}}]}));
    for personal in ["Olena", "380630000000", "secret-page", "secret-end"] {
        assert!(!answer.raw.contains(personal), "{}", answer.raw);
    }
    assert_eq!(answer.operations[0].reason.as_deref(), Some("1/16"));
}

#[test]
fn payment_pages_stay_on_the_banks_hosts() {
    let api = Url::parse("https://api-ecom-prod.bankalliance.ua").unwrap();
    let bank =
        AlliancePay::new(&api, Vec::new(), vec!["pay.example".to_owned()], Duration::from_secs(1), &tokens())
            .unwrap();
    for allowed in ["https://pay.alb.ua/?hpp_id=1", "https://pay.example/x", "http://127.0.0.1:8081/pay"] {
        assert!(bank.page_is_allowed(allowed), "{allowed}");
    }
    for refused in [
        "http://pay.alb.ua/",
        "https://alb.ua.evil.example/",
        "https://evilalb.ua/",
        "https://pay.alb.ua@evil.example/",
        "https://sub.pay.example/",
        "javascript:alert(1)",
        "",
    ] {
        assert!(!bank.page_is_allowed(refused), "{refused}");
    }
}

#[test]
fn a_page_lives_as_long_as_the_bank_lets_it() {
    let api = Url::parse("https://api-ecom-prod.bankalliance.ua").unwrap();
    let bank = AlliancePay::new(&api, Vec::new(), Vec::new(), Duration::from_secs(1), &tokens()).unwrap();
    let quarter = Duration::from_mins(15);
    assert_eq!(bank.page_lifetime(Product::Card, quarter), quarter);
    assert_eq!(bank.page_lifetime(Product::A2a, quarter), LEAST_A2A);
    assert_eq!(bank.page_lifetime(Product::Card, Duration::from_hours(99)), LONGEST);
}

fn read(mut changes: Value) -> Answer {
    let mut body = json!({"hppOrderId": "h", "merchantId": "m", "merchantRequestId": "r", "coinAmount": 100});
    body.as_object_mut().unwrap().append(changes.as_object_mut().unwrap());
    answer(from_value(body).unwrap())
}

#[test]
fn a_share_is_what_the_banks_own_rule_makes_of_it() {
    let bank: BankOperation =
        from_value(json!({"type": "PURCHASE", "status": "SUCCESS", "coinAmount": 44_437,
        "sourceAmount": 1001, "sourceCurrencyCode": "840", "operationId": "n"}))
        .unwrap();
    let ours = operation("order", 0, &bank);
    for (gone, part) in [(0, 1), (0, 500), (500, 250), (333, 333), (0, 1001), (666, 335)] {
        let usd = |minor| money::Amount::new(minor, Currency::Usd).unwrap();
        let theirs = bank.refund_amount(usd(gone), usd(part)).unwrap().minor();
        let before = bank.refund_amount(usd(0), usd(gone)).unwrap().minor();
        let payment = crate::payments::refund::Payment {
            id: ours.id.clone(),
            operation_id: ours.operation_id.clone(),
            at_bank: true,
            came: ours.amount_minor,
            charged: ours.charged_minor,
            gone,
            gone_charged: before,
        };
        assert_eq!(payment.share(part), Some(theirs), "{part} after {gone}");
    }
}

#[test]
fn a_refund_with_the_number_of_its_payment_is_another_movement() {
    let answer = read(json!({"operations": [
        {"type": "PURCHASE", "status": "SUCCESS", "coinAmount": 100, "operationId": "n"},
        {"type": "REFUND", "status": "SUCCESS", "coinAmount": 40, "operationId": "n", "originalOperationId": "n",
            "merchantRequestId": "r-1"},
        {"type": "REFUND", "status": "SUCCESS", "coinAmount": 10, "operationId": "n"}]}));
    let ids: Vec<&str> = answer.operations.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids, ["n", "r-1", "h#2"]);
    assert_eq!(answer.operations[1].gives_back.as_deref(), Some("n"));
}

#[test]
fn payments_the_bank_does_not_give_back_are_known() {
    let answer = read(json!({"operations": [
        {"type": "ACCOUNT_2_ACCOUNT", "status": "SUCCESS", "coinAmount": 100, "transactionType": 102},
        {"type": "ACCOUNT_2_ACCOUNT", "status": "SUCCESS", "coinAmount": 100, "transactionType": 54},
        {"type": "PURCHASE", "status": "SUCCESS", "coinAmount": 100, "transactionCurrency": "840"}]}));
    let refundable: Vec<bool> = answer.operations.iter().map(|one| one.refundable).collect();
    assert_eq!(refundable, [false, true, false]);
}

fn tokens() -> Arc<dyn TokenStore> {
    Arc::new(alliancepay::MemoryTokenStore::new())
}
