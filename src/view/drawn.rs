//! The elements on the page, and bringing a next picture onto them: only what differs is touched.
//!
//! Elements are made one by one, never from markup: pages under Trusted Types refuse `innerHTML`.

use checkout_api::Product;
use leptos::tachys::view::Mountable;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, UnwrapThrowExt};
use web_sys::{Document, Element, Event, HtmlInputElement, Node};

use super::parts::{CARD, PHONE, Part, Slot};
use super::picture::{Line, Picture, Way};
use super::screen::{Said, Shown};

/// One widget's elements.
#[derive(Debug)]
pub struct Drawn {
    document: Document,
    card: Element,
    places: Vec<Place>,
    ways: Vec<Way>,
    rows: Vec<Row>,
    hear: Closure<dyn FnMut(Event)>,
}

/// A place that a line fills, and what is in it now.
#[derive(Debug)]
struct Place {
    element: Element,
    slot: Slot,
    line: Line,
    now: String,
}

/// One way to pay.
#[derive(Debug)]
struct Row {
    label: Element,
    radio: HtmlInputElement,
    name: Element,
    promise: Element,
    icon: Element,
}

impl Drawn {
    /// All elements, without words yet.
    pub fn new(shown: &Shown) -> Self {
        let shown = shown.clone();
        let hear = Closure::new(move |event: Event| {
            let Some(target) = event.target() else { return };
            shown.say(match target.dyn_into::<HtmlInputElement>() {
                Ok(radio) => Said::Chose(Product::from(radio.value())),
                // Whatever is pressed in here is an element.
                Err(other) if other.unchecked_ref::<Element>().has_attribute(PHONE) => Said::PressedForPhone,
                Err(_) => Said::Pressed,
            });
        });
        let document = leptos::prelude::document();
        let card = element(&document, CARD.tag, CARD.fixed);
        let mut drawn = Self { document, card, places: Vec::new(), ways: Vec::new(), rows: Vec::new(), hear };
        drawn.fit_out(&drawn.card.clone(), &CARD);
        drawn
    }

    /// Shows the picture.
    pub fn show(&mut self, picture: &Picture) {
        for place in &mut self.places {
            place.fill(picture.line(place.line));
        }
        if self.ways != picture.ways {
            self.ways.clone_from(&picture.ways);
            self.show_ways();
        }
    }

    /// Rows are kept as long as they can be: the focus may be in one.
    fn show_ways(&mut self) {
        let Ok(Some(group)) = self.card.query_selector("fieldset") else { return };
        while self.rows.len() < self.ways.len() {
            let row = Row::new(&self.document);
            let _ = group.append_child(&row.label);
            self.rows.push(row);
        }
        for row in self.rows.drain(self.ways.len()..) {
            row.label.remove();
        }
        for (row, way) in self.rows.iter().zip(&self.ways) {
            row.radio.set_value(way.product.as_str());
            row.radio.set_checked(way.chosen);
            row.name.set_text_content(Some(&way.name));
            row.promise.set_text_content(Some(&way.promise));
            set(&row.icon, "d", way.icon.path());
        }
    }

    fn fit_out(&mut self, made: &Element, part: &Part) {
        if !part.says.is_empty() {
            made.set_text_content(Some(part.says));
        }
        for (slot, line) in part.slots {
            if matches!(slot, Slot::Presence) {
                set(made, "hidden", "");
            }
            self.places.push(Place { element: made.clone(), slot: *slot, line: *line, now: String::new() });
        }
        if !part.hears.is_empty() {
            let _ = made.add_event_listener_with_callback(part.hears, self.hear.as_ref().unchecked_ref());
        }
        for inner in part.inside {
            let child = element(&self.document, inner.tag, inner.fixed);
            self.fit_out(&child, inner);
            let _ = made.append_child(&child);
        }
    }
}

impl Mountable for Drawn {
    fn unmount(&mut self) {
        self.card.remove();
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        let _ = parent.insert_before(&self.card, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        let parent = self.card.parent_element();
        parent.is_some_and(|parent| child.try_mount(&parent, Some(&self.card)))
    }

    fn elements(&self) -> Vec<Element> {
        vec![self.card.clone()]
    }
}

impl Place {
    fn fill(&mut self, text: &str) {
        if self.now == text {
            return;
        }
        text.clone_into(&mut self.now);
        let (name, value, present) = match self.slot {
            Slot::Words => return self.element.set_text_content(Some(text)),
            Slot::Presence => ("hidden", "", text.is_empty()),
            Slot::Attribute(name) => (name, text, !text.is_empty()),
        };
        if present {
            set(&self.element, name, value);
        } else {
            let _ = self.element.remove_attribute(name);
        }
    }
}

impl Row {
    fn new(document: &Document) -> Self {
        let label = element(document, "label", &[("class", "way")]);
        let radio = element(document, "input", &[("type", "radio"), ("name", "way")]);
        let [name, promise] =
            ["way-name", "way-promise"].map(|class| element(document, "span", &[("class", class)]));
        let drawing = element(document, "svg", &[("viewBox", "0 0 24 24"), ("aria-hidden", "true")]);
        let icon = element(document, "path", &[]);
        let _ = drawing.append_child(&icon);
        for part in [&radio, &name, &promise, &drawing] {
            let _ = label.append_child(part);
        }
        Self { label, radio: radio.unchecked_into(), name, promise, icon }
    }
}

fn element(document: &Document, tag: &str, fixed: &[(&str, &str)]) -> Element {
    let drawing = matches!(tag, "svg" | "path");
    let namespace = if drawing { "http://www.w3.org/2000/svg" } else { "http://www.w3.org/1999/xhtml" };
    // A name from our own table: no document refuses it.
    let made = document.create_element_ns(Some(namespace), tag).unwrap_throw();
    for (name, value) in fixed {
        set(&made, name, value);
    }
    made
}

fn set(element: &Element, name: &str, value: &str) {
    // A name from our own table: no element refuses it.
    let _ = element.set_attribute(name, value);
}
