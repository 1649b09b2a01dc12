//! The list of orders: filters, rows that change by themselves, more on demand.

use checkout_api::OrderSummary;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::filter_form::filter_form;
use super::frame::head as page_head;
use super::order_row::{Row, order_row};
use super::parts::{Icon, Load, Look, busy_button, button, head, icon, loaded, table};
use super::payment::status_dialog;
use crate::api::Api;
use crate::browser::page::download;
use crate::desk::Desk;
use crate::filters::Filters;
use crate::instant::is_before;
use crate::live::{Line, follow};
use crate::route::Route;
use crate::text::fill;

/// What the list holds.
#[derive(Debug, Clone, Copy)]
struct List {
    desk: Desk,
    filters: Memo<Filters>,
    load: RwSignal<Load<()>>,
    rows: RwSignal<Vec<Row>>,
    next: RwSignal<Option<String>>,
    fresh: RwSignal<Vec<OrderSummary>>,
    busy: RwSignal<bool>,
    more: RwSignal<bool>,
}

/// The page.
pub fn page(desk: Desk) -> AnyView {
    let words = &desk.words().orders;
    let filters = Memo::new(move |before: Option<&Filters>| {
        // On its way out the list stays as it is.
        desk.route.with(|route| route.filters().or(before).cloned()).unwrap_or_default()
    });
    let list = List {
        desk,
        filters,
        load: RwSignal::new(Load::Waiting),
        rows: RwSignal::default(),
        next: RwSignal::default(),
        fresh: RwSignal::default(),
        busy: RwSignal::new(false),
        more: RwSignal::new(false),
    };
    Effect::new(move |before: Option<()>| {
        desk.last_list.set(filters.get());
        if before.is_some() {
            list.fetch();
        }
    });
    let line = follow(desk, move || list.fetch(), move |changed| list.learn(changed));
    let status = status_dialog(desk);
    let open = move |order: String| status.open(order);

    let heads = move || {
        vec![
            head(words.order, ""),
            head(words.created, ""),
            head(words.amount, "sum"),
            head(words.status_column, ""),
        ]
    };
    let rows = move || {
        let each = For(ForProps::builder()
            .each(move || list.rows.get())
            .key(|row| row.order.clone())
            .children(move |row| order_row(desk, row, open))
            .build());
        table(words.title, "orders", heads(), each)
    };
    let body = loaded(
        desk,
        list.load,
        move || list.fetch(),
        move |()| {
            let is_empty = Memo::new(move |_| list.rows.with(Vec::is_empty));
            (move || if is_empty.get() { list.empty() } else { rows() }).into_any()
        },
    );
    let beside = (live_mark(desk, line), list.fresh_button(), list.csv());
    html::div()
        .class("page")
        .attr("aria-busy", move || if list.busy.get() { "true" } else { "false" })
        .child((page_head(words.title, beside), filter_form(desk, filters), body, list.foot(), status.view()))
        .into_any()
}

/// Says that the list changes by itself, or that it cannot now.
pub fn live_mark(desk: Desk, line: RwSignal<Line>) -> AnyView {
    let words = &desk.words().frame;
    (move || {
        let (class, text) = match line.get() {
            Line::Open => ("live on", words.live),
            Line::Lost => ("live lost", words.live_lost),
            Line::None => return ().into_any(),
        };
        html::span()
            .class(class)
            .child((html::span().class("dot").attr("aria-hidden", "true"), text))
            .into_any()
    })
    .into_any()
}

impl List {
    /// Fetches the first page; the old rows stay until it is there.
    fn fetch(self) {
        let filters = self.filters.get_untracked();
        self.busy.set(true);
        spawn_local(async move {
            let Some(api) = self.desk.api() else { return };
            let answer = api.orders(&filters, None).await;
            if self.filters.try_get_untracked().as_ref() != Some(&filters) {
                return;
            }
            self.busy.try_set(false);
            match answer {
                Ok(page) => {
                    self.rows.try_set(page.orders.into_iter().map(Row::new).collect());
                    self.next.try_set(page.next);
                    self.fresh.try_set(Vec::new());
                    self.load.try_set(Load::Here(()));
                    self.desk.say(untrack(|| self.shown()));
                }
                Err(failure) => {
                    self.load.try_set(Load::Failed(failure));
                }
            }
        });
    }

    fn fetch_more(self) {
        let (filters, cursor) = (self.filters.get_untracked(), self.next.get_untracked());
        self.more.set(true);
        spawn_local(async move {
            let Some(api) = self.desk.api() else { return };
            let answer = api.orders(&filters, cursor.as_deref()).await;
            self.more.try_set(false);
            // Another list stands here meanwhile, or the same one begun anew: these rows do not follow its last.
            if self.filters.try_get_untracked().as_ref() != Some(&filters)
                || self.next.try_get_untracked().as_ref() != Some(&cursor)
            {
                return;
            }
            match answer {
                Ok(page) => {
                    self.rows.try_update(|rows| {
                        // A row may have moved to the next page meanwhile.
                        let new = page.orders.into_iter().map(Row::new);
                        let new: Vec<Row> =
                            new.filter(|row| rows.iter().all(|known| known.order != row.order)).collect();
                        rows.extend(new);
                    });
                    self.next.try_set(page.next);
                    self.desk.say(untrack(|| self.shown()));
                }
                Err(failure) => self.desk.say(self.desk.failure(&failure)),
            }
        });
    }

    /// Live changes: known rows change in place; orders that belong here now wait behind a button, so that nothing jumps.
    fn learn(self, changed: Vec<OrderSummary>) {
        let Some(rows) = self.rows.try_get_untracked() else { return };
        let mut strange = Vec::new();
        for summary in changed {
            match rows.iter().find(|row| row.order == summary.order.as_str()) {
                Some(row) => row.learn(summary),
                None if self.would_stand_here(&summary) => strange.push(summary),
                // It stands on a page that is not shown.
                None => {}
            }
        }
        let filters = self.filters.get_untracked();
        if strange.is_empty() || filters.count() == 0 {
            return self.await_a_look(strange);
        }
        // Only the backend knows whether the filters let them through.
        let orders: Vec<String> = strange.iter().map(|summary| summary.order.as_str().to_owned()).collect();
        spawn_local(async move {
            let Some(api) = self.desk.api().map(Api::unattended) else { return };
            if let Ok(fitting) = api.orders_that_fit(&filters, &orders).await
                && self.filters.try_get_untracked().as_ref() == Some(&filters)
            {
                self.await_a_look(fitting.orders);
            }
        });
    }

    fn await_a_look(self, summaries: Vec<OrderSummary>) {
        for summary in summaries {
            self.fresh.try_update(|fresh| {
                fresh.retain(|known| known.order != summary.order);
                fresh.push(summary);
            });
        }
    }

    /// Whether an order belongs among the rows shown, should the filters let it through.
    fn would_stand_here(self, summary: &OrderSummary) -> bool {
        if self.next.with_untracked(Option::is_none) {
            return true;
        }
        let is_newer =
            |row: &Row| row.summary.with_untracked(|last| is_before(&last.created_at, &summary.created_at));
        self.filters.with_untracked(Filters::is_newest_first)
            && self.rows.with_untracked(|rows| rows.last().is_none_or(is_newer))
    }

    fn shown(self) -> String {
        let words = &self.desk.words().orders;
        let count = self.rows.try_with(Vec::len).unwrap_or_default();
        let all = self.next.try_with(Option::is_none).unwrap_or_default();
        let count = self.desk.count(u64::try_from(count).unwrap_or_default());
        fill(if all { words.shown_all } else { words.shown }, "count", &count)
    }

    fn fresh_button(self) -> AnyView {
        let words = &self.desk.words().orders;
        (move || {
            let count = self.fresh.with(Vec::len);
            (count > 0).then(|| {
                let label = fill(words.fresh, "count", &count.to_string());
                let show = button(Look::Plain, (icon(Icon::Again), label), move || self.fetch());
                html::span().attr("data-action", "show-new").child(show)
            })
        })
        .into_any()
    }

    fn csv(self) -> AnyView {
        let words = &self.desk.words().orders;
        let content = (icon(Icon::Download), words.csv);
        if self.desk.is_page() {
            return html::a()
                .class("button")
                .attr("href", move || {
                    let base = self.desk.api().map(|api| api.base().to_owned()).unwrap_or_default();
                    [base, self.filters.with(Api::orders_csv)].concat()
                })
                .attr("download", "orders.csv")
                .child(content)
                .into_any();
        }
        button(Look::Plain, content, move || {
            let path = self.filters.with_untracked(Api::orders_csv);
            spawn_local(async move {
                let Some(api) = self.desk.api() else { return };
                match api.text(&path).await {
                    Ok(text) => download("orders.csv", &text),
                    Err(failure) => self.desk.say(self.desk.failure(&failure)),
                }
            });
        })
    }

    fn foot(self) -> AnyView {
        let words = &self.desk.words().frame;
        let more = move || {
            self.next.with(Option::is_some).then(|| {
                busy_button(Look::Plain, "more", self.more, words.more, words.loading, move || {
                    self.fetch_more();
                })
            })
        };
        let there = Memo::new(move |_| self.load.with(|load| load.here().is_some()));
        let count = move || (there.get() && !self.rows.with(Vec::is_empty)).then(|| self.shown());
        html::div().class("foot").child((html::span().class("aside").child(count), more)).into_any()
    }

    fn empty(self) -> AnyView {
        let words = &self.desk.words().orders;
        let filtered = self.filters.with(|filters| filters.count() > 0);
        let (title, lead) = if filtered {
            (words.nothing_fits, words.nothing_fits_lead)
        } else {
            (words.empty, words.empty_lead)
        };
        let clear = filtered.then(|| {
            button(Look::Plain, words.clear, move || self.desk.go(Route::Orders(Filters::default())))
        });
        html::div().class("empty").child((html::h2().child(title), html::p().child(lead), clear)).into_any()
    }
}
