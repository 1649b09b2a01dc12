//! Which sums a product takes. Data, so that an order that does not qualify is told by looking.

use money::{Amount, Currency};

/// The sums a product takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Limits {
    /// Any sum in any of our currencies.
    Any,
    /// Only these; an empty list takes nothing.
    Only(Vec<Within>),
}

/// The sums of one currency, ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Within {
    /// The currency.
    pub currency: Currency,
    /// The least sum in minor units.
    pub least: i64,
    /// The largest sum in minor units.
    pub most: i64,
}

impl Limits {
    /// Whether an order of this sum can be paid so.
    pub fn take(&self, amount: Amount) -> bool {
        match self {
            Self::Any => true,
            Self::Only(list) => list.iter().any(|within| within.takes(amount)),
        }
    }
}

impl Within {
    fn takes(&self, amount: Amount) -> bool {
        self.currency == amount.currency() && (self.least..=self.most).contains(&amount.minor())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_qualifies_by_its_currency_and_its_sum() {
        let limits = Limits::Only(vec![Within { currency: Currency::Eur, least: 100, most: 1_000 }]);
        let takes = |minor, currency| limits.take(Amount::new(minor, currency).unwrap());
        assert!(takes(100, Currency::Eur) && takes(1_000, Currency::Eur));
        assert!(!takes(99, Currency::Eur) && !takes(1_001, Currency::Eur) && !takes(500, Currency::Uah));
        assert!(!Limits::Only(Vec::new()).take(Amount::new(1, Currency::Eur).unwrap()));
        assert!(Limits::Any.take(Amount::new(1, Currency::Uah).unwrap()));
    }
}
