//! Lines of text. An empty one is hidden, so that every picture keeps the same elements.

use leptos::html;
use leptos::prelude::*;

use crate::view::picture::Picture;
use crate::view::screen::Shown;

/// One line of the picture.
pub fn line(shown: Shown, class: &'static str, words: fn(&Picture) -> &String) -> impl IntoView {
    html::p()
        .class(class)
        .attr("hidden", move || shown.picture.with(|now| words(now).is_empty()))
        .child(move || shown.picture.with(|now| words(now).clone()))
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

/// The word under the button.
pub fn assurance(shown: Shown) -> impl IntoView {
    html::p()
        .class("assurance")
        .attr("hidden", move || shown.picture.with(|now| now.assurance.is_empty()))
        .child(move || shown.picture.with(|now| now.assurance))
}
