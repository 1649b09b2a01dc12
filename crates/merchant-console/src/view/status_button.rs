//! "AlliancePay payment status": what the column says of one order, and the button that opens the rest.

use checkout_api::OrderSummary;
use leptos::ev;
use leptos::html;
use leptos::prelude::*;

use super::parts::{Icon, chip, icon, mark_of_state};
use super::payment::anomalies;
use crate::attempts::Provider;
use crate::desk::Desk;
use crate::text::fill;

/// The cell. For an order paid otherwise, or for none, it is empty. The button stays while its words change.
pub fn status_cell(
    desk: Desk,
    summary: Signal<Option<OrderSummary>>,
    open: impl Fn() + Clone + Send + 'static,
) -> AnyView {
    let words = desk.words();
    let is_ours = Memo::new(move |_| {
        summary.with(|summary| summary.as_ref().is_some_and(|summary| summary.payment == "alliancepay"))
    });
    let silent = Memo::new(move |_| {
        summary.with(|summary| {
            let summary = summary.as_ref().filter(|summary| summary.notified_at.is_none())?;
            Some(summary.product.as_ref().map_or(Provider::AlliancePay, Provider::of).name())
        })
    });
    (move || {
        if !is_ours.get() {
            return ().into_any();
        }
        let open = open.clone();
        let no_callback = move || {
            silent.get().map(|provider| {
                let text = fill(words.orders.no_callback, "provider", provider);
                html::span().class("no-callback").child((icon(Icon::Mark), text))
            })
        };
        let state = move || {
            summary
                .get()
                .map(|summary| chip(mark_of_state(&summary.state, summary.reason.as_deref(), &words.states)))
        };
        let button = html::button()
            .attr("type", "button")
            .class("status-button")
            .attr("data-action", "payment-status")
            .on(ev::click, move |event| {
                // A row may be a link of its own in a shop's admin.
                event.stop_propagation();
                open();
            })
            .child((html::span().class("status-label").child(words.orders.status_button), state));
        let odd = move || summary.get().map(|summary| anomalies(desk, &summary.anomalies));
        html::div().class("status-cell").child((button, odd, no_callback)).into_any()
    })
    .into_any()
}
