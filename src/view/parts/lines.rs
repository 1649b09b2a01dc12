//! Lines of text. An empty one is hidden, so that every picture keeps the same elements.

use leptos::html;
use leptos::prelude::*;

use crate::view::screen::{Scene, Shown};

/// One line of the picture.
pub fn line(shown: Shown, class: &'static str, read: fn(&Scene) -> &str) -> impl IntoView {
    html::p()
        .class(class)
        .attr("hidden", move || shown.scene.with(|scene| read(scene).is_empty()))
        .child(shown.words(read))
}

/// The name beside the mark.
pub fn brand() -> impl IntoView {
    html::p().class("brand").child("AlliancePay")
}

/// The accepted instruments as plain words: their makers' artwork is not ours to ship.
pub fn chips() -> impl IntoView {
    let chip = |name: &'static str| html::li().child(name);
    html::ul().class("chips").child((chip("Visa"), chip("Mastercard"), chip("Apple Pay"), chip("Google Pay")))
}
