//! The one button and the one link. A busy button keeps the focus: it is not `disabled`, it takes no press.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;

use crate::view::picture::Button;
use crate::view::screen::{Said, Scene, Shown};

/// The button; hidden when the picture has none.
pub fn button(shown: Shown) -> impl IntoView {
    let press = move |_: ev::MouseEvent| {
        let button = shown.scene.with_untracked(|scene| scene.picture.button.clone());
        if let Some(Button { busy: false, action, .. }) = button {
            shown.say(Said::Pressed(action));
        }
    };
    html::button()
        .class("button")
        .attr("part", "button")
        .attr("type", "button")
        .attr("hidden", shown.claim(|scene| scene.picture.button.is_none()))
        .attr("aria-busy", shown.value(busy))
        .attr("aria-disabled", shown.value(busy))
        .on(ev::click, press)
        .child((
            html::span().class("spinner").attr("aria-hidden", "true"),
            html::span().child(
                shown.words(|scene| scene.picture.button.as_ref().map_or("", |button| button.label.as_str())),
            ),
        ))
}

/// The link, for a browser that refused to leave by itself. It opens in the whole tab, out of any frame.
pub fn link(shown: Shown) -> impl IntoView {
    html::a()
        .class("button")
        .attr("target", "_top")
        .attr("rel", "noreferrer")
        .attr("hidden", shown.claim(|scene| scene.picture.link.is_none()))
        .attr("href", shown.value(|scene| scene.picture.link.as_ref().map(|(address, _)| address.as_str())))
        .child(shown.words(|scene| scene.picture.link.as_ref().map_or("", |(_, words)| words)))
}

fn busy(scene: &Scene) -> Option<&str> {
    scene.picture.button.as_ref().filter(|button| button.busy).map(|_| "true")
}
