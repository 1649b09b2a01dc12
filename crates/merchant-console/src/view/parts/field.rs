//! Labelled native controls with their hints and mistakes.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;

use crate::browser::page::value_of;

/// A text field.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its name in forms and tests.
    pub name: &'static str,
    /// Its label.
    pub label: &'static str,
    /// `text`, `password`, `date`.
    pub kind: &'static str,
    /// Under it.
    pub hint: &'static str,
    /// For the browser's password manager and the phone's keyboard.
    pub complete: &'static str,
    /// `decimal`, `numeric` or empty.
    pub keyboard: &'static str,
}

impl Field {
    /// A plain text field.
    pub const fn text(name: &'static str, label: &'static str) -> Self {
        Self { name, label, kind: "text", hint: "", complete: "off", keyboard: "" }
    }

    /// A password.
    pub const fn password(name: &'static str, label: &'static str, complete: &'static str) -> Self {
        Self { kind: "password", complete, ..Self::text(name, label) }
    }

    /// A day.
    pub const fn day(name: &'static str, label: &'static str) -> Self {
        Self { kind: "date", ..Self::text(name, label) }
    }

    /// A sum of money.
    pub const fn sum(name: &'static str, label: &'static str) -> Self {
        Self { keyboard: "decimal", ..Self::text(name, label) }
    }

    /// The six digits of a second factor.
    pub const fn code(name: &'static str, label: &'static str, hint: &'static str) -> Self {
        Self { hint, complete: "one-time-code", keyboard: "numeric", ..Self::text(name, label) }
    }

    /// With a hint under it.
    #[must_use]
    pub const fn with_hint(self, hint: &'static str) -> Self {
        Self { hint, ..self }
    }
}

/// The field; `value` holds what is typed, `mistake` says what is wrong with it.
pub fn field(what: Field, value: RwSignal<String>, mistake: Signal<Option<String>>) -> AnyView {
    let hint_id = format!("{}-hint-{}", what.name, crate::browser::random::idempotency_key());
    let mistake_id = format!("{hint_id}-mistake");
    let described = [hint_id.as_str(), mistake_id.as_str()].join(" ");
    let hint =
        (!what.hint.is_empty()).then(|| html::span().class("hint").attr("id", hint_id).child(what.hint));
    let input = html::input()
        .attr("type", what.kind)
        .attr("name", what.name)
        .attr("autocomplete", what.complete)
        .attr("inputmode", (!what.keyboard.is_empty()).then_some(what.keyboard))
        .attr("autocapitalize", "none")
        .attr("spellcheck", "false")
        .attr("aria-describedby", described)
        .attr("aria-invalid", move || mistake.get().map(|_| "true"))
        .prop("value", move || value.get())
        .on(ev::input, move |event| {
            value.try_set(value_of(&event));
        });
    let wrong = html::span().class("mistake").attr("id", mistake_id).child(move || mistake.get());
    html::label()
        .class("field")
        .child((html::span().class("label").child(what.label), input, hint, wrong))
        .into_any()
}

/// A choice of a few, as the browser's own list.
pub fn select(
    name: &'static str,
    label: &'static str,
    options: Vec<(String, &'static str)>,
    value: RwSignal<String>,
) -> AnyView {
    let options: Vec<_> = options
        .into_iter()
        .map(|(word, text)| {
            let own = word.clone();
            html::option()
                .attr("value", word)
                .prop("selected", move || value.with(|chosen| *chosen == own))
                .child(text)
        })
        .collect();
    let list = html::select()
        .attr("name", name)
        .on(ev::change, move |event| {
            value.try_set(value_of(&event));
        })
        .child(options);
    html::label().class("field").child((html::span().class("label").child(label), list)).into_any()
}
