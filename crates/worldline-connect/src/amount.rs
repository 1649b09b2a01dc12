//! A sum as the platform writes it: an integer with two decimals in every currency, and the currency's letters.

use money::{Amount, Currency};
use serde::{Deserialize, Serialize};

/// A sum of money.
///
/// `amount` is "in cents and always having 2 decimals" (SDK), also for currencies that have none: 500 yen are `50000`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AmountOfMoney {
    /// The sum in hundredths of the currency's main unit.
    pub amount: i64,
    /// ISO 4217 letters, such as `EUR`.
    pub currency_code: String,
}

impl AmountOfMoney {
    /// A sum of hundredths of the main unit.
    pub fn new(amount: i64, currency_code: impl Into<String>) -> Self {
        Self { amount, currency_code: currency_code.into() }
    }

    /// The same sum in our own type; `None` when it is negative or in a currency that type does not have.
    pub fn to_amount(&self) -> Option<Amount> {
        // Each currency of `money` has two decimals, so its minor units are the platform's hundredths.
        Amount::new(self.amount, self.currency_code.parse::<Currency>().ok()?).ok()
    }
}

impl From<Amount> for AmountOfMoney {
    fn from(amount: Amount) -> Self {
        Self::new(amount.minor(), amount.currency().code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_currency_of_ours_has_the_two_decimals_the_platform_writes() {
        for currency in Currency::ALL {
            assert_eq!(currency.decimals(), 2);
            let amount = Amount::new(1_099, currency).unwrap();
            assert_eq!(AmountOfMoney::from(amount).to_amount(), Some(amount));
        }
    }

    #[test]
    fn a_sum_that_is_not_whole_is_refused() {
        assert!(serde_json::from_str::<AmountOfMoney>(r#"{"amount":10.99,"currencyCode":"EUR"}"#).is_err());
        assert_eq!(AmountOfMoney::new(500, "HKD").to_amount(), None);
        assert_eq!(AmountOfMoney::new(-1, "EUR").to_amount(), None);
    }
}
