//! One row of the list. Its elements stay while its values change: a live update moves nothing and takes no focus.

use checkout_api::OrderSummary;
use leptos::html;
use leptos::prelude::*;

use super::frame::number;
use super::parts::cell;
use super::status_button::status_cell;
use crate::browser::intl::Moment;
use crate::desk::Desk;
use crate::news::is_news;

/// One order of the list.
#[derive(Debug, Clone)]
pub struct Row {
    /// Its number.
    pub order: String,
    /// How it stands.
    pub summary: ArcRwSignal<OrderSummary>,
}

impl Row {
    /// A row of a summary.
    pub fn new(summary: OrderSummary) -> Self {
        Self { order: summary.order.as_str().to_owned(), summary: ArcRwSignal::new(summary) }
    }

    /// Takes a newer summary; an older one changes nothing.
    pub fn learn(&self, newer: OrderSummary) {
        if self.summary.with_untracked(|known| is_news(known, &newer)) {
            self.summary.set(newer);
        }
    }
}

/// The row.
pub fn order_row(desk: Desk, row: Row, open: impl Fn(String) + Clone + Send + 'static) -> AnyView {
    let words = &desk.words().orders;
    let summary: RwSignal<OrderSummary> = RwSignal::from(row.summary);
    let description = move || {
        summary
            .with(|summary| summary.description.clone())
            .map(|text| html::span().class("aside").child(text))
    };
    let created = move || summary.with(|summary| desk.moment(&summary.created_at, Moment::Minute));
    let amount = move || summary.with(|summary| desk.amount(summary.amount));
    let refunded = move || {
        summary.with(|summary| {
            (!summary.refunded.is_zero()).then(|| {
                let sum = desk.amount(summary.refunded);
                html::span().class("aside").child((words.refunded, " ", sum))
            })
        })
    };
    let order = row.order.clone();
    let press = move || open(order.clone());
    html::tr()
        .attr("role", "row")
        .attr("data-order", row.order.clone())
        .child((
            cell(words.order, "first", (number(desk, &row.order), description)),
            cell(words.created, "when", created),
            cell(words.amount, "sum", (html::span().child(amount), refunded)),
            cell(
                words.status_column,
                "status",
                status_cell(desk, Signal::derive(move || Some(summary.get())), press),
            ),
        ))
        .into_any()
}
