//! The shop's words. `index.html` itself speaks Ukrainian: `en::PAGE` has the English of what it marks `data-text`.
//! The pages this server writes take their words from `Words`, which both languages must fill.

mod en;
mod uk;

use crate::preferences::Language;

pub(crate) use en::PAGE as ENGLISH_PAGE;

/// The words of the pages that this server writes.
pub(crate) struct Words {
    pub(crate) shop: &'static str,
    pub(crate) coffee: &'static str,
    pub(crate) mug: &'static str,
    pub(crate) shipping: &'static str,
    pub(crate) total: &'static str,
    pub(crate) order: &'static str,
    pub(crate) pay_title: &'static str,
    pub(crate) pay: &'static str,
    pub(crate) pay_note: &'static str,
    pub(crate) return_title: &'static str,
    pub(crate) see_status: &'static str,
    pub(crate) status_note: &'static str,
    pub(crate) no_session: &'static str,
    pub(crate) to_payment: &'static str,
    pub(crate) pay_again: &'static str,
    pub(crate) placed_title: &'static str,
    pub(crate) placed_on_delivery: &'static str,
    pub(crate) placed_transfer: &'static str,
    pub(crate) mark_paid: &'static str,
    pub(crate) mark_checking: &'static str,
    pub(crate) mark_partly_refunded: &'static str,
    pub(crate) mark_refunded: &'static str,
    pub(crate) mark_unpaid: &'static str,
    pub(crate) to_shop: &'static str,
    pub(crate) unavailable_title: &'static str,
    pub(crate) unavailable: &'static str,
    pub(crate) try_again: &'static str,
    pub(crate) missing_title: &'static str,
    pub(crate) missing: &'static str,
    pub(crate) refused_title: &'static str,
    pub(crate) refused: &'static str,
}

/// The words of `language`.
pub(crate) const fn words(language: Language) -> &'static Words {
    match language {
        Language::Uk => &uk::WORDS,
        Language::En => &en::WORDS,
    }
}

/// What the page's element marked `key` says in `language`, when that is not what the page already says.
pub(crate) fn of_page(key: &str, language: Language) -> Option<&'static str> {
    match language {
        Language::Uk => None,
        Language::En => ENGLISH_PAGE.iter().find(|(name, _)| *name == key).map(|(_, text)| *text),
    }
}

impl Words {
    /// What the product is called, on the page and in the order at the backend.
    pub(crate) fn product(&self, id: &str) -> &'static str {
        if id == "coffee" { self.coffee } else { self.mug }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const INDEX: &str = include_str!("../../../index.html");

    fn marks() -> Vec<&'static str> {
        let names = ["data-text=\"", "data-label=\"", "data-value=\""];
        let found = names.iter().flat_map(|name| INDEX.split(name).skip(1));
        found.filter_map(|rest| rest.split('"').next()).collect()
    }

    #[test]
    fn every_mark_of_the_page_has_its_english_text() {
        let without: Vec<_> =
            marks().into_iter().filter(|key| of_page(key, Language::En).is_none()).collect();
        assert!(without.is_empty(), "{without:?}");
    }

    #[test]
    fn no_english_text_is_left_over() {
        let marks = marks();
        let unused: Vec<_> = ENGLISH_PAGE.iter().filter(|(key, _)| !marks.contains(key)).collect();
        assert!(unused.is_empty(), "{unused:?}");
    }
}
