//! Picks the language and fills in the strings. Every visible string is a field of [`Words`] or a function here.
//!
//! Amounts arrive already written in the buyer's locale; nothing here formats money.

mod en;
mod uk;
mod words;

use checkout_api::{OrderRef, Product};
use checkout_core::{PageRefusal, SetupError};

pub use words::Words;

/// The languages whose strings are built in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Ukrainian.
    Ukrainian,
    /// English; also for every language without strings of its own.
    English,
}

impl Language {
    /// The language of a tag such as `uk`, `uk-UA` or `en-GB`.
    pub fn of_tag(tag: &str) -> Self {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        if primary.eq_ignore_ascii_case("uk") { Self::Ukrainian } else { Self::English }
    }

    /// The tag for `lang` and for the backend.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Ukrainian => "uk",
            Self::English => "en",
        }
    }

    /// The language's strings.
    pub const fn words(self) -> &'static Words {
        match self {
            Self::Ukrainian => &uk::WORDS,
            Self::English => &en::WORDS,
        }
    }
}

impl Words {
    /// The pay button; `amount` is written for the buyer.
    pub fn pay_amount(&self, amount: &str) -> String {
        if amount.is_empty() { self.pay.to_owned() } else { fill(self.pay_amount, "{amount}", amount) }
    }

    /// The order number.
    pub fn order(&self, order: &OrderRef) -> String {
        fill(self.order, "{order}", order.as_str())
    }

    /// The bank's code of a refusal.
    pub fn bank_code(&self, code: &str) -> String {
        fill(self.bank_code, "{code}", code)
    }

    /// The name of a way to pay; `None` for one this build does not know.
    pub const fn way(&self, product: &Product) -> Option<&'static str> {
        match product {
            Product::Card => Some(self.way_card),
            Product::A2a => Some(self.way_a2a),
            Product::AlipayPlus => Some(self.way_alipayplus),
            Product::Unrecognized(_) => None,
        }
    }

    /// What the merchant has to mend.
    pub fn setup(&self, error: &SetupError) -> String {
        match error {
            SetupError::Missing { option } => fill(self.setup_missing, "{option}", option),
            SetupError::Invalid { option } => fill(self.setup_invalid, "{option}", option),
            SetupError::PaymentPage(PageRefusal::Unreadable) => self.setup_page_unreadable.to_owned(),
            SetupError::PaymentPage(PageRefusal::NotHttps) => self.setup_page_not_https.to_owned(),
            SetupError::PaymentPage(PageRefusal::HostNotAllowed { host }) => {
                fill(self.setup_page_host, "{host}", host)
            }
        }
    }
}

fn fill(template: &str, placeholder: &str, value: &str) -> String {
    match template.split_once(placeholder) {
        Some((before, after)) => [before, value, after].concat(),
        None => template.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_say_everything_with_the_same_placeholders() {
        for ((name, english), (_, ukrainian)) in en::WORDS.all().into_iter().zip(uk::WORDS.all()) {
            assert!(!english.trim().is_empty() && !ukrainian.trim().is_empty(), "{name}");
            for placeholder in ["{amount}", "{order}", "{code}", "{option}", "{host}"] {
                assert_eq!(english.contains(placeholder), ukrainian.contains(placeholder), "{name}");
            }
        }
    }

    #[test]
    fn a_tag_picks_its_language_and_a_foreign_one_english() {
        for (tag, language) in [
            ("uk", Language::Ukrainian),
            ("uk-UA", Language::Ukrainian),
            ("UK_ua", Language::Ukrainian),
            ("en-GB", Language::English),
            ("de", Language::English),
            ("ukx", Language::English),
            ("", Language::English),
        ] {
            assert_eq!(Language::of_tag(tag), language, "{tag}");
        }
    }

    #[test]
    fn the_pay_button_says_the_amount_once_it_is_known() {
        assert_eq!(uk::WORDS.pay_amount("1 299,05 ₴"), "Сплатити 1 299,05 ₴");
        assert_eq!(uk::WORDS.pay_amount(""), "Сплатити");
    }
}
