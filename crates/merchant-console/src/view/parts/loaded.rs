//! Something that is fetched: being awaited, failed with a way to try again, or there.

use std::future::Future;

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::busy_button::{Look, button};
use super::notice::failed;
use crate::desk::Desk;
use crate::failure::Failure;

/// How far it is. What is there stays while a newer one is fetched: no layout jumps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Load<T> {
    /// Under way.
    Waiting,
    /// It did not come.
    Failed(Failure),
    /// It is there.
    Here(T),
}

impl<T> Load<T> {
    /// What is there.
    pub const fn here(&self) -> Option<&T> {
        match self {
            Self::Here(value) => Some(value),
            Self::Waiting | Self::Failed(_) => None,
        }
    }
}

/// Fetches into `place`. The same as before changes nothing on the screen; a failure shows only where nothing is there
/// yet.
pub fn fetch<T: PartialEq + Send + Sync + 'static>(
    place: RwSignal<Load<T>>,
    answer: impl Future<Output = Result<T, Failure>> + 'static,
) {
    spawn_local(async move {
        match answer.await {
            Ok(value) => {
                let value = Load::Here(value);
                if place.try_with_untracked(|known| *known != value) == Some(true) {
                    place.try_set(value);
                }
            }
            Err(Failure::Ended) => {}
            Err(failure) => {
                place.try_update(|place| {
                    if place.here().is_none() {
                        *place = Load::Failed(failure);
                    }
                });
            }
        }
    });
}

/// Draws it; `again` fetches once more.
pub fn loaded<T: Clone + Send + Sync + 'static>(
    desk: Desk,
    place: RwSignal<Load<T>>,
    again: impl Fn() + Copy + Send + 'static,
    draw: impl Fn(T) -> AnyView + Send + 'static,
) -> AnyView {
    (move || match place.get() {
        Load::Waiting => waiting(desk),
        Load::Failed(failure) => {
            let retry = move || {
                place.try_set(Load::Waiting);
                again();
            };
            html::div()
                .class("failed")
                .child((failed(desk, &failure), button(Look::Plain, desk.words().frame.retry, retry)))
                .into_any()
        }
        Load::Here(value) => draw(value),
    })
    .into_any()
}

/// Holds the place while something is under way.
pub fn waiting(desk: Desk) -> AnyView {
    let bones: Vec<_> = (0..6).map(|_| html::div().class("bone")).collect();
    html::div()
        .class("waiting-room")
        .attr("aria-busy", "true")
        .child((html::span().class("unseen").child(desk.words().frame.loading), bones))
        .into_any()
}
