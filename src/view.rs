//! From the core's view model to the screen, in two steps.
//!
//! [`picture`] chooses what is on the screen: plain data, one file per phase, no browser. `screen` draws any picture
//! with one set of elements, so that a phase costs words and not elements. Neither decides anything about money.

pub mod awaiting;
pub mod opening;
pub mod option;
pub mod picture;
pub mod ready;
pub mod redirecting;
pub mod settled;
pub mod setup_error;

#[cfg(target_family = "wasm")]
pub mod parts;
#[cfg(target_family = "wasm")]
pub mod screen;

use checkout_core::{Screen, ViewModel};

use crate::text::Words;
use picture::{Action, Common, Picture};

/// What the buyer sees; `amount` is already written for the buyer's locale, empty when unknown.
pub fn picture(model: &ViewModel, words: &Words, amount: &str) -> Picture {
    let common = Common { model, words, amount };
    let picture = match &model.screen {
        Screen::Option => option::picture(&common),
        Screen::Ready { resuming, notice } => ready::picture(&common, *resuming, *notice),
        Screen::Opening { slow } => opening::picture(&common, *slow),
        Screen::Redirecting { page, refused } => redirecting::picture(&common, page, *refused),
        Screen::Awaiting { pause } => awaiting::picture(&common, *pause),
        Screen::Paid => settled::paid(&common),
        Screen::Refunded => settled::refunded(&common),
        Screen::Declined { reason, can_retry } => settled::declined(&common, reason.as_deref(), *can_retry),
        Screen::Expired { can_retry } => settled::expired(&common, *can_retry),
        Screen::Cancelled { can_retry } => settled::cancelled(&common, *can_retry),
        Screen::Unresolved => settled::unresolved(&common),
        Screen::SetupError(error) => setup_error::picture(words, error),
    };
    // A page without the right to pay is shown what happened, and no button that could not be meant.
    let offered =
        picture.button.filter(|button| model.can_pay || button.busy || button.action != Action::Pay);
    Picture { button: offered, ..picture }
}
