//! Which attempt an order's page speaks of, and which payments may go back. Pure; the backend decides again.

use checkout_api::{PaymentState, Product, SessionId, ShopAttempt, ShopOrder};
use money::Amount;

use crate::instant::is_before;

/// Who moves the money of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Provider {
    /// The bank, through AlliancePay.
    AlliancePay,
    /// Alipay+, through Worldline Connect.
    AlipayPlus,
}

/// A payment of the order that brought money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// Its attempt; `None` for the payment that paid the order: its refund goes by lines.
    pub session: Option<SessionId>,
    /// The way it was paid.
    pub product: Product,
    /// When the attempt began.
    pub created_at: String,
    /// What of it is left.
    pub left: Amount,
    /// Whether its money may go back now.
    pub open: bool,
}

impl Provider {
    /// Of a way to pay; a word of a newer backend is taken for the bank's.
    pub const fn of(product: &Product) -> Self {
        match product {
            Product::AlipayPlus => Self::AlipayPlus,
            Product::Card | Product::A2a | Product::Unrecognized(_) => Self::AlliancePay,
        }
    }

    /// Its name, the same in every language.
    pub const fn name(self) -> &'static str {
        match self {
            Self::AlliancePay => "AlliancePay",
            Self::AlipayPlus => "Alipay+",
        }
    }
}

/// The attempt that the order's state is of: the first whose money is not all back, else the first that brought any,
/// else the latest.
pub fn leading(order: &ShopOrder) -> Option<&ShopAttempt> {
    paid(order).or_else(|| order.attempts.last())
}

/// Every payment that has money left, the one that paid the order first.
pub fn payments(order: &ShopOrder) -> Vec<Payment> {
    let main = paid(order).map(|attempt| &attempt.session);
    let payment = |attempt: &ShopAttempt| {
        let left = attempt.refundable.filter(|left| !left.is_zero())?;
        let is_main = main == Some(&attempt.session);
        Some(Payment {
            session: (!is_main).then(|| attempt.session.clone()),
            product: attempt.product.clone(),
            created_at: attempt.created_at.clone(),
            left,
            open: attempt.refund_hindrance.is_none() && (!is_main || order.refundable.possible),
        })
    };
    let mut all: Vec<Payment> = order.attempts.iter().filter_map(payment).collect();
    all.sort_by_key(|payment| payment.session.is_some());
    all
}

/// Whether anything of the order may go back now.
pub fn is_refundable(order: &ShopOrder) -> bool {
    order.refundable.possible || payments(order).iter().any(|payment| payment.open)
}

/// Whether whoever moves the money has answered since the first callback came: an answer from before it confirms nothing.
pub fn is_confirmed(attempt: &ShopAttempt) -> bool {
    match (&attempt.notified_at, &attempt.asked_at) {
        (Some(notified), Some(asked)) => !is_before(asked, notified),
        (None, _) | (_, None) => false,
    }
}

fn paid(order: &ShopOrder) -> Option<&ShopAttempt> {
    let mut paid = order.attempts.iter().filter(|attempt| attempt.refundable.is_some());
    paid.clone().find(|attempt| attempt.state != PaymentState::Refunded).or_else(|| paid.next())
}

#[cfg(test)]
mod tests;
