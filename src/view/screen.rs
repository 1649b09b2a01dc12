//! The Leptos view: one signal holds the picture, one effect brings it onto the elements.
//!
//! A signal and a closure for each line would redraw less and weigh more: Leptos compiles every kind of view anew, and
//! the picture changes a handful of times in a purchase.

use std::rc::Rc;

use checkout_api::Product;
use leptos::prelude::{ArcRwSignal, Render, RenderEffect, With};

use super::drawn::Drawn;
use super::picture::Picture;

/// What the buyer did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// Pressed the button.
    Pressed,
    /// Pressed the button that pays on the phone.
    PressedForPhone,
    /// Chose a way to pay.
    Chose(Product),
}

/// What is on the screen, and the one way in which the buyer answers.
#[derive(Clone)]
pub struct Shown {
    /// The picture.
    pub picture: ArcRwSignal<Picture>,
    hear: Rc<dyn Fn(Said)>,
}

impl core::fmt::Debug for Shown {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Shown").field("picture", &self.picture).finish_non_exhaustive()
    }
}

impl Shown {
    /// The first picture; `hear` is told what the buyer does.
    pub fn new(picture: Picture, hear: impl Fn(Said) + 'static) -> Self {
        Self { picture: ArcRwSignal::new(picture), hear: Rc::new(hear) }
    }

    /// The buyer did something.
    pub fn say(&self, said: Said) {
        (self.hear)(said);
    }
}

impl Render for Shown {
    type State = RenderEffect<Drawn>;

    fn build(self) -> Self::State {
        RenderEffect::new(move |drawn: Option<Drawn>| {
            let mut drawn = drawn.unwrap_or_else(|| Drawn::new(&self));
            self.picture.with(|picture| drawn.show(picture));
            drawn
        })
    }

    fn rebuild(self, state: &mut Self::State) {
        *state = self.build();
    }
}
