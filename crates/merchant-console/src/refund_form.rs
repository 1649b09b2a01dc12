//! The refund dialog as data: what staff chose, what it comes to, what the backend is asked. Pure, so that "never more
//! than remains" is proved without a browser; the backend decides again all the same.

use checkout_api::{RefundRequest, RefundRequestLine, ShopLine, ShopOrder};
use money::Currency;

use crate::sum::typed;

/// What goes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Everything that remains.
    Everything,
    /// Per line, by quantity or sum, with shipping.
    Lines,
    /// A free sum.
    Sum,
}

/// What may go back, as the order says now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// The order's currency.
    pub currency: Currency,
    /// In all.
    pub minor: i64,
    /// Of shipping.
    pub shipping_minor: i64,
    /// Line by line.
    pub lines: Vec<ShopLine>,
}

/// One line of the form, as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Part {
    /// How many.
    pub quantity: String,
    /// How much.
    pub sum: String,
}

/// The whole form, as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// What goes back.
    pub way: Way,
    /// One part for each line of the order, in its order.
    pub parts: Vec<Part>,
    /// Shipping, as typed.
    pub shipping: String,
    /// The free sum, as typed.
    pub sum: String,
    /// Staff's words.
    pub reason: String,
    /// Recorded only.
    pub offline: bool,
}

/// What is wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mistake {
    /// Not a number.
    Unreadable,
    /// More money than is left; holds what is left.
    TooMuch(i64),
    /// More pieces than are left; holds what is left.
    TooMany(u32),
    /// A quantity and a sum.
    Both,
    /// Nothing at all.
    Nothing,
}

/// Where a mistake is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// A line, by its place.
    Line(usize),
    /// Shipping.
    Shipping,
    /// The free sum.
    Sum,
    /// The form as a whole.
    Whole,
}

impl Left {
    /// What the order says.
    pub fn of(order: &ShopOrder) -> Self {
        Self {
            currency: order.amount.currency(),
            minor: order.refundable.amount.minor(),
            shipping_minor: order.refundable.shipping_minor,
            lines: order.lines.clone(),
        }
    }
}

impl Draft {
    /// The form as it opens: everything that remains.
    pub fn new(left: &Left) -> Self {
        Self {
            way: Way::Everything,
            parts: left.lines.iter().map(|_| Part::default()).collect(),
            shipping: String::new(),
            sum: String::new(),
            reason: String::new(),
            offline: false,
        }
    }

    /// What it comes to, in minor units, or every mistake.
    pub fn total(&self, left: &Left) -> Result<i64, Vec<(Field, Mistake)>> {
        let mut mistakes = Vec::new();
        let mut take = |field, read: Result<i64, Mistake>| match read {
            Ok(minor) => minor,
            Err(mistake) => {
                mistakes.push((field, mistake));
                0
            }
        };
        let total = match self.way {
            Way::Everything => left.minor,
            Way::Sum => take(Field::Sum, read_sum(&self.sum, left.minor, left.currency)),
            Way::Lines => {
                let lines = self.parts.iter().zip(&left.lines).enumerate();
                let lines =
                    lines.map(|(place, (part, line))| take(Field::Line(place), part.minor(line, left)));
                let sum = lines.fold(0_i64, i64::saturating_add);
                let shipping = read_sum(&self.shipping, left.shipping_minor, left.currency);
                sum.saturating_add(take(Field::Shipping, shipping))
            }
        };
        if mistakes.is_empty() {
            if total <= 0 {
                mistakes.push((Field::Whole, Mistake::Nothing));
            } else if total > left.minor {
                mistakes.push((Field::Whole, Mistake::TooMuch(left.minor)));
            }
        }
        if mistakes.is_empty() { Ok(total) } else { Err(mistakes) }
    }

    /// What the backend is asked: the sum that was confirmed goes along, so that no other one goes back. Nothing where the
    /// form has mistakes. `session` names the payment where the order holds several.
    pub fn request(&self, left: &Left, session: Option<checkout_api::SessionId>) -> Option<RefundRequest> {
        let expected_minor = Some(self.total(left).ok()?);
        let minor = |text: &str| typed(text, left.currency).map(money::Amount::minor).filter(|sum| *sum > 0);
        let reason = Some(self.reason.trim().to_owned()).filter(|reason| !reason.is_empty());
        let offline = self.offline;
        let base = RefundRequest { expected_minor, reason, offline, session, ..RefundRequest::default() };
        Some(match self.way {
            Way::Everything => base,
            Way::Sum => RefundRequest { amount_minor: minor(&self.sum), ..base },
            Way::Lines => {
                let parts = self.parts.iter().zip(&left.lines);
                let lines: Vec<_> = parts.filter_map(|(part, line)| part.request(line, left)).collect();
                let shipping = minor(&self.shipping);
                RefundRequest {
                    lines: Some(lines).filter(|lines| !lines.is_empty()),
                    shipping_minor: shipping,
                    ..base
                }
            }
        })
    }
}

impl Part {
    /// What it comes to, or what is wrong with it.
    pub fn minor(&self, line: &ShopLine, left: &Left) -> Result<i64, Mistake> {
        match (self.quantity.trim(), self.sum.trim()) {
            ("", "") => Ok(0),
            ("", sum) => read_sum(sum, line.refundable_minor, left.currency),
            (quantity, "") => {
                let quantity: u32 = quantity.parse().map_err(|_| Mistake::Unreadable)?;
                if quantity > line.refundable_quantity {
                    return Err(Mistake::TooMany(line.refundable_quantity));
                }
                // Where a part of the sum went back before, the pieces bring no more than the rest of it.
                Ok(line.unit_minor.saturating_mul(i64::from(quantity)).min(line.refundable_minor))
            }
            (_, _) => Err(Mistake::Both),
        }
    }

    fn request(&self, line: &ShopLine, left: &Left) -> Option<RefundRequestLine> {
        let quantity = self.quantity.trim().parse().ok().filter(|quantity| *quantity > 0);
        let amount_minor = typed(&self.sum, left.currency).map(money::Amount::minor).filter(|sum| *sum > 0);
        if quantity.is_none() && amount_minor.is_none() {
            return None;
        }
        Some(RefundRequestLine { id: line.id.clone(), quantity, amount_minor })
    }
}

fn read_sum(text: &str, most: i64, currency: Currency) -> Result<i64, Mistake> {
    if text.trim().is_empty() {
        return Ok(0);
    }
    let minor = typed(text, currency).map(money::Amount::minor).ok_or(Mistake::Unreadable)?;
    if minor > most { Err(Mistake::TooMuch(most)) } else { Ok(minor) }
}

#[cfg(test)]
mod tests;
