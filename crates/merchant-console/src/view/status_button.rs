//! "AlliancePay payment status": what the column says of one order, and the button that opens the rest.

use checkout_api::OrderSummary;
use leptos::ev;
use leptos::html;
use leptos::prelude::*;

use super::parts::{Icon, chip, icon, mark_of_state};
use super::payment::anomalies;
use crate::desk::Desk;

/// The cell. For an order paid otherwise it is empty.
pub fn status_cell(
    desk: Desk,
    summary: Signal<OrderSummary>,
    open: impl Fn() + Clone + Send + 'static,
) -> AnyView {
    let words = desk.words();
    let is_ours = Memo::new(move |_| summary.with(|summary| summary.payment == "alliancepay"));
    (move || {
        if !is_ours.get() {
            return html::span().class("unseen").child(words.orders.not_ours).into_any();
        }
        let open = open.clone();
        let silent = move || {
            let silent = summary.with(|summary| summary.notified_at.is_none());
            silent.then(|| {
                html::span().class("no-callback").child((icon(Icon::Mark), words.orders.no_callback))
            })
        };
        let state = move || {
            summary
                .with(|summary| chip(mark_of_state(&summary.state, summary.reason.as_deref(), &words.states)))
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
        let odd = move || summary.with(|summary| anomalies(desk, &summary.anomalies));
        html::div().class("status-cell").child((button, odd, silent)).into_any()
    })
    .into_any()
}
