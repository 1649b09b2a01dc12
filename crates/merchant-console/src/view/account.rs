//! One's own account: role and limits, password, second factor.

use console_api::{ChangePassword, Role};
use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use money::Currency;

use super::frame::head;
use super::parts::{Field, Once, Tone, failed, field, notice};
use super::payment::row;
use super::second_factor::second_factor;
use crate::desk::Desk;
use crate::failure::Failure;
use crate::sum::of_minor;

/// The page.
pub fn page(desk: Desk) -> AnyView {
    let words = &desk.words().account;
    let cards = html::div().class("cards").child((me(desk), password(desk), second_factor(desk)));
    html::div().class("page").child((head(words.title, ()), cards)).into_any()
}

/// A role's name.
pub const fn role_name(role: Role, words: &'static crate::text::Frame) -> &'static str {
    match role {
        Role::Viewer => words.viewer,
        Role::Operator => words.operator,
        Role::Refunder => words.refunder,
        Role::Admin => words.admin,
    }
}

fn me(desk: Desk) -> AnyView {
    let words = &desk.words().account;
    let limit = move |limit: Option<i64>| {
        limit.map_or_else(|| words.unlimited.to_owned(), |minor| desk.amount(of_minor(minor, Currency::Uah)))
    };
    let facts = move || {
        desk.session.with(|session| {
            session.staff().map(|staff| {
                let refunds = staff.role >= Role::Refunder;
                (
                    row(words.login, staff.login.clone()),
                    row(words.role, role_name(staff.role, &desk.words().frame)),
                    refunds.then(|| row(words.limit, limit(staff.refund_limit_minor))),
                    refunds.then(|| row(words.daily_limit, limit(staff.daily_refund_limit_minor))),
                )
            })
        })
    };
    html::section().class("card").child(html::dl().class("facts").child(facts)).into_any()
}

fn password(desk: Desk) -> AnyView {
    let words = &desk.words().account;
    let (current, new) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let result: RwSignal<Option<Result<(), Failure>>> = RwSignal::new(None);
    let fine = Signal::derive(|| None);
    let once = Once::new();
    let change = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if !once.begins() {
            return;
        }
        let body = ChangePassword { current: current.get_untracked(), new: new.get_untracked() };
        spawn_local(async move {
            let Some(api) = desk.api() else { return };
            let answer = api.change_password(&body).await;
            once.ends();
            if answer.is_ok() {
                current.try_set(String::new());
                new.try_set(String::new());
            }
            result.try_set(Some(answer));
        });
    };
    let form = html::form().class("stack").attr("method", "post").on(ev::submit, change).child((
        // Password managers ask whose password it is.
        html::input()
            .attr("type", "text")
            .attr("autocomplete", "username")
            .attr("hidden", "")
            .prop("value", move || desk.session.with(|me| me.staff().map(|staff| staff.login.clone()))),
        outcome(desk, result, words.password_changed),
        field(Field::password("current", words.current_password, "current-password"), current, fine),
        field(
            Field::password("new", words.new_password, "new-password").with_hint(words.password_hint),
            new,
            fine,
        ),
        html::button().attr("type", "submit").class("button").child(words.change_password),
    ));
    html::section().class("card").child((html::h2().child(words.change_password), form)).into_any()
}

/// What came of a change.
pub fn outcome(desk: Desk, result: RwSignal<Option<Result<(), Failure>>>, done: &'static str) -> AnyView {
    let inside = move || {
        result.get().map(|result| match result {
            Ok(()) => notice(Tone::Good, done),
            Err(failure) => failed(desk, &failure),
        })
    };
    html::div().attr("role", "status").child(inside).into_any()
}
