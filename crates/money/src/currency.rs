//! The currencies the bank's hosted page takes. A currency outside this list is refused before the bank is called.

use core::fmt;
use core::str::FromStr;

/// A currency of the bank's hosted page. All three have two decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "UPPERCASE"))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Currency {
    /// Ukrainian hryvnia.
    Uah,
    /// United States dollar.
    Usd,
    /// Euro.
    Eur,
}

impl Currency {
    /// Every supported currency.
    pub const ALL: [Self; 3] = [Self::Uah, Self::Usd, Self::Eur];

    /// The ISO 4217 letters: `UAH`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Uah => "UAH",
            Self::Usd => "USD",
            Self::Eur => "EUR",
        }
    }

    /// The ISO 4217 number as text, the form the bank uses: `980`.
    pub const fn numeric(self) -> &'static str {
        match self {
            Self::Uah => "980",
            Self::Usd => "840",
            Self::Eur => "978",
        }
    }

    /// Digits after the point: how many decimals one major unit has.
    pub const fn decimals(self) -> u32 {
        match self {
            Self::Uah | Self::Usd | Self::Eur => 2,
        }
    }

    /// The currency of an ISO 4217 number such as `980`.
    pub fn from_numeric(numeric: &str) -> Result<Self, UnsupportedCurrency> {
        Self::ALL
            .into_iter()
            .find(|currency| currency.numeric() == numeric)
            .ok_or_else(|| UnsupportedCurrency(numeric.to_owned()))
    }
}

impl FromStr for Currency {
    type Err = UnsupportedCurrency;

    fn from_str(code: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|currency| currency.code() == code)
            .ok_or_else(|| UnsupportedCurrency(code.to_owned()))
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A currency the bank's page does not take; holds the text as given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnsupportedCurrency(pub String);

impl fmt::Display for UnsupportedCurrency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "currency `{}` is not supported: use UAH, USD or EUR", self.0)
    }
}

impl core::error::Error for UnsupportedCurrency {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_numbers_name_the_same_currency() {
        for currency in Currency::ALL {
            assert_eq!(currency.code().parse(), Ok(currency));
            assert_eq!(Currency::from_numeric(currency.numeric()), Ok(currency));
        }
    }

    #[test]
    fn other_currencies_and_lower_case_are_refused() {
        for wrong in ["GBP", "uah", "", "980"] {
            assert_eq!(wrong.parse::<Currency>(), Err(UnsupportedCurrency(wrong.to_owned())));
        }
        assert!(Currency::from_numeric("826").is_err());
    }
}
