//! The mark: our own drawing of two strokes that lean on each other, or the merchant's logo in its place.

use leptos::html;
use leptos::prelude::*;
use leptos::svg;

use crate::view::screen::Shown;

/// The mark.
pub fn mark(shown: Shown) -> impl IntoView {
    let strokes = (svg::path().attr("d", "M7 25L16 7"), svg::path().attr("d", "M25 25L16 7M11.5 19.5h9"));
    let logo = html::img()
        .attr("alt", "")
        .attr("src", shown.value(|scene| scene.logo.as_deref()))
        .attr("hidden", shown.claim(|scene| scene.logo.is_none()));
    html::span()
        .class("mark")
        .attr("aria-hidden", "true")
        .child((svg::svg().attr("viewBox", "0 0 32 32").child(strokes), logo))
}
