//! The payment block: where the news is from, state, anomalies, ids at the bank, instrument, decline reason. It stands on
//! an order's page and in the dialog behind "Payment status".

use checkout_api::{Anomaly, ShopOrder};
use console_api::Role;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::attempt::{of_attempt, other_attempt};
use super::order::{Checked, Inquiry};
use super::parts::{
    Dialog, Load, Look, Tone, busy_button, chip, dialog, loaded, mark_of_state, notice, order_link,
};
use crate::attempts::{Provider, is_confirmed, leading};
use crate::browser::intl::Moment;
use crate::desk::Desk;
use crate::text::{States, fill, fill_all};

/// An anomaly's name and what to do about it.
pub const fn anomaly_words(
    anomaly: &Anomaly,
    words: &'static States,
) -> Option<(&'static str, &'static str)> {
    match anomaly {
        Anomaly::Underpaid => Some((words.underpaid, words.underpaid_lead)),
        Anomaly::Overpaid => Some((words.overpaid, words.overpaid_lead)),
        Anomaly::Repeated => Some((words.repeated, words.repeated_lead)),
        Anomaly::Unreachable => Some((words.unreachable, words.unreachable_lead)),
        Anomaly::Unrecognized(_) => None,
    }
}

/// Anomalies as small labels.
pub fn anomalies(desk: Desk, anomalies: &[Anomaly]) -> Vec<AnyView> {
    let label = |anomaly: &Anomaly| {
        let words = anomaly_words(anomaly, &desk.words().states);
        let name = words.map_or_else(|| anomaly.as_str().to_owned(), |(name, _)| name.to_owned());
        let shape = super::parts::icon(super::parts::Icon::Mark);
        html::span().class("chip bad").child((shape, name)).into_any()
    };
    anomalies.iter().map(label).collect()
}

/// Where the news is from.
pub fn source(desk: Desk, order: &ShopOrder, inquiry: &Inquiry) -> AnyView {
    let words = &desk.words().order;
    let Some(attempt) = leading(order) else { return notice(Tone::Quiet, words.source_none) };
    let provider = Provider::of(&attempt.product);
    let (asked_one, asking_one) = match provider {
        Provider::AlliancePay => (words.bank_confirmed, words.bank_asked),
        Provider::AlipayPlus => (provider.name(), provider.name()),
    };
    let say = |text: &str, when: Option<&str>| {
        let when = when.map(|when| desk.moment(when, Moment::Second)).unwrap_or_default();
        let places = [
            ("when", when.as_str()),
            ("provider", provider.name()),
            ("confirmed", asked_one),
            ("asked", asking_one),
        ];
        fill_all(text, &places)
    };
    match (&attempt.notified_at, &attempt.asked_at, inquiry) {
        (Some(notified), _, _) if is_confirmed(attempt) => {
            notice(Tone::Good, say(words.source_callback, Some(notified)))
        }
        (Some(notified), _, _) => notice(Tone::Waiting, say(words.source_callback_only, Some(notified))),
        (None, _, Inquiry::Asking) => notice(Tone::Waiting, say(words.source_asking, None)),
        (None, _, Inquiry::Failed(failure)) if failure.may_pass() => {
            notice(Tone::Bad, say(words.source_silent, None))
        }
        (None, Some(asked), _) => notice(Tone::Quiet, say(words.source_asked, Some(asked))),
        (None, None, Inquiry::Failed(_)) => notice(Tone::Quiet, say(words.source_role, None)),
        (None, None, _) if !desk.reaches(Role::Operator) => notice(Tone::Quiet, say(words.source_role, None)),
        (None, None, _) => notice(Tone::Waiting, say(words.source_asking, None)),
    }
}

/// What the last question brought.
pub fn result_of(desk: Desk, inquiry: &Inquiry) -> AnyView {
    let (words, states) = (&desk.words().order, &desk.words().states);
    match inquiry {
        Inquiry::None | Inquiry::Asking => ().into_any(),
        Inquiry::Failed(failure) => super::parts::failed(desk, failure),
        Inquiry::Done(Checked { before, after, changed, of }) => {
            let who = match of {
                Provider::AlliancePay => desk.words().refund.the_bank,
                Provider::AlipayPlus => of.name(),
            };
            let say = |text: &str| fill(text, "who", who);
            let name = |(state, reason): &(checkout_api::PaymentState, Option<String>)| {
                mark_of_state(state, reason.as_deref(), states).words
            };
            if *changed && before != after {
                let text = fill(&say(words.asked_changed), "before", name(before));
                notice(Tone::Good, fill(&text, "after", name(after)))
            } else if *changed {
                notice(Tone::Good, say(words.asked_repaired))
            } else {
                notice(Tone::Quiet, fill(&say(words.asked_same), "state", name(after)))
            }
        }
    }
}

/// State, ids, instrument, reason.
pub fn facts(desk: Desk, order: &ShopOrder) -> AnyView {
    let (words, states) = (&desk.words().order, &desk.words().states);
    let mark = mark_of_state(&order.state, order.reason.as_deref(), states);
    let mut rows = vec![row(words.state, (chip(mark), anomalies(desk, &order.anomalies)))];
    let leads = order.anomalies.iter().filter_map(|anomaly| anomaly_words(anomaly, states));
    let notices: Vec<_> = leads.map(|(_, lead)| notice(Tone::Bad, lead)).collect();
    if let Some(attempt) = leading(order) {
        rows.extend(of_attempt(desk, order, attempt));
    }
    let others: Vec<_> = order
        .attempts
        .iter()
        .filter(|attempt| leading(order).is_none_or(|main| main.session != attempt.session))
        .rev()
        .map(|attempt| other_attempt(desk, order, attempt))
        .collect();
    let others = (!others.is_empty()).then(|| {
        let count = order.attempts.len().to_string();
        html::details()
            .class("attempts")
            .child((html::summary().child(fill(words.attempts, "count", &count)), others))
    });
    // Before the list: it takes names and values only.
    html::div().class("stack").child((notices, html::dl().class("facts").child(rows), others)).into_any()
}

/// A name and its value.
pub fn row(name: &'static str, value: impl IntoAny) -> AnyView {
    html::div().child((html::dt().child(name), html::dd().child(value.into_any()))).into_any()
}

/// The dialog behind "Payment status".
#[derive(Debug, Clone, Copy)]
pub struct StatusDialog {
    desk: Desk,
    dialog: Dialog,
    number: RwSignal<String>,
    order: RwSignal<Load<ShopOrder>>,
    inquiry: RwSignal<Inquiry>,
}

/// A closed one.
pub fn status_dialog(desk: Desk) -> StatusDialog {
    StatusDialog {
        desk,
        dialog: Dialog::new(),
        number: RwSignal::default(),
        order: RwSignal::new(Load::Waiting),
        inquiry: RwSignal::new(Inquiry::None),
    }
}

impl StatusDialog {
    /// Opens it for an order.
    pub fn open(self, order: String) {
        self.number.set(order);
        self.order.set(Load::Waiting);
        self.inquiry.set(Inquiry::None);
        self.dialog.open();
        self.fetch();
    }

    fn fetch(self) {
        let number = self.number.get_untracked();
        spawn_local(async move {
            let Some(api) = self.desk.api() else { return };
            self.desk.learns_who().await;
            let answer = api.whole(&number).await;
            if self.number.try_get_untracked().as_ref() != Some(&number) {
                return;
            }
            match answer {
                Ok(order) => {
                    let silent = leading(&order).is_some_and(|attempt| attempt.notified_at.is_none());
                    self.order.try_set(Load::Here(order));
                    if silent && self.desk.session.with_untracked(|session| session.reaches(Role::Operator)) {
                        self.ask();
                    }
                }
                Err(failure) => {
                    self.order.try_set(Load::Failed(failure));
                }
            }
        });
    }

    fn ask(self) {
        super::order::ask(self.desk, self.number.get_untracked(), self.order, self.inquiry);
    }

    /// Its elements.
    pub fn view(self) -> AnyView {
        let (desk, words) = (self.desk, self.desk.words());
        let title = move || fill(words.orders.status_of, "order", &self.number.get());
        let inside = move || {
            let body = loaded(
                desk,
                self.order,
                move || self.fetch(),
                move |order| {
                    let banner = {
                        let order = order.clone();
                        move || self.inquiry.with(|inquiry| source(desk, &order, inquiry))
                    };
                    (banner, facts(desk, &order)).into_any()
                },
            );
            let result = html::div()
                .attr("role", "status")
                .child(move || self.inquiry.with(|inquiry| result_of(desk, inquiry)));
            let busy = RwSignal::new(false);
            Effect::new(move |_| busy.set(self.inquiry.with(|inquiry| *inquiry == Inquiry::Asking)));
            let check = move || {
                desk.reaches(Role::Operator).then(|| {
                    let (label, working) = (words.orders.ask_now, words.order.updating);
                    busy_button(Look::Main, "check", busy, label, working, move || self.ask())
                })
            };
            let details = move || order_link(desk, &self.number.get(), "button", words.orders.details);
            let foot = html::div().class("dialog-foot").child((check, details));
            html::div().class("stack").child((result, body, foot)).into_any()
        };
        dialog(desk, self.dialog, "status-dialog", title, inside)
    }
}
