//! The browser is leaving for the payment page; where it refuses, a link does it.

use checkout_core::PhaseName;

use super::picture::{Button, Common, Picture};

/// The pay card with a busy button, or with a link once the browser has refused to leave.
pub fn picture(common: &Common<'_>, page: &str, refused: bool) -> Picture {
    let words = common.words;
    let card = common.pay_card(PhaseName::Redirecting, Button::busy(words.redirecting));
    if refused {
        Picture {
            notice: words.redirect_refused.to_owned(),
            button: None,
            link: Some((page.to_owned(), words.open_page)),
            ..card
        }
    } else {
        card
    }
}
