//! Sums as people type them: a comma or a point, spaces between thousands.

use money::{Amount, Currency};

/// Reads a typed sum exactly; `None` when it is not one. Nothing is rounded.
pub fn typed(text: &str, currency: Currency) -> Option<Amount> {
    let plain: String = text
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .map(|letter| if letter == ',' { '.' } else { letter })
        .collect();
    Amount::parse_decimal(&plain, currency).ok()
}

/// An amount of these minor units; nothing for what cannot be one.
pub fn of_minor(minor: i64, currency: Currency) -> Amount {
    Amount::new(minor, currency).unwrap_or_else(|_| Amount::zero(currency))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_write_commas_and_spaces() {
        let minor = |text| typed(text, Currency::Uah).map(Amount::minor);
        assert_eq!(minor("1 089,90"), Some(108_990));
        assert_eq!(minor("1\u{a0}089.9"), Some(108_990));
        assert_eq!(minor("0,07"), Some(7));
        for wrong in ["", "1,005", "-1", "abc", "1.0.0"] {
            assert_eq!(minor(wrong), None, "{wrong}");
        }
    }
}
