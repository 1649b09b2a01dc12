//! The dialog's arithmetic, and what it asks for.

use super::*;

fn left() -> Left {
    let line = |id: &str, quantity, unit_minor| ShopLine {
        id: id.to_owned(),
        name: id.to_owned(),
        quantity,
        unit_minor,
        refunded_quantity: 0,
        refunded_minor: 0,
        refundable_quantity: quantity,
        refundable_minor: unit_minor * i64::from(quantity),
    };
    Left {
        currency: Currency::Uah,
        minor: 12_905,
        shipping_minor: 905,
        lines: vec![line("book", 2, 6_000), line("card", 0, 500)],
    }
}

fn by_lines() -> Draft {
    Draft { way: Way::Lines, ..Draft::new(&left()) }
}

#[test]
fn everything_is_everything_that_remains_and_asks_for_no_sum_but_the_confirmed_one() {
    let draft = Draft::new(&left());
    assert_eq!(draft.total(&left()), Ok(12_905));
    let confirmed = RefundRequest { expected_minor: Some(12_905), ..RefundRequest::default() };
    assert_eq!(draft.request(&left(), None), Some(confirmed));
}

#[test]
fn a_free_sum_is_the_one_that_was_confirmed() {
    let draft = Draft { way: Way::Sum, sum: "10,50".to_owned(), ..Draft::new(&left()) };
    let request = draft.request(&left(), None).expect("a sum that is there");
    assert_eq!((request.amount_minor, request.expected_minor), (Some(1_050), Some(1_050)));
}

#[test]
fn what_has_mistakes_is_not_asked_for() {
    assert_eq!(by_lines().request(&left(), None), None);
    let draft = Draft { way: Way::Sum, sum: "129,06".to_owned(), ..Draft::new(&left()) };
    assert_eq!(draft.request(&left(), None), None);
}

#[test]
fn a_quantity_a_sum_and_shipping_add_up() {
    let mut draft = by_lines();
    draft.parts[0].quantity = "1".to_owned();
    draft.shipping = "9,05".to_owned();
    assert_eq!(draft.total(&left()), Ok(6_905));
    let request = draft.request(&left(), None).expect("one book and shipping");
    assert_eq!((request.shipping_minor, request.expected_minor), (Some(905), Some(6_905)));
    assert_eq!(
        request.lines,
        Some(vec![RefundRequestLine { id: "book".to_owned(), quantity: Some(1), amount_minor: None }])
    );
}

#[test]
fn never_more_than_remains_in_quantity_or_in_sum() {
    let mut draft = by_lines();
    draft.parts[0].quantity = "3".to_owned();
    assert_eq!(draft.total(&left()), Err(vec![(Field::Line(0), Mistake::TooMany(2))]));
    draft.parts[0] = Part { quantity: String::new(), sum: "120,01".to_owned() };
    assert_eq!(draft.total(&left()), Err(vec![(Field::Line(0), Mistake::TooMuch(12_000))]));
    draft.parts[0].sum.clear();
    draft.shipping = "9,06".to_owned();
    assert_eq!(draft.total(&left()), Err(vec![(Field::Shipping, Mistake::TooMuch(905))]));

    let sum = |text: &str| Draft { way: Way::Sum, sum: text.to_owned(), ..Draft::new(&left()) };
    assert_eq!(sum("129,06").total(&left()), Err(vec![(Field::Sum, Mistake::TooMuch(12_905))]));
    assert_eq!(sum("129,05").total(&left()), Ok(12_905));
}

#[test]
fn lines_that_fit_one_by_one_may_still_be_too_much_together() {
    let mut left = left();
    left.minor = 6_000;
    let mut draft = by_lines();
    draft.parts[0].quantity = "1".to_owned();
    draft.shipping = "1".to_owned();
    assert_eq!(draft.total(&left), Err(vec![(Field::Whole, Mistake::TooMuch(6_000))]));
}

#[test]
fn pieces_bring_no_more_than_what_is_left_of_their_sum() {
    let mut left = left();
    left.lines[0].refundable_minor = 7_000;
    let mut draft = by_lines();
    draft.parts[0].quantity = "2".to_owned();
    assert_eq!(draft.total(&left), Ok(7_000));
    assert_eq!(draft.request(&left, None).and_then(|request| request.expected_minor), Some(7_000));
}

#[test]
fn nothing_both_and_nonsense_are_mistakes() {
    assert_eq!(by_lines().total(&left()), Err(vec![(Field::Whole, Mistake::Nothing)]));
    let mut draft = by_lines();
    draft.parts[0] = Part { quantity: "1".to_owned(), sum: "5".to_owned() };
    assert_eq!(draft.total(&left()), Err(vec![(Field::Line(0), Mistake::Both)]));
    draft.parts[0] = Part { quantity: "one".to_owned(), sum: String::new() };
    assert_eq!(draft.total(&left()), Err(vec![(Field::Line(0), Mistake::Unreadable)]));
}
