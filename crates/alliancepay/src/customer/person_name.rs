//! The bank's rule for a person's name. A name it would not take is left out of the order.

use super::fits;

const STOP_WORDS: [&str; 5] = ["NULL", "3D SECURE", "SURNAME", "CARDHOLDER", "UNKNOWN"];

/// Letters and digits with inner spaces, hyphens and U+0027, 30 at most; not digits alone; no stop word. The English
/// docs apply the stop words to all names, the Ukrainian ones to the first: the stricter reading holds.
pub(super) fn person_name(text: &str) -> Option<String> {
    let text = fits(&text.replace(['\u{2019}', '\u{02BC}'], "'"), 30)?;
    let allowed = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '\'');
    let upper = text.to_uppercase();
    let taken = text.chars().all(allowed)
        && !text.starts_with('-')
        && !text.ends_with('-')
        && text.chars().any(char::is_alphabetic)
        && !STOP_WORDS.iter().any(|word| upper.contains(word));
    taken.then_some(text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_the_bank_takes_and_names_it_does_not() {
        assert_eq!(person_name(" Нечуй-Левицький "), Some("Нечуй-Левицький".to_owned()));
        assert_eq!(person_name("Дем\u{2019}ян"), Some("Дем'ян".to_owned()));
        for wrong in ["", " ", "12345", "J. Doe", "-a", "a-", "Cardholder", "no 3d secure", "a_b"] {
            assert_eq!(person_name(wrong), None, "{wrong}");
        }
        assert_eq!(person_name(&"я".repeat(31)), None);
    }

    proptest! {
        #[test]
        fn no_text_makes_a_name_the_bank_refuses(text in "\\PC{0,40}") {
            if let Some(name) = person_name(&text) {
                prop_assert!((1..=30).contains(&name.chars().count()));
                prop_assert!(!name.starts_with([' ', '-']) && !name.ends_with([' ', '-']));
                prop_assert!(name.chars().all(|c| c.is_alphanumeric() || " -'".contains(c)));
            }
        }
    }
}
