//! The ways to pay as native radios; not there when there is nothing to choose.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;

use crate::view::picture::Way;
use crate::view::screen::{Said, Shown};

/// The group.
pub fn ways(shown: Shown) -> impl IntoView {
    let rows = move || {
        let rows = shown.scene.with(|scene| scene.picture.ways.clone());
        rows.into_iter().map(|way| row(shown, way)).collect_view()
    };
    html::fieldset()
        .class("ways")
        .attr("hidden", shown.claim(|scene| scene.picture.ways.is_empty()))
        .child((html::legend().child(shown.words(|scene| scene.picture.ways_question)), rows))
}

fn row(shown: Shown, way: Way) -> impl IntoView {
    let Way { product, name, chosen } = way;
    let choose = move |_: ev::Event| shown.say(Said::Chose(product.clone()));
    let radio = html::input()
        .attr("type", "radio")
        .attr("name", "way")
        .prop("checked", chosen)
        .on(ev::change, choose);
    html::label().class("way").child((radio, html::span().child(name)))
}
