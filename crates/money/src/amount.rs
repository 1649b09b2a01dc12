//! A non-negative sum in minor units. Arithmetic is checked: a sum that does not fit is an error, never a wrap.

use core::fmt;

use crate::Currency;

/// A sum of money: minor units (kopecks, cents) of one currency; never negative.
///
/// The bound [`Amount::MAX_MINOR`] keeps every amount exact in JavaScript, where pages read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "Unchecked"))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Amount {
    /// Kopecks or cents.
    #[cfg_attr(feature = "openapi", schema(minimum = 0, maximum = 9_007_199_254_740_991_i64))]
    minor: i64,
    /// Which money.
    currency: Currency,
}

impl Amount {
    /// 2^53 − 1: the largest integer a JSON number keeps exactly in every reader.
    pub const MAX_MINOR: i64 = 9_007_199_254_740_991;

    /// An amount of `minor` units; refuses negative and inexact sums.
    pub const fn new(minor: i64, currency: Currency) -> Result<Self, AmountError> {
        if minor < 0 {
            return Err(AmountError::Negative);
        }
        if minor > Self::MAX_MINOR {
            return Err(AmountError::TooLarge);
        }
        Ok(Self { minor, currency })
    }

    /// Nothing, in `currency`.
    pub const fn zero(currency: Currency) -> Self {
        Self { minor: 0, currency }
    }

    /// The sum in minor units.
    pub const fn minor(self) -> i64 {
        self.minor
    }

    /// The currency the minor units are of.
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// Whether there is nothing to pay.
    pub const fn is_zero(self) -> bool {
        self.minor == 0
    }

    /// The sum of both; refuses to mix currencies.
    pub fn checked_add(self, other: Self) -> Result<Self, AmountError> {
        self.same_currency(other)?;
        let minor = self.minor.checked_add(other.minor).ok_or(AmountError::TooLarge)?;
        Self::new(minor, self.currency)
    }

    /// What is left after `other` is taken away; refuses to go below zero or to mix currencies.
    pub fn checked_sub(self, other: Self) -> Result<Self, AmountError> {
        self.same_currency(other)?;
        Self::new(self.minor - other.minor, self.currency)
    }

    /// `quantity` times this amount.
    pub fn checked_mul(self, quantity: u32) -> Result<Self, AmountError> {
        let minor = self.minor.checked_mul(i64::from(quantity)).ok_or(AmountError::TooLarge)?;
        Self::new(minor, self.currency)
    }

    fn same_currency(self, other: Self) -> Result<(), AmountError> {
        if self.currency == other.currency { Ok(()) } else { Err(AmountError::MixedCurrencies) }
    }
}

/// Machine form, for logs and registers: `129.05 UAH`.
impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.decimal(), self.currency)
    }
}

/// Why a sum cannot be an [`Amount`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AmountError {
    /// Below zero.
    Negative,
    /// Above [`Amount::MAX_MINOR`].
    TooLarge,
    /// Two currencies in one calculation.
    MixedCurrencies,
}

impl fmt::Display for AmountError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Negative => "an amount cannot be below zero",
            Self::TooLarge => "the amount is larger than 2^53 - 1 minor units",
            Self::MixedCurrencies => "amounts of two currencies cannot be combined",
        })
    }
}

impl core::error::Error for AmountError {}

#[cfg(feature = "serde")]
#[derive(serde::Deserialize)]
struct Unchecked {
    minor: i64,
    currency: Currency,
}

#[cfg(feature = "serde")]
impl TryFrom<Unchecked> for Amount {
    type Error = AmountError;

    fn try_from(unchecked: Unchecked) -> Result<Self, Self::Error> {
        Self::new(unchecked.minor, unchecked.currency)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uah(minor: i64) -> Amount {
        Amount::new(minor, Currency::Uah).unwrap()
    }

    #[test]
    fn sums_stay_between_zero_and_the_largest_exact_integer() {
        assert_eq!(Amount::new(-1, Currency::Uah), Err(AmountError::Negative));
        assert_eq!(Amount::new(Amount::MAX_MINOR + 1, Currency::Uah), Err(AmountError::TooLarge));
        assert_eq!(uah(5).checked_sub(uah(6)), Err(AmountError::Negative));
        assert_eq!(uah(Amount::MAX_MINOR).checked_add(uah(1)), Err(AmountError::TooLarge));
        assert_eq!(uah(Amount::MAX_MINOR).checked_mul(u32::MAX), Err(AmountError::TooLarge));
    }

    #[test]
    fn currencies_never_mix() {
        let usd = Amount::new(1, Currency::Usd).unwrap();
        assert_eq!(uah(1).checked_add(usd), Err(AmountError::MixedCurrencies));
        assert_eq!(uah(1).checked_sub(usd), Err(AmountError::MixedCurrencies));
    }

    #[cfg(feature = "serde")]
    #[test]
    fn json_is_minor_and_currency_and_a_fraction_is_refused() {
        assert_eq!(serde_json::to_string(&uah(12_905)).unwrap(), r#"{"minor":12905,"currency":"UAH"}"#);
        for wrong in [
            r#"{"minor":129.05,"currency":"UAH"}"#,
            r#"{"minor":-1,"currency":"UAH"}"#,
            r#"{"minor":"12905","currency":"UAH"}"#,
            r#"{"minor":1,"currency":"GBP"}"#,
        ] {
            assert!(serde_json::from_str::<Amount>(wrong).is_err(), "{wrong}");
        }
    }
}
