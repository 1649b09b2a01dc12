//! Sums as a buyer reads them: `1 089,90 ₴`, `UAH 1,089.90`, `26,20 €` and `€26.20`, much as a browser's `Intl` would
//! write them.

use money::{Amount, Currency};

use crate::preferences::Language;

/// Writes `amount` in `language`. The spaces do not break.
pub(crate) fn written(amount: Amount, language: Language) -> String {
    let decimal = amount.decimal();
    let (major, fraction) = decimal.split_once('.').unwrap_or((&decimal, ""));
    let currency = amount.currency().to_string();
    match language {
        Language::Uk => {
            let sign = match amount.currency() {
                Currency::Uah => "₴",
                Currency::Eur => "€",
                Currency::Usd => &currency,
            };
            format!("{},{fraction}\u{a0}{sign}", grouped(major, '\u{a0}'))
        }
        Language::En => {
            let sign = if amount.currency() == Currency::Eur { "€" } else { &format!("{currency}\u{a0}") };
            format!("{sign}{}.{fraction}", grouped(major, ','))
        }
    }
}

fn grouped(digits: &str, separator: char) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uah(minor: i64) -> Amount {
        Amount::new(minor, Currency::Uah).unwrap()
    }

    #[test]
    fn each_language_writes_a_sum_its_own_way() {
        assert_eq!(written(uah(108_990), Language::Uk), "1\u{a0}089,90\u{a0}₴");
        assert_eq!(written(uah(108_990), Language::En), "UAH\u{a0}1,089.90");
        let euro = Amount::new(2_620, Currency::Eur).unwrap();
        assert_eq!(written(euro, Language::Uk), "26,20\u{a0}€");
        assert_eq!(written(euro, Language::En), "€26.20");
        assert_eq!(written(uah(7_500), Language::Uk), "75,00\u{a0}₴");
        assert_eq!(written(uah(123_456_789), Language::En), "UAH\u{a0}1,234,567.89");
    }
}
