//! Sums for people's eyes.

use super::texts::Language;
use crate::bank::order::Currency;

/// `1 234,56 ₴` or `UAH 1,234.56`.
pub(crate) fn shown(minor: u64, currency: Currency, language: Language) -> String {
    let (whole, rest) = (minor / 100, minor % 100);
    match language {
        Language::Uk => {
            let sign = match currency {
                Currency::Uah => "₴",
                Currency::Usd => "$",
                Currency::Eur => "€",
            };
            format!("{},{rest:02}\u{a0}{sign}", grouped(whole, '\u{a0}'))
        }
        Language::En => format!("{}\u{a0}{}.{rest:02}", currency.letters(), grouped(whole, ',')),
    }
}

fn grouped(whole: u64, separator: char) -> String {
    let digits = whole.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_written_as_readers_expect() {
        assert_eq!(shown(123_456, Currency::Uah, Language::En), "UAH\u{a0}1,234.56");
        assert_eq!(shown(123_456_705, Currency::Uah, Language::Uk), "1\u{a0}234\u{a0}567,05\u{a0}₴");
        assert_eq!(shown(4, Currency::Eur, Language::En), "EUR\u{a0}0.04");
    }
}
