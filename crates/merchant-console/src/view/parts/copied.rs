//! A value with a button that copies it.

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::busy_button::{Look, button};
use super::icon::{Icon, icon};
use crate::browser::page::copy;
use crate::desk::Desk;
use crate::text::fill;

/// The value, in the typeface of ids.
pub fn copied(desk: Desk, name: &str, value: String) -> AnyView {
    let words = &desk.words().frame;
    let done = RwSignal::new(false);
    let shown = value.clone();
    let label = html::span().class("unseen").child(fill(words.copy_what, "what", name));
    let picture = move || icon(if done.get() { Icon::Tick } else { Icon::Copy });
    let press = move || {
        let value = value.clone();
        spawn_local(async move {
            if copy(&value).await {
                done.try_set(true);
                desk.say(words.copied);
                crate::browser::clock::pause(2_000).await;
                done.try_set(false);
            }
        });
    };
    html::span()
        .class("copied")
        .child((html::code().child(shown), button(Look::Quiet, (picture, label), press)))
        .into_any()
}
