//! What a row means for the ledger. Pure: the row and the operations it may be about in, the verdict out.
//!
//! A key speaks only where the stronger ones are silent: the provider's own id, the operation's id, the reference
//! number, the order's number. Our own id of a request is nobody else's, so it speaks wherever the others found nothing. A
//! refund that none of them finds is looked for among those of the payment it names.

mod objection;

use money::Currency;
use uuid::Uuid;

use super::row::{Kind, Movement, SettlementRow};
use crate::payments::attempt::{AttemptId, OrderId};
use crate::payments::product::Product;
use crate::payments::state::Fact;
use crate::provider::{Operation, OperationKind, OperationStatus};

pub use objection::Objection;

/// An operation a row may be about.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The operation.
    pub operation: Operation,
    /// Its attempt.
    pub attempt: AttemptId,
    /// Its order.
    pub order: OrderId,
    /// The shop's order number.
    pub order_ref: String,
    /// The way its attempt was paid.
    pub product: Product,
    /// The currency its attempt asked for.
    pub ordered_in: Currency,
    /// The terminal's merchant.
    pub merchant_id: String,
    /// Our id of the request that made its attempt.
    pub request_id: String,
    /// Whether a row settles it already.
    pub settled: bool,
    /// What other rows than the one that is decided about say was collected of it, where it may be collected in parts.
    pub other_parts: Option<i64>,
}

/// What a row means.
#[derive(Debug, Clone)]
pub struct Verdict<'a> {
    /// The operation it settles, or differs from, or waits for.
    pub about: Option<&'a Candidate>,
    /// Why it settles nothing; `None`: it settles `about`.
    pub objection: Option<Objection>,
    /// Whether it settles a part of it, and other rows the rest.
    pub is_part: bool,
}

/// Decides what `row` means. `candidates` are all operations that share any key with it.
pub fn decide<'a>(row: &SettlementRow, candidates: &'a [Candidate]) -> Verdict<'a> {
    if let Movement::Other(word) = &row.movement {
        return Verdict::open(None, Objection::UnknownMovement(word.clone()));
    }
    let moving = |one: &&Candidate| is_the_movement(row, &one.operation);
    let keys: [(bool, Same); 5] = [
        (row.provider_id.is_some(), |row, one| row.provider_id.as_ref() == Some(&one.operation.id)),
        (row.operation_id.is_some(), |row, one| row.operation_id == one.operation.operation_id),
        (row.rrn.is_some(), |row, one| row.rrn == one.operation.rrn && !ids_differ(row, one)),
        (row.order_hint.is_some(), |row, one| {
            row.order_hint.as_ref() == Some(&one.order_ref)
                && !ids_differ(row, one)
                && !numbers_differ(row, one)
        }),
        (row.order_hint.is_some(), is_of_our_request),
    ];
    for (_, same) in keys.iter().filter(|(told, _)| *told) {
        let named: Vec<&Candidate> = candidates.iter().filter(|one| same(row, one)).filter(moving).collect();
        if !named.is_empty() {
            return resolve(row, &named);
        }
    }
    if let Some(verdict) = by_payment_given_back(row, candidates) {
        return verdict;
    }
    let contradicted = |one: &&Candidate| row.rrn.is_some() && row.rrn == one.operation.rrn;
    if let Some(one) = candidates.iter().filter(moving).find(contradicted) {
        return Verdict::open(Some(one), Objection::IdsDiffer);
    }
    if let Some(objection) = by_another_hand(row)
        && let Some(payment) = candidates.iter().find(|one| is_its_payment(row, one))
    {
        return Verdict::open(Some(payment), objection);
    }
    let named = keys.iter().any(|(told, _)| *told);
    Verdict::open(None, if named { Objection::NoOperation } else { Objection::NoKey })
}

/// What the register means for an attempt: its money is settled once every movement that brought some is.
pub fn settled(operations: &[Operation], is_settled: impl Fn(&Operation) -> bool) -> Option<Fact> {
    let mut captures = operations.iter().filter(|operation| operation.brought_money());
    (captures.clone().next().is_some() && captures.all(is_settled)).then_some(Fact::Settled)
}

type Same = fn(&SettlementRow, &Candidate) -> bool;

/// Both have an operation's id, and not the same.
fn ids_differ(row: &SettlementRow, one: &Candidate) -> bool {
    let ids = row.operation_id.as_ref().zip(one.operation.operation_id.as_ref());
    ids.is_some_and(|(told, known)| told != known)
        || row.provider_id.as_ref().is_some_and(|told| *told != one.operation.id)
}

/// Both have a reference number, and not the same.
fn numbers_differ(row: &SettlementRow, one: &Candidate) -> bool {
    row.rrn.as_ref().zip(one.operation.rrn.as_ref()).is_some_and(|(told, known)| told != known)
}

fn is_the_movement(row: &SettlementRow, operation: &Operation) -> bool {
    match &row.movement {
        Movement::Payment => matches!(operation.kind, OperationKind::Capture(_)),
        Movement::Refund => matches!(operation.kind, OperationKind::Refund(_)),
        Movement::Chargeback | Movement::Reversal => row.amount_minor < 0 && operation.takes_away(),
        Movement::Other(_) => false,
    }
}

/// What a row says of a payment whose money another hand moves.
fn by_another_hand(row: &SettlementRow) -> Option<Objection> {
    match row.movement {
        Movement::Payment | Movement::Refund | Movement::Other(_) => None,
        Movement::Chargeback | Movement::Reversal => Some(match row.amount_minor {
            ..0 => Objection::TakenBack,
            0 => Objection::Disputed,
            1.. => Objection::CameBack,
        }),
    }
}

fn is_its_payment(row: &SettlementRow, one: &Candidate) -> bool {
    let named = row.operation_id.is_some() && row.operation_id == one.operation.operation_id;
    matches!(one.operation.kind, OperationKind::Capture(_)) && (named || is_of_our_request(row, one))
}

/// An aggregator's refund row that names its payment: it is the one refund of it that has this sum and waits for a row.
fn by_payment_given_back<'a>(row: &SettlementRow, candidates: &'a [Candidate]) -> Option<Verdict<'a>> {
    let fitting: Vec<&Candidate> = candidates.iter().filter(|one| may_be_that_refund(row, one)).collect();
    match fitting[..] {
        [] => None,
        [_] => Some(resolve(row, &fitting)),
        [first, ..] => Some(Verdict::open(Some(first), Objection::Ambiguous)),
    }
}

fn may_be_that_refund(row: &SettlementRow, one: &Candidate) -> bool {
    is_the_movement(row, &one.operation)
        && one.product.settles_by_answer()
        && matches!(one.operation.kind, OperationKind::Refund(_))
        && row.operation_id.is_some()
        && row.operation_id == one.operation.gives_back
        && !matches!(one.operation.status, OperationStatus::Failed(_))
        && !one.settled
        && ledger_sum(row, one) == Some(row.amount_minor)
        && !names_another_request(row, one)
}

/// Our ids of requests are random; the file's own text never reads as one. Such a row is about a refund that the provider
/// has yet to tell of.
fn names_another_request(row: &SettlementRow, one: &Candidate) -> bool {
    row.order_hint.as_ref().is_some_and(|hint| {
        *hint != one.request_id && Uuid::parse_str(hint).is_ok_and(|id| id.get_version_num() == 4)
    })
}

/// A payment carries the id of its attempt's request, a refund that of its own.
fn is_of_our_request(row: &SettlementRow, one: &Candidate) -> bool {
    let ours = match one.operation.kind {
        OperationKind::Capture(_) => Some(&one.request_id),
        OperationKind::Refund(_) => one.operation.merchant_request_id.as_ref(),
        OperationKind::Other(_) => None,
    };
    row.order_hint.is_some() && row.order_hint.as_ref() == ours
}

/// `named` are the operations the row's strongest key means; never none.
fn resolve<'a>(row: &SettlementRow, named: &[&'a Candidate]) -> Verdict<'a> {
    let first = named.iter().find(|one| !one.settled).or(named.first()).copied();
    let ours: Vec<&Candidate> = named
        .iter()
        .copied()
        .filter(|one| row.merchant_id.as_ref().is_none_or(|merchant| is_same(merchant, &one.merchant_id)))
        .collect();
    if ours.is_empty() {
        return Verdict::open(first, Objection::Merchant);
    }
    let same_sum: Vec<&Candidate> =
        ours.iter().copied().filter(|one| ledger_sum(row, one) == Some(row.amount_minor)).collect();
    if same_sum.is_empty() {
        if let Some(one) = ours.iter().copied().find(|one| is_a_part(row, one)) {
            let objection = own_sums(row);
            return Verdict { about: Some(one), is_part: objection.is_none(), objection };
        }
        let about = ours.iter().find(|one| !one.settled).or(ours.first()).copied();
        let objection = about.map_or(Objection::NoOperation, |one| difference(row, one));
        return Verdict::open(about, objection);
    }
    let about = same_sum.iter().find(|one| !one.settled).or(same_sum.first()).copied();
    if let Some(objection) = own_sums(row) {
        return Verdict::open(about, objection);
    }
    let done: Vec<&Candidate> =
        same_sum.iter().copied().filter(|one| one.operation.status == OperationStatus::Success).collect();
    let Some(last) = done.last() else {
        let word = about.map(|one| one.operation.status.word().to_owned()).unwrap_or_default();
        return Verdict::open(about, Objection::NotSuccessful(word));
    };
    let free: Vec<&Candidate> = done.iter().copied().filter(|one| !one.settled).collect();
    match free.first() {
        None => Verdict::open(Some(last), Objection::AlreadySettled),
        // Of one payment, equal movements stand for one another; of two payments they do not.
        Some(one) if free.iter().any(|other| other.attempt != one.attempt) => {
            Verdict::open(Some(one), Objection::Ambiguous)
        }
        Some(one) => Verdict { about: Some(one), objection: None, is_part: false },
    }
}

/// Merchants' numbers are filled up with zeros here and there.
fn is_same(merchant: &str, other: &str) -> bool {
    merchant.trim_start_matches('0') == other.trim_start_matches('0')
}

/// Whether this row and the others about the same payment add up to what was collected of it.
fn is_a_part(row: &SettlementRow, one: &Candidate) -> bool {
    one.operation.brought_money()
        && row.amount_minor > 0
        && row.provider_id.as_ref() == Some(&one.operation.id)
        && row.currency == one.operation.currency
        && one.other_parts.and_then(|others| others.checked_add(row.amount_minor))
            == Some(one.operation.amount_minor)
}

/// What is wrong with the row whatever it is about.
fn own_sums(row: &SettlementRow) -> Option<Objection> {
    if row.amount_minor.checked_sub(row.commission_minor) != Some(row.net_minor) {
        return Some(Objection::Net);
    }
    (row.commission_minor.unsigned_abs() > row.amount_minor.unsigned_abs()).then_some(Objection::Commission)
}

/// The operation's sum as a row in this currency would write it.
fn ledger_sum(row: &SettlementRow, one: &Candidate) -> Option<i64> {
    let charged_in = one.product.charged_in(one.ordered_in);
    let minor = if row.currency == one.operation.currency {
        one.operation.amount_minor
    } else if charged_in == FILES_OF_THE_BANK && row.currency == FILES_OF_THE_BANK.code() {
        one.operation.charged_minor
    } else {
        return None;
    };
    match row.movement {
        Movement::Refund | Movement::Chargeback | Movement::Reversal => minor.checked_neg(),
        Movement::Payment | Movement::Other(_) => Some(minor),
    }
}

/// The bank charges accounts, and writes its files, in hryvnias, whatever the order's currency. Other providers do not:
/// their hryvnias are another currency than the payment's.
const FILES_OF_THE_BANK: Currency = Currency::Uah;

fn difference(row: &SettlementRow, one: &Candidate) -> Objection {
    match ledger_sum(row, one) {
        Some(ledger) => Objection::Sum { ledger, row: row.amount_minor },
        None => Objection::Currency { ledger: one.operation.currency.clone(), row: row.currency.clone() },
    }
}

impl<'a> Verdict<'a> {
    fn open(about: Option<&'a Candidate>, objection: Objection) -> Self {
        Self { about, objection: Some(objection), is_part: false }
    }

    /// How the row stands.
    pub fn kind(&self) -> Kind {
        self.objection.as_ref().map_or(Kind::Matched, Objection::kind)
    }
}

#[cfg(test)]
#[path = "matching/tests.rs"]
mod tests;
