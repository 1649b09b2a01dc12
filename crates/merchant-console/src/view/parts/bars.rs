//! A bar chart that answers a question: the question, the answer in words, the drawing, and the same as a table.

use leptos::html;
use leptos::prelude::*;
use leptos::svg;

use crate::chart::{HEIGHT, bars, largest};
use crate::desk::Desk;
use crate::text::fill_all;

/// What is drawn.
#[derive(Debug, Clone)]
pub struct Figure {
    /// The question.
    pub question: String,
    /// Its answer in words, and the place in it of the label of the largest bar; that bar's value is at `sum`.
    pub answer: (&'static str, &'static str),
    /// The heads of the table's two columns.
    pub columns: (&'static str, &'static str),
    /// Each bar: its label, its value, the value in words.
    pub bars: Vec<(String, i64, String)>,
    /// Every so many labels is written under the drawing.
    pub label_every: usize,
}

const STEP: i64 = 100;
const WIDTH: i64 = 72;

/// The chart.
pub fn figure(desk: Desk, what: Figure) -> AnyView {
    let values: Vec<i64> = what.bars.iter().map(|(_, value, _)| *value).collect();
    let most = largest(&values);
    let answer = most.and_then(|place| what.bars.get(place)).map(|(label, _, value)| {
        let (words, place) = what.answer;
        fill_all(words, &[(place, label), ("sum", value)])
    });
    let drawn: Vec<_> = bars(&values)
        .into_iter()
        .enumerate()
        .map(|(place, bar)| {
            let x = STEP.saturating_mul(i64::try_from(place).unwrap_or_default()).saturating_add(14);
            svg::rect()
                .attr("x", x.to_string())
                .attr("y", bar.y.to_string())
                .attr("width", WIDTH.to_string())
                .attr("height", bar.height.to_string())
                .attr("class", if most == Some(place) { "bar most" } else { "bar" })
        })
        .collect();
    let width = STEP.saturating_mul(i64::try_from(values.len()).unwrap_or(1)).max(1);
    let drawing = svg::svg()
        .attr("class", "bars")
        .attr("viewBox", format!("0 0 {width} {HEIGHT}"))
        .attr("preserveAspectRatio", "none")
        .attr("aria-hidden", "true")
        .attr("focusable", "false")
        .child(drawn);
    let every = what.label_every.max(1);
    let labels: Vec<_> = what
        .bars
        .iter()
        .enumerate()
        .map(|(place, (label, _, _))| {
            // A phone has room for every second of them.
            let class = if (place / every) % 2 == 1 { "second" } else { "" };
            html::span().class(class).child(if place % every == 0 { label.clone() } else { String::new() })
        })
        .collect();
    let rows: Vec<_> = what
        .bars
        .iter()
        .map(|(label, _, value)| {
            let head = html::th().attr("scope", "row").child(label.clone());
            html::tr().child((head, html::td().class("sum").child(value.clone())))
        })
        .collect();
    let heads = html::tr().child((
        html::th().attr("scope", "col").child(what.columns.0),
        html::th().attr("scope", "col").class("sum").child(what.columns.1),
    ));
    let table =
        html::table().class("plain-table").child((html::thead().child(heads), html::tbody().child(rows)));
    let details = html::details().child((html::summary().child(desk.words().frame.as_table), table));
    html::figure()
        .class("figure")
        .child((
            html::figcaption().child((
                html::h2().child(what.question),
                html::p().class("answer").child(answer.unwrap_or_default()),
            )),
            html::div()
                .class("drawing")
                .child((drawing, html::div().class("axis").attr("aria-hidden", "true").child(labels))),
            details,
        ))
        .into_any()
}
