//! Draws any [`Picture`] with one set of elements, and one live region that speaks.
//!
//! Builder syntax on purpose: `view!` writes static markup by `innerHTML`, which pages under Trusted Types refuse.

use checkout_api::Product;
use leptos::html;
use leptos::prelude::*;

use super::parts::{button, icon, lines, mark, ways};
use super::picture::{Action, Picture};

/// What the buyer did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// Pressed the button.
    Pressed(Action),
    /// Chose a way to pay.
    Chose(Product),
}

/// What the parts read, and the one way in which they answer.
#[derive(Debug, Clone, Copy)]
pub struct Shown {
    /// The picture on the screen.
    pub picture: RwSignal<Picture>,
    /// The merchant's own logo.
    pub logo: RwSignal<Option<String>>,
    /// The language of the words.
    pub lang: RwSignal<&'static str>,
    /// What the live region says; empty until something changes.
    pub spoken: RwSignal<String>,
    dispatch: StoredValue<Box<dyn Fn(Said)>, LocalStorage>,
}

impl Shown {
    /// The first picture; `dispatch` hears what the buyer does.
    pub fn new(
        picture: Picture,
        logo: Option<String>,
        lang: &'static str,
        dispatch: impl Fn(Said) + 'static,
    ) -> Self {
        Self {
            picture: RwSignal::new(picture),
            logo: RwSignal::new(logo),
            lang: RwSignal::new(lang),
            spoken: RwSignal::new(String::new()),
            dispatch: StoredValue::new_local(Box::new(dispatch)),
        }
    }

    /// The buyer did something.
    pub fn say(self, said: Said) {
        self.dispatch.with_value(|dispatch| dispatch(said));
    }
}

/// All elements of the widget.
pub fn screen(shown: Shown) -> impl IntoView {
    let head = html::div().class("head").child((mark::mark(shown), lines::brand(), lines::chips()));
    let heading = move || shown.picture.with(|now| now.heading.clone());
    let body = html::div().class("body").child((
        icon::icon(shown),
        html::h2().class("heading").attr("tabindex", "-1").child(heading),
        lines::line(shown, "amount", |now| &now.amount),
        lines::line(shown, "order", |now| &now.order),
        lines::line(shown, "text", |now| &now.text),
        lines::line(shown, "detail", |now| &now.detail),
    ));
    let foot = html::div().class("foot").child((
        ways::ways(shown),
        lines::line(shown, "notice", |now| &now.notice),
        button::button(shown),
        button::link(shown),
        lines::assurance(shown),
    ));
    let spoken = html::div().class("spoken").attr("role", "status").child(move || shown.spoken.get());
    html::div()
        .class("card")
        .attr("part", "card")
        .attr("lang", move || shown.lang.get())
        .child((head, body, foot, spoken))
}
