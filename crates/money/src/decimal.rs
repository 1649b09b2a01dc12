//! Decimal strings (`129.05`) without floats: what shops and bank registers write.

use core::fmt;

use crate::{Amount, AmountError, Currency};

impl Amount {
    /// Reads a plain decimal: digits, optionally a point and at most as many digits as the currency has.
    ///
    /// `129`, `129.5` and `129.05` are read; signs, spaces, thousands separators, exponents and a third
    /// decimal are refused rather than rounded: a rounded sum is a wrong sum.
    pub fn parse_decimal(text: &str, currency: Currency) -> Result<Self, DecimalError> {
        let (major, fraction) = match text.split_once('.') {
            Some((_, "")) => return Err(DecimalError::Malformed),
            Some((major, fraction)) => (major, fraction),
            None => (text, ""),
        };
        let decimals = currency.decimals() as usize;
        if major.is_empty() || !all_digits(major) || !all_digits(fraction) {
            return Err(DecimalError::Malformed);
        }
        if fraction.len() > decimals {
            return Err(DecimalError::TooPrecise);
        }
        let digits = format!("{major}{fraction:0<decimals$}");
        let minor = digits.parse().map_err(|_| DecimalError::Amount(AmountError::TooLarge))?;
        Self::new(minor, currency).map_err(DecimalError::Amount)
    }

    /// Writes the plain decimal with all the currency's digits: `129.05`.
    pub fn decimal(self) -> String {
        written(self.minor().unsigned_abs(), self.currency().decimals())
    }
}

/// So many smallest units as a plain decimal: `written(12905, 2)` is `129.05`, `written(7, 0)` is `7`.
///
/// Digit by digit: the formatter of the standard library would be a kilobyte of what every buyer downloads.
pub fn written(mut units: u64, decimals: u32) -> String {
    let mut backwards = Vec::new();
    let mut place = 0;
    while units > 0 || place <= decimals {
        if place == decimals && decimals > 0 {
            backwards.push('.');
        }
        backwards.extend(u32::try_from(units % 10).ok().and_then(|digit| char::from_digit(digit, 10)));
        units /= 10;
        place += 1;
    }
    backwards.into_iter().rev().collect()
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Why a text is not an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecimalError {
    /// Not digits with at most one point.
    Malformed,
    /// More decimals than the currency has.
    TooPrecise,
    /// Digits, but not a possible sum.
    Amount(AmountError),
}

impl fmt::Display for DecimalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed => f.write_str("write the amount as digits with a point, such as 129.05"),
            Self::TooPrecise => f.write_str("the amount has more decimals than its currency"),
            Self::Amount(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for DecimalError {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Result<i64, DecimalError> {
        Amount::parse_decimal(text, Currency::Uah).map(Amount::minor)
    }

    #[test]
    fn the_sums_that_floats_get_wrong_are_exact() {
        assert_eq!(read("19.99"), Ok(1_999));
        assert_eq!(read("64.10"), Ok(6_410));
        assert_eq!(read("0.07"), Ok(7));
        assert_eq!(read("129.5"), Ok(12_950));
        assert_eq!(read("129"), Ok(12_900));
    }

    #[test]
    fn anything_but_a_plain_decimal_is_refused() {
        for wrong in ["", ".", ".5", "5.", "-1", "+1", "1,50", "1 000", "1e3", "1.2.3", "٣"] {
            assert_eq!(read(wrong), Err(DecimalError::Malformed), "{wrong}");
        }
        assert_eq!(read("1.005"), Err(DecimalError::TooPrecise));
        assert_eq!(read("99999999999999999999"), Err(DecimalError::Amount(AmountError::TooLarge)));
    }

    #[test]
    fn a_whole_number_has_no_point_and_a_small_sum_has_its_zeros() {
        assert_eq!(
            [written(0, 0), written(70, 0), written(u64::MAX, 0)],
            ["0", "70", "18446744073709551615"]
        );
        assert_eq!([written(0, 2), written(7, 2), written(12_905, 2)], ["0.00", "0.07", "129.05"]);
    }

    proptest! {
        #[test]
        fn writing_and_reading_give_the_same_amount(minor in 0..=Amount::MAX_MINOR) {
            let amount = Amount::new(minor, Currency::Eur).unwrap();
            prop_assert_eq!(Amount::parse_decimal(&amount.decimal(), Currency::Eur), Ok(amount));
        }

        #[test]
        fn no_text_panics(text in ".{0,24}") {
            let _ = Amount::parse_decimal(&text, Currency::Usd);
        }
    }
}
