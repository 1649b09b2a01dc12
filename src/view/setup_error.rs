//! The page is set up wrongly: names the option for the merchant, and leaves the buyer a calm word.

use checkout_core::{PhaseName, SetupError};

use super::picture::{Icon, Layout, Picture};
use crate::text::Words;

/// The merchant's mistake.
pub fn picture(words: &Words, error: &SetupError) -> Picture {
    Picture {
        icon: Icon::Mark,
        heading: words.setup_error.to_owned(),
        text: words.setup_error_text.to_owned(),
        detail: words.setup(error),
        ..Picture::bare(PhaseName::SetupError, Layout::Outcome)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    #[test]
    fn the_option_is_named_in_both_languages() {
        for language in [Language::Ukrainian, Language::English] {
            let picture = picture(language.words(), &SetupError::Missing { option: "backend" });
            assert!(picture.detail.contains("backend"));
        }
    }
}
