//! A wish to refund becomes an exact plan, or is refused with the reason. Pure: decided inside the transaction that
//! stores the plan, so two wishes at once never take more than there is.

use money::{Amount, Currency};

use super::book::{Book, may_go_back};
use crate::payments::product::Product;
use crate::payments::state::State;

/// What is to go back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// How much.
    pub what: What,
    /// Shipping, on top of it.
    pub shipping_minor: i64,
    /// Recorded only.
    pub offline: bool,
    /// What it is expected to come to, where somebody confirmed a sum.
    pub expected_minor: Option<i64>,
}

/// How much is to go back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// All that remains.
    Everything,
    /// A free sum, in minor units; 0 with shipping alone.
    Sum(i64),
    /// Parts of lines.
    Lines(Vec<LineWish>),
}

/// A part of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineWish {
    /// So many, at the line's price.
    Quantity {
        /// The line.
        id: String,
        /// How many.
        quantity: u32,
    },
    /// So much of the line's sum.
    Sum {
        /// The line.
        id: String,
        /// How much.
        minor: i64,
    },
}

/// What will go back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// How much, in the order's currency.
    pub amount: Amount,
    /// The movement it is of.
    pub payment: String,
    /// The id that the provider knows that movement by; `None` when it is not asked.
    pub operation_id: Option<String>,
    /// The same in minor units of the currency the buyer was charged in.
    pub charged_minor: i64,
    /// How much of it is shipping.
    pub shipping_minor: i64,
    /// How much of it is of which line.
    pub lines: Vec<PlannedLine>,
}

/// What of a line goes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedLine {
    /// The shop's id of the line.
    pub id: String,
    /// How many; 0 for a sum.
    pub quantity: u32,
    /// How much.
    pub minor: i64,
}

/// Why nothing goes back.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No money of this attempt is known.
    #[error("the payment is {}: only money that came can go back; ask the bank by `check` if it should have", .0.word())]
    NotPaid(State),
    /// All of it went back or is on its way.
    #[error("nothing is left: all of it went back or is on its way")]
    NothingLeft,
    /// More than there is.
    #[error("only {left} minor units are left to go back")]
    TooMuch {
        /// What is left.
        left: i64,
    },
    /// The sum came in several payments.
    #[error(
        "the money came in several payments, and one refund takes from one: {largest} minor units at most"
    )]
    SeveralPayments {
        /// What the largest of them still has.
        largest: i64,
    },
    /// It comes to another sum than was confirmed.
    #[error(
        "it comes to {minor} minor units now, and {expected} were confirmed: something went back meanwhile"
    )]
    Changed {
        /// What was confirmed.
        expected: i64,
        /// What it would be.
        minor: i64,
    },
    /// The order has no such line.
    #[error("the order has no line `{0}`")]
    NoLine(String),
    /// More of a line than there is.
    #[error("of line `{id}` only {quantity} pieces and {minor} minor units are left")]
    TooMuchOfLine {
        /// The line.
        id: String,
        /// How many are left.
        quantity: u32,
        /// How much is left.
        minor: i64,
    },
    /// More shipping than there is.
    #[error("of shipping only {left} minor units are left")]
    TooMuchShipping {
        /// What is left.
        left: i64,
    },
    /// More than this person may give back at once.
    #[error("you may give back {limit} kopecks at once at most: ask somebody who may give back more")]
    OverLimit {
        /// The most.
        limit: i64,
    },
    /// More than this person may give back in a day.
    #[error("you may give back {limit} kopecks in 24 hours, and {left} of them are left")]
    OverDailyLimit {
        /// The most.
        limit: i64,
        /// What is left of it now.
        left: i64,
    },
    /// A person's limits are in hryvnias, and nothing else is counted against them.
    #[error("your limits are in hryvnias, and this payment gives back {}: ask somebody without limits", .0.code())]
    LimitsElsewhere(Currency),
    /// A sum of nothing, or below.
    #[error("a refund is of more than nothing")]
    Nothing,
    /// The bank gives such a payment back by no call.
    #[error(
        "the bank does not refund this kind of account-to-account payment (transactionType 102): pay the buyer \
         another way and record it with `offline`"
    )]
    NotAtBank,
    /// The provider does not give this payment back, or does not any more.
    #[error(
        "the provider does not give this payment back by a request: it says so itself, or it was charged in another \
         currency. Pay the buyer another way and record it with `offline`"
    )]
    NotByProvider,
    /// The provider gives money back only once it has collected it.
    #[error(
        "this provider gives money back only once it has collected it, in a few days: the state is then PAID. If the \
         order was paid twice, the other payment can go back now: name its `session`"
    )]
    WaitsForSettlement,
}

/// Decides what goes back.
pub fn plan(book: &Book<'_>, wish: &Wish) -> Result<Plan, Refusal> {
    let left = book.may_still_go_back();
    if book.attempt.state != State::Refunded && !may_go_back(book.attempt.state) {
        return Err(Refusal::NotPaid(book.attempt.state));
    }
    if left == 0 {
        return Err(Refusal::NothingLeft);
    }
    let (lines, shipping, minor) = match &wish.what {
        What::Everything if book.paid_twice => (Vec::new(), 0, left),
        What::Everything => {
            let (lines, shipping) = everything(book, left);
            (lines, shipping, left)
        }
        What::Sum(minor) => {
            let shipping = shipping(book, wish.shipping_minor)?;
            (Vec::new(), shipping, positive(*minor)?.saturating_add(shipping))
        }
        What::Lines(wishes) => {
            let lines = wishes.iter().try_fold(Vec::new(), |mut lines, wish| {
                let line = line(book, &lines, wish)?;
                lines.push(line);
                Ok(lines)
            })?;
            let shipping = shipping(book, wish.shipping_minor)?;
            let sum = lines.iter().map(|line| line.minor).fold(shipping, i64::saturating_add);
            (lines, shipping, sum)
        }
    };
    if minor <= 0 {
        return Err(Refusal::Nothing);
    }
    if minor > left {
        return Err(Refusal::TooMuch { left });
    }
    if let Some(expected) = wish.expected_minor.filter(|expected| *expected != minor) {
        return Err(Refusal::Changed { expected, minor });
    }
    let payments = book.payments();
    let fitting = payments.iter().filter(|payment| payment.left() >= minor);
    let payment = match fitting.clone().find(|payment| wish.offline || payment.at_bank) {
        Some(payment) => payment,
        None if fitting.count() > 0 => {
            return Err(if book.waits_for_settlement() {
                Refusal::WaitsForSettlement
            } else {
                match book.attempt.product {
                    Product::A2a => Refusal::NotAtBank,
                    Product::Card | Product::AlipayPlus => Refusal::NotByProvider,
                }
            });
        }
        None => {
            let largest = payments.iter().map(super::Payment::left).max().unwrap_or(0);
            return Err(Refusal::SeveralPayments { largest });
        }
    };
    let charged_minor = payment.share(minor).filter(|charged| *charged > 0).ok_or(Refusal::Nothing)?;
    Ok(Plan {
        amount: book.amount(minor).ok_or(Refusal::Nothing)?,
        payment: payment.id.clone(),
        operation_id: payment.operation_id.clone().filter(|_| !wish.offline),
        charged_minor,
        shipping_minor: shipping,
        lines,
    })
}

/// All pieces and all shipping that are left. Where a free sum went back before they are worth more than what is left: their
/// sums are cut from the end, so that they never add up to more than goes back.
fn everything(book: &Book<'_>, left: i64) -> (Vec<PlannedLine>, i64) {
    let mut rest = left;
    let mut take = |minor: i64| {
        let part = minor.min(rest);
        rest -= part;
        part
    };
    let lines = book.lines.iter().map(|line| (line, book.line(line)));
    let lines = lines.filter(|(_, standing)| standing.quantity > 0 || standing.minor > 0);
    let planned = lines.map(|(line, standing)| PlannedLine {
        id: line.id.clone(),
        quantity: standing.quantity,
        minor: take(standing.minor),
    });
    let planned = planned.collect();
    (planned, take(book.shipping_left()))
}

fn shipping(book: &Book<'_>, minor: i64) -> Result<i64, Refusal> {
    let left = book.shipping_left();
    if positive(minor)? > left { Err(Refusal::TooMuchShipping { left }) } else { Ok(minor) }
}

fn positive(minor: i64) -> Result<i64, Refusal> {
    if minor < 0 { Err(Refusal::Nothing) } else { Ok(minor) }
}

/// `before` are the parts already planned: a line named twice has less left the second time.
fn line(book: &Book<'_>, before: &[PlannedLine], wish: &LineWish) -> Result<PlannedLine, Refusal> {
    let (LineWish::Quantity { id, .. } | LineWish::Sum { id, .. }) = wish;
    let sold = book.lines.iter().find(|line| line.id == *id).ok_or_else(|| Refusal::NoLine(id.clone()))?;
    let standing = book.line(sold);
    let taken = before.iter().filter(|line| line.id == *id);
    let (quantity_left, minor_left) = taken
        .fold((standing.quantity, standing.minor), |(quantity, minor), part| {
            (quantity.saturating_sub(part.quantity), minor.saturating_sub(part.minor))
        });
    let (quantity, minor) = match wish {
        // Where a part of the sum went back before, the pieces bring no more than the rest of it.
        LineWish::Quantity { quantity, .. } => {
            (*quantity, sold.unit_minor.saturating_mul(i64::from(*quantity)).min(minor_left))
        }
        LineWish::Sum { minor, .. } => (0, positive(*minor)?),
    };
    if quantity > quantity_left || minor > minor_left {
        return Err(Refusal::TooMuchOfLine { id: id.clone(), quantity: quantity_left, minor: minor_left });
    }
    Ok(PlannedLine { id: id.clone(), quantity, minor })
}

#[cfg(test)]
mod tests;
