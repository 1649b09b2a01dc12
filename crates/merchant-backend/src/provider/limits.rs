//! Which orders a product takes: by country, currency and sum. Data, so that an order that does not qualify is told by
//! looking.

use money::{Amount, Currency};

use crate::country::Country;

/// The orders a product takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Limits {
    /// Any sum in any of our currencies, from anywhere.
    Any,
    /// None at all.
    Nothing,
    /// Only what is in the list; an empty list takes nothing.
    Only {
        /// Where the buyer of an order is that names no country.
        home: Country,
        /// What is taken.
        list: Vec<Within>,
    },
}

/// The sums of one currency that are taken from one country, ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Within {
    /// The buyer's country.
    pub country: Country,
    /// The currency.
    pub currency: Currency,
    /// The least sum in minor units.
    pub least: i64,
    /// The largest sum in minor units.
    pub most: i64,
}

impl Limits {
    /// Whether an order of this sum can be paid so; `country` is the buyer's, where the shop names it.
    pub fn take(&self, amount: Amount, country: Option<Country>) -> bool {
        match self {
            Self::Any => true,
            Self::Nothing => false,
            Self::Only { home, list } => {
                let country = country.unwrap_or(*home);
                list.iter().any(|within| within.takes(amount, country))
            }
        }
    }
}

impl Within {
    fn takes(&self, amount: Amount, country: Country) -> bool {
        self.country == country
            && self.currency == amount.currency()
            && (self.least..=self.most).contains(&amount.minor())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_qualifies_by_its_country_its_currency_and_its_sum() {
        let (home, abroad) = (country("DE"), country("AT"));
        let within = |country, most| Within { country, currency: Currency::Eur, least: 100, most };
        let limits = Limits::Only { home, list: vec![within(home, 1_000), within(abroad, 500)] };
        let takes = |minor, currency, from| limits.take(Amount::new(minor, currency).unwrap(), from);
        assert!(takes(100, Currency::Eur, None) && takes(1_000, Currency::Eur, Some(home)));
        assert!(!takes(99, Currency::Eur, None) && !takes(1_001, Currency::Eur, None));
        assert!(!takes(500, Currency::Uah, None));
        assert!(takes(500, Currency::Eur, Some(abroad)) && !takes(501, Currency::Eur, Some(abroad)));
        assert!(!takes(500, Currency::Eur, Some(country("UA"))));
        let euro = Amount::new(1, Currency::Eur).unwrap();
        assert!(!Limits::Only { home, list: Vec::new() }.take(euro, None));
        assert!(Limits::Any.take(euro, Some(abroad)) && !Limits::Nothing.take(euro, None));
    }

    fn country(code: &str) -> Country {
        code.parse().unwrap()
    }
}
