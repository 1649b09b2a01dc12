//! The refund dialog: choose, confirm the exact sum, watch it happen. Its idempotency key is made when it opens, so that
//! no press, however often, gives the same money back twice.

use checkout_api::{PaymentState, SessionId, ShopAttempt, ShopOrder, ShopRefund};
use console_api::{Role, Staff};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use money::{Amount, Currency};

use super::parts::{Dialog, Load, Tone, dialog, failed, notice};
use super::refund_fields::{choosing, confirming};
use super::refund_progress::progress;
use crate::attempts::{Provider, is_refundable, leading, payments};
use crate::browser::random::idempotency_key;
use crate::desk::Desk;
use crate::failure::Failure;
use crate::refund_form::{Draft, Left};
use crate::sum::of_minor;
use crate::text::{fill, fill_all};

/// Where the dialog is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// What goes back.
    Choosing,
    /// The exact sum, once more.
    Confirming,
    /// On its way to the backend.
    Sending,
    /// Asked for; its end is watched.
    Asked(ShopRefund),
}

/// The dialog and what is in it.
#[derive(Debug, Clone, Copy)]
pub struct RefundDialog {
    /// The desk.
    pub desk: Desk,
    dialog: Dialog,
    number: StoredValue<String>,
    order: RwSignal<Load<ShopOrder>>,
    key: RwSignal<String>,
    /// What remains, as it was when the dialog opened or the backend last corrected it.
    pub left: RwSignal<Option<Left>>,
    /// What is typed.
    pub draft: RwSignal<Option<Draft>>,
    /// The payment that goes back, where the order holds several.
    pub session: RwSignal<Option<SessionId>>,
    /// Where it is.
    pub step: RwSignal<Step>,
    /// Whether mistakes are shown: not before the first "Continue".
    pub strict: RwSignal<bool>,
    refused: RwSignal<Option<Failure>>,
    overtaken: RwSignal<bool>,
    /// Sent, and no answer came: until there is one about it, this is the only refund that the dialog knows.
    pub unsure: RwSignal<bool>,
}

/// A closed one.
pub fn refund_dialog(
    desk: Desk,
    number: StoredValue<String>,
    order: RwSignal<Load<ShopOrder>>,
) -> RefundDialog {
    RefundDialog {
        desk,
        dialog: Dialog::new(),
        number,
        order,
        key: RwSignal::default(),
        left: RwSignal::default(),
        draft: RwSignal::default(),
        session: RwSignal::default(),
        step: RwSignal::new(Step::Choosing),
        strict: RwSignal::new(false),
        refused: RwSignal::default(),
        overtaken: RwSignal::new(false),
        unsure: RwSignal::new(false),
    }
}

impl RefundDialog {
    /// The button that opens it; absent where nothing may go back.
    pub fn opener(self) -> AnyView {
        let words = &self.desk.words().order;
        (move || {
            let possible = self.order.with(|order| order.here().is_some_and(is_refundable));
            (possible && self.desk.reaches(Role::Refunder)).then(|| {
                html::button()
                    .attr("type", "button")
                    .class("button main")
                    .attr("data-action", "refund")
                    .on(leptos::ev::click, move |_| self.open())
                    .child(words.refund)
            })
        })
        .into_any()
    }

    /// Why there is no such button.
    pub fn why_not(self, order: &ShopOrder) -> AnyView {
        let words = &self.desk.words().refund;
        let why = if is_refundable(order) {
            if self.desk.session.with_untracked(|session| session.reaches(Role::Refunder)) {
                return ().into_any();
            }
            words.why_role
        } else {
            match order.refundable.reason.as_deref() {
                Some("nothing_left") => words.why_nothing_left,
                Some("waits_for_settlement") => words.why_waits,
                Some(_) | None if order.state == PaymentState::Refunded => words.why_nothing_left,
                Some(_) | None => words.why_not_paid,
            }
        };
        html::p().class("why-not aside").attr("data-why-not", "").child(why).into_any()
    }

    fn open(self) {
        // What may be on its way is not begun anew under another key, however often the dialog was closed.
        if self.step.get_untracked() != Step::Sending && !self.unsure.get_untracked() {
            self.key.set(idempotency_key());
            self.begin();
        }
        self.dialog.open();
    }

    /// From the order as it stands now.
    fn begin(self) {
        let payments = self.order().map(|order| payments(&order)).unwrap_or_default();
        let first = payments.into_iter().find(|payment| payment.open);
        self.draft.set(None);
        self.choose_payment(first.and_then(|payment| payment.session));
        self.step.set(Step::Choosing);
        self.strict.set(false);
        self.refused.set(None);
        self.overtaken.set(false);
    }

    /// Whether the bank takes a refund of the chosen payment.
    pub fn at_bank(self) -> bool {
        let is_main = self.session.with_untracked(Option::is_none);
        self.order
            .with_untracked(|order| order.here().is_none_or(|order| !is_main || order.refundable.at_bank))
    }

    /// The order as it stands.
    pub fn order(self) -> Option<ShopOrder> {
        self.order.try_with_untracked(|order| order.here().cloned()).flatten()
    }

    /// The payment that goes back; staff's words stay.
    pub fn choose_payment(self, session: Option<SessionId>) {
        let Some(order) = self.order() else { return };
        let attempt = order.attempts.iter().find(|attempt| Some(&attempt.session) == session.as_ref());
        let left = match attempt {
            // The lines belong to the payment that stays.
            Some(attempt) => Left {
                currency: order.amount.currency(),
                minor: attempt.refundable.map(Amount::minor).unwrap_or_default(),
                shipping_minor: 0,
                lines: Vec::new(),
            },
            None => Left::of(&order),
        };
        self.session.set(session);
        let draft = Draft { offline: !self.at_bank(), ..Draft::new(&left) };
        self.draft.update(|known| {
            let reason = known.take().map(|known| known.reason).unwrap_or_default();
            *known = Some(Draft { reason, ..draft });
        });
        self.left.set(Some(left));
    }

    /// The attempt whose money goes back.
    pub fn attempt(self) -> Option<ShopAttempt> {
        let (order, chosen) = (self.order()?, self.session.get_untracked());
        match chosen {
            Some(session) => order.attempts.into_iter().find(|attempt| attempt.session == session),
            None => leading(&order).cloned(),
        }
    }

    /// A sentence about whoever moves that money.
    pub fn about_provider(self, text: &str) -> String {
        let words = &self.desk.words().refund;
        let provider = self.attempt().map_or(Provider::AlliancePay, |one| Provider::of(&one.product));
        let name = match provider {
            Provider::AlliancePay => words.the_bank,
            Provider::AlipayPlus => provider.name(),
        };
        fill(text, "provider", name)
    }

    /// What it comes to; tracked.
    pub fn total(self) -> Option<i64> {
        let (draft, left) = (self.draft.get()?, self.left.get()?);
        draft.total(&left).ok()
    }

    /// A sum in the order's currency.
    pub fn money(self, minor: i64) -> String {
        let currency = self.left.with_untracked(|left| left.as_ref().map(|left| left.currency));
        currency.map(|currency| self.desk.amount(of_minor(minor, currency))).unwrap_or_default()
    }

    /// Up to which sums whoever sits here may give back.
    fn limits(self) -> String {
        let words = self.desk.words();
        let sum = |limit: Option<i64>| {
            let amount = limit.map(|minor| self.desk.amount(of_minor(minor, Currency::Uah)));
            amount.unwrap_or_else(|| words.account.unlimited.to_owned())
        };
        let (one, day) = self.desk.session.with(|session| {
            let staff = session.staff();
            let limit = |of: fn(&Staff) -> Option<i64>| sum(staff.and_then(of));
            (limit(|staff| staff.refund_limit_minor), limit(|staff| staff.daily_refund_limit_minor))
        });
        fill_all(words.refund.limits, &[("one", &one), ("day", &day)])
    }

    /// Forward, or the mistakes.
    pub fn go_on(self) {
        self.strict.set(true);
        if self.total().is_some() {
            self.refused.set(None);
            self.overtaken.set(false);
            self.step.set(Step::Confirming);
        }
    }

    /// Sends it. A lost answer is asked for again under the same key.
    pub fn send(self) {
        let (Some(draft), Some(left)) = (self.draft.get_untracked(), self.left.get_untracked()) else {
            return;
        };
        if self.step.get_untracked() != Step::Confirming {
            return;
        }
        let Some(wish) = draft.request(&left, self.session.get_untracked()) else { return };
        let key = self.key.get_untracked();
        self.step.set(Step::Sending);
        self.refused.set(None);
        spawn_local(async move {
            let (Some(api), Some(number)) = (self.desk.api(), self.number.try_get_value()) else { return };
            match api.refund(&number, &key, &wish).await {
                Ok(refund) => {
                    self.unsure.try_set(false);
                    self.step.try_set(Step::Asked(refund));
                    self.fetch_order().await;
                }
                Err(failure)
                    if matches!(failure.code(), "refund_too_large" | "refund_changed" | "nothing_left") =>
                {
                    self.unsure.try_set(false);
                    self.is_overtaken(failure).await;
                }
                Err(failure) => {
                    self.unsure.try_update(|unsure| *unsure = failure.may_be_done(*unsure));
                    self.refused.try_set(Some(failure));
                    self.step.try_set(Step::Confirming);
                }
            }
        });
    }

    /// Somebody else was faster: the order is read anew, and the sum is chosen anew under another key.
    async fn is_overtaken(self, failure: Failure) {
        self.fetch_order().await;
        let possible = self.order.try_with_untracked(|order| order.here().is_some_and(is_refundable));
        self.key.try_set(idempotency_key());
        if possible == Some(true) {
            self.begin();
            self.overtaken.try_set(true);
        } else {
            self.refused.try_set(Some(failure));
            self.step.try_set(Step::Confirming);
        }
    }

    async fn fetch_order(self) {
        let (Some(api), Some(number)) = (self.desk.api(), self.number.try_get_value()) else { return };
        if let Ok(order) = api.whole(&number).await {
            self.order.try_set(Load::Here(order));
        }
    }

    /// The refund as the order has it now.
    pub fn latest(self, asked: &ShopRefund) -> ShopRefund {
        let known = self.order.with(|order| {
            order
                .here()
                .and_then(|order| order.refunds.iter().find(|one| one.refund == asked.refund).cloned())
        });
        known.unwrap_or_else(|| asked.clone())
    }

    /// Ends it.
    pub fn close(self) {
        self.dialog.close();
    }

    /// Its elements.
    pub fn view(self) -> AnyView {
        let desk = self.desk;
        let words = &desk.words().refund;
        // The last step has its own key, so that its fields are made anew only when the step changes.
        let step = Memo::new(move |_| match self.step.get() {
            Step::Choosing => 0,
            Step::Confirming | Step::Sending => 1,
            Step::Asked(_) => 2,
        });
        Effect::new(move |before: Option<u8>| {
            let now = step.get();
            if before.is_some_and(|before| before != now) {
                self.dialog.focus_title();
            }
            now
        });
        let title = move || {
            if step.get() == 1 {
                let sum = self.total().map(|minor| self.money(minor)).unwrap_or_default();
                fill(words.confirm_title, "sum", &sum)
            } else {
                words.title.to_owned()
            }
        };
        let inside = move || {
            let messages = move || {
                let overtaken = self.overtaken.get().then(|| {
                    let left =
                        self.left.with(|left| left.as_ref().map(|left| left.minor)).unwrap_or_default();
                    let text = fill(words.lost, "sum", &self.money(left));
                    let content = (html::strong().child(words.lost_title), html::p().child(text));
                    html::div().attr("role", "alert").child(notice(Tone::Waiting, content))
                });
                let unsure = self
                    .unsure
                    .get()
                    .then(|| html::div().attr("role", "alert").child(notice(Tone::Waiting, words.no_answer)));
                // The doubt says why nothing came of it; what hinders asking again is said beside it.
                let refused = self.refused.get().filter(|refused| unsure.is_none() || !refused.leaves_open());
                let limits = refused.as_ref().is_some_and(|failure| failure.code() == "refund_limit");
                let limits = limits.then(|| html::p().class("aside").child(self.limits()));
                (overtaken, unsure, refused.map(|failure| failed(desk, &failure)), limits)
            };
            let body = move || match step.get() {
                0 => choosing(self),
                1 => confirming(self),
                _ => progress(self),
            };
            html::div().class("stack").child((messages, body)).into_any()
        };
        dialog(desk, self.dialog, "refund-dialog", title, inside)
    }
}

/// The main button of a step and the way back.
pub fn foot(main: impl IntoAny, back: impl IntoAny) -> AnyView {
    html::div().class("dialog-foot").child((main.into_any(), back.into_any())).into_any()
}
