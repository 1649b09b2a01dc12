//! The session is being opened: the pay card stays, its button is busy.

use checkout_core::PhaseName;

use super::picture::{Button, Common, Picture};

/// The pay card with a busy button.
pub fn picture(common: &Common<'_>, slow: bool) -> Picture {
    let words = common.words;
    Picture {
        notice: if slow { words.opening_slow } else { "" }.to_owned(),
        ..common.pay_card(PhaseName::Opening, Button::busy(words.opening))
    }
}
