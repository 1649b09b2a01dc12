//! Buttons; one that works says so and takes no second press, without losing the focus.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;

/// How a button looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// The main thing to do here.
    Main,
    /// Another thing to do.
    Plain,
    /// Not to be pressed lightly.
    Danger,
    /// As quiet as a link.
    Quiet,
}

impl Look {
    const fn class(self) -> &'static str {
        match self {
            Self::Main => "button main",
            Self::Plain => "button",
            Self::Danger => "button danger",
            Self::Quiet => "button quiet",
        }
    }
}

/// A button that does something at once.
pub fn button(look: Look, label: impl IntoAny, press: impl Fn() + 'static) -> AnyView {
    html::button()
        .attr("type", "button")
        .class(look.class())
        .on(ev::click, move |_| press())
        .child(label.into_any())
        .into_any()
}

/// A button whose work takes a while.
pub fn busy_button(
    look: Look,
    name: &'static str,
    busy: RwSignal<bool>,
    label: &'static str,
    working: &'static str,
    press: impl Fn() + 'static,
) -> AnyView {
    html::button()
        .attr("type", "button")
        .class(look.class())
        .attr("data-action", name)
        .attr("aria-disabled", move || busy.get().then_some("true"))
        .on(ev::click, move |_| {
            if !busy.get_untracked() {
                press();
            }
        })
        .child((
            html::span().class("turning").attr("aria-hidden", "true").attr("hidden", move || !busy.get()),
            move || if busy.get() { working } else { label },
        ))
        .into_any()
}
