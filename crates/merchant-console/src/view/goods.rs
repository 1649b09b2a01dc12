//! What was sold, what of it went back, and the sums.

use checkout_api::{PaymentState, ShopLine, ShopOrder};
use leptos::html;
use leptos::prelude::*;

use super::parts::{cell, head, table};
use crate::desk::Desk;
use crate::sum::of_minor;
use crate::text::fill_all;

/// Lines and totals.
pub fn goods(desk: Desk, order: &ShopOrder) -> AnyView {
    let words = &desk.words().order;
    let currency = order.amount.currency();
    let money = move |minor: i64| desk.amount(of_minor(minor, currency));
    let heads = vec![
        head(words.item, ""),
        head(words.quantity, "number-cell"),
        head(words.price, "sum"),
        head(words.sum, "sum"),
        head(words.item_status, ""),
    ];
    let rows: Vec<_> = order
        .lines
        .iter()
        .map(|line| {
            let sum = line.unit_minor.saturating_mul(i64::from(line.quantity));
            html::tr().attr("role", "row").attr("data-line", line.id.clone()).child((
                cell(words.item, "first", line.name.clone()),
                cell(words.quantity, "number-cell", line.quantity.to_string()),
                cell(words.price, "sum", money(line.unit_minor)),
                cell(words.sum, "sum", money(sum)),
                cell(words.item_status, "", item_status(desk, order, line)),
            ))
        })
        .collect();
    let lines = (!order.lines.is_empty()).then(|| table(words.goods, "goods", heads, rows));
    html::div().child((lines, totals(desk, order))).into_any()
}

fn item_status(desk: Desk, order: &ShopOrder, line: &ShopLine) -> AnyView {
    let words = &desk.words().order;
    // A free sum and a refund made elsewhere name no lines: when all is gone, every line is.
    if order.state == PaymentState::Refunded {
        return html::span().class("item-status").child(words.item_refunded).into_any();
    }
    if line.refunded_minor == 0 && line.refunded_quantity == 0 {
        return html::span().class("aside").child(desk.words().frame.none).into_any();
    }
    let whole = line.unit_minor.saturating_mul(i64::from(line.quantity));
    let name = if line.refunded_minor >= whole { words.item_refunded } else { words.item_partly };
    let sum = desk.amount(of_minor(line.refunded_minor, order.amount.currency()));
    let detail = if line.refunded_quantity == 0 {
        sum
    } else {
        fill_all(words.refunded_pieces, &[("count", &line.refunded_quantity.to_string()), ("sum", &sum)])
    };
    html::span()
        .class("item-status")
        .child((html::span().child(name), html::span().class("aside").child(detail)))
        .into_any()
}

fn totals(desk: Desk, order: &ShopOrder) -> AnyView {
    let words = &desk.words().order;
    let currency = order.amount.currency();
    let lines = order.lines.iter().map(|line| line.unit_minor.saturating_mul(i64::from(line.quantity)));
    let lines = lines.fold(0_i64, i64::saturating_add);
    let other = order.amount.minor().saturating_sub(lines).saturating_sub(order.shipping_minor);
    let row = |name: &'static str, value: String, class: &'static str| {
        html::div().class(class).child((html::dt().child(name), html::dd().child(value))).into_any()
    };
    let money = |minor: i64| desk.amount(of_minor(minor, currency));
    let mut rows = Vec::new();
    if order.shipping_minor > 0 {
        rows.push(row(words.shipping, money(order.shipping_minor), ""));
    }
    if other != 0 && !order.lines.is_empty() {
        let sign = if other < 0 { "−" } else { "" };
        rows.push(row(words.other_sum, [sign, &money(other.saturating_abs())].concat(), ""));
    }
    rows.push(row(words.total, desk.amount(order.amount), "grand"));
    if !order.refunded.is_zero() {
        rows.push(row(words.refunded_total, ["−", &desk.amount(order.refunded)].concat(), ""));
    }
    if order.refundable.possible && order.refundable.amount != order.amount {
        rows.push(row(words.remains, desk.amount(order.refundable.amount), ""));
    }
    html::dl().class("totals").child(rows).into_any()
}
