//! Signing in: login and password, then the second factor where it is on.

use console_api::SignIn;
use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::frame::looks;
use super::parts::{Field, Look, Tone, failed, field, notice};
use crate::browser::page::field as typed;
use crate::desk::Desk;
use crate::failure::Failure;
use crate::session::Session;

/// The page.
pub fn page(desk: Desk) -> AnyView {
    let words = &desk.words().account;
    super::super::surface::title(Some(words.sign_in), desk.lang());
    let (login, password, code) =
        (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(String::new()));
    let wants_code = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let wrong: RwSignal<Option<Failure>> = RwSignal::new(None);
    let fine = Signal::derive(|| None);

    let enter = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        // Password managers fill fields without telling: the form's own values count.
        let body = SignIn {
            login: typed(&event, "login").trim().to_owned(),
            password: typed(&event, "password"),
            code: Some(typed(&event, "code").trim().to_owned()).filter(|code| !code.is_empty()),
        };
        busy.set(true);
        spawn_local(async move {
            let Some(api) = desk.api() else { return };
            let answer = api.sign_in(&body).await;
            busy.try_set(false);
            match answer {
                Ok(signed_in) => {
                    wrong.try_set(None);
                    super::super::surface::welcome(desk, signed_in.staff);
                }
                Err(failure) if failure.code() == "second_factor_needed" && body.code.is_none() => {
                    wrong.try_set(None);
                    wants_code.try_set(true);
                    desk.say(desk.words().account.code_hint);
                    focus("code").await;
                }
                Err(failure) => {
                    wrong.try_set(Some(failure));
                    focus(if body.code.is_some() { "code" } else { "password" }).await;
                }
            }
        });
    };

    let over = move || {
        let over = desk.session.with_untracked(|session| *session == Session::Nobody { over: true });
        over.then(|| notice(Tone::Quiet, words.session_over))
    };
    let first = html::div().class("stack").attr("hidden", move || wants_code.get()).child((
        field(Field { complete: "username", ..Field::text("login", words.login) }, login, fine),
        field(Field::password("password", words.password, "current-password"), password, fine),
    ));
    let second = html::div().class("stack").attr("hidden", move || !wants_code.get()).child((
        field(Field::code("code", words.code, words.code_hint), code, fine),
        super::parts::button(Look::Quiet, words.other_login, move || {
            wants_code.set(false);
            code.set(String::new());
            wrong.set(None);
        }),
    ));
    let submit = html::button()
        .attr("type", "submit")
        .class("button main wide")
        .attr("aria-disabled", move || busy.get().then_some("true"))
        .child(move || if busy.get() { words.submitting } else { words.submit });
    let form = html::form().class("stack").attr("method", "post").on(ev::submit, enter).child((
        over,
        move || wrong.get().map(|failure| failed(desk, &failure)),
        first,
        second,
        submit,
    ));
    let card = html::div().class("door-card").child((
        html::span().class("brand-mark").attr("aria-hidden", "true"),
        html::h1().child(words.sign_in),
        html::p().class("lead").child(words.sign_in_lead),
        form,
    ));
    html::main().class("door").attr("id", "main").child((card, looks(desk))).into_any()
}

async fn focus(name: &str) {
    crate::browser::clock::pause(0).await;
    if let Some(main) = document().get_element_by_id("main") {
        crate::browser::page::focus_in(&main, &["[name=", name, "]"].concat());
    }
}
