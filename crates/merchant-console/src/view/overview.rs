//! The numbers of one day, each the answer to a question.

use console_api::Overview;
use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use leptos::svg;
use leptos::task::spawn_local;
use money::{Amount, Currency};

use super::frame::{head, number};
use super::parts::loaded::fetch;
use super::parts::{Figure, Icon, Load, figure, icon, loaded};
use super::payment::anomaly_words;
use crate::api::Api;
use crate::browser::clock::pause;
use crate::browser::days::{today, zone};
use crate::browser::intl::{Moment, per_mille};
use crate::browser::page::value_of;
use crate::desk::Desk;
use crate::filters::Filters;
use crate::live::until_gone;
use crate::reasons;
use crate::route::Route;
use crate::text::{fill, fill_all};

/// How often the numbers of today are asked for.
const FRESH_MS: i32 = 30_000;

/// The page.
pub fn page(desk: Desk) -> AnyView {
    let words = &desk.words().overview;
    let day = RwSignal::new(today());
    let place: RwSignal<Load<Overview>> = RwSignal::new(Load::Waiting);
    let ask = move |api: Option<Api>| {
        if let Some(api) = api {
            let day = day.get_untracked();
            fetch(place, async move { api.overview(&day, &zone()).await });
        }
    };
    let load = move || ask(desk.api());
    Effect::new(move |_| {
        day.track();
        load();
    });
    keep_fresh(day, move || ask(desk.api().map(Api::unattended)));
    let picker = html::input()
        .attr("type", "date")
        .attr("name", "day")
        .attr("aria-label", words.day)
        .attr("max", today())
        .prop("value", move || day.get())
        .on(ev::change, move |event| {
            let chosen = value_of(&event);
            if !chosen.is_empty() {
                day.set(chosen);
            }
        });
    html::div()
        .class("page")
        .child((head(words.title, picker), loaded(desk, place, load, move |numbers| whole(desk, &numbers))))
        .into_any()
}

/// A day that is not over is asked for again and again; another day does not change.
fn keep_fresh(day: RwSignal<String>, load: impl Fn() + 'static) {
    let Some(gone) = until_gone() else { return };
    spawn_local(async move {
        loop {
            pause(FRESH_MS).await;
            if gone.aborted() {
                return;
            }
            if day.try_get_untracked().is_some_and(|day| day == today()) {
                load();
            }
        }
    });
}

fn whole(desk: Desk, numbers: &Overview) -> AnyView {
    let tiles = html::div().class("tiles").child((
        captured(desk, numbers),
        success(desk, numbers),
        waiting(desk, numbers),
        anomalies(desk, numbers),
        delay(desk, numbers),
    ));
    let figures = html::div().class("figures").child((hours(desk, numbers), declines(desk, numbers)));
    html::div().class("stack").child((tiles, figures)).into_any()
}

fn tile(name: &'static str, title: &'static str, value: impl IntoAny, aside: impl IntoAny) -> AnyView {
    html::div()
        .class("tile")
        .attr("data-tile", name)
        .child((
            html::h2().child(title),
            value.into_any(),
            html::div().class("aside").child(aside.into_any()),
        ))
        .into_any()
}

fn value(text: impl IntoAny) -> AnyView {
    html::p().class("value").child(text.into_any()).into_any()
}

fn nothing(text: &'static str) -> AnyView {
    html::p().class("value plain").child(text).into_any()
}

fn captured(desk: Desk, numbers: &Overview) -> AnyView {
    let words = &desk.words().overview;
    let sums: Vec<_> = numbers.captured.iter().map(|sum| value(desk.amount(*sum))).collect();
    let title = if numbers.day == today() { words.captured_today } else { words.captured };
    let count = fill(words.captured_count, "count", &desk.count(numbers.captured_count));
    let sums = if sums.is_empty() { vec![nothing(words.nothing)] } else { sums };
    let refunded = numbers
        .refunded
        .iter()
        .map(|sum| fill(words.refunded, "sum", &desk.amount(*sum)))
        .collect::<Vec<_>>();
    tile("captured", title, sums, [vec![count], refunded].concat().join(" · "))
}

fn success(desk: Desk, numbers: &Overview) -> AnyView {
    let words = &desk.words().overview;
    let share = match numbers.success_per_mille {
        Some(share) => value(per_mille(share, desk.lang())),
        None => nothing(words.nothing),
    };
    let good = numbers.success_per_mille.map(|_| {
        let values =
            [("good", desk.count(numbers.attempts_succeeded)), ("all", desk.count(numbers.attempts_ended))];
        fill_all(words.success_lead, &values.each_ref().map(|(name, value)| (*name, value.as_str())))
    });
    tile("success", words.success, share, good)
}

fn waiting(desk: Desk, numbers: &Overview) -> AnyView {
    let words = &desk.words().overview;
    let oldest = match &numbers.oldest_unresolved {
        Some(oldest) => {
            let when = fill(words.oldest, "when", &desk.moment(&oldest.since, Moment::Minute));
            (when, " · ", number(desk, oldest.order.as_str())).into_any()
        }
        None => words.oldest_none.into_any(),
    };
    tile("waiting", words.waiting, value(desk.count(numbers.waiting)), oldest)
}

fn anomalies(desk: Desk, numbers: &Overview) -> AnyView {
    let words = &desk.words().overview;
    let count: u64 = numbers.anomalies.iter().map(|one| one.count).sum();
    if count == 0 {
        return tile("anomalies", words.anomalies, nothing(words.anomalies_none), ());
    }
    let kinds: Vec<_> = numbers
        .anomalies
        .iter()
        .map(|one| {
            let name = anomaly_words(&one.anomaly, &desk.words().states);
            let name = name.map_or_else(|| one.anomaly.as_str().to_owned(), |(name, _)| name.to_owned());
            html::span()
                .class("chip bad")
                .child((icon(Icon::Mark), [&name, " ", &desk.count(one.count)].concat()))
        })
        .collect();
    let all = Route::Orders(Filters { anomaly: "any".to_owned(), ..Filters::default() });
    let link = html::a().attr("href", all.hash()).child(words.anomalies_look);
    tile("anomalies", words.anomalies, value(desk.count(count)), (kinds, " ", link))
}

fn delay(desk: Desk, numbers: &Overview) -> AnyView {
    let words = &desk.words().overview;
    let Some(delay) = &numbers.notification_delay else {
        return tile("delay", words.delay, nothing(words.delay_none), ());
    };
    let lead = fill(words.delay_lead, "p95", &span(desk, delay.p95_ms));
    tile("delay", words.delay, value(span(desk, delay.p50_ms)), lead)
}

/// A span of time in the unit that reads best.
fn span(desk: Desk, millis: u64) -> String {
    let words = &desk.words().overview;
    if millis < 1_000 {
        fill(words.milliseconds, "n", &desk.count(millis))
    } else {
        fill(words.seconds, "n", &desk.count(millis / 1_000))
    }
}

/// One chart for each currency: sums of different ones are not to be compared.
fn hours(desk: Desk, numbers: &Overview) -> AnyView {
    let words = &desk.words().overview;
    if numbers.captured.is_empty() {
        let none = html::p().class("aside").child(words.hours_none);
        return html::section().class("figure").child((html::h2().child(words.hours), none)).into_any();
    }
    let charts: Vec<_> = numbers.captured.iter().map(|sum| hours_in(desk, numbers, sum.currency())).collect();
    html::div().class("stack").child(charts).into_any()
}

fn hours_in(desk: Desk, numbers: &Overview, currency: Currency) -> AnyView {
    let words = &desk.words().overview;
    let bars: Vec<(String, i64, String)> = numbers
        .hours
        .iter()
        .map(|hour| {
            let sum = hour.captured.iter().find(|sum| sum.currency() == currency).copied();
            let written = sum.map_or_else(|| desk.words().frame.none.to_owned(), |sum| desk.amount(sum));
            (desk.moment(&hour.from, Moment::Clock), sum.map(Amount::minor).unwrap_or_default(), written)
        })
        .collect();
    let what = Figure {
        question: fill(words.hours_in, "currency", currency.code()),
        answer: (words.hours_answer, "hour"),
        columns: (words.hour, words.sum),
        bars,
        label_every: 4,
    };
    figure(desk, what)
}

fn declines(desk: Desk, numbers: &Overview) -> AnyView {
    let (words, states) = (&desk.words().overview, &desk.words().states);
    let most = numbers.declines.iter().map(|one| one.count).max().unwrap_or(1).max(1);
    let items: Vec<_> = numbers
        .declines
        .iter()
        .map(|one| {
            let name = one
                .reason
                .as_deref()
                .map_or(states.declined_otherwise, |code| reasons::decline(code, states));
            let code =
                one.reason.clone().map(|code| html::code().class("aside").child([" ", &code].concat()));
            let width = (one.count.saturating_mul(1_000) / most).to_string();
            let rail = svg::rect().attr("class", "rail").attr("width", "1000").attr("height", "10");
            let bar = svg::rect().attr("class", "bar most").attr("width", width).attr("height", "10");
            let drawing = svg::svg()
                .attr("viewBox", "0 0 1000 10")
                .attr("preserveAspectRatio", "none")
                .attr("aria-hidden", "true")
                .attr("focusable", "false")
                .child((rail, bar));
            html::li().child((
                html::span().child((name, code)),
                html::strong().child(desk.count(one.count)),
                drawing,
            ))
        })
        .collect();
    let list = if items.is_empty() {
        html::p().class("aside").child(words.declines_none).into_any()
    } else {
        html::ul().class("meter").child(items).into_any()
    };
    html::section().class("figure").child((html::h2().child(words.declines), list)).into_any()
}
