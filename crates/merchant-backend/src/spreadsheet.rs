//! Texts for CSV files that people open in a spreadsheet: none of them becomes a formula there.

use std::borrow::Cow;

use money::{Amount, Currency};

/// A text that a spreadsheet shows as it is. What it would calculate is given an apostrophe in front.
pub(crate) fn text(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// A sum as a plain decimal with a point, signed: a number, not a text.
pub(crate) fn sum(minor: i64, currency: &str) -> String {
    let sign = if minor < 0 { "-" } else { "" };
    let currency = currency.parse().unwrap_or(Currency::Uah);
    let minor = i64::try_from(minor.unsigned_abs()).unwrap_or(i64::MAX);
    Amount::new(minor, currency)
        .map_or_else(|_| format!("{sign}{minor} minor units"), |amount| format!("{sign}{}", amount.decimal()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_calculate_is_a_text() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1"] {
            assert_eq!(text(formula), format!("'{formula}"));
        }
        for plain in ["", "A-1001", "1=1", "'=1", "Замовлення"] {
            assert_eq!(text(plain), plain);
        }
    }

    #[test]
    fn sums_are_numbers_with_all_their_digits() {
        assert_eq!(sum(12_905, "UAH"), "129.05");
        assert_eq!(sum(-5, "USD"), "-0.05");
        assert_eq!(sum(0, "???"), "0.00");
        assert_eq!(sum(i64::MIN, "UAH"), format!("-{} minor units", i64::MAX));
    }
}
