//! Puts pictures on the screen: words, labels for styles, the spoken word, and the focus on a new screen.

use std::cell::RefCell;

use leptos::prelude::{Set, WithUntracked};
use web_sys::HtmlElement;

use crate::browser::clock::Timer;
use crate::browser::focus;
use crate::view::picture::{Line, Picture};
use crate::view::screen::Shown;

/// One widget's screen.
#[derive(Debug)]
pub struct Presenter {
    root: HtmlElement,
    shown: Shown,
    /// The focus moves after the words have changed; a widget that ends in between moves nothing.
    focus: RefCell<Option<Timer>>,
}

impl Presenter {
    /// Takes over a screen whose first picture is drawn. A first picture takes no focus and says nothing.
    pub fn new(root: HtmlElement, shown: Shown) -> Self {
        let presenter = Self { root, shown, focus: RefCell::default() };
        presenter.shown.picture.with_untracked(|picture| presenter.label(picture));
        presenter
    }

    /// Shows the next picture.
    pub fn show(&self, mut picture: Picture) {
        let (same, new_screen) = self.shown.picture.with_untracked(|before| {
            picture.set(Line::Spoken, before.line(Line::Spoken));
            (picture == *before, picture.is_new_screen_after(before))
        });
        if same {
            return;
        }
        if new_screen && focus::may_move(&self.root) {
            let root = self.root.clone();
            *self.focus.borrow_mut() = Some(Timer::after(0, move || focus::to(&root, ".heading")));
        }
        self.label(&picture);
        picture.set(Line::Spoken, &picture.announcement());
        self.shown.picture.set(picture);
    }

    /// The phase and the layout, for styles and tests.
    fn label(&self, picture: &Picture) {
        let _ = self.root.set_attribute("data-phase", picture.phase.as_str());
        let _ = self.root.set_attribute("data-layout", picture.layout.as_str());
    }
}
