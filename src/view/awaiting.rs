//! The outcome is not known yet; the backend is being asked.

use checkout_core::{Pause, PhaseName};

use super::picture::{Action, Button, Common, Icon, Picture};

/// What is being waited for, and why nothing is asked right now.
pub fn picture(common: &Common<'_>, pause: Option<Pause>) -> Picture {
    let words = common.words;
    let text = match pause {
        None | Some(Pause::Hidden) => words.awaiting_text,
        Some(Pause::Offline) => words.awaiting_offline,
        Some(Pause::Retrying) => words.awaiting_retrying,
    };
    let button = common.model.can_continue.then(|| Button::ready(words.go_on, Action::Pay));
    Picture { button, ..common.outcome(PhaseName::Awaiting, Icon::Turning, words.awaiting, text) }
}
