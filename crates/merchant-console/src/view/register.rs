//! One register, row by row: what matched, what belongs to nothing, what differs and how.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::frame::{head as page_head, number};
use super::parts::loaded::fetch;
use super::parts::{Icon, Load, Look, busy_button, cell, head, icon, loaded, table};
use crate::desk::Desk;
use crate::reasons::objection;
use crate::route::Route;
use crate::text::Settlement as Words;
use console_api::{Settlement, SettlementReason, SettlementRow};

#[derive(Debug, Clone, Copy)]
struct Register {
    desk: Desk,
    id: StoredValue<String>,
    kind: RwSignal<&'static str>,
    whole: RwSignal<Load<Settlement>>,
    rows: RwSignal<Load<Vec<SettlementRow>>>,
    next: RwSignal<Option<String>>,
    busy: RwSignal<bool>,
}

/// The page.
pub fn page(desk: Desk, id: String) -> AnyView {
    let words = &desk.words().settlement;
    let register = Register {
        desk,
        id: StoredValue::new(id),
        kind: RwSignal::new("unmatched"),
        whole: RwSignal::new(Load::Waiting),
        rows: RwSignal::new(Load::Waiting),
        next: RwSignal::default(),
        busy: RwSignal::new(false),
    };
    if let Some(api) = desk.api() {
        let id = register.id.get_value();
        fetch(register.whole, async move { api.settlement(&id).await });
    }
    // Opens at what needs a person; where nothing does, at what matched.
    Effect::new(move |chosen: Option<bool>| {
        let clean = register.whole.with(|whole| {
            whole.here().map(|whole| (whole.unmatched == 0, whole.mismatched == 0, whole.malformed == 0))
        });
        match (chosen.unwrap_or_default(), clean) {
            (false, Some((no_unmatched, no_mismatched, no_malformed))) => {
                let kind = match (no_unmatched, no_mismatched, no_malformed) {
                    (false, _, _) => "unmatched",
                    (true, false, _) => "mismatched",
                    (true, true, false) => "malformed",
                    (true, true, true) => "matched",
                };
                register.choose(kind);
                true
            }
            (chosen, _) => chosen,
        }
    });
    let back = html::a()
        .class("back")
        .attr("href", Route::Settlement(None).hash())
        .child((icon(Icon::Left), words.all_registers));
    let title = move || {
        register.whole.with(|whole| {
            whole.here().map_or_else(
                || words.title.to_owned(),
                |whole| whole.file.clone().unwrap_or_else(|| whole.id.clone()),
            )
        })
    };
    let body = loaded(desk, register.rows, move || register.fetch(false), move |rows| register.table(rows));
    let more = move || {
        register.next.with(Option::is_some).then(|| {
            let frame = &desk.words().frame;
            busy_button(Look::Plain, "more", register.busy, frame.more, frame.loading, move || {
                register.fetch(true);
            })
        })
    };
    html::div()
        .class("page")
        .child((back, page_head(title, ()), register.tabs(), body, html::div().class("foot").child(more)))
        .into_any()
}

/// A number that asks for a look when it is not nothing.
pub fn open_count(desk: Desk, count: u64) -> AnyView {
    let text = desk.count(count);
    if count == 0 {
        html::span().class("aside").child(text).into_any()
    } else {
        html::span().class("chip waiting").child((icon(Icon::Mark), text)).into_any()
    }
}

impl Register {
    fn choose(self, kind: &'static str) {
        self.kind.set(kind);
        self.rows.set(Load::Waiting);
        self.fetch(false);
    }

    fn fetch(self, more: bool) {
        let (id, kind) = (self.id.get_value(), self.kind.get_untracked());
        let cursor = if more { self.next.get_untracked() } else { None };
        self.busy.set(true);
        spawn_local(async move {
            let Some(api) = self.desk.api() else { return };
            let answer = api.settlement_rows(&id, kind, cursor.as_deref()).await;
            self.busy.try_set(false);
            if self.kind.try_get_untracked() != Some(kind) {
                return;
            }
            match answer {
                Ok(page) => {
                    self.next.try_set(page.next);
                    self.rows.try_update(|rows| match rows {
                        Load::Here(known) if more => known.extend(page.rows),
                        Load::Here(_) | Load::Waiting | Load::Failed(_) => *rows = Load::Here(page.rows),
                    });
                }
                Err(failure) => {
                    self.rows.try_set(Load::Failed(failure));
                }
            }
        });
    }

    fn tabs(self) -> AnyView {
        let words = &self.desk.words().settlement;
        let tab = |kind: &'static str, name: &'static str, count: fn(&Settlement) -> u64| {
            let radio = html::input()
                .attr("type", "radio")
                .attr("name", "kind")
                .attr("value", kind)
                .prop("checked", move || self.kind.get() == kind)
                .on(ev::change, move |_| self.choose(kind));
            let number =
                move || self.whole.with(|whole| whole.here().map(|whole| self.desk.count(count(whole))));
            let label = html::span().child((name, html::strong().child(number)));
            html::label().class("switch").child((radio, label))
        };
        html::fieldset()
            .class("states")
            .child((
                html::legend().class("unseen").child(words.kind),
                tab("unmatched", words.unmatched, |whole| whole.unmatched),
                tab("mismatched", words.mismatched, |whole| whole.mismatched),
                tab("malformed", words.malformed, |whole| whole.malformed),
                tab("matched", words.matched, |whole| whole.matched),
            ))
            .into_any()
    }

    fn table(self, rows: Vec<SettlementRow>) -> AnyView {
        let words = &self.desk.words().settlement;
        if rows.is_empty() {
            return html::p().class("aside").child(words.no_rows).into_any();
        }
        let heads = vec![
            head(words.line, ""),
            head(words.order, ""),
            head(words.operation, ""),
            head(words.kind, ""),
            head(words.gross, "sum"),
            head(words.fee, "sum"),
            head(words.net, "sum"),
            head(words.why, ""),
        ];
        let rows: Vec<_> = rows.into_iter().map(|row| self.row(row)).collect();
        table(words.title, "register-rows", heads, rows)
    }

    fn row(self, row: SettlementRow) -> AnyView {
        let (desk, words) = (self.desk, &self.desk.words().settlement);
        let currency = row.currency.unwrap_or_default();
        let sum = |minor: Option<i64>| minor.map(|minor| desk.signed(minor, &currency));
        let movement = row.movement.map(|word| match word.as_str() {
            "payment" => words.payment.to_owned(),
            "refund" => words.refund.to_owned(),
            "chargeback" => words.chargeback.to_owned(),
            "reversal" => words.reversal.to_owned(),
            _ => word,
        });
        let order = row.order.as_ref().map(|order| number(desk, order.as_str()));
        let operation = row.operation_id.map(|id| html::code().child(id));
        let why = row.reason.map(|reason| why(&reason, words));
        html::tr()
            .attr("role", "row")
            .child((
                cell(words.line, "", desk.count(row.line)),
                cell(words.order, "", order),
                cell(words.operation, "", operation),
                cell(words.kind, "", movement),
                cell(words.gross, "sum", sum(row.amount_minor)),
                cell(words.fee, "sum", sum(row.commission_minor)),
                cell(words.net, "sum", sum(row.net_minor)),
                cell(words.why, "", why),
            ))
            .into_any()
    }
}

fn why(reason: &SettlementReason, words: &'static Words) -> AnyView {
    let detail = html::span().class("aside").child(reason.detail.clone());
    (objection(&reason.code, words), detail).into_any()
}
