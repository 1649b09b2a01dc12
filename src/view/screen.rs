//! Draws any [`Picture`] with one set of elements, and one live region that speaks.
//!
//! Builder syntax on purpose: `view!` writes static markup by `innerHTML`, which pages under Trusted Types refuse.
//! What changes is read through three functions of [`Shown`], so that each kind of change is compiled once, however
//! many elements have it: that is a third of the widget's size.

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

/// The picture with what surrounds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scene {
    /// The picture.
    pub picture: Picture,
    /// The language of its words.
    pub lang: &'static str,
    /// The merchant's own logo.
    pub logo: Option<String>,
    /// What the live region says; empty until something changes.
    pub spoken: String,
}

/// What the parts read, and the one way in which they answer.
#[derive(Debug, Clone, Copy)]
pub struct Shown {
    /// What is on the screen.
    pub scene: RwSignal<Scene>,
    dispatch: StoredValue<Box<dyn Fn(Said)>, LocalStorage>,
}

impl Shown {
    /// The first scene; `dispatch` hears what the buyer does.
    pub fn new(scene: Scene, dispatch: impl Fn(Said) + 'static) -> Self {
        Self { scene: RwSignal::new(scene), dispatch: StoredValue::new_local(Box::new(dispatch)) }
    }

    /// The buyer did something.
    pub fn say(self, said: Said) {
        self.dispatch.with_value(|dispatch| dispatch(said));
    }

    /// Words that change.
    pub fn words(self, read: fn(&Scene) -> &str) -> impl Fn() -> String + Copy {
        move || self.scene.with(|scene| read(scene).to_owned())
    }

    /// A claim that changes: `hidden`.
    pub fn claim(self, read: fn(&Scene) -> bool) -> impl Fn() -> bool + Copy {
        move || self.scene.with(read)
    }

    /// An attribute that comes and goes.
    pub fn value(self, read: fn(&Scene) -> Option<&str>) -> impl Fn() -> Option<String> + Copy {
        move || self.scene.with(|scene| read(scene).map(ToOwned::to_owned))
    }
}

/// All elements of the widget.
pub fn screen(shown: Shown) -> impl IntoView {
    let head = html::div().class("head").child((mark::mark(shown), lines::brand(), lines::chips()));
    let heading = html::h2().class("heading").attr("tabindex", "-1");
    let body = html::div().class("body").child((
        icon::icon(shown),
        heading.child(shown.words(|scene| &scene.picture.heading)),
        lines::line(shown, "amount", |scene| &scene.picture.amount),
        lines::line(shown, "order", |scene| &scene.picture.order),
        lines::line(shown, "text", |scene| &scene.picture.text),
        lines::line(shown, "detail", |scene| &scene.picture.detail),
    ));
    let foot = html::div().class("foot").child((
        ways::ways(shown),
        lines::line(shown, "notice", |scene| &scene.picture.notice),
        button::button(shown),
        button::link(shown),
        lines::line(shown, "assurance", |scene| scene.picture.assurance),
    ));
    let spoken = html::div().class("spoken").attr("role", "status").child(shown.words(|scene| &scene.spoken));
    html::div()
        .class("card")
        .attr("part", "card")
        .attr("lang", shown.value(|scene| Some(scene.lang)))
        .child((head, body, foot, spoken))
}
