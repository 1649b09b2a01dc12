//! What staff ask of the list: each filter and sort alone, and those together that could be slow.

use jiff::Timestamp;
use merchant_backend::payments::attempt::Anomaly;
use merchant_backend::payments::state::State;
use merchant_backend::store::orders_list::{OrderQuery, Place, Sort, WithAnomaly};

use super::seed::{Dice, time_of};

const DAY_MS: i64 = 86_400_000;

/// A question that can be asked about something else each time.
pub struct Question {
    /// Its name.
    pub name: &'static str,
    /// Makes one.
    pub ask: Box<dyn Fn(&mut Dice) -> OrderQuery>,
}

impl std::fmt::Debug for Question {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// All of them, for a ledger of `orders`.
pub fn questions(orders: i64) -> Vec<Question> {
    let mut all = places_and_times(orders);
    all.extend(sums_and_numbers());
    all.extend(words_and_anomalies());
    all.extend(sorted_and_together(orders));
    all
}

fn places_and_times(orders: i64) -> Vec<Question> {
    let mut all = Vec::new();
    let mut add = |name, ask: Box<dyn Fn(&mut Dice) -> OrderQuery>| all.push(Question { name, ask });
    add("newest", Box::new(|_| newest()));
    add("oldest", Box::new(|_| OrderQuery { descending: false, ..newest() }));
    add(
        "a page in the middle",
        Box::new(move |dice| {
            let order = dice.pick(orders);
            OrderQuery { after: Some(Place::Created(time_of(order, orders), order + 1)), ..newest() }
        }),
    );
    for (name, states) in [
        ("state CAPTURED", vec![State::Captured]),
        ("state REJECTED", vec![State::Rejected]),
        ("state REDIRECTED", vec![State::Redirected]),
        ("states REJECTED, CANCELLED, PAID", vec![State::Rejected, State::Cancelled, State::Paid]),
        ("state CREATED (none)", vec![State::Created]),
    ] {
        add(name, Box::new(move |_| OrderQuery { states: states.clone(), ..newest() }));
    }
    add(
        "a day",
        Box::new(move |dice| {
            let from = time_of(dice.pick(orders), orders);
            OrderQuery { from: time(from), to: time(from + DAY_MS), ..newest() }
        }),
    );
    add(
        "until a day",
        Box::new(move |dice| OrderQuery { to: time(time_of(dice.pick(orders), orders)), ..newest() }),
    );
    add(
        "a day, by sum",
        Box::new(move |dice| {
            let from = time_of(dice.pick(orders), orders);
            OrderQuery { from: time(from), to: time(from + DAY_MS), sort: Sort::Amount, ..newest() }
        }),
    );
    all
}

fn sums_and_numbers() -> Vec<Question> {
    let mut all = Vec::new();
    let mut add = |name, ask: Box<dyn Fn(&mut Dice) -> OrderQuery>| all.push(Question { name, ask });
    add(
        "at least a small sum",
        Box::new(|dice| OrderQuery { min_amount: Some(dice.pick(10_000)), ..newest() }),
    );
    add(
        "at least a large sum",
        Box::new(|dice| OrderQuery { min_amount: Some(1_500_000 + dice.pick(400_000)), ..newest() }),
    );
    add(
        "between two sums",
        Box::new(|dice| {
            let least = dice.pick(500_000);
            OrderQuery { min_amount: Some(least), max_amount: Some(least + 100), ..newest() }
        }),
    );
    for (name, digits) in [("number, 1 digit", 1_u32), ("number, 3 digits", 3), ("number, 6 digits", 6)] {
        add(
            name,
            Box::new(move |dice| {
                let number = 10_i64.pow(digits - 1) + dice.pick(9 * 10_i64.pow(digits - 1));
                OrderQuery { number: Some(number.to_string()), ..newest() }
            }),
        );
    }
    all
}

fn words_and_anomalies() -> Vec<Question> {
    let mut all = Vec::new();
    let mut add = |name, ask: Box<dyn Fn(&mut Dice) -> OrderQuery>| all.push(Question { name, ask });
    add("a frequent word", Box::new(|_| words(&["word0"])));
    add("any word", Box::new(|dice| words(&[&dice.word()])));
    add("two words", Box::new(|dice| words(&[&dice.word(), &dice.word()])));
    add("the beginning of many words", Box::new(|_| words(&["wo"])));
    add("a customer", Box::new(|dice| words(&[&format!("customer{}", dice.throw(200_000))])));
    add(
        "a frequent word and a state",
        Box::new(|_| OrderQuery { states: vec![State::Rejected], ..words(&["word0"]) }),
    );
    add("any anomaly", Box::new(|_| OrderQuery { anomaly: Some(WithAnomaly::Any), ..newest() }));
    add(
        "an anomaly nobody has",
        Box::new(|_| OrderQuery { anomaly: Some(WithAnomaly::Kind(Anomaly::Underpaid)), ..newest() }),
    );
    all
}

fn sorted_and_together(orders: i64) -> Vec<Question> {
    let mut all = Vec::new();
    let mut add = |name, ask: Box<dyn Fn(&mut Dice) -> OrderQuery>| all.push(Question { name, ask });
    for (name, sort, descending) in [
        ("largest sum", Sort::Amount, true),
        ("smallest sum", Sort::Amount, false),
        ("by state", Sort::State, false),
        ("by number", Sort::Number, true),
    ] {
        add(name, Box::new(move |_| OrderQuery { sort, descending, ..newest() }));
    }
    add(
        "REFUNDED, largest sum",
        Box::new(|_| OrderQuery { states: vec![State::Refunded], sort: Sort::Amount, ..newest() }),
    );
    add(
        "REJECTED in a month, at least a sum",
        Box::new(move |dice| {
            let from = time_of(dice.pick(orders), orders);
            OrderQuery {
                states: vec![State::Rejected],
                from: time(from),
                to: time(from + 30 * DAY_MS),
                min_amount: Some(50_000),
                ..newest()
            }
        }),
    );
    add(
        "50 numbers at once",
        Box::new(move |dice| {
            let orders = (0..50).map(|_| (dice.pick(orders) + 1).to_string()).collect();
            OrderQuery { orders, ..newest() }
        }),
    );
    all
}

fn newest() -> OrderQuery {
    OrderQuery { descending: true, limit: 50, ..OrderQuery::default() }
}

fn words(words: &[&str]) -> OrderQuery {
    OrderQuery { words: words.iter().map(|word| (*word).to_owned()).collect(), ..newest() }
}

fn time(ms: i64) -> Option<Timestamp> {
    Timestamp::from_millisecond(ms).ok()
}
