//! A message in its place, with an icon and a tone.

use leptos::html;
use leptos::prelude::*;

use super::icon::{Icon, icon};
use super::mark::Tone;
use crate::desk::Desk;
use crate::failure::Failure;
use crate::text::fill;

/// The message.
pub fn notice(tone: Tone, content: impl IntoAny) -> AnyView {
    let shape = match tone {
        Tone::Good => Icon::Tick,
        Tone::Bad => Icon::Cross,
        Tone::Waiting => Icon::Clock,
        Tone::Quiet => Icon::Mark,
    };
    html::div()
        .class(["notice ", tone.class()].concat())
        .child((icon(shape), html::div().class("notice-text").child(content.into_any())))
        .into_any()
}

/// What went wrong, with the number for the support, as an alert.
pub fn failed(desk: Desk, failure: &Failure) -> AnyView {
    let words = &desk.words().problems;
    let support = failure.support().map(|id| html::p().class("support").child(fill(words.support, "id", id)));
    let content = (html::p().child(failure.words(words)), support);
    html::div().attr("role", "alert").child(notice(Tone::Bad, content)).into_any()
}
