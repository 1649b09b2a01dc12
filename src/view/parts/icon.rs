//! The drawing beside the heading; decoration only, the heading says the same.

use leptos::html;
use leptos::prelude::*;
use leptos::svg;

use crate::view::picture::Icon;
use crate::view::screen::Shown;

/// The picture's icon.
pub fn icon(shown: Shown) -> impl IntoView {
    let path = svg::path().attr("d", shown.value(|scene| Some(scene.picture.icon.path())));
    html::span()
        .class("icon")
        .attr("aria-hidden", "true")
        .attr("hidden", shown.claim(|scene| scene.picture.icon == Icon::Nothing))
        .child(svg::svg().attr("viewBox", "0 0 24 24").child(path))
}
