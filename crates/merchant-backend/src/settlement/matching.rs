//! What a row means for the ledger. Pure: the row and the operations it may be about in, the verdict out.
//!
//! A key speaks only where the stronger ones are silent: the provider's own id, the operation's id, the reference
//! number, the order's number. Our own id of a request is nobody else's, so it speaks wherever the others found nothing.

use std::fmt;

use super::row::{Kind, Movement, SettlementRow};
use crate::payments::attempt::{AttemptId, OrderId};
use crate::payments::state::Fact;
use crate::provider::{Operation, OperationKind, OperationStatus};

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

/// Why a row settles nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Objection {
    /// The ledger knows no such operation.
    NoOperation,
    /// The row names nothing an operation could be found by.
    NoKey,
    /// A kind of movement we do not know.
    UnknownMovement(String),
    /// Another hand than the merchant's took the payment's money back, and the provider has not told of it yet.
    TakenBack,
    /// What another hand had taken came back: what that means a person decides.
    CameBack,
    /// A dispute was announced; no money has moved.
    Disputed,
    /// The operation has not succeeded, as far as the provider told us.
    NotSuccessful(String),
    /// More than one payment fits, and nothing tells which is meant.
    Ambiguous,
    /// Another sum than the operation's.
    Sum {
        /// What the ledger has.
        ledger: i64,
        /// What the row has.
        row: i64,
    },
    /// Another currency than the operation's.
    Currency {
        /// What the ledger has.
        ledger: String,
        /// What the row has.
        row: String,
    },
    /// Another merchant than the operation's.
    Merchant,
    /// The row's own sums do not add up.
    Net,
    /// The commission is larger than the payment.
    Commission,
    /// Another row settles this operation.
    AlreadySettled,
    /// The reference number is this operation's, the operation's id is another's.
    IdsDiffer,
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
    let same_sum: Vec<&Candidate> = ours
        .iter()
        .copied()
        .filter(|one| ledger_sum(row, &one.operation) == Some(row.amount_minor))
        .collect();
    if same_sum.is_empty() {
        if let Some(one) = ours.iter().copied().find(|one| is_a_part(row, one)) {
            let objection = own_sums(row);
            return Verdict { about: Some(one), is_part: objection.is_none(), objection };
        }
        let about = ours.iter().find(|one| !one.settled).or(ours.first()).copied();
        let objection = about.map_or(Objection::NoOperation, |one| difference(row, &one.operation));
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
fn ledger_sum(row: &SettlementRow, operation: &Operation) -> Option<i64> {
    let minor = if row.currency == operation.currency {
        operation.amount_minor
    } else if row.currency == CHARGED_IN {
        operation.charged_minor
    } else {
        return None;
    };
    match row.movement {
        Movement::Refund | Movement::Chargeback | Movement::Reversal => minor.checked_neg(),
        Movement::Payment | Movement::Other(_) => Some(minor),
    }
}

/// Accounts are charged, and files are written, in hryvnias, whatever the order's currency.
const CHARGED_IN: &str = "UAH";

fn difference(row: &SettlementRow, operation: &Operation) -> Objection {
    match ledger_sum(row, operation) {
        Some(ledger) => Objection::Sum { ledger, row: row.amount_minor },
        None => Objection::Currency { ledger: operation.currency.clone(), row: row.currency.clone() },
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

impl Objection {
    /// How a row with this objection stands.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::NoOperation
            | Self::NoKey
            | Self::UnknownMovement(_)
            | Self::TakenBack
            | Self::CameBack
            | Self::Disputed
            | Self::NotSuccessful(_)
            | Self::Ambiguous => Kind::Unmatched,
            Self::Sum { .. }
            | Self::Currency { .. }
            | Self::Merchant
            | Self::Net
            | Self::Commission
            | Self::AlreadySettled
            | Self::IdsDiffer => Kind::Mismatched,
        }
    }

    /// Whether the provider may know more of the operation by now than the ledger does.
    pub const fn may_be_old_news(&self) -> bool {
        match self {
            Self::TakenBack | Self::NotSuccessful(_) | Self::Sum { .. } => true,
            Self::NoOperation
            | Self::NoKey
            | Self::UnknownMovement(_)
            | Self::CameBack
            | Self::Disputed
            | Self::Ambiguous
            | Self::Currency { .. }
            | Self::Merchant
            | Self::Net
            | Self::Commission
            | Self::AlreadySettled
            | Self::IdsDiffer => false,
        }
    }

    /// A stable word for it.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::NoOperation => "no_operation",
            Self::NoKey => "no_key",
            Self::UnknownMovement(_) => "unknown_movement",
            Self::TakenBack => "taken_back",
            Self::CameBack => "came_back",
            Self::Disputed => "disputed",
            Self::NotSuccessful(_) => "not_successful",
            Self::Ambiguous => "ambiguous",
            Self::Sum { .. } => "sum",
            Self::Currency { .. } => "currency",
            Self::Merchant => "merchant",
            Self::Net => "net",
            Self::Commission => "commission",
            Self::AlreadySettled => "already_settled",
            Self::IdsDiffer => "ids_differ",
        }
    }
}

/// In words, for a person.
impl fmt::Display for Objection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoOperation => f.write_str(
                "the ledger knows no such operation; the row is looked at again when it learns of one",
            ),
            Self::NoKey => f.write_str("the row has no id, reference number or order number"),
            Self::UnknownMovement(word) => write!(f, "the kind of movement `{word}` is not known"),
            Self::TakenBack => f.write_str(
                "this payment's money was taken back; the provider is asked, and the row is looked at again",
            ),
            Self::CameBack => {
                f.write_str("money that had been taken back from this payment came again: look at the order")
            }
            Self::Disputed => f.write_str("a dispute about this payment was announced; no money has moved"),
            Self::NotSuccessful(word) => write!(
                f,
                "the operation stands at {word} in the ledger; the row is looked at again when that changes"
            ),
            Self::Ambiguous => f.write_str("more than one payment fits, and nothing tells which is meant"),
            Self::Sum { ledger, row } => {
                write!(f, "the ledger has {ledger} in minor units, the row has {row}")
            }
            Self::Currency { ledger, row } => write!(f, "the ledger has {ledger}, the row has {row}"),
            Self::Merchant => f.write_str("the row names another merchant than the operation's"),
            Self::Net => f.write_str("the net sum is not the sum less the commission"),
            Self::Commission => f.write_str("the commission is larger than the sum"),
            Self::AlreadySettled => f.write_str("another row settles this operation already"),
            Self::IdsDiffer => {
                f.write_str("the reference number is this operation's, but the operation's id is another one")
            }
        }
    }
}

#[cfg(test)]
#[path = "matching/tests.rs"]
mod tests;
