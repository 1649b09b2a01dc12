//! What came, what went back and what may still go: one attempt's payments and all refunds of its order. Pure.

use checkout_api::OrderLine;
use money::Amount;

use super::{Refund, RefundState};
use crate::payments::attempt::{Attempt, AttemptId};
use crate::payments::state::{Fact, State};
use crate::provider::{Operation, OperationKind, OperationStatus};

/// All that decides about refunds of one attempt.
#[derive(Debug, Clone)]
pub struct Book<'a> {
    /// The attempt whose money may go back.
    pub attempt: &'a Attempt,
    /// Whether another attempt of the order holds money too: then this one's return leaves the goods paid for.
    pub paid_twice: bool,
    /// The basket.
    pub lines: &'a [OrderLine],
    /// Shipping, in minor units.
    pub shipping_minor: i64,
    /// All movements known of the attempt.
    pub operations: &'a [Operation],
    /// All refunds of the order, of every attempt.
    pub refunds: &'a [Refund],
}

/// One movement that brought money, and what of it is gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// The provider's id of the movement.
    pub id: String,
    /// The id that refunds refer to.
    pub operation_id: Option<String>,
    /// Whether the provider gives it back.
    pub at_bank: bool,
    /// What came, in minor units of the attempt's currency.
    pub came: i64,
    /// The same in minor units of the currency the buyer was charged in.
    pub charged: i64,
    /// What went back or is under way.
    pub gone: i64,
    /// The same in the currency charged.
    pub gone_charged: i64,
}

/// A line and what of it may still go back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineStanding {
    /// How many went back: refunds that are done.
    pub refunded_quantity: u32,
    /// How much went back: refunds that are done.
    pub refunded_minor: i64,
    /// How many may still go back.
    pub quantity: u32,
    /// How much may still go back.
    pub minor: i64,
}

impl Payment {
    /// What may still go back.
    pub const fn left(&self) -> i64 {
        let left = self.came - self.gone;
        if left > 0 { left } else { 0 }
    }

    /// What the buyer's account is to be given for `part` of this payment. Exact integers; parts that add up to the
    /// whole add up to all that was charged, to the last minor unit.
    pub fn share(&self, part: i64) -> Option<i64> {
        let left = self.charged.checked_sub(self.gone_charged)?;
        if part == self.left() {
            return Some(left);
        }
        let upto = |minor: i64| {
            let (charged, minor, came) = (i128::from(self.charged), i128::from(minor), i128::from(self.came));
            (2 * charged * minor + came).checked_div(2 * came)
        };
        let share = upto(self.gone.checked_add(part)?)? - upto(self.gone)?;
        Some(i64::try_from(share).ok()?.min(left))
    }

    /// What of this payment `charged` is, rounded up: never less is taken off than went.
    fn part_of(&self, charged: i64) -> i64 {
        if self.came == self.charged || self.charged <= 0 {
            return charged;
        }
        let (charged, came, whole) = (i128::from(charged), i128::from(self.came), i128::from(self.charged));
        i64::try_from((charged * came + whole - 1) / whole).unwrap_or(i64::MAX)
    }
}

impl Book<'_> {
    /// The payments of this attempt, oldest first.
    pub fn payments(&self) -> Vec<Payment> {
        let mut payments = self.count(RefundState::holds_money, |status| match status {
            OperationStatus::Success | OperationStatus::Undecided(_) => true,
            OperationStatus::Failed(_) => false,
        });
        // What another hand took cannot go back once more, and is no refund either.
        for operation in self.operations.iter().filter(|one| one.took_money()) {
            take_off(&mut payments, operation);
        }
        payments
    }

    /// Whether the provider gives nothing back yet, because it has still to collect the money.
    pub fn waits_for_settlement(&self) -> bool {
        matches!(self.attempt.state, State::Captured | State::PartiallyRefunded)
            && self.attempt.product.waits_for_settlement(self.operations)
    }

    /// What may still go back of all payments.
    pub fn left(&self) -> i64 {
        sum(&self.payments(), Payment::left)
    }

    /// What may still go back now: of a payment that is refunded nothing, unless the buyer paid the same page once more.
    pub fn may_still_go_back(&self) -> i64 {
        if self.attempt.state == State::Refunded { self.came_again() } else { self.left() }
    }

    /// What came beyond all that went back, where something did. Refunds that name no payment are all taken off the first
    /// one: the sums tell, not what stands beside a single payment.
    fn came_again(&self) -> i64 {
        let payments = self.payments();
        let (came, gone) = (sum(&payments, |one| one.came), sum(&payments, |one| one.gone));
        if gone > 0 { came.saturating_sub(gone).clamp(0, self.left()) } else { 0 }
    }

    /// What the refunds that are done mean for the attempt.
    pub fn went_back(&self) -> Option<Fact> {
        let came = sum(&self.done(), |payment| payment.came);
        match self.gone() {
            0 => None,
            gone if gone >= came => Some(Fact::AllWentBack),
            _ => Some(Fact::PartWentBack),
        }
    }

    /// Whether more came than the order asks for and what was too much is gone again. What went back before the last
    /// payment came, and was no surplus then, is none now.
    pub fn surplus_went_back(&self) -> bool {
        let asked = self.attempt.order_amount.minor();
        let came = sum(&self.done(), |payment| payment.came);
        let (came_before, gone_before) = self.before_the_last_payment();
        let too_much_before = came_before.saturating_sub(asked).max(0);
        let no_surplus = gone_before.saturating_sub(too_much_before).max(0);
        came > asked && came.saturating_sub(self.gone().saturating_sub(no_surplus)) <= asked
    }

    /// What had come, and what had gone back by refunds of ours. Those that others made are dated by the provider's clock and
    /// count as made after; of a single payment nothing was before.
    fn before_the_last_payment(&self) -> (i64, i64) {
        let came = self
            .operations
            .iter()
            .filter(|one| one.brought_money() && one.currency == self.attempt.amount.currency().code());
        let mut came: Vec<_> = came.filter_map(|one| Some((one.created_at?, one.amount_minor))).collect();
        came.sort_unstable();
        let Some(((last, _), before)) = came.split_last().filter(|(_, before)| !before.is_empty()) else {
            return (0, 0);
        };
        let went = self
            .of_attempt(self.attempt.id)
            .filter(|refund| refund.state == RefundState::Success && refund.created_at < *last)
            .map(|refund| refund.amount.minor());
        let came_before = before.iter().map(|(_, minor)| *minor).fold(0, i64::saturating_add);
        (came_before, went.fold(0, i64::saturating_add))
    }

    /// What went back by refunds that are done, whoever made them.
    pub fn gone(&self) -> i64 {
        sum(&self.done(), |payment| payment.gone)
    }

    /// How a line stands, by its id.
    pub fn line(&self, line: &OrderLine) -> LineStanding {
        let sum = |counts: fn(RefundState) -> bool| {
            self.refunds
                .iter()
                .filter(|refund| counts(refund.state))
                .flat_map(|refund| &refund.lines)
                .filter(|part| part.id == line.id)
                .fold((0_u32, 0_i64), |(quantity, minor), part| {
                    (quantity.saturating_add(part.quantity), minor.saturating_add(part.minor))
                })
        };
        let (refunded_quantity, refunded_minor) = sum(|state| state == RefundState::Success);
        let (quantity, minor) = sum(RefundState::holds_money);
        let whole = line.unit_minor.saturating_mul(i64::from(line.quantity));
        LineStanding {
            refunded_quantity,
            refunded_minor,
            quantity: line.quantity.saturating_sub(quantity),
            minor: whole.saturating_sub(minor).max(0),
        }
    }

    /// What of shipping may still go back.
    pub fn shipping_left(&self) -> i64 {
        let refunds = self.refunds.iter().filter(|refund| refund.state.holds_money());
        let gone = refunds.map(|refund| refund.shipping_minor).fold(0, i64::saturating_add);
        self.shipping_minor.saturating_sub(gone).max(0)
    }

    /// A sum of the attempt's currency; nothing where it does not fit.
    pub fn amount(&self, minor: i64) -> Option<Amount> {
        Amount::new(minor, self.attempt.amount.currency()).ok()
    }

    fn done(&self) -> Vec<Payment> {
        self.count(|state| state == RefundState::Success, |status| *status == OperationStatus::Success)
    }

    fn count(&self, ours: fn(RefundState) -> bool, theirs: fn(&OperationStatus) -> bool) -> Vec<Payment> {
        let currency = self.attempt.amount.currency().code();
        let mut payments: Vec<Payment> = self
            .operations
            .iter()
            .filter(|one| one.brought_money() && one.currency == currency)
            .map(|one| Payment {
                id: one.id.clone(),
                operation_id: one.operation_id.clone(),
                at_bank: one.refundable && one.operation_id.is_some(),
                came: one.amount_minor,
                // A movement stored before charges were kept has none: it was charged as it was asked for.
                charged: if one.charged_minor > 0 { one.charged_minor } else { one.amount_minor },
                gone: 0,
                gone_charged: 0,
            })
            .collect();
        for refund in self.of_attempt(self.attempt.id).filter(|refund| ours(refund.state)) {
            if let Some(payment) = payments.iter_mut().find(|payment| payment.id == refund.payment) {
                payment.gone = payment.gone.saturating_add(refund.amount.minor());
                payment.gone_charged = payment.gone_charged.saturating_add(refund.charged_minor);
            }
        }
        for operation in self.foreign_refunds().filter(|one| theirs(&one.status)) {
            take_off(&mut payments, operation);
        }
        payments
    }

    /// Refunds that the provider shows and we did not make: by its own office, or by another program.
    fn foreign_refunds(&self) -> impl Iterator<Item = &Operation> {
        self.operations
            .iter()
            .filter(|one| matches!(one.kind, OperationKind::Refund(_)))
            .filter(|one| !self.refunds.iter().any(|refund| is_of(refund, one)))
    }

    fn of_attempt(&self, attempt: AttemptId) -> impl Iterator<Item = &Refund> {
        self.refunds.iter().filter(move |refund| refund.attempt == attempt)
    }
}

fn sum(payments: &[Payment], of: fn(&Payment) -> i64) -> i64 {
    payments.iter().map(of).fold(0, i64::saturating_add)
}

/// Counts what a movement of the provider's took of the payment that it names.
fn take_off(payments: &mut [Payment], operation: &Operation) {
    let named = operation.gives_back.as_deref();
    let fits = |payment: &Payment| {
        named == Some(payment.id.as_str()) || (named.is_some() && named == payment.operation_id.as_deref())
    };
    // One that names no payment we know still takes money off: off the first.
    let index = payments.iter().position(fits).unwrap_or(0);
    if let Some(payment) = payments.get_mut(index) {
        payment.gone = payment.gone.saturating_add(payment.part_of(operation.charged_minor));
        payment.gone_charged = payment.gone_charged.saturating_add(operation.charged_minor);
    }
}

/// Whether the provider's movement is this refund.
pub fn is_of(refund: &Refund, operation: &Operation) -> bool {
    match (&refund.merchant_request_id, &operation.merchant_request_id) {
        (Some(ours), Some(theirs)) => ours.eq_ignore_ascii_case(theirs),
        (None, _) | (_, None) => false,
    }
}

/// Whether money of an attempt in this state may go back.
pub const fn may_go_back(state: State) -> bool {
    match state {
        State::Captured | State::Paid | State::PartiallyRefunded => true,
        State::Created | State::Redirected | State::Refunded | State::Rejected | State::Cancelled => false,
    }
}
