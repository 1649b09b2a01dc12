//! Puts pictures on the screen: words, labels for styles, the spoken word, and the focus on a new screen.

use std::cell::RefCell;

use leptos::prelude::{GetUntracked, Set};
use web_sys::HtmlElement;

use crate::browser::clock::Timer;
use crate::browser::focus;
use crate::options::Look;
use crate::view::picture::Picture;
use crate::view::screen::{Scene, Shown};

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
        presenter.label(&shown.scene.get_untracked().picture);
        presenter
    }

    /// Shows the next picture.
    pub fn show(&self, picture: Picture, look: &Look) {
        let before = self.shown.scene.get_untracked();
        let next = scene(picture, look, before.spoken.clone());
        if before == next {
            return;
        }
        if next.picture.is_new_screen_after(&before.picture) && focus::may_move(&self.root) {
            let root = self.root.clone();
            *self.focus.borrow_mut() = Some(Timer::after(0, move || focus::to(&root, ".heading")));
        }
        self.label(&next.picture);
        let spoken = next.picture.announcement();
        self.shown.scene.set(Scene { spoken, ..next });
    }

    /// The phase and the layout, for styles and tests.
    fn label(&self, picture: &Picture) {
        let _ = self.root.set_attribute("data-phase", picture.phase.as_str());
        let _ = self.root.set_attribute("data-layout", picture.layout.as_str());
    }
}

/// A picture with what surrounds it.
pub(super) fn scene(picture: Picture, look: &Look, spoken: String) -> Scene {
    Scene { picture, lang: look.language.tag(), logo: look.logo.clone(), spoken }
}
