//! The second factor: switching it on by proving a code, switching it off by the same.

use console_api::SecondFactorSetup;
use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::account::outcome;
use super::parts::{Field, Look, Once, busy_button, copied, field};
use crate::browser::page::svg_address;
use crate::desk::Desk;
use crate::failure::Failure;
use crate::session::Session;

/// The card.
pub fn second_factor(desk: Desk) -> AnyView {
    let words = &desk.words().account;
    let is_on =
        Memo::new(move |_| desk.session.with(|session| session.staff().is_some_and(|staff| staff.totp)));
    let setup: RwSignal<Option<(String, String)>> = RwSignal::new(None);
    let code = RwSignal::new(String::new());
    let result: RwSignal<Option<Result<(), Failure>>> = RwSignal::new(None);
    let busy = RwSignal::new(false);
    let fine = Signal::derive(|| None);

    let begin = move || {
        busy.set(true);
        spawn_local(async move {
            let Some(api) = desk.api() else { return };
            let answer: Result<SecondFactorSetup, Failure> = api.second_factor().await;
            busy.try_set(false);
            match answer {
                Ok(answer) => {
                    setup.try_set(Some((svg_address(&answer.qr), answer.secret)));
                    result.try_set(None);
                }
                Err(failure) => {
                    result.try_set(Some(Err(failure)));
                }
            }
        });
    };
    let once = Once::new();
    let switch = move |event: leptos::ev::SubmitEvent, on: bool| {
        event.prevent_default();
        if !once.begins() {
            return;
        }
        let typed: String = code.get_untracked().split_whitespace().collect();
        spawn_local(async move {
            let Some(api) = desk.api() else { return };
            let answer = api.switch_second_factor(if on { "PUT" } else { "DELETE" }, &typed).await;
            once.ends();
            if answer.is_ok() {
                setup.try_set(None);
                code.try_set(String::new());
                desk.session.try_update(|session| {
                    if let Session::Staff(staff) = session {
                        staff.totp = on;
                    }
                });
            }
            result.try_set(Some(answer));
        });
    };
    let code_field = move |hint: &'static str| field(Field::code("code", words.code, hint), code, fine);
    let submit =
        move |label: &'static str| html::button().attr("type", "submit").class("button").child(label);
    let inside = move || match (is_on.get(), setup.get()) {
        (true, _) => {
            let form = html::form()
                .class("stack")
                .on(ev::submit, move |event| switch(event, false))
                .child((code_field(words.totp_end_hint), submit(words.totp_end)));
            (html::p().child(words.totp_on), form).into_any()
        }
        (false, None) => {
            let start = busy_button(
                Look::Plain,
                "totp-start",
                busy,
                words.totp_start,
                desk.words().frame.loading,
                begin,
            );
            (html::p().child(words.totp_off), start).into_any()
        }
        (false, Some((picture, secret))) => {
            let qr = html::img().class("qr").attr("src", picture).attr("alt", words.totp_qr);
            let key = html::p().child((words.totp_secret, " ", copied(desk, words.totp_secret, secret)));
            let form = html::form()
                .class("stack")
                .on(ev::submit, move |event| switch(event, true))
                .child((code_field(words.code_hint), submit(words.totp_confirm)));
            (html::p().child(words.totp_scan), qr, key, form).into_any()
        }
    };
    let done = move || if is_on.get() { words.totp_is_on } else { words.totp_is_off };
    html::section()
        .class("card")
        .attr("data-section", "totp")
        .child((html::h2().child(words.totp), move || outcome(desk, result, done()), inside))
        .into_any()
}
