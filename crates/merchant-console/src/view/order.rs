//! The details of an order. Without a callback the bank is asked directly, once, and the page says so.

use checkout_api::{PaymentState, RefundState, ShopOrder};
use console_api::Role;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::goods::goods;
use super::history::{operations, refunds, timeline};
use super::orders::live_mark;
use super::parts::loaded::fetch;
use super::parts::{Icon, Load, Look, busy_button, chip, icon, loaded, mark_of_state};
use super::payment::{anomalies, facts, result_of, source};
use super::refund::{RefundDialog, refund_dialog};
use crate::api::Api;
use crate::attempts::{Provider, leading};
use crate::browser::clock::pause;
use crate::browser::intl::Moment;
use crate::desk::Desk;
use crate::failure::Failure;
use crate::live::{Line, follow, until_gone};
use crate::route::Route;
use crate::text::fill;

/// How a question to the bank stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inquiry {
    /// None was made here.
    None,
    /// Under way.
    Asking,
    /// Answered.
    Done(Checked),
    /// Not answered.
    Failed(Failure),
}

/// What an answer changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// State and reason before.
    pub before: (PaymentState, Option<String>),
    /// State and reason after.
    pub after: (PaymentState, Option<String>),
    /// Whether anything changed.
    pub changed: bool,
    /// Who was asked.
    pub of: Provider,
}

/// Where no live changes are to be had: how often to look while something is open, and every how many looks otherwise.
const LOOK_MS: i32 = 2_000;
const QUIET_LOOKS: u32 = 10;

/// Has the backend ask the bank; the answer repairs the order, and is shown.
pub fn ask(desk: Desk, number: String, order: RwSignal<Load<ShopOrder>>, inquiry: RwSignal<Inquiry>) {
    let before = order.with_untracked(|order| order.here().map(standing));
    inquiry.set(Inquiry::Asking);
    spawn_local(async move {
        let Some(api) = desk.api() else { return };
        match api.check(&number).await {
            Ok(checked) => {
                let after = standing(&checked.order);
                let before = before.unwrap_or_else(|| after.clone());
                let of = asked_of(&checked.order);
                order.try_set(Load::Here(checked.order));
                inquiry.try_set(Inquiry::Done(Checked { before, after, changed: checked.changed, of }));
            }
            Err(failure) => {
                inquiry.try_set(Inquiry::Failed(failure));
            }
        }
    });
}

/// Who knows what became of the order's payment.
fn asked_of(order: &ShopOrder) -> Provider {
    leading(order).map_or(Provider::AlliancePay, |attempt| Provider::of(&attempt.product))
}

fn standing(order: &ShopOrder) -> (PaymentState, Option<String>) {
    (order.state.clone(), order.reason.clone())
}

/// The page.
pub fn page(desk: Desk, number: &str) -> AnyView {
    let words = desk.words();
    let order: RwSignal<Load<ShopOrder>> = RwSignal::new(Load::Waiting);
    let inquiry = RwSignal::new(Inquiry::None);
    // What staff asked for themselves is answered beside their button; the page's own question in its banner.
    let by_hand = RwSignal::new(false);
    let name = StoredValue::new(number.to_owned());

    let ask_for = move |api: Option<Api>| {
        if let (Some(api), Some(number)) = (api, name.try_get_value()) {
            fetch(order, async move { api.whole(&number).await });
        }
    };
    let load = move || ask_for(desk.api());
    let load_by_itself = move || ask_for(desk.api().map(Api::unattended));
    let line = follow(desk, load, move |changed| {
        if changed
            .iter()
            .any(|summary| name.try_with_value(|name| summary.order.as_str() == name) == Some(true))
        {
            load_by_itself();
        }
    });
    poll_without_live(line, order, load_by_itself);
    Effect::new(move |asked: Option<bool>| {
        let silent = order.with(|order| {
            order.here().and_then(leading).is_some_and(|attempt| attempt.notified_at.is_none())
        });
        let already = asked.unwrap_or_default();
        if silent && !already && desk.session.with_untracked(|session| session.reaches(Role::Operator)) {
            ask(desk, name.get_value(), order, inquiry);
            return true;
        }
        already
    });

    let back = back(desk);
    let refund = refund_dialog(desk, name, order);
    let state = move || {
        order.with(|order| {
            order.here().map(|order| {
                let mark = mark_of_state(&order.state, order.reason.as_deref(), &words.states);
                (chip(mark), anomalies(desk, &order.anomalies))
            })
        })
    };
    let title = html::div().class("title").child((
        html::h1().attr("tabindex", "-1").child(fill(words.order.title, "order", number)),
        state,
        live_mark(desk, line),
    ));
    let busy = RwSignal::new(false);
    Effect::new(move |_| busy.set(inquiry.with(|inquiry| *inquiry == Inquiry::Asking)));
    let provider = Memo::new(move |_| order.with(|order| order.here().map(asked_of)));
    let update = move || {
        let provider = provider.get().filter(|_| desk.reaches(Role::Operator))?;
        let label = match provider {
            Provider::AlliancePay => words.order.update,
            Provider::AlipayPlus => words.order.update_wallet,
        };
        Some(busy_button(Look::Plain, "update", busy, label, words.order.updating, move || {
            by_hand.set(true);
            ask(desk, name.get_value(), order, inquiry);
        }))
    };
    let actions = html::div().class("actions").child((update, refund.opener()));
    let result = html::div().class("result").attr("role", "status").child(move || {
        if by_hand.get() { inquiry.with(|inquiry| result_of(desk, inquiry)) } else { ().into_any() }
    });
    let is_gone = Memo::new(move |_| {
        order.with(|order| matches!(order, Load::Failed(failure) if failure.is_not_found()))
    });
    let body = move || {
        if is_gone.get() {
            return html::div().class("empty").child(html::h2().child(words.order.gone)).into_any();
        }
        loaded(desk, order, load, move |order| whole(desk, &order, inquiry, refund))
    };
    html::div()
        .class("page order-page")
        .child((back, html::div().class("head").child((title, actions)), result, body, refund.view()))
        .into_any()
}

/// To the list; an element that shows one order only has none.
fn back(desk: Desk) -> AnyView {
    let label = (icon(Icon::Left), desk.words().order.all);
    let to_list = move || Route::Orders(desk.last_list.get());
    if desk.is_page() {
        return html::a().class("back").attr("href", move || to_list().hash()).child(label).into_any();
    }
    let go = move || desk.go(untrack(to_list));
    if desk.has_list() {
        html::div().child(super::parts::button(Look::Quiet, label, go)).into_any()
    } else {
        ().into_any()
    }
}

fn whole(desk: Desk, order: &ShopOrder, inquiry: RwSignal<Inquiry>, refund: RefundDialog) -> AnyView {
    let words = &desk.words().order;
    let banner = {
        let order = order.clone();
        move || inquiry.with(|inquiry| source(desk, &order, inquiry))
    };
    let about = [
        Some(fill(words.created, "when", &desk.moment(&order.created_at, Moment::Minute))),
        order.description.clone(),
        order.customer_id.clone().map(|id| [words.buyer, " ", &id].concat()),
    ];
    let about: Vec<_> = about.into_iter().flatten().map(|text| html::span().child(text)).collect();
    let payment = section(words.payment, "payment", (banner, facts(desk, order)));
    let main = html::div().class("column").child((
        section(words.goods, "goods", goods(desk, order)),
        refund.why_not(order),
        section(words.operations, "operations", operations(desk, order)),
        (!order.refunds.is_empty()).then(|| section(words.refunds, "refunds", refunds(desk, order))),
        section(words.timeline, "timeline", timeline(desk, order)),
    ));
    html::div()
        .class("order-body")
        .child((
            html::p().class("about").child(about),
            html::div()
                .class("columns")
                .child((main, html::div().class("column side-column").child(payment))),
        ))
        .into_any()
}

fn section(title: &'static str, name: &'static str, content: impl IntoAny) -> AnyView {
    html::section()
        .class("section")
        .attr("data-section", name)
        .child((html::h2().child(title), content.into_any()))
        .into_any()
}

/// A token for one order gets no live list of changes: the order itself is asked for again, often while something of
/// it is open.
fn poll_without_live(
    line: RwSignal<Line>,
    order: RwSignal<Load<ShopOrder>>,
    load: impl Fn() + Copy + 'static,
) {
    let Some(gone) = until_gone() else { return };
    spawn_local(async move {
        let mut quiet = 0_u32;
        loop {
            pause(LOOK_MS).await;
            if gone.aborted() {
                return;
            }
            let open =
                order.try_with_untracked(|order| order.here().is_some_and(is_open)).unwrap_or_default();
            quiet = quiet.saturating_add(1);
            if line.try_get_untracked() == Some(Line::None) && (open || quiet >= QUIET_LOOKS) {
                quiet = 0;
                load();
            }
        }
    });
}

/// Whether something of the order is still to be decided.
fn is_open(order: &ShopOrder) -> bool {
    let refund_open = order.refunds.iter().any(|refund| match refund.state {
        RefundState::Unknown | RefundState::Pending => true,
        RefundState::Success | RefundState::Failed | RefundState::Unrecognized(_) => false,
    });
    refund_open || order.state == PaymentState::Redirected
}
