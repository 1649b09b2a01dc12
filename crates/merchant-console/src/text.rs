//! Every visible word, in both languages side by side: a word that one language lacks does not compile.
//!
//! `{name}` marks a place that [`fill`] fills. Amounts, counts and dates arrive already written by the browser.

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($key:ident: $uk:literal, $en:literal;)* }) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name {
            $(#[doc = $en] pub $key: &'static str,)*
        }

        impl $name {
            pub(super) const UK: Self = Self { $($key: $uk,)* };
            pub(super) const EN: Self = Self { $($key: $en,)* };
            #[cfg(test)]
            pub(super) const PAIRS: &'static [(&'static str, &'static str)] = &[$(($uk, $en),)*];
        }
    };
}

mod account;
mod fill;
mod frame;
mod journal;
mod order;
mod orders;
mod overview;
mod problems;
mod refund;
mod settlement;
mod staff;
mod states;

pub use account::Account;
pub use fill::{fill, fill_all};
pub use frame::Frame;
pub use journal::Journal;
pub use order::Order;
pub use orders::Orders;
pub use overview::Overview;
pub use problems::Problems;
pub use refund::Refund;
pub use settlement::Settlement;
pub use staff::Staff;
pub use states::States;

/// The languages whose words are built in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Ukrainian.
    Ukrainian,
    /// English; also for every language without words of its own.
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

    /// The locale that amounts and dates are written in.
    pub const fn locale(self) -> &'static str {
        match self {
            Self::Ukrainian => "uk-UA",
            Self::English => "en-GB",
        }
    }

    /// The language's words.
    pub const fn words(self) -> &'static Words {
        match self {
            Self::Ukrainian => &UK,
            Self::English => &EN,
        }
    }
}

/// All words of one language.
#[derive(Debug)]
pub struct Words {
    /// Around every page.
    pub frame: Frame,
    /// Signing in and one's own account.
    pub account: Account,
    /// The list of orders.
    pub orders: Orders,
    /// The details of an order.
    pub order: Order,
    /// Its history.
    pub journal: Journal,
    /// Giving money back.
    pub refund: Refund,
    /// States, anomalies, products, decline reasons.
    pub states: States,
    /// The bank's registers.
    pub settlement: Settlement,
    /// The numbers of the day.
    pub overview: Overview,
    /// Colleagues and the audit log.
    pub staff: Staff,
    /// What went wrong.
    pub problems: Problems,
}

static UK: Words = Words {
    frame: Frame::UK,
    account: Account::UK,
    orders: Orders::UK,
    order: Order::UK,
    journal: Journal::UK,
    refund: Refund::UK,
    states: States::UK,
    settlement: Settlement::UK,
    overview: Overview::UK,
    staff: Staff::UK,
    problems: Problems::UK,
};

static EN: Words = Words {
    frame: Frame::EN,
    account: Account::EN,
    orders: Orders::EN,
    order: Order::EN,
    journal: Journal::EN,
    refund: Refund::EN,
    states: States::EN,
    settlement: Settlement::EN,
    overview: Overview::EN,
    staff: Staff::EN,
    problems: Problems::EN,
};

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs() -> impl Iterator<Item = &'static (&'static str, &'static str)> {
        [
            Frame::PAIRS,
            Account::PAIRS,
            Orders::PAIRS,
            Order::PAIRS,
            Journal::PAIRS,
            Refund::PAIRS,
            States::PAIRS,
            Settlement::PAIRS,
            Overview::PAIRS,
            Staff::PAIRS,
            Problems::PAIRS,
        ]
        .into_iter()
        .flatten()
    }

    fn places(text: &str) -> Vec<&str> {
        let mut places: Vec<&str> =
            text.split('{').skip(1).map(|part| part.split('}').next().unwrap_or_default()).collect();
        places.sort_unstable();
        places
    }

    #[test]
    fn both_languages_have_words_with_the_same_places_to_fill() {
        for (uk, en) in pairs() {
            assert!(!uk.is_empty() && !en.is_empty(), "{uk} | {en}");
            assert_eq!(places(uk), places(en), "{uk} | {en}");
        }
    }

    #[test]
    fn ukrainian_is_written_in_cyrillic_and_english_is_not() {
        let cyrillic = |text: &str| text.chars().any(|letter| ('\u{400}'..='\u{4ff}').contains(&letter));
        for (uk, en) in pairs() {
            assert!(!cyrillic(en) || *en == "Українська", "{en}");
            let is_a_name = uk == en || uk.chars().filter(|letter| letter.is_alphabetic()).count() < 4;
            assert!(cyrillic(uk) || is_a_name, "{uk}");
        }
    }

    #[test]
    fn a_tag_chooses_the_language() {
        assert_eq!(Language::of_tag("uk-UA"), Language::Ukrainian);
        assert_eq!(Language::of_tag("UK"), Language::Ukrainian);
        assert_eq!(Language::of_tag("pl"), Language::English);
    }
}
