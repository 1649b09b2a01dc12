//! The filters of the list. They are in the address: a filtered list can be shared and comes back by Back.

use checkout_api::{Anomaly, PaymentState};
use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use money::Currency;

use super::parts::{Field, Look, button, field, mark_of_state, select};
use crate::browser::page::is_ticked;
use crate::desk::Desk;
use crate::filters::{Filters, searches};
use crate::route::Route;
use crate::sum::typed;
use crate::text::fill;

#[derive(Debug, Clone, Copy)]
struct Form {
    desk: Desk,
    states: RwSignal<Vec<String>>,
    anomaly: RwSignal<String>,
    from: RwSignal<String>,
    to: RwSignal<String>,
    currency: RwSignal<String>,
    min_amount: RwSignal<String>,
    max_amount: RwSignal<String>,
    number: RwSignal<String>,
    text: RwSignal<String>,
    order: RwSignal<String>,
}

/// The form; what is chosen goes into the address at once.
pub fn filter_form(desk: Desk, filters: Memo<Filters>) -> AnyView {
    let words = &desk.words().orders;
    let form = Form {
        desk,
        states: RwSignal::default(),
        anomaly: RwSignal::default(),
        from: RwSignal::default(),
        to: RwSignal::default(),
        currency: RwSignal::default(),
        min_amount: RwSignal::default(),
        max_amount: RwSignal::default(),
        number: RwSignal::default(),
        text: RwSignal::default(),
        order: RwSignal::default(),
    };
    form.show(&filters.get_untracked());
    // Back and a shared link change the address; the form follows.
    Effect::new(move |_| form.show(&filters.get()));

    let fine = Signal::derive(|| None);
    let wrong = move |value: RwSignal<String>| {
        Signal::derive(move || {
            let text = value.get();
            let bad = !text.trim().is_empty() && typed(&text, Currency::Uah).is_none();
            bad.then(|| words.bad_amount.to_owned())
        })
    };
    let unsearchable = Signal::derive(move || {
        let text = form.text.get();
        (!text.trim().is_empty() && !searches(&text)).then(|| words.bad_text.to_owned())
    });
    let first = html::div().class("filter-row").child((
        field(Field::text("number", words.number), form.number, fine),
        field(Field { kind: "search", ..Field::text("text", words.text) }, form.text, unsearchable),
        select("sort", words.sort, sorts(desk), form.order),
    ));
    let rest = html::div().class("filter-row").child((
        field(Field::day("from", words.from), form.from, fine),
        field(Field::day("to", words.to), form.to, fine),
        field(Field::sum("min", words.min_amount), form.min_amount, wrong(form.min_amount)),
        field(Field::sum("max", words.max_amount), form.max_amount, wrong(form.max_amount)),
        select("currency", words.currency, currencies(desk), form.currency),
        select("anomaly", words.anomaly, anomaly_words(desk), form.anomaly),
    ));
    let count = move || filters.with(Filters::count);
    let summary =
        html::summary().child((super::parts::icon(super::parts::Icon::Funnel), move || match count() {
            0 => words.filters.to_owned(),
            count => fill(words.filters_set, "count", &count.to_string()),
        }));
    let foot = html::div().class("filter-foot").child((
        html::button().attr("type", "submit").class("button main").child(words.apply),
        button(Look::Quiet, words.clear, move || desk.go(Route::Orders(Filters::default()))),
    ));
    let opened = filters.with_untracked(Form::is_detailed);
    let details =
        html::details().class("more-filters").attr("open", opened.then_some("")).child((summary, rest, foot));
    html::form()
        .class("filters")
        .attr("role", "search")
        .on(ev::change, move |_| form.apply())
        .on(ev::submit, move |event| {
            event.prevent_default();
            form.apply();
        })
        .child((form.state_chips(), first, details))
        .into_any()
}

fn sorts(desk: Desk) -> Vec<(String, &'static str)> {
    let words = &desk.words().orders;
    [
        ("", words.sort_newest),
        ("created asc", words.sort_oldest),
        ("amount desc", words.sort_largest),
        ("amount asc", words.sort_smallest),
        ("state asc", words.sort_state),
        ("number asc", words.sort_number),
    ]
    .into_iter()
    .map(|(word, text)| (word.to_owned(), text))
    .collect()
}

fn currencies(desk: Desk) -> Vec<(String, &'static str)> {
    let any = (String::new(), desk.words().orders.currency_any);
    let known = Currency::ALL.iter().map(|currency| (currency.code().to_owned(), currency.code()));
    core::iter::once(any).chain(known).collect()
}

fn anomaly_words(desk: Desk) -> Vec<(String, &'static str)> {
    let (words, states) = (&desk.words().orders, &desk.words().states);
    let mut options = vec![(String::new(), words.anomaly_none), ("any".to_owned(), words.anomaly_any)];
    options.extend(Anomaly::KNOWN.iter().filter_map(|anomaly| {
        super::payment::anomaly_words(anomaly, states).map(|(name, _)| (anomaly.as_str().to_owned(), name))
    }));
    options
}

impl Form {
    fn show(self, filters: &Filters) {
        let all = [
            (self.anomaly, &filters.anomaly),
            (self.from, &filters.from),
            (self.to, &filters.to),
            (self.currency, &filters.currency),
            (self.min_amount, &filters.min_amount),
            (self.max_amount, &filters.max_amount),
            (self.number, &filters.number),
            (self.text, &filters.text),
        ];
        for (signal, value) in all {
            signal.set(value.clone());
        }
        self.states.set(filters.states.clone());
        let order = [filters.sort.as_str(), filters.dir.as_str()].join(" ");
        self.order.set(order.trim().to_owned());
    }

    fn apply(self) {
        let order = self.order.get_untracked();
        let (sort, dir) = order.split_once(' ').unwrap_or_default();
        let filters = Filters {
            states: self.states.get_untracked(),
            anomaly: self.anomaly.get_untracked(),
            from: self.from.get_untracked(),
            to: self.to.get_untracked(),
            currency: self.currency.get_untracked(),
            min_amount: self.min_amount.get_untracked().trim().to_owned(),
            max_amount: self.max_amount.get_untracked().trim().to_owned(),
            number: self.number.get_untracked().trim().to_owned(),
            text: self.text.get_untracked().trim().to_owned(),
            sort: sort.to_owned(),
            dir: dir.to_owned(),
        };
        let filters = filters.of_one_currency();
        // The address may stay the same, and then nothing else brings the list back to what is asked.
        self.currency.set(filters.currency.clone());
        self.desk.go(Route::Orders(filters));
    }

    const fn is_detailed(filters: &Filters) -> bool {
        !filters.from.is_empty()
            || !filters.to.is_empty()
            || !filters.currency.is_empty()
            || !filters.min_amount.is_empty()
            || !filters.max_amount.is_empty()
            || !filters.anomaly.is_empty()
    }

    /// One switch for each state.
    fn state_chips(self) -> AnyView {
        let words = self.desk.words();
        let chips: Vec<_> = PaymentState::KNOWN
            .iter()
            .map(|state| {
                let word = state.as_str();
                let mark = mark_of_state(state, None, &words.states);
                let box_ = html::input()
                    .attr("type", "checkbox")
                    .attr("name", "state")
                    .attr("value", word)
                    .prop("checked", move || self.states.with(|states| states.iter().any(|one| one == word)))
                    .on(ev::change, move |event| {
                        let ticked = is_ticked(&event);
                        self.states.update(|states| {
                            states.retain(|one| one != word);
                            if ticked {
                                states.push(word.to_owned());
                            }
                        });
                    });
                let label = html::span().child((super::parts::icon(mark.icon), mark.words));
                html::label().class(["switch ", mark.tone.class()].concat()).child((box_, label))
            })
            .collect();
        html::fieldset()
            .class("states")
            .child((html::legend().class("unseen").child(words.orders.state), chips))
            .into_any()
    }
}
