//! Links: to an order, and out of the console.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;

use super::icon::{Icon, icon};
use crate::desk::Desk;
use crate::route::Route;

/// To an order's details. Where it has no address of its own, a button that looks the same.
pub fn order_link(desk: Desk, order: &str, class: &'static str, child: impl IntoAny) -> AnyView {
    let target = order.to_owned();
    match desk.order_address(order) {
        Some(address) => html::a().class(class).attr("href", address).child(child.into_any()).into_any(),
        None => html::button()
            .attr("type", "button")
            .class(["button link ", class].concat())
            .on(ev::click, move |_| desk.go(Route::Order(target.clone())))
            .child(child.into_any())
            .into_any(),
    }
}

/// Out of the console, in a tab of its own. Only `https` and loopback addresses become links.
pub fn external(desk: Desk, address: &str, what: &'static str) -> AnyView {
    let is_web = address.starts_with("https://") || address.starts_with("http://127.0.0.1");
    if !is_web {
        return html::code().child(address.to_owned()).into_any();
    }
    let words = &desk.words().frame;
    let note = [": ", what, " (", words.opens_new, ")"].concat();
    html::a()
        .attr("href", address.to_owned())
        .attr("target", "_blank")
        .attr("rel", "noopener noreferrer")
        .child((words.open, html::span().class("unseen").child(note), icon(Icon::Out)))
        .into_any()
}
