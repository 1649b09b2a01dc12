//! What may go back, and what may not.

use checkout_api::OrderLine;
use jiff::Timestamp;

use super::super::{Refund, RefundId, RefundState};
use super::*;
use crate::payments::attempt::Attempt;
use crate::payments::attempt::tests::attempt;
use crate::payments::product::Product;
use crate::payments::state::Fact;
use crate::provider::{self, Operation, OperationKind, OperationStatus};

#[test]
fn everything_is_what_remains() {
    let mut shelf = Shelf::paid(12_905);
    let plan = shelf.plan(What::Everything).unwrap();
    assert_eq!((plan.amount.minor(), plan.shipping_minor), (12_905, 905));
    assert_eq!(plan.lines, [PlannedLine { id: "1".to_owned(), quantity: 2, minor: 12_000 }]);
    assert_eq!(plan.operation_id.as_deref(), Some("number"));

    shelf.refunds.push(refund(2_905, RefundState::Pending));
    assert_eq!(shelf.plan(What::Everything).unwrap().amount.minor(), 10_000);
    shelf.refunds.push(refund(10_000, RefundState::Unknown));
    assert_eq!(shelf.plan(What::Everything), Err(Refusal::NothingLeft));
}

#[test]
fn lines_and_shipping_never_add_up_to_more_than_goes_back() {
    let mut shelf = Shelf::paid(12_905);
    shelf.refunds.push(refund(2_905, RefundState::Success));
    let plan = shelf.plan(What::Everything).unwrap();
    assert_eq!((plan.amount.minor(), plan.shipping_minor), (10_000, 0));
    assert_eq!(plan.lines, [PlannedLine { id: "1".to_owned(), quantity: 2, minor: 10_000 }]);
}

#[test]
fn what_was_confirmed_is_what_goes_back_or_nothing_does() {
    let mut shelf = Shelf::paid(12_905);
    let everything = |expected| Wish {
        what: What::Everything,
        shipping_minor: 0,
        offline: false,
        expected_minor: Some(expected),
    };
    assert_eq!(shelf.plan_wish(&everything(12_905)).unwrap().amount.minor(), 12_905);
    shelf.refunds.push(refund(2_905, RefundState::Pending));
    let changed = Refusal::Changed { expected: 12_905, minor: 10_000 };
    assert_eq!(shelf.plan_wish(&everything(12_905)), Err(changed));
}

#[test]
fn a_payment_that_came_after_all_went_back_can_go_back_too() {
    let mut shelf = Shelf::paid(12_905);
    shelf.refunds.push(refund(12_905, RefundState::Success));
    shelf.state = State::Refunded;
    assert_eq!(shelf.plan(What::Everything), Err(Refusal::NothingLeft));
    let again = Operation { id: "again".to_owned(), ..purchase(12_905) };
    shelf.operations.push(again);
    let plan = shelf.plan(What::Everything).unwrap();
    assert_eq!((plan.amount.minor(), plan.payment.as_str()), (12_905, "again"));
    let part = Refund { payment: "again".to_owned(), ..refund(3_000, RefundState::Success) };
    shelf.refunds.push(part);
    assert_eq!(shelf.plan(What::Everything).unwrap().amount.minor(), 9_905, "the rest of it too");
    shelf.refunds.push(Refund { payment: "again".to_owned(), ..refund(9_905, RefundState::Success) });
    assert_eq!(shelf.plan(What::Everything), Err(Refusal::NothingLeft));
}

#[test]
#[expect(clippy::redundant_closure_for_method_calls, reason = "the method's path is not general enough")]
fn a_surplus_has_gone_back_when_no_more_is_held_than_was_asked_for() {
    let at = |second| Timestamp::from_second(second).unwrap();
    let came =
        |id: &str, second| Operation { id: id.to_owned(), created_at: Some(at(second)), ..purchase(12_905) };
    let went = |payment: &str, second| Refund {
        payment: payment.to_owned(),
        created_at: at(second),
        ..refund(12_905, RefundState::Success)
    };
    let mut shelf = Shelf::paid(12_905);
    let holds = |shelf: &Shelf| !shelf.look(|book| book.surplus_went_back());
    // Twice, one back, once more, that one back.
    shelf.operations = vec![came("a", 0), came("b", 100)];
    assert!(holds(&shelf));
    shelf.refunds.push(went("b", 200));
    assert!(!holds(&shelf));
    shelf.operations.push(came("c", 300));
    assert!(holds(&shelf));
    shelf.refunds.push(went("c", 400));
    assert!(!holds(&shelf));
    // All back before it came again: the sum is held twice as asked for, until that is back too.
    shelf.operations = vec![came("a", 0), came("b", 100)];
    shelf.refunds = vec![went("a", 50)];
    assert!(holds(&shelf));
    shelf.refunds.push(went("b", 200));
    assert!(!holds(&shelf));
}

#[test]
fn a_sum_beyond_what_remains_is_refused_and_a_failed_refund_gives_its_sum_free() {
    let mut shelf = Shelf::paid(12_905);
    shelf.refunds.push(refund(12_000, RefundState::Success));
    assert_eq!(shelf.plan(What::Sum(906)), Err(Refusal::TooMuch { left: 905 }));
    assert_eq!(shelf.plan(What::Sum(905)).unwrap().amount.minor(), 905);
    shelf.refunds[0].state = RefundState::Failed;
    assert_eq!(shelf.plan(What::Sum(906)).unwrap().amount.minor(), 906);
    for nothing in [0, -1] {
        assert_eq!(shelf.plan(What::Sum(nothing)), Err(Refusal::Nothing));
    }
}

#[test]
fn money_the_bank_gave_back_without_us_is_gone_too() {
    let mut shelf = Shelf::paid(12_905);
    let office = Operation {
        id: "office".to_owned(),
        kind: OperationKind::Refund("REFUND".to_owned()),
        gives_back: Some("payment".to_owned()),
        merchant_request_id: Some("somebody-else".to_owned()),
        ..purchase(12_000)
    };
    shelf.operations.push(office);
    assert_eq!(shelf.plan(What::Sum(906)), Err(Refusal::TooMuch { left: 905 }));
    assert_eq!(shelf.went_back(), Some(Fact::PartWentBack));
    // The same movement under our own id is our refund, counted once.
    shelf.operations[1].merchant_request_id = Some("OURS".to_owned());
    shelf.refunds.push(refund(12_000, RefundState::Success));
    assert_eq!(shelf.plan(What::Sum(905)).unwrap().amount.minor(), 905);
    // One that failed took nothing.
    shelf.refunds.clear();
    shelf.operations[1].status = OperationStatus::Failed("FAIL".to_owned());
    assert_eq!(shelf.plan(What::Everything).unwrap().amount.minor(), 12_905);
    assert_eq!(shelf.went_back(), None);
}

#[test]
fn lines_go_back_by_quantity_or_sum_and_never_beyond_what_was_sold() {
    let mut shelf = Shelf::paid(12_905);
    let pieces = |quantity| What::Lines(vec![LineWish::Quantity { id: "1".to_owned(), quantity }]);
    let sum = |minor| What::Lines(vec![LineWish::Sum { id: "1".to_owned(), minor }]);
    assert_eq!(shelf.plan(pieces(1)).unwrap().amount.minor(), 6_000);
    let too_much = Refusal::TooMuchOfLine { id: "1".to_owned(), quantity: 2, minor: 12_000 };
    assert_eq!(shelf.plan(pieces(3)), Err(too_much.clone()));
    assert_eq!(shelf.plan(sum(12_001)), Err(too_much));
    let twice = What::Lines(vec![
        LineWish::Quantity { id: "1".to_owned(), quantity: 2 },
        LineWish::Quantity { id: "1".to_owned(), quantity: 1 },
    ]);
    assert!(matches!(shelf.plan(twice), Err(Refusal::TooMuchOfLine { quantity: 0, .. })));
    let unknown = What::Lines(vec![LineWish::Sum { id: "2".to_owned(), minor: 1 }]);
    assert_eq!(shelf.plan(unknown), Err(Refusal::NoLine("2".to_owned())));

    // A thousand of the line went back by sum: both pieces bring the rest of it.
    let mut earlier = refund(1_000, RefundState::Success);
    earlier.lines = vec![PlannedLine { id: "1".to_owned(), quantity: 0, minor: 1_000 }];
    shelf.refunds.push(earlier);
    assert_eq!(shelf.plan(pieces(2)).unwrap().amount.minor(), 11_000);
}

#[test]
fn shipping_goes_back_once() {
    let mut shelf = Shelf::paid(12_905);
    let plan = shelf.plan_with_shipping(What::Sum(0), 905).unwrap();
    assert_eq!((plan.amount.minor(), plan.shipping_minor), (905, 905));
    let mut earlier = refund(905, RefundState::Pending);
    earlier.shipping_minor = 905;
    shelf.refunds.push(earlier);
    assert_eq!(shelf.plan_with_shipping(What::Sum(0), 1), Err(Refusal::TooMuchShipping { left: 0 }));
}

#[test]
fn only_money_that_came_goes_back() {
    for state in [State::Created, State::Redirected, State::Rejected, State::Cancelled] {
        let shelf = Shelf { state, ..Shelf::paid(12_905) };
        assert_eq!(shelf.plan(What::Everything), Err(Refusal::NotPaid(state)));
    }
    let refunded = Shelf { state: State::Refunded, ..Shelf::paid(12_905) };
    assert_eq!(refunded.plan(What::Everything), Err(Refusal::NothingLeft));
    // Underpaid: what came, not what was asked for.
    assert_eq!(Shelf::paid(100).plan(What::Everything).unwrap().amount.minor(), 100);
}

#[test]
fn a_payment_the_bank_does_not_give_back_can_only_be_recorded() {
    let mut shelf = Shelf::paid(12_905);
    shelf.operations[0].refundable = false;
    assert_eq!(shelf.plan(What::Sum(1)), Err(Refusal::NotByProvider));
    let wish = Wish { what: What::Sum(1), shipping_minor: 0, offline: true, expected_minor: None };
    assert_eq!(shelf.plan_wish(&wish).unwrap().operation_id, None);
    shelf.product = Product::A2a;
    assert_eq!(shelf.plan(What::Sum(1)), Err(Refusal::NotAtBank));
}

#[test]
fn a_provider_that_collects_first_is_waited_for_whatever_was_only_recorded() {
    let mut shelf = Shelf { product: Product::AlipayPlus, ..Shelf::paid(12_905) };
    shelf.operations[0].refundable = false;
    assert_eq!(shelf.plan(What::Sum(1)), Err(Refusal::WaitsForSettlement));
    shelf.state = State::PartiallyRefunded;
    shelf.refunds.push(Refund { merchant_request_id: None, ..refund(5_000, RefundState::Success) });
    assert_eq!(shelf.plan(What::Sum(1)), Err(Refusal::WaitsForSettlement));
    shelf.operations[0].refundable = true;
    assert_eq!(shelf.plan(What::Everything).unwrap().amount.minor(), 7_905);
    shelf.operations[0].refundable = false;
    shelf.state = State::Paid;
    assert_eq!(shelf.plan(What::Sum(1)), Err(Refusal::NotByProvider), "collected, and it gives nothing back");
}

#[test]
fn what_another_hand_took_cannot_go_back_and_is_no_refund() {
    let mut shelf = Shelf::paid(12_905);
    let taken = |status| Operation {
        id: "dispute".to_owned(),
        kind: OperationKind::Other("CHARGEBACKED".to_owned()),
        gives_back: Some("payment".to_owned()),
        status,
        ..purchase(12_000)
    };
    shelf.operations.push(taken(OperationStatus::Success));
    assert_eq!(shelf.plan(What::Everything).unwrap().amount.minor(), 905);
    assert_eq!(shelf.went_back(), None);
    shelf.operations[1] = taken(OperationStatus::Undecided("CHARGEBACK_NOTIFICATION".to_owned()));
    assert_eq!(shelf.plan(What::Everything).unwrap().amount.minor(), 12_905);
}

#[test]
fn a_refund_takes_from_one_payment_and_says_so() {
    let mut shelf = Shelf::paid(10_000);
    shelf.operations.push(Operation { id: "second".to_owned(), ..purchase(2_905) });
    assert_eq!(shelf.plan(What::Everything), Err(Refusal::SeveralPayments { largest: 10_000 }));
    assert_eq!(shelf.plan(What::Sum(10_000)).unwrap().payment, "payment");
    shelf.refunds.push(refund(9_000, RefundState::Success));
    assert_eq!(shelf.plan(What::Sum(2_905)).unwrap().payment, "second");
}

#[test]
fn a_second_payment_goes_back_without_its_goods() {
    let shelf = Shelf { paid_twice: true, ..Shelf::paid(12_905) };
    let plan = shelf.plan(What::Everything).unwrap();
    assert_eq!((plan.amount.minor(), plan.lines.len(), plan.shipping_minor), (12_905, 0, 0));
}

#[test]
fn parts_of_a_foreign_payment_add_up_to_all_that_was_charged() {
    let mut shelf = Shelf::paid(10);
    shelf.operations[0].charged_minor = 444;
    let mut charged = 0;
    for part in [3, 3, 4] {
        let plan = shelf.plan(What::Sum(part)).unwrap();
        charged += plan.charged_minor;
        shelf
            .refunds
            .push(Refund { charged_minor: plan.charged_minor, ..refund(part, RefundState::Success) });
    }
    assert_eq!(charged, 444);
    assert_eq!(shelf.went_back(), Some(Fact::AllWentBack));
}

#[test]
fn all_or_a_part_went_back_only_once_the_refund_is_done() {
    let mut shelf = Shelf::paid(12_905);
    shelf.refunds.push(refund(12_905, RefundState::Pending));
    assert_eq!(shelf.went_back(), None);
    shelf.refunds[0].state = RefundState::Success;
    assert_eq!(shelf.went_back(), Some(Fact::AllWentBack));
    shelf.refunds[0].amount = Amount::new(12_904, money::Currency::Uah).unwrap();
    assert_eq!(shelf.went_back(), Some(Fact::PartWentBack));
}

struct Shelf {
    product: Product,
    state: State,
    paid_twice: bool,
    operations: Vec<Operation>,
    refunds: Vec<Refund>,
}

impl Shelf {
    fn paid(minor: i64) -> Self {
        let operations = vec![purchase(minor)];
        let (product, state) = (Product::Card, State::Captured);
        Self { product, state, paid_twice: false, operations, refunds: Vec::new() }
    }

    fn plan(&self, what: What) -> Result<Plan, Refusal> {
        self.plan_with_shipping(what, 0)
    }

    fn plan_with_shipping(&self, what: What, shipping_minor: i64) -> Result<Plan, Refusal> {
        self.plan_wish(&Wish { what, shipping_minor, offline: false, expected_minor: None })
    }

    fn plan_wish(&self, wish: &Wish) -> Result<Plan, Refusal> {
        self.look(|book| plan(book, wish))
    }

    #[expect(clippy::redundant_closure_for_method_calls, reason = "the method's path is not general enough")]
    fn went_back(&self) -> Option<Fact> {
        self.look(|book| book.went_back())
    }

    fn look<T>(&self, look: impl FnOnce(&Book<'_>) -> T) -> T {
        let line = OrderLine { id: "1".to_owned(), name: "Book".to_owned(), quantity: 2, unit_minor: 6_000 };
        look(&Book {
            attempt: &Attempt { product: self.product, ..attempt(1, self.state) },
            paid_twice: self.paid_twice,
            lines: &[line],
            shipping_minor: 905,
            operations: &self.operations,
            refunds: &self.refunds,
        })
    }
}

fn purchase(minor: i64) -> Operation {
    Operation { operation_id: Some("number".to_owned()), ..provider::tests::purchase("payment", minor) }
}

fn refund(minor: i64, state: RefundState) -> Refund {
    Refund {
        id: RefundId(1),
        handle: "re_1".to_owned(),
        attempt: attempt(1, State::Captured).id,
        payment: "payment".to_owned(),
        state,
        amount: Amount::new(minor, money::Currency::Uah).unwrap(),
        charged_minor: minor,
        shipping_minor: 0,
        lines: Vec::new(),
        reason: None,
        by: "shop".to_owned(),
        code: None,
        merchant_request_id: Some("ours".to_owned()),
        created_at: jiff::Timestamp::UNIX_EPOCH,
        updated_at: jiff::Timestamp::UNIX_EPOCH,
    }
}
