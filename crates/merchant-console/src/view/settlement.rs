//! The bank's registers: import with progress, what was found, net sums by day, the daily report.

use std::collections::BTreeSet;

use checkout_api::PaymentState;
use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, File, HtmlInputElement};

use super::frame::head as page_head;
use super::history::who;
use super::parts::loaded::fetch;
use super::parts::{Figure, Icon, Load, Tone, cell, failed, figure, head, icon, loaded, notice, table};
use super::register;
use crate::api::Upload;
use crate::browser::days::{days_ago, today};
use crate::browser::intl::{self, Moment};
use crate::browser::page::value_of;
use crate::desk::Desk;
use crate::failure::Failure;
use crate::filters::Filters;
use crate::route::Route;
use crate::text::{fill, fill_all};
use console_api::{Role, SettlementDay, SettlementDays, SettlementImported, SettlementList};

const DAYS: u32 = 29;

#[derive(Debug, Clone, Copy)]
struct Registers {
    desk: Desk,
    list: RwSignal<Load<SettlementList>>,
    days: RwSignal<Load<SettlementDays>>,
    upload: RwSignal<Option<Upload>>,
    result: RwSignal<Option<Result<SettlementImported, Failure>>>,
    over: RwSignal<bool>,
}

/// The page, or one register.
pub fn page(desk: Desk, id: Option<String>) -> AnyView {
    if let Some(id) = id {
        return register::page(desk, id);
    }
    let words = &desk.words().settlement;
    let registers = Registers {
        desk,
        list: RwSignal::new(Load::Waiting),
        days: RwSignal::new(Load::Waiting),
        upload: RwSignal::default(),
        result: RwSignal::default(),
        over: RwSignal::new(false),
    };
    registers.fetch();
    let section = |name: &'static str, content: AnyView| {
        html::section().class("section").attr("data-section", name).child(content)
    };
    html::div()
        .class("page")
        .child((
            page_head(words.title, registers.report()),
            html::p().class("lead").child((words.lead, " ", settled_orders(desk))),
            move || desk.reaches(Role::Operator).then(|| section("import", registers.import_form())),
            section("days", registers.charts()),
            section("registers", registers.table()),
        ))
        .into_any()
}

/// To every order whose money has been paid out.
fn settled_orders(desk: Desk) -> AnyView {
    let settled = Filters { states: vec![PaymentState::Paid.as_str().to_owned()], ..Filters::default() };
    let words = &desk.words().settlement;
    html::a().attr("href", Route::Orders(settled).hash()).child(words.settled_orders).into_any()
}

impl Registers {
    fn fetch(self) {
        let Some(api) = self.desk.api() else { return };
        let other = api.clone();
        fetch(self.list, async move { api.settlements(None).await });
        fetch(self.days, async move { other.settlement_days(&days_ago(DAYS)).await });
    }

    fn import(self, file: File) {
        self.upload.set(Some(Upload::Sending(0)));
        self.result.set(None);
        spawn_local(async move {
            let Some(api) = self.desk.api() else { return };
            let answer = api.import(file, move |upload| {
                self.upload.try_set(Some(upload));
            });
            let answer = answer.await;
            self.upload.try_set(None);
            self.result.try_set(Some(answer));
            self.fetch();
        });
    }

    fn import_form(self) -> AnyView {
        let words = &self.desk.words().settlement;
        let choose = html::input()
            .attr("type", "file")
            .attr("name", "register")
            .attr("accept", ".csv,.xml,.gz,text/csv")
            .attr("aria-label", words.choose)
            .on(ev::change, move |event| {
                let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
                let file = input.as_ref().and_then(HtmlInputElement::files).and_then(|files| files.get(0));
                if let Some(file) = file {
                    self.import(file);
                }
                // The same file again is another import.
                if let Some(input) = input {
                    input.set_value("");
                }
            });
        let drop = html::div()
            .class("drop")
            .class(("over", move || self.over.get()))
            .on(ev::dragover, move |event: DragEvent| {
                event.prevent_default();
                self.over.set(true);
            })
            .on(ev::dragleave, move |_| self.over.set(false))
            .on(ev::drop, move |event: DragEvent| {
                event.prevent_default();
                self.over.set(false);
                let files = event.data_transfer().and_then(|data| data.files());
                if let Some(file) = files.and_then(|files| files.get(0)) {
                    self.import(file);
                }
            })
            .child((html::h2().child(words.import), choose, html::span().class("aside").child(words.drop)));
        html::div().class("stack").child((drop, self.progress(), self.outcome())).into_any()
    }

    fn progress(self) -> AnyView {
        let words = &self.desk.words().settlement;
        (move || {
            self.upload.get().map(|upload| {
                let (value, text) = match upload {
                    Upload::Sending(percent) => {
                        let percent_text = intl::per_mille(percent.saturating_mul(10), self.desk.lang());
                        (Some(percent.to_string()), fill(words.uploading, "percent", &percent_text))
                    }
                    Upload::Comparing => (None, words.reading.to_owned()),
                };
                let bar =
                    html::progress().attr("max", "100").attr("value", value).attr("aria-label", words.import);
                html::div().class("stack").child((html::span().attr("role", "status").child(text), bar))
            })
        })
        .into_any()
    }

    fn outcome(self) -> AnyView {
        let words = &self.desk.words().settlement;
        let inside = move || {
            self.result.get().map(|result| match result {
                Ok(done) if done.already_known == done.rows && done.rows > 0 => {
                    notice(Tone::Quiet, words.again)
                }
                Ok(done) => {
                    let count = |number: u64| self.desk.count(number);
                    let (rows, matched, known) =
                        (count(done.rows), count(done.matched), count(done.already_known));
                    let (unmatched, mismatched) = (count(done.unmatched), count(done.mismatched));
                    let values = [
                        ("rows", rows.as_str()),
                        ("matched", &matched),
                        ("known", &known),
                        ("unmatched", &unmatched),
                        ("mismatched", &mismatched),
                    ];
                    let clean = done.unmatched == 0 && done.mismatched == 0 && done.malformed == 0;
                    notice(if clean { Tone::Good } else { Tone::Waiting }, fill_all(words.done, &values))
                }
                Err(failure) => failed(self.desk, &failure),
            })
        };
        html::div().attr("role", "status").attr("data-import", "").child(inside).into_any()
    }

    /// One chart for each currency: sums of different ones are not to be compared.
    fn charts(self) -> AnyView {
        let words = &self.desk.words().settlement;
        loaded(
            self.desk,
            self.days,
            move || self.fetch(),
            move |days| {
                let mut currencies: Vec<&str> = days.days.iter().map(|day| day.currency.as_str()).collect();
                currencies.sort_unstable();
                currencies.dedup();
                if currencies.is_empty() {
                    return html::p().class("aside").child(words.days_none).into_any();
                }
                let charts: Vec<_> =
                    currencies.iter().map(|currency| self.chart(&days.days, currency)).collect();
                html::div().class("stack").child(charts).into_any()
            },
        )
    }

    fn chart(self, days: &[SettlementDay], currency: &str) -> AnyView {
        let words = &self.desk.words().settlement;
        // Every day of the span, those without a settlement too: a gap is an answer. The bank's day may have begun already
        // where the staff's has not.
        let today = today();
        let mut span: BTreeSet<String> = (0..=DAYS).map(days_ago).collect();
        for day in days.iter().map(|day| &day.day).filter(|day| **day > today) {
            if span.insert(day.clone()) {
                span.pop_first();
            }
        }
        let bars: Vec<(String, i64, String)> = span
            .into_iter()
            .map(|date| {
                let of_day = |day: &&SettlementDay| day.day == date && day.currency == currency;
                let net = days.iter().find(of_day).map(|day| day.net_minor).unwrap_or_default();
                (intl::day(&date, self.desk.lang()), net, self.desk.signed(net, currency))
            })
            .collect();
        let label_every = bars.len().div_ceil(8);
        let what = Figure {
            question: fill(words.days, "currency", currency),
            answer: (words.days_answer, "days"),
            columns: (words.day, words.net),
            bars,
            label_every,
        };
        figure(self.desk, what)
    }

    fn table(self) -> AnyView {
        let (desk, words) = (self.desk, &self.desk.words().settlement);
        let body = loaded(
            desk,
            self.list,
            move || self.fetch(),
            move |list| {
                if list.settlements.is_empty() {
                    return html::p().class("aside").child(words.none).into_any();
                }
                let heads = vec![
                    head(words.file, ""),
                    head(words.imported, ""),
                    head(words.rows, "sum"),
                    head(words.matched, "sum"),
                    head(words.unmatched, "sum"),
                    head(words.mismatched, "sum"),
                ];
                let rows: Vec<_> = list
                    .settlements
                    .into_iter()
                    .map(|one| {
                        let address = Route::Settlement(Some(one.id.clone())).hash();
                        let name = one.file.unwrap_or_else(|| one.id.clone());
                        let half =
                            (!one.complete).then(|| html::span().class("mistake").child(words.incomplete));
                        let by = fill(words.by, "who", &who(desk, &one.imported_by));
                        html::tr().attr("role", "row").attr("data-register", one.id).child((
                            cell(words.file, "first", (html::a().attr("href", address).child(name), half)),
                            cell(
                                words.imported,
                                "when",
                                (
                                    html::span().child(desk.moment(&one.started_at, Moment::Minute)),
                                    html::span().class("aside").child(by),
                                ),
                            ),
                            cell(words.rows, "sum", desk.count(one.rows)),
                            cell(words.matched, "sum", desk.count(one.matched)),
                            cell(words.unmatched, "sum", register::open_count(desk, one.unmatched)),
                            cell(words.mismatched, "sum", register::open_count(desk, one.mismatched)),
                        ))
                    })
                    .collect();
                table(words.registers, "registers", heads, rows)
            },
        );
        html::div().class("stack").child((html::h2().child(words.registers), body)).into_any()
    }

    /// The daily report, as a plain link.
    fn report(self) -> AnyView {
        let words = &self.desk.words().settlement;
        let day = RwSignal::new(today());
        let input = html::input()
            .attr("type", "date")
            .attr("name", "report-day")
            .attr("max", today())
            .attr("aria-label", words.report_day)
            .prop("value", move || day.get())
            .on(ev::input, move |event| day.set(value_of(&event)));
        let address = move || self.desk.api().map(|api| api.report(&day.get()));
        let link = html::a()
            .class("button")
            .attr("href", address)
            .attr("download", move || ["transactions-", &day.get(), ".csv"].concat())
            .child((icon(Icon::Download), words.report));
        html::div().class("actions").child((html::div().child(input), link)).into_any()
    }
}
