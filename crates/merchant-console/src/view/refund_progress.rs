//! The last step of the refund dialog: the result as it develops. Closing it stops nothing.

use checkout_api::RefundState;
use leptos::html;
use leptos::prelude::*;

use super::parts::{Look, Tone, button, chip, mark_of_refund, notice};
use super::refund::{RefundDialog, Step, foot};
use crate::reasons;
use crate::text::fill;

/// The result, live.
pub fn progress(dialog: RefundDialog) -> AnyView {
    let (words, states) = (&dialog.desk.words().refund, &dialog.desk.words().states);
    let text = move || {
        let Step::Asked(asked) = dialog.step.get() else { return ().into_any() };
        let refund = dialog.latest(&asked);
        let sum = dialog.desk.amount(refund.amount);
        let (tone, text) = match &refund.state {
            RefundState::Success if refund.offline => (Tone::Good, fill(words.recorded, "sum", &sum)),
            RefundState::Success => (Tone::Good, fill(words.done, "sum", &sum)),
            RefundState::Pending => (Tone::Waiting, fill(words.pending, "sum", &sum)),
            RefundState::Failed => {
                let code = refund.code.as_deref().unwrap_or_default();
                let reason = [reasons::refusal(code, states), " (", code, ")"].concat();
                (Tone::Bad, fill(words.failed, "reason", &reason))
            }
            RefundState::Unknown | RefundState::Unrecognized(_) => (Tone::Waiting, words.unknown.to_owned()),
        };
        let text = dialog.about_provider(&text);
        html::div()
            .attr("data-refund-state", refund.state.as_str().to_owned())
            .child((
                html::p().class("big-sum").child((sum, " ", chip(mark_of_refund(&refund.state, states)))),
                notice(tone, text),
            ))
            .into_any()
    };
    let close = button(Look::Main, dialog.desk.words().frame.close, move || dialog.close());
    html::div()
        .class("stack")
        .child((html::div().attr("role", "status").child(text), foot(close, ())))
        .into_any()
}
