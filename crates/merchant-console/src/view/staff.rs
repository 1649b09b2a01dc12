//! Colleagues: who may do what, up to which sum.

use console_api::{StaffList, StaffMember};
use leptos::html;
use leptos::prelude::*;
use money::Currency;

use super::account::role_name;
use super::colleague::{Editor, colleague_dialog};
use super::frame::head as page_head;
use super::parts::loaded::fetch;
use super::parts::{Icon, Load, Look, Mark, Tone, button, cell, chip, head, loaded, table};
use crate::browser::intl::Moment;
use crate::desk::Desk;
use crate::sum::of_minor;

/// The page.
pub fn page(desk: Desk) -> AnyView {
    let words = &desk.words().staff;
    let place: RwSignal<Load<StaffList>> = RwSignal::new(Load::Waiting);
    let load = move || {
        if let Some(api) = desk.api() {
            fetch(place, async move { api.staff().await });
        }
    };
    load();
    let editor = colleague_dialog(desk, Callback::new(move |()| load()));
    let body = loaded(desk, place, load, move |list| {
        let rows: Vec<_> = list.staff.into_iter().map(|one| row(desk, editor, one)).collect();
        let heads = vec![
            head(words.login, ""),
            head(words.role, ""),
            head(words.limit, "sum"),
            head(words.daily_limit, "sum"),
            head(words.totp, ""),
            head(words.state, ""),
            head(words.edit, "unseen-head"),
        ];
        table(words.title, "staff", heads, rows)
    });
    let add = button(Look::Main, words.add, move || editor.open(None));
    html::div()
        .class("page")
        .child((page_head(words.title, add), editor.result(), body, editor.view()))
        .into_any()
}

fn row(desk: Desk, editor: Editor, one: StaffMember) -> AnyView {
    let (words, frame) = (&desk.words().staff, &desk.words().frame);
    let limit = |limit: Option<i64>| {
        limit.map_or_else(|| frame.none.to_owned(), |minor| desk.amount(of_minor(minor, Currency::Uah)))
    };
    let seen = one
        .last_sign_in_at
        .as_deref()
        .map(|at| html::span().class("aside").child(desk.moment(at, Moment::Minute)));
    let state = if one.active {
        Mark { icon: Icon::Tick, tone: Tone::Good, words: words.active }
    } else {
        Mark { icon: Icon::Cross, tone: Tone::Quiet, words: words.inactive }
    };
    let cells = (
        cell(words.login, "first", (one.login.clone(), seen)),
        cell(words.role, "", role_name(one.role, frame)),
        cell(words.limit, "sum", limit(one.refund_limit_minor)),
        cell(words.daily_limit, "sum", limit(one.daily_refund_limit_minor)),
        cell(words.totp, "", if one.totp { frame.yes } else { frame.no }),
        cell(words.state, "", chip(state)),
        cell(words.edit, "", edit_button(desk, editor, one.clone())),
    );
    html::tr().attr("role", "row").attr("data-login", one.login).child(cells).into_any()
}

fn edit_button(desk: Desk, editor: Editor, one: StaffMember) -> AnyView {
    let words = &desk.words().staff;
    let whose = crate::text::fill(words.edit_who, "login", &one.login);
    let label = (
        html::span().attr("aria-hidden", "true").child(words.edit),
        html::span().class("unseen").child(whose),
    );
    button(Look::Quiet, label, move || editor.open(Some(one.clone())))
}
