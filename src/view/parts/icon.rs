//! The drawing beside the heading; decoration only, the heading says the same.

use leptos::html;
use leptos::prelude::*;
use leptos::svg;

use crate::view::picture::Icon;
use crate::view::screen::Shown;

/// The picture's icon.
pub fn icon(shown: Shown) -> impl IntoView {
    let now = move || shown.picture.with(|now| now.icon);
    html::span()
        .class(move || if now() == Icon::Turning { "icon turning" } else { "icon" })
        .attr("aria-hidden", "true")
        .attr("hidden", move || now() == Icon::Nothing)
        .child(svg::svg().attr("viewBox", "0 0 24 24").child(svg::path().attr("d", move || now().path())))
}
