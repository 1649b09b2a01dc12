//! What happened: the bank's operations, the refunds, the timeline with its raw messages on demand.

use checkout_api::{ShopEvent, ShopOperation, ShopOrder};
use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

use super::parts::loaded::fetch;
use super::parts::{Load, cell, chip, copied, head, loaded, mark_of_operation, mark_of_refund, table};
use crate::attempts::Provider;
use crate::browser::intl::Moment;
use crate::deeds;
use crate::desk::Desk;
use crate::reasons;
use crate::text::fill;

/// Every movement the bank reported.
pub fn operations(desk: Desk, order: &ShopOrder) -> AnyView {
    let (words, states) = (&desk.words().order, &desk.words().states);
    if order.operations.is_empty() {
        return html::p().class("aside").child(words.no_operations).into_any();
    }
    let heads = vec![
        head(words.kind, ""),
        head(words.id, ""),
        head(words.date, ""),
        head(words.sum, "sum"),
        head(words.status, ""),
    ];
    let rows: Vec<_> = order
        .operations
        .iter()
        .map(|one| {
            let kind = reasons::operation(&one.kind, states).map_or_else(|| one.kind.clone(), str::to_owned);
            let date = one
                .created_at
                .as_deref()
                .or(one.modified_at.as_deref())
                .map(|at| desk.moment(at, Moment::Minute));
            let sum = one.amount.map(|amount| desk.amount(amount));
            let reason = one.reason.as_deref().map(|reason| {
                let words = reasons::decline(reason, states);
                html::span().class("aside").attr("title", reason.to_owned()).child(words)
            });
            html::tr().attr("role", "row").attr("data-kind", one.kind.clone()).child((
                cell(words.kind, "first", kind),
                cell(words.id, "", copied(desk, words.id, own_id(one))),
                cell(words.date, "when", date),
                cell(words.sum, "sum", sum),
                cell(words.status, "", (chip(mark_of_operation(&one.status, states)), reason)),
            ))
        })
        .collect();
    table(words.operations, "operations", heads, rows)
}

/// A refund carries its payment's number too: only its other id is its own.
fn own_id(operation: &ShopOperation) -> String {
    let number = operation.operation_id.clone().filter(|_| operation.kind != "REFUND");
    number.unwrap_or_else(|| operation.id.clone())
}

/// Every refund, those that were only recorded among them.
pub fn refunds(desk: Desk, order: &ShopOrder) -> AnyView {
    let (words, states) = (&desk.words().order, &desk.words().states);
    let heads =
        vec![head(words.kind, ""), head(words.date, ""), head(words.sum, "sum"), head(words.status, "")];
    let rows: Vec<_> = order
        .refunds
        .iter()
        .map(|refund| {
            let refund_words = &desk.words().refund;
            let kind = if refund.offline { refund_words.offline_name } else { refund_words.online_name };
            let reason = refund.reason.clone().map(|reason| html::span().class("aside").child(reason));
            let by = html::span().class("aside").child(fill(words.by, "who", &who(desk, &refund.by)));
            let code = refund.code.as_deref().map(|code| {
                html::span()
                    .class("aside")
                    .attr("title", code.to_owned())
                    .child(reasons::refusal(code, states))
            });
            html::tr().attr("role", "row").attr("data-refund", refund.refund.clone()).child((
                cell(words.kind, "first", (html::span().child(kind), reason)),
                cell(
                    words.date,
                    "when",
                    (html::span().child(desk.moment(&refund.created_at, Moment::Minute)), by),
                ),
                cell(words.sum, "sum", desk.amount(refund.amount)),
                cell(words.status, "", (chip(mark_of_refund(&refund.state, states)), code)),
            ))
        })
        .collect();
    table(words.refunds, "refunds", heads, rows)
}

/// Who caused something.
pub fn who(desk: Desk, actor: &str) -> String {
    let words = &desk.words().journal;
    match actor.split_once(':') {
        Some(("staff", name)) => fill(words.who_staff, "name", name),
        Some(("token", name)) => fill(words.who_token, "name", name),
        Some(_) | None => match actor {
            "shop" => words.who_shop.to_owned(),
            "buyer" => words.who_buyer.to_owned(),
            "bank" => words.who_bank.to_owned(),
            "time" => words.who_time.to_owned(),
            other => other.to_owned(),
        },
    }
}

/// The newest entry stands first.
pub fn timeline(desk: Desk, order: &ShopOrder) -> AnyView {
    let number = order.order.as_str().to_owned();
    let entries: Vec<_> = order.events.iter().rev().map(|event| entry(desk, order, &number, event)).collect();
    html::ol().class("timeline").child(entries).into_any()
}

/// More about an entry. A refund is told by its sum; its id would tell nobody anything.
fn detail(desk: Desk, order: &ShopOrder, event: &ShopEvent) -> Option<String> {
    let detail = event.detail.clone()?;
    let id = detail.split_whitespace().next().unwrap_or_default();
    let refund = order.refunds.iter().find(|refund| refund.refund == id);
    let states = &desk.words().states;
    if let Some(refund) = refund {
        let why = refund.code.as_deref().filter(|_| event.what.ends_with("failed"));
        let why = why.map(|code| [" · ", reasons::refusal(code, states)].concat()).unwrap_or_default();
        return Some([&desk.amount(refund.amount), why.as_str()].concat());
    }
    Some(plain_detail(desk, &event.what, &detail))
}

/// The same where no order is at hand: sums and decline codes in words.
pub fn plain_detail(desk: Desk, what: &str, detail: &str) -> String {
    let states = &desk.words().states;
    let parts: Vec<&str> = detail.split_whitespace().collect();
    if let [_, minor, currency] = parts.as_slice()
        && let Ok(minor) = minor.parse()
    {
        return desk.signed(minor, currency);
    }
    if what == "refund_refused" {
        return reasons::not_allowed(detail, &desk.words().staff).to_owned();
    }
    if what == "rejected" {
        return [reasons::decline(detail, states), " (", detail, ")"].concat();
    }
    detail.to_owned()
}

fn entry(desk: Desk, order: &ShopOrder, number: &str, event: &ShopEvent) -> AnyView {
    let what = deeds::event(&event.what, &desk.words().journal);
    let detail = detail(desk, order, event).map(|detail| html::span().class("aside").child(detail));
    let meta = html::span().class("aside").child((
        html::time().attr("datetime", event.at.clone()).child(desk.moment(&event.at, Moment::Second)),
        " · ",
        caused_by(desk, order, event),
    ));
    let raw = event.has_raw.then(|| raw(desk, number.to_owned(), event.id.clone()));
    html::li()
        .attr("data-what", event.what.clone())
        .child((html::span().class("what").child(what), detail, meta, raw))
        .into_any()
}

/// Who caused an entry; "the bank" is whoever moves the attempt's money.
fn caused_by(desk: Desk, order: &ShopOrder, event: &ShopEvent) -> String {
    let attempt = order.attempts.iter().find(|attempt| Some(&attempt.session) == event.session.as_ref());
    match attempt.map(|attempt| Provider::of(&attempt.product)) {
        Some(provider @ Provider::AlipayPlus) if event.who == "bank" => provider.name().to_owned(),
        Some(_) | None => who(desk, &event.who),
    }
}

/// The message is fetched when somebody wants to read it.
fn raw(desk: Desk, order: String, event: String) -> AnyView {
    let words = &desk.words().order;
    let message: RwSignal<Load<String>> = RwSignal::new(Load::Waiting);
    let wanted = RwSignal::new(false);
    let names = StoredValue::new((order, event));
    let load = move || {
        if let Some(api) = desk.api() {
            let (order, event) = names.get_value();
            fetch(message, async move { Ok(pretty(&api.raw(&order, &event).await?.raw)) });
        }
    };
    let inside = move || {
        wanted.get().then(|| {
            loaded(desk, message, load, |text| {
                html::pre().attr("tabindex", "0").child(html::code().child(text)).into_any()
            })
        })
    };
    html::details()
        .class("raw")
        .on(ev::toggle, move |_| {
            if !wanted.get_untracked() {
                wanted.set(true);
                load();
            }
        })
        .child((html::summary().child(words.raw), inside))
        .into_any()
}

/// JSON is laid out, by the browser; anything else stays as it is.
fn pretty(text: &str) -> String {
    let value = js_sys::JSON::parse(text).ok();
    let laid_out = value.and_then(|value| {
        js_sys::JSON::stringify_with_replacer_and_space(&value, &JsValue::NULL, &JsValue::from(2)).ok()
    });
    laid_out.map_or_else(|| text.to_owned(), String::from)
}
