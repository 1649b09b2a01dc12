//! What came of it, and the truthful stop when nothing is known. Only the core says which of these is shown.

use checkout_core::PhaseName;

use super::picture::{Action, Button, Common, Icon, Picture};

/// Paid.
pub fn paid(common: &Common<'_>) -> Picture {
    let words = common.words;
    common.outcome(PhaseName::Paid, Icon::Tick, words.paid, words.paid_text)
}

/// Paid, and all of it returned.
pub fn refunded(common: &Common<'_>) -> Picture {
    let words = common.words;
    common.outcome(PhaseName::Refunded, Icon::Back, words.refunded, words.refunded_text)
}

/// Refused by the bank.
pub fn declined(common: &Common<'_>, reason: Option<&str>, can_retry: bool) -> Picture {
    let words = common.words;
    let text = if can_retry { words.declined_text } else { words.declined_final };
    Picture {
        detail: reason.map(|code| words.bank_code(code)).unwrap_or_default(),
        button: can_retry.then(|| Button::ready(words.try_again, Action::Pay)),
        ..common.outcome(PhaseName::Declined, Icon::Cross, words.declined, text)
    }
}

/// The time to pay ran out; a late payment is still found.
pub fn expired(common: &Common<'_>, can_retry: bool) -> Picture {
    let words = common.words;
    Picture {
        button: can_retry.then(|| Button::ready(words.pay_again, Action::Pay)),
        ..common.outcome(PhaseName::Expired, Icon::Clock, words.expired, words.expired_text)
    }
}

/// Cancelled at the bank.
pub fn cancelled(common: &Common<'_>, can_retry: bool) -> Picture {
    let words = common.words;
    Picture {
        button: can_retry.then(|| Button::ready(words.pay_again, Action::Pay)),
        ..common.outcome(PhaseName::Cancelled, Icon::Cross, words.cancelled, words.cancelled_text)
    }
}

/// Waiting ended without an answer. Never offers to pay again: the money may be on its way.
pub fn unresolved(common: &Common<'_>) -> Picture {
    let words = common.words;
    Picture {
        button: Some(Button::ready(words.check_again, Action::Check)),
        ..common.outcome(PhaseName::Unresolved, Icon::Clock, words.unresolved, words.unresolved_text)
    }
}
