//! The dialog that adds a colleague or changes one's access.

use console_api::{Change, NewStaff, Role, StaffMember, StaffPatch};
use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use money::{Amount, Currency};

use super::account::role_name;
use super::parts::{Dialog, Field, Look, Once, Tone, button, dialog, failed, field, notice};
use crate::browser::page::is_ticked;
use crate::desk::Desk;
use crate::failure::Failure;
use crate::sum::{of_minor, typed};
use crate::text::fill;

/// The dialog and what is typed in it.
#[derive(Debug, Clone, Copy)]
pub struct Editor {
    desk: Desk,
    dialog: Dialog,
    saved: Callback<()>,
    known: RwSignal<Option<StaffMember>>,
    login: RwSignal<String>,
    password: RwSignal<String>,
    role: RwSignal<Role>,
    limit: RwSignal<String>,
    daily: RwSignal<String>,
    active: RwSignal<bool>,
    refused: RwSignal<Option<Failure>>,
    done: RwSignal<Option<String>>,
    once: Once,
}

/// A closed one; `saved` is called after each change.
pub fn colleague_dialog(desk: Desk, saved: Callback<()>) -> Editor {
    Editor {
        desk,
        dialog: Dialog::new(),
        saved,
        known: RwSignal::default(),
        login: RwSignal::default(),
        password: RwSignal::default(),
        role: RwSignal::new(Role::Viewer),
        limit: RwSignal::default(),
        daily: RwSignal::default(),
        active: RwSignal::new(true),
        refused: RwSignal::default(),
        done: RwSignal::default(),
        once: Once::new(),
    }
}

impl Editor {
    /// For somebody, or for somebody new.
    pub fn open(self, member: Option<StaffMember>) {
        let sum = |minor: Option<i64>| {
            minor.map(|minor| of_minor(minor, Currency::Uah).decimal()).unwrap_or_default()
        };
        self.login.set(member.as_ref().map(|member| member.login.clone()).unwrap_or_default());
        self.password.set(String::new());
        self.role.set(member.as_ref().map_or(Role::Viewer, |member| member.role));
        self.limit.set(sum(member.as_ref().and_then(|member| member.refund_limit_minor)));
        self.daily.set(sum(member.as_ref().and_then(|member| member.daily_refund_limit_minor)));
        self.active.set(member.as_ref().is_none_or(|member| member.active));
        self.known.set(member);
        self.refused.set(None);
        self.done.set(None);
        self.dialog.open();
    }

    /// What came of the last change.
    pub fn result(self) -> AnyView {
        html::div()
            .attr("role", "status")
            .child(move || self.done.get().map(|text| notice(Tone::Good, text)))
            .into_any()
    }

    fn save(self) {
        let minor = |text: String| typed(&text, Currency::Uah).map(Amount::minor);
        let (limit, daily) = (self.limit.get_untracked(), self.daily.get_untracked());
        if [&limit, &daily].into_iter().any(|text| is_wrong(text)) {
            return;
        }
        if !self.once.begins() {
            return;
        }
        let (limit, daily) = (minor(limit), minor(daily));
        let (login, password) = (self.login.get_untracked().trim().to_owned(), self.password.get_untracked());
        let (role, active) = (self.role.get_untracked(), self.active.get_untracked());
        let is_new = self.known.with_untracked(Option::is_none);
        spawn_local(async move {
            let Some(api) = self.desk.api() else { return };
            let answer = if is_new {
                let body = NewStaff {
                    login: login.clone(),
                    password,
                    role,
                    refund_limit_minor: limit,
                    daily_refund_limit_minor: daily,
                    locale: Some(self.desk.lang().tag().to_owned()),
                };
                api.add_staff(&body).await
            } else {
                let change = |limit: Option<i64>| limit.map_or(Change::Clear, Change::Set);
                let body = StaffPatch {
                    role: Some(role),
                    active: Some(active),
                    refund_limit_minor: change(limit),
                    daily_refund_limit_minor: change(daily),
                    password: Some(password).filter(|password| !password.is_empty()),
                };
                api.change_staff(&login, &body).await
            };
            self.once.ends();
            match answer {
                Ok(_) => {
                    self.dialog.close();
                    self.done.try_set(Some(fill(self.desk.words().staff.saved, "login", &login)));
                    // The page may be gone by now.
                    let _ = self.saved.try_run(());
                }
                Err(failure) => {
                    self.refused.try_set(Some(failure));
                }
            }
        });
    }

    /// Its elements.
    pub fn view(self) -> AnyView {
        let words = &self.desk.words().staff;
        let title = move || {
            self.known.with(|known| match known {
                Some(member) => fill(words.edit_who, "login", &member.login),
                None => words.add_title.to_owned(),
            })
        };
        dialog(self.desk, self.dialog, "staff-dialog", title, move || self.form())
    }

    fn form(self) -> AnyView {
        let (desk, words) = (self.desk, &self.desk.words().staff);
        let fine = Signal::derive(|| None);
        let is_new = self.known.with_untracked(Option::is_none);
        let sum_mistake = move |value: RwSignal<String>| {
            Signal::derive(move || is_wrong(&value.get()).then(|| desk.words().refund.unreadable.to_owned()))
        };
        let login = is_new
            .then(|| field(Field::text("login", words.login).with_hint(words.login_hint), self.login, fine));
        let password_label = if is_new { words.password } else { words.new_password };
        let password = Field::password("password", password_label, "new-password")
            .with_hint(desk.words().account.password_hint);
        let limits = move || {
            (self.role.get() == Role::Refunder).then(|| {
                html::div().class("filter-row").child((
                    field(
                        Field::sum("limit", words.limit).with_hint(words.limit_hint),
                        self.limit,
                        sum_mistake(self.limit),
                    ),
                    field(
                        Field::sum("daily-limit", words.daily_limit).with_hint(words.limit_hint),
                        self.daily,
                        sum_mistake(self.daily),
                    ),
                ))
            })
        };
        let active = (!is_new).then(|| {
            let tick = html::input()
                .attr("type", "checkbox")
                .attr("name", "active")
                .prop("checked", move || self.active.get())
                .on(ev::change, move |event| self.active.set(is_ticked(&event)));
            html::label().class("radio").child((tick, html::span().child(words.active)))
        });
        let foot = html::div().class("dialog-foot").child((
            html::button().attr("type", "submit").class("button main").child(desk.words().frame.save),
            button(Look::Plain, desk.words().frame.cancel, move || self.dialog.close()),
        ));
        html::form()
            .class("stack")
            .on(ev::submit, move |event| {
                event.prevent_default();
                self.save();
            })
            .child((
                move || self.refused.get().map(|failure| failed(desk, &failure)),
                login,
                self.roles(),
                limits,
                field(password, self.password, fine),
                active,
                foot,
            ))
            .into_any()
    }

    fn roles(self) -> AnyView {
        let words = &self.desk.words().staff;
        let choices: Vec<_> = Role::ALL
            .into_iter()
            .map(|role| {
                let lead = match role {
                    Role::Viewer => words.role_viewer,
                    Role::Operator => words.role_operator,
                    Role::Refunder => words.role_refunder,
                    Role::Admin => words.role_admin,
                };
                let radio = html::input()
                    .attr("type", "radio")
                    .attr("name", "role")
                    .attr("value", role.word())
                    .prop("checked", move || self.role.get() == role)
                    .on(ev::change, move |_| self.role.set(role));
                let name = role_name(role, &self.desk.words().frame);
                let text =
                    html::span().child((html::strong().child(name), html::span().class("aside").child(lead)));
                html::label().class("radio").child((radio, text))
            })
            .collect();
        html::fieldset().class("ways").child((html::legend().child(words.role), choices)).into_any()
    }
}

fn is_wrong(text: &str) -> bool {
    !text.trim().is_empty() && typed(text, Currency::Uah).is_none()
}
