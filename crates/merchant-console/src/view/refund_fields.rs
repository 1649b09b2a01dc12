//! The first two steps of the refund dialog: what goes back, and the exact sum once more.

use checkout_api::{SessionId, ShopLine};
use leptos::ev;
use leptos::html;
use leptos::prelude::*;

use super::attempt::product;
use super::parts::{Field, Look, Tone, button, field, notice};
use super::refund::{RefundDialog, Step, foot};
use crate::browser::page::value_of;
use crate::refund_form::{Draft, Field as Place, Mistake, Way};
use crate::text::{fill, fill_all};

/// What goes back, and how.
pub fn choosing(dialog: RefundDialog) -> AnyView {
    let words = &dialog.desk.words().refund;
    let number = dialog.order().map(|order| order.order.as_str().to_owned()).unwrap_or_default();
    let lead = move || {
        let sum = dialog.left.with(|left| left.as_ref().map(|left| left.minor)).unwrap_or_default();
        fill_all(words.lead, &[("order", &number), ("sum", &dialog.money(sum))])
    };
    let has_lines = move || dialog.left.with(|left| left.as_ref().is_some_and(|left| !left.lines.is_empty()));
    let ways = html::fieldset().class("ways").child((
        html::legend().child(words.way),
        way(dialog, Way::Everything, "everything", words.way_everything),
        move || has_lines().then(|| way(dialog, Way::Lines, "lines", words.way_lines)),
        way(dialog, Way::Sum, "sum", words.way_sum),
    ));
    let chosen = Memo::new(move |_| dialog.draft.with(|draft| draft.as_ref().map(|draft| draft.way)));
    let fields = move || match chosen.get() {
        Some(Way::Lines) => lines(dialog),
        Some(Way::Sum) => free_sum(dialog),
        Some(Way::Everything) | None => ().into_any(),
    };
    let reason = part(dialog, |draft| &draft.reason, |draft, text| draft.reason = text);
    let next = html::button()
        .attr("type", "submit")
        .class("button main")
        .attr("data-action", "next")
        .child(words.next);
    let cancel = button(Look::Plain, dialog.desk.words().frame.cancel, move || dialog.close());
    html::form()
        .class("stack")
        .on(ev::submit, move |event| {
            event.prevent_default();
            dialog.go_on();
        })
        .child((
            html::p().class("lead").child(lead),
            payments(dialog),
            ways,
            fields,
            move || {
                dialog.session.track();
                how(dialog)
            },
            field(Field::text("reason", words.reason).with_hint(words.reason_hint), reason, no_mistake()),
            html::div().class("refund-foot").child((total(dialog), foot(next, cancel))),
        ))
        .into_any()
}

/// Which payment, where the order holds money of several. One that must wait is named, and cannot be chosen.
fn payments(dialog: RefundDialog) -> AnyView {
    let (words, states) = (&dialog.desk.words().refund, &dialog.desk.words().states);
    let payments = dialog.order().map(|order| crate::attempts::payments(&order)).unwrap_or_default();
    if payments.len() < 2 {
        return ().into_any();
    }
    let desk = dialog.desk;
    let chosen = dialog.session.get_untracked();
    let options: Vec<_> = payments
        .into_iter()
        .map(|payment| {
            let when = desk.moment(&payment.created_at, crate::browser::intl::Moment::Minute);
            let parts = [product(&payment.product, states), when, desk.amount(payment.left)].join(" · ");
            let label = if payment.open { parts } else { [&parts, " · ", words.payment_waits].concat() };
            let is_chosen = payment.session == chosen;
            let value = payment.session.map(|session| session.as_str().to_owned()).unwrap_or_default();
            html::option()
                .attr("value", value)
                .prop("selected", is_chosen)
                .prop("disabled", !payment.open)
                .child(label)
        })
        .collect();
    let list = html::select()
        .attr("name", "payment")
        .on(ev::change, move |event| {
            let session = Some(value_of(&event)).filter(|session| !session.is_empty());
            dialog.choose_payment(session.map(SessionId::new));
        })
        .child(options);
    html::label()
        .class("field")
        .child((html::span().class("label").child(words.which_payment), list))
        .into_any()
}

fn way(dialog: RefundDialog, way: Way, word: &'static str, label: &'static str) -> AnyView {
    let radio = html::input()
        .attr("type", "radio")
        .attr("name", "way")
        .attr("value", word)
        .prop("checked", move || {
            dialog.draft.with(|draft| draft.as_ref().map(|draft| draft.way)) == Some(way)
        })
        .on(ev::change, move |_| change(dialog, |draft| draft.way = way));
    html::label().class("radio").child((radio, html::span().child(label))).into_any()
}

fn lines(dialog: RefundDialog) -> AnyView {
    let words = &dialog.desk.words().refund;
    let Some(left) = dialog.left.get_untracked() else { return ().into_any() };
    let rows: Vec<_> = left.lines.iter().enumerate().map(|(place, one)| line(dialog, place, one)).collect();
    let shipping = (left.shipping_minor > 0).then(|| {
        let value = part(dialog, |draft| &draft.shipping, |draft, text| draft.shipping = text);
        let most = dialog.money(left.shipping_minor);
        html::div().class("refund-line").child((
            html::div().class("refund-item").child((
                html::span().child(words.shipping),
                html::span().class("aside").child([words.left, ": ", &most].concat()),
            )),
            html::div().class("refund-inputs").child(field(
                Field::sum("shipping", words.sum),
                value,
                mistake(dialog, Place::Shipping),
            )),
        ))
    });
    html::div().class("refund-lines").child((rows, shipping)).into_any()
}

fn line(dialog: RefundDialog, place: usize, line: &ShopLine) -> AnyView {
    let words = &dialog.desk.words().refund;
    let sum = dialog.money(line.refundable_minor);
    let left = fill_all(words.left_of, &[("count", &line.refundable_quantity.to_string()), ("sum", &sum)]);
    let item = html::div().class("refund-item").child((
        html::span().child(line.name.clone()),
        html::span().class("aside").child([words.left, ": ", &left].concat()),
    ));
    if line.refundable_minor == 0 && line.refundable_quantity == 0 {
        return html::div().class("refund-line spent").child(item).into_any();
    }
    let quantity = number(
        dialog,
        "quantity",
        words.quantity,
        fill(words.quantity_of, "item", &line.name),
        place,
        |part| &mut part.quantity,
    );
    let sum =
        number(dialog, "line-sum", words.or_sum, fill(words.sum_of, "item", &line.name), place, |part| {
            &mut part.sum
        });
    let most = line.refundable_quantity.to_string();
    let all = html::button()
        .attr("type", "button")
        .class("button quiet")
        .attr("aria-label", fill(words.all_of_item, "item", &line.name))
        .on(ev::click, move |_| {
            change(dialog, |draft| {
                if let Some(part) = draft.parts.get_mut(place) {
                    part.quantity.clone_from(&most);
                    part.sum.clear();
                }
            });
        })
        .child(words.all_of);
    let wrong = mistake(dialog, Place::Line(place));
    let wrong = html::span().class("mistake").attr("role", "alert").child(move || wrong.get());
    html::div()
        .class("refund-line")
        .attr("data-line", line.id.clone())
        .child((item, html::div().class("refund-inputs").child((quantity, sum, all)), wrong))
        .into_any()
}

/// One of the two fields of a line.
fn number(
    dialog: RefundDialog,
    name: &'static str,
    label: &'static str,
    full: String,
    place: usize,
    of: fn(&mut crate::refund_form::Part) -> &mut String,
) -> AnyView {
    let value = move || {
        let mut draft = dialog.draft.get()?;
        draft.parts.get_mut(place).map(|part| of(part).clone())
    };
    let input = html::input()
        .attr("type", "text")
        .attr("inputmode", if name == "quantity" { "numeric" } else { "decimal" })
        .attr("autocomplete", "off")
        .attr("name", name)
        .attr("aria-label", full)
        .prop("value", move || value().unwrap_or_default())
        .on(ev::input, move |event| {
            let text = value_of(&event);
            change(dialog, |draft| {
                if let Some(part) = draft.parts.get_mut(place) {
                    *of(part) = text;
                }
            });
        });
    html::label().class("field small").child((html::span().class("label").child(label), input)).into_any()
}

fn free_sum(dialog: RefundDialog) -> AnyView {
    let words = &dialog.desk.words().refund;
    let value = part(dialog, |draft| &draft.sum, |draft, text| draft.sum = text);
    field(Field::sum("amount", words.amount), value, mistake(dialog, Place::Sum))
}

/// Through the bank, or recorded only.
fn how(dialog: RefundDialog) -> AnyView {
    let words = &dialog.desk.words().refund;
    let at_bank = dialog.at_bank();
    let online = if at_bank { words.online_lead } else { words.why_not_at_bank };
    let choice = move |offline: bool, name: &'static str, lead: String| {
        let radio = html::input()
            .attr("type", "radio")
            .attr("name", "how")
            .attr("value", if offline { "offline" } else { "online" })
            .prop("checked", move || {
                dialog.draft.with(|draft| draft.as_ref().is_some_and(|draft| draft.offline == offline))
            })
            .prop("disabled", !at_bank && !offline)
            .on(ev::change, move |_| change(dialog, |draft| draft.offline = offline));
        let text = html::span().child((html::strong().child(name), html::span().class("aside").child(lead)));
        html::label().class("radio").child((radio, text)).into_any()
    };
    html::fieldset()
        .class("ways")
        .child((
            html::legend().child(words.how),
            choice(false, words.online_name, dialog.about_provider(online)),
            choice(true, words.offline_name, words.offline_lead.to_owned()),
        ))
        .into_any()
}

fn total(dialog: RefundDialog) -> AnyView {
    let words = &dialog.desk.words().refund;
    let sum = move || {
        dialog.total().map_or_else(|| dialog.desk.words().frame.none.to_owned(), |sum| dialog.money(sum))
    };
    let after = move || {
        let left = dialog.left.with(|left| left.as_ref().map(|left| left.minor)).unwrap_or_default();
        dialog.total().map(|sum| fill(words.remains_after, "sum", &dialog.money(left.saturating_sub(sum))))
    };
    let wrong = mistake(dialog, Place::Whole);
    html::div()
        .class("refund-total")
        .child((
            html::div().attr("role", "status").child((
                html::span().child([words.total, ": "].concat()),
                html::strong().attr("data-total", "").child(sum),
            )),
            html::span().class("aside").child(after),
            html::span().class("mistake").attr("role", "alert").child(move || wrong.get()),
        ))
        .into_any()
}

/// The exact sum once more.
pub fn confirming(dialog: RefundDialog) -> AnyView {
    let words = &dialog.desk.words().refund;
    let (Some(draft), Some(sum)) = (dialog.draft.get_untracked(), untrack(|| dialog.total())) else {
        return ().into_any();
    };
    let money = dialog.money(sum);
    let session = dialog.attempt().map(|attempt| attempt.session);
    let instrument = dialog.order().and_then(|order| {
        let mut of_it =
            order.operations.into_iter().rev().filter(|one| Some(&one.session) == session.as_ref());
        of_it.find_map(|one| one.instrument)
    });
    let instrument = instrument.unwrap_or_else(|| words.confirm_instrument.to_owned());
    let (text, label, tone) = if draft.offline {
        (fill(words.confirm_offline, "sum", &money), fill(words.offline, "sum", &money), Tone::Quiet)
    } else {
        let text = fill_all(words.confirm_online, &[("sum", &money), ("instrument", &instrument)]);
        (dialog.about_provider(&text), fill(words.online, "sum", &money), Tone::Waiting)
    };
    let sending = Memo::new(move |_| dialog.step.get() == Step::Sending);
    let send = html::button()
        .attr("type", "button")
        .class(if draft.offline { "button main" } else { "button danger" })
        .attr("data-action", if draft.offline { "refund-offline" } else { "refund-online" })
        .attr("aria-disabled", move || sending.get().then_some("true"))
        .on(ev::click, move |_| dialog.send())
        .child((
            html::span().class("turning").attr("aria-hidden", "true").attr("hidden", move || !sending.get()),
            move || if sending.get() { words.sending.to_owned() } else { label.clone() },
        ));
    // Until it is known what became of it, there is nothing to change.
    let change = move || {
        (!dialog.unsure.get()).then(|| {
            button(Look::Plain, words.confirm_change, move || {
                if !sending.get_untracked() {
                    dialog.step.set(Step::Choosing);
                }
            })
        })
    };
    html::div().class("stack").child((notice(tone, text), foot(send, change))).into_any()
}

/// Changes what is typed.
fn change(dialog: RefundDialog, change: impl FnOnce(&mut Draft)) {
    dialog.draft.update(|draft| {
        if let Some(draft) = draft {
            change(draft);
        }
    });
}

/// A field of the draft as a signal of its own.
fn part(
    dialog: RefundDialog,
    read: fn(&Draft) -> &String,
    write: fn(&mut Draft, String),
) -> RwSignal<String> {
    let start = dialog.draft.with_untracked(|draft| draft.as_ref().map(|draft| read(draft).clone()));
    let value = RwSignal::new(start.unwrap_or_default());
    Effect::new(move |_| {
        let text = value.get();
        let same =
            dialog.draft.with_untracked(|draft| draft.as_ref().is_some_and(|draft| *read(draft) == text));
        if !same {
            change(dialog, |draft| write(draft, text));
        }
    });
    value
}

fn no_mistake() -> Signal<Option<String>> {
    Signal::derive(|| None)
}

/// What is wrong at a place. "Nothing chosen" is said only after "Continue"; the rest at once.
fn mistake(dialog: RefundDialog, place: Place) -> Signal<Option<String>> {
    let words = &dialog.desk.words().refund;
    Signal::derive(move || {
        let (draft, left) = (dialog.draft.get()?, dialog.left.get()?);
        let mistakes = draft.total(&left).err()?;
        let (_, mistake) = mistakes.into_iter().find(|(at, _)| *at == place)?;
        match mistake {
            Mistake::Unreadable => Some(words.unreadable.to_owned()),
            Mistake::TooMuch(left) => Some(fill(words.too_much, "sum", &dialog.money(left))),
            Mistake::TooMany(left) => Some(fill(words.too_many, "count", &left.to_string())),
            Mistake::Both => Some(words.both.to_owned()),
            Mistake::Nothing => dialog.strict.get().then(|| words.nothing_chosen.to_owned()),
        }
    })
}
