//! The one button and the one link. A busy button keeps the focus: it is not `disabled`, it takes no press.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;

use crate::view::picture::Button;
use crate::view::screen::{Said, Shown};

/// The button; hidden when the picture has none.
pub fn button(shown: Shown) -> impl IntoView {
    let now = move || shown.picture.with(|now| now.button.clone());
    let busy = move || now().is_some_and(|button| button.busy);
    let press = move |_: ev::MouseEvent| {
        if let Some(Button { busy: false, action, .. }) = shown.picture.get_untracked().button {
            shown.say(Said::Pressed(action));
        }
    };
    html::button()
        .class("button")
        .attr("part", "button")
        .attr("type", "button")
        .attr("hidden", move || now().is_none())
        .attr("aria-busy", move || busy().then_some("true"))
        .attr("aria-disabled", move || busy().then_some("true"))
        .on(ev::click, press)
        .child((
            html::span().class("spinner").attr("aria-hidden", "true"),
            html::span().child(move || now().map(|button| button.label)),
        ))
}

/// The link, for a browser that refused to leave by itself. It opens in the whole tab, out of any frame.
pub fn link(shown: Shown) -> impl IntoView {
    let now = move || shown.picture.with(|now| now.link.clone());
    html::a()
        .class("button")
        .attr("target", "_top")
        .attr("rel", "noreferrer")
        .attr("hidden", move || now().is_none())
        .attr("href", move || now().map(|(address, _)| address))
        .child(move || now().map(|(_, words)| words))
}
