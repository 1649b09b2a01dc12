//! One attempt in the payment block: by whom and how it was paid, its ids at the provider, when it was settled, why it
//! was declined.

use checkout_api::{PaymentState, Product, ShopAttempt, ShopOrder};
use leptos::html;
use leptos::prelude::*;

use super::parts::{chip, copied, external, mark_of_state};
use super::payment::{anomalies, row};
use crate::attempts::Provider;
use crate::browser::intl::Moment;
use crate::desk::Desk;
use crate::reasons;
use crate::text::{States, fill};

/// The word of an attempt whose money cannot go back before it is settled.
const WAITS: &str = "waits_for_settlement";

/// An attempt beside the one that the page speaks of.
pub fn other_attempt(desk: Desk, order: &ShopOrder, attempt: &ShopAttempt) -> AnyView {
    let words = desk.words();
    let mark = mark_of_state(&attempt.state, attempt.reason.as_deref(), &words.states);
    let title = fill(words.order.attempt_of, "when", &desk.moment(&attempt.created_at, Moment::Minute));
    let mut rows = vec![row(words.order.state, (chip(mark), anomalies(desk, &attempt.anomalies)))];
    rows.extend(of_attempt(desk, order, attempt));
    html::div()
        .class("attempt")
        .child((html::h3().child(title), html::dl().class("facts").child(rows)))
        .into_any()
}

/// The facts of an attempt.
pub fn of_attempt(desk: Desk, order: &ShopOrder, attempt: &ShopAttempt) -> Vec<AnyView> {
    let (words, states) = (&desk.words().order, &desk.words().states);
    let mut rows = Vec::new();
    if let Some(reason) = attempt.reason.as_deref().filter(|reason| *reason != "expired" && *reason != "bank")
    {
        let code = html::code().class("aside").child(reason.to_owned());
        rows.push(row(words.reason, (reasons::decline(reason, states), " ", code)));
    }
    let provider = Provider::of(&attempt.product);
    rows.push(row(words.provider, provider.name()));
    let kind = html::code().class("aside").child(attempt.pay_type.clone());
    rows.push(row(words.product, (product(&attempt.product, states), " ", kind)));
    let of_it =
        || order.operations.iter().filter(|one| one.session == attempt.session && one.kind != "REFUND");
    if let Some(instrument) = of_it().rev().find_map(|one| one.instrument.clone()) {
        let service = of_it().rev().find_map(|one| one.payment_service.clone()).filter(|word| word != "CARD");
        let service =
            service.map(|word| html::span().class("aside").child([" ", &word.replace('_', " ")].concat()));
        let name = match provider {
            Provider::AlliancePay => words.instrument,
            Provider::AlipayPlus => words.wallet,
        };
        rows.push(row(name, (html::span().class("mono").child(instrument), service)));
    }
    rows.extend(settled(desk, attempt));
    let rrn = of_it().rev().find_map(|one| one.rrn.clone());
    let bank_order = match provider {
        Provider::AlliancePay => words.bank_order,
        Provider::AlipayPlus => words.payment_id,
    };
    let ids = [
        (bank_order, attempt.bank_order.clone()),
        (words.bank_ecom, attempt.bank_reference.clone()),
        (words.request, Some(attempt.merchant_request_id.clone())),
        (words.merchant, Some(attempt.merchant_id.clone())),
        (words.rrn, rrn),
    ];
    for (name, value) in ids {
        if let Some(value) = value {
            rows.push(row(name, copied(desk, name, value)));
        }
    }
    if let Some(address) = &attempt.status_page {
        rows.push(row(words.status_page, external(desk, address, words.status_page)));
    }
    if let Some(address) = &attempt.receipt {
        rows.push(row(words.receipt, external(desk, address, words.receipt)));
    }
    if let Some(asked) = &attempt.asked_at {
        rows.push(row(words.asked_at, desk.moment(asked, Moment::Second)));
    }
    if attempt.state == PaymentState::Redirected {
        rows.push(row(words.expires_at, desk.moment(&attempt.expires_at, Moment::Minute)));
    }
    rows
}

/// When the money was paid out to the shop; or that it was not yet, where a refund waits for it.
fn settled(desk: Desk, attempt: &ShopAttempt) -> Option<AnyView> {
    let words = &desk.words().order;
    let settled = attempt.settled_at.as_deref().map(|at| desk.moment(at, Moment::Minute));
    let waits = attempt.refund_hindrance.as_deref() == Some(WAITS);
    match settled {
        Some(when) => Some(row(words.settled_at, when)),
        None => {
            waits.then(|| row(words.settled_at, html::span().class("aside").child(words.settled_not_yet)))
        }
    }
}

/// A way to pay.
pub fn product(product: &Product, words: &'static States) -> String {
    match product {
        Product::Card => words.card.to_owned(),
        Product::A2a => words.a2a.to_owned(),
        Product::AlipayPlus => words.alipayplus.to_owned(),
        Product::Unrecognized(word) => word.clone(),
    }
}
