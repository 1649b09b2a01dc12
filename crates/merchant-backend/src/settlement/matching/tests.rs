use super::*;
use crate::provider::tests::purchase;

#[test]
fn the_strongest_key_decides_and_a_weaker_one_speaks_only_in_its_silence() {
    let known = [candidate("e-1", "op-1", Some("rrn-1"), 1), candidate("e-2", "op-2", Some("rrn-2"), 2)];
    let about = |row: &SettlementRow| decide(row, &known).about.map(|one| one.operation.id.clone());
    let silent = SettlementRow { operation_id: None, ..row() };
    assert_eq!(about(&row()).as_deref(), Some("e-1"));
    assert_eq!(about(&SettlementRow { rrn: Some("rrn-2".to_owned()), ..row() }).as_deref(), Some("e-1"));
    assert_eq!(
        about(&SettlementRow { provider_id: Some("e-2".to_owned()), ..row() }).as_deref(),
        Some("e-2")
    );
    assert_eq!(
        about(&SettlementRow { rrn: Some("rrn-2".to_owned()), ..silent.clone() }).as_deref(),
        Some("e-2")
    );
    assert_eq!(
        about(&SettlementRow { order_hint: Some("A-2".to_owned()), ..silent.clone() }).as_deref(),
        Some("e-2")
    );
    assert_eq!(objection(&silent, &known), Some(Objection::NoKey));
}

#[test]
fn an_id_that_is_anothers_is_never_talked_over_by_a_weaker_key() {
    let known = [candidate("e-1", "op-1", Some("rrn-1"), 1)];
    let other = SettlementRow { operation_id: Some("op-9".to_owned()), ..row() };
    let by_number = SettlementRow { rrn: Some("rrn-1".to_owned()), ..other.clone() };
    let by_order = SettlementRow { order_hint: Some("A-1".to_owned()), ..other };
    assert_eq!(objection(&by_number, &known), Some(Objection::IdsDiffer));
    assert_eq!(objection(&by_order, &known), Some(Objection::NoOperation));
    let numbers_differ = SettlementRow {
        operation_id: None,
        rrn: Some("rrn-9".to_owned()),
        order_hint: Some("A-1".to_owned()),
        ..row()
    };
    assert_eq!(objection(&numbers_differ, &known), Some(Objection::NoOperation));
}

#[test]
fn a_row_settles_an_operation_that_succeeded_and_only_once() {
    let mut known = [candidate("e-1", "op-1", None, 1)];
    assert_eq!(objection(&row(), &known), None);
    known[0].settled = true;
    assert_eq!(objection(&row(), &known), Some(Objection::AlreadySettled));
    known[0].settled = false;
    known[0].operation.status = OperationStatus::Undecided("PENDING".to_owned());
    assert_eq!(objection(&row(), &known), Some(Objection::NotSuccessful("PENDING".to_owned())));
    known[0].operation.kind = OperationKind::Other("PREAUTH".to_owned());
    assert_eq!(objection(&row(), &known), Some(Objection::NoOperation));
}

#[test]
fn every_objection_has_a_word_that_the_console_knows() {
    let objections = [
        Objection::NoOperation,
        Objection::NoKey,
        Objection::UnknownMovement(String::new()),
        Objection::TakenBack,
        Objection::CameBack,
        Objection::Disputed,
        Objection::NotSuccessful(String::new()),
        Objection::Ambiguous,
        Objection::Sum { ledger: 1, row: 2 },
        Objection::Currency { ledger: String::new(), row: String::new() },
        Objection::Merchant,
        Objection::Net,
        Objection::Commission,
        Objection::AlreadySettled,
        Objection::IdsDiffer,
    ];
    let mut words: Vec<&str> = objections.iter().map(Objection::word).collect();
    // What no row could be made of.
    words.push("malformed");
    assert_eq!(words, console_api::vocabulary::OBJECTIONS);
}

#[test]
fn equal_refunds_of_one_payment_are_settled_one_by_one() {
    let refund = |id: &str, settled| Candidate {
        operation: Operation {
            kind: OperationKind::Refund("REFUND".to_owned()),
            ..operation(id, "op-1", None)
        },
        settled,
        ..candidate(id, "op-1", None, 1)
    };
    let known = [candidate("e-1", "op-1", None, 1), refund("e-2", true), refund("e-3", false)];
    let back = SettlementRow {
        movement: Movement::Refund,
        amount_minor: -12_905,
        commission_minor: 0,
        net_minor: -12_905,
        ..row()
    };
    let verdict = decide(&back, &known);
    assert_eq!((verdict.kind(), verdict.about.unwrap().operation.id.as_str()), (Kind::Matched, "e-3"));
}

#[test]
fn an_order_paid_twice_is_not_guessed_at() {
    let mut second = candidate("e-2", "op-2", None, 2);
    second.order_ref = "A-1".to_owned();
    let by_order = SettlementRow { operation_id: None, order_hint: Some("A-1".to_owned()), ..row() };
    let known = [candidate("e-1", "op-1", None, 1), second];
    assert_eq!(objection(&by_order, &known), Some(Objection::Ambiguous));
}

#[test]
fn what_another_hand_moves_is_about_its_payment_until_the_provider_tells_of_it() {
    let payment = candidate("p-1", "p-1", None, 1);
    let dispute = |amount_minor| SettlementRow {
        movement: Movement::Chargeback,
        amount_minor,
        commission_minor: 0,
        net_minor: amount_minor,
        provider_id: Some("p-1#CHARGEBACKED".to_owned()),
        operation_id: Some("p-1".to_owned()),
        ..row()
    };
    let known = std::slice::from_ref(&payment);
    for (amount, expected) in
        [(-12_905, Objection::TakenBack), (0, Objection::Disputed), (12_905, Objection::CameBack)]
    {
        let (row, payment_id) = (dispute(amount), "p-1");
        let verdict = decide(&row, known);
        assert_eq!(verdict.about.map(|one| one.operation.id.as_str()), Some(payment_id));
        assert_eq!((verdict.kind(), verdict.objection), (Kind::Unmatched, Some(expected)));
    }
    assert_eq!(objection(&dispute(-12_905), &[]), Some(Objection::NoOperation));

    let gone = Candidate {
        operation: Operation {
            kind: OperationKind::Other("CHARGEBACKED".to_owned()),
            gives_back: Some("p-1".to_owned()),
            operation_id: None,
            ..operation("p-1#CHARGEBACKED", "p-1", None)
        },
        ..candidate("p-1#CHARGEBACKED", "p-1", None, 1)
    };
    assert_eq!(objection(&dispute(-12_905), std::slice::from_ref(&gone)), None);
    let part = objection(&dispute(-5_000), &[gone]);
    assert_eq!(part, Some(Objection::Sum { ledger: -12_905, row: -5_000 }));
}

#[test]
fn parts_settle_a_payment_once_they_add_up_to_what_was_collected() {
    let collected = |other_parts| Candidate { other_parts, ..candidate("p-1", "p-1", None, 1) };
    let part = |amount_minor| SettlementRow {
        amount_minor,
        commission_minor: 0,
        net_minor: amount_minor,
        provider_id: Some("p-1".to_owned()),
        operation_id: None,
        ..row()
    };
    let first = [collected(Some(0))];
    let alone = decide(&part(5_000), &first);
    assert_eq!(alone.objection, Some(Objection::Sum { ledger: 12_905, row: 5_000 }));
    assert!(alone.objection.is_some_and(|objection| objection.may_be_old_news()), "the provider is asked");
    let second = [Candidate { settled: true, ..collected(Some(5_000)) }];
    let last = decide(&part(7_905), &second);
    assert!(last.is_part && last.kind() == Kind::Matched);
    assert!(!decide(&part(7_904), &second).is_part);
    // Where money never comes in parts, a smaller sum is another sum.
    assert_eq!(
        objection(&part(7_905), &[collected(None)]),
        Some(Objection::Sum { ledger: 12_905, row: 7_905 })
    );
}

#[test]
fn our_own_id_of_a_request_finds_what_the_providers_ids_do_not() {
    let by_request = |movement, hint: &str| SettlementRow {
        movement,
        provider_id: Some("written-otherwise".to_owned()),
        operation_id: None,
        order_hint: Some(hint.to_owned()),
        merchant_id: Some("000merchant".to_owned()),
        ..row()
    };
    let known = [candidate("p-1", "p-1", None, 1)];
    assert_eq!(objection(&by_request(Movement::Payment, "request-1"), &known), None);
    let another = objection(&by_request(Movement::Payment, "A-1"), &known);
    assert_eq!(another, Some(Objection::NoOperation), "an order's number never talks over an id");
    let refund = Candidate {
        operation: Operation {
            kind: OperationKind::Refund("REFUND".to_owned()),
            merchant_request_id: Some("refund-1".to_owned()),
            ..operation("r-1", "p-1", None)
        },
        ..candidate("r-1", "p-1", None, 1)
    };
    let back = |hint| SettlementRow {
        amount_minor: -12_905,
        commission_minor: 0,
        net_minor: -12_905,
        ..by_request(Movement::Refund, hint)
    };
    let known = [known[0].clone(), refund];
    assert_eq!(objection(&back("refund-1"), &known), None);
    assert_eq!(objection(&back("request-1"), &known), Some(Objection::NoOperation), "which refund it is");
}

#[test]
fn hryvnias_are_another_currency_where_the_buyer_is_charged_in_the_orders_own() {
    let in_euro = |product| Candidate {
        operation: Operation { currency: "EUR".to_owned(), ..operation("e-1", "op-1", None) },
        product,
        ordered_in: Currency::Eur,
        ..candidate("e-1", "op-1", None, 1)
    };
    assert_eq!(objection(&row(), &[in_euro(Product::Card)]), None, "the bank charges and writes in hryvnias");
    let differs = Objection::Currency { ledger: "EUR".to_owned(), row: "UAH".to_owned() };
    assert_eq!(objection(&row(), &[in_euro(Product::AlipayPlus)]), Some(differs));
}

#[test]
fn a_refund_that_nothing_else_finds_is_the_one_of_its_payment_with_this_sum() {
    let refund = |id: &str, minor| Candidate {
        operation: Operation {
            kind: OperationKind::Refund("REFUND".to_owned()),
            amount_minor: minor,
            operation_id: None,
            merchant_request_id: Some(format!("of-{id}")),
            gives_back: Some("p-1".to_owned()),
            ..operation(id, "p-1", None)
        },
        product: Product::AlipayPlus,
        ..candidate(id, "p-1", None, 1)
    };
    let back = |minor: i64| SettlementRow {
        movement: Movement::Refund,
        amount_minor: -minor,
        commission_minor: 0,
        net_minor: -minor,
        provider_id: Some("written-otherwise".to_owned()),
        operation_id: Some("p-1".to_owned()),
        order_hint: Some("unknown".to_owned()),
        ..row()
    };
    let known = [candidate("p-1", "p-1", None, 1), refund("r-1", 300), refund("r-2", 500)];
    let verdict = decide(&back(500), &known);
    assert_eq!((verdict.kind(), verdict.about.unwrap().operation.id.as_str()), (Kind::Matched, "r-2"));
    assert_eq!(objection(&back(400), &known), Some(Objection::NoOperation));
    let elsewhere = SettlementRow { operation_id: Some("p-2".to_owned()), ..back(500) };
    assert_eq!(objection(&elsewhere, &known), Some(Objection::NoOperation));

    let another =
        SettlementRow { order_hint: Some("0f0e5f3c-0000-4000-8000-000000000001".to_owned()), ..back(500) };
    assert_eq!(objection(&another, &known), Some(Objection::NoOperation), "a refund yet to be told of");
    let twice = [refund("r-2", 500), refund("r-3", 500)];
    assert_eq!(objection(&back(500), &twice), Some(Objection::Ambiguous));
    let waiting = Candidate { settled: true, ..refund("r-2", 500) };
    assert_eq!(objection(&back(500), &[waiting, refund("r-3", 500)]), None);
    let failed = Candidate {
        operation: Operation {
            status: OperationStatus::Failed("REJECTED".to_owned()),
            ..refund("r-2", 500).operation
        },
        ..refund("r-2", 500)
    };
    assert_eq!(objection(&back(500), &[failed]), Some(Objection::NoOperation));
}

#[test]
fn an_attempt_is_settled_when_all_that_came_is() {
    let failed =
        Operation { status: OperationStatus::Failed("FAIL".to_owned()), ..operation("e-0", "op-0", None) };
    let all = [failed, operation("e-1", "op-1", None), operation("e-2", "op-2", None)];
    assert_eq!(settled(&all, |one| one.id == "e-1"), None);
    assert_eq!(settled(&all, |one| one.id != "e-0"), Some(Fact::Settled));
    assert_eq!(settled(&all[..1], |_| true), None);
}

#[test]
fn every_objection_has_a_word_of_its_own_and_a_sentence() {
    let all = [
        Objection::NoOperation,
        Objection::NoKey,
        Objection::UnknownMovement("FEE".to_owned()),
        Objection::TakenBack,
        Objection::CameBack,
        Objection::Disputed,
        Objection::NotSuccessful("PENDING".to_owned()),
        Objection::Ambiguous,
        Objection::Sum { ledger: 1, row: 2 },
        Objection::Currency { ledger: "UAH".to_owned(), row: "GBP".to_owned() },
        Objection::Merchant,
        Objection::Net,
        Objection::Commission,
        Objection::AlreadySettled,
        Objection::IdsDiffer,
    ];
    let mut words: Vec<&str> = all.iter().map(Objection::word).collect();
    words.sort_unstable();
    words.dedup();
    assert_eq!(words.len(), all.len());
    assert!(all.iter().all(|one| one.to_string().contains(' ') && one.kind() != Kind::Matched));
}

fn objection(row: &SettlementRow, known: &[Candidate]) -> Option<Objection> {
    decide(row, known).objection
}

fn row() -> SettlementRow {
    SettlementRow {
        movement: Movement::Payment,
        amount_minor: 12_905,
        currency: "UAH".to_owned(),
        commission_minor: 194,
        net_minor: 12_711,
        provider_id: None,
        operation_id: Some("op-1".to_owned()),
        rrn: None,
        order_hint: None,
        merchant_id: None,
        mark: None,
        day: None,
        raw: String::new(),
    }
}

fn candidate(id: &str, operation_id: &str, rrn: Option<&str>, order: i64) -> Candidate {
    Candidate {
        operation: operation(id, operation_id, rrn),
        attempt: AttemptId(order),
        order: OrderId(order),
        order_ref: format!("A-{order}"),
        product: Product::Card,
        ordered_in: Currency::Uah,
        merchant_id: "merchant".to_owned(),
        request_id: format!("request-{order}"),
        settled: false,
        other_parts: None,
    }
}

fn operation(id: &str, operation_id: &str, rrn: Option<&str>) -> Operation {
    Operation {
        operation_id: Some(operation_id.to_owned()),
        rrn: rrn.map(str::to_owned),
        ..purchase(id, 12_905)
    }
}
