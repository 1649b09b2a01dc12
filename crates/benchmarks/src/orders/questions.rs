//! What staff ask: each filter and sort of the list alone, those together that could be slow, the changes, a day in numbers.

use jiff::Timestamp;
use serde_json::Value;

use super::seed::{Dice, day_of, time_of};

const DAY_MS: i64 = 86_400_000;

/// A question that can be asked about something else each time.
pub struct Question {
    /// Its name.
    pub name: &'static str,
    /// Makes one: the address behind the backend's.
    pub ask: Box<dyn Fn(&mut Dice) -> String>,
    /// Whether the page after it is what is measured.
    pub next_page: bool,
    /// How much an answer found.
    pub found: fn(&Value) -> u64,
    /// Whether a ledger of a million holds something to find.
    pub finds: bool,
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
    all.extend(beside_the_list(orders));
    all
}

fn places_and_times(orders: i64) -> Vec<Question> {
    let mut all = vec![list("newest", ""), list("oldest", "dir=asc")];
    let middle = ask("a page in the middle", move |dice| {
        format!("to={}", time(time_of(dice.pick(orders - 200) + 200, orders)))
    });
    all.push(Question { next_page: true, ..middle });
    all.extend([
        list("state CAPTURED", "state=CAPTURED"),
        list("state REJECTED", "state=REJECTED"),
        list("state REDIRECTED", "state=REDIRECTED"),
        list("states REJECTED, CANCELLED, PAID", "state=REJECTED,CANCELLED,PAID"),
        Question { finds: false, ..list("state CREATED (none)", "state=CREATED") },
        ask("a day", move |dice| day(dice, orders, 1)),
        ask("until a day", move |dice| format!("to={}", time(time_of(dice.pick(orders), orders)))),
        ask("a day, by sum", move |dice| day(dice, orders, 1) + "&sort=amount"),
    ]);
    all
}

fn sums_and_numbers() -> Vec<Question> {
    let mut all = vec![
        ask("at least a small sum", |dice| format!("minAmount={}", dice.pick(10_000))),
        ask("at least a large sum", |dice| format!("minAmount={}", 1_500_000 + dice.pick(400_000))),
        ask("between two sums", between),
        list("the frequent currency", "currency=UAH"),
        list("a rare currency", "currency=USD"),
        ask("a rare currency between two sums", |dice| {
            let least = dice.pick(100_000);
            format!("currency=EUR&minAmount={least}&maxAmount={}", least + 10_000)
        }),
        ask("the frequent currency between two sums", |dice| between(dice) + "&currency=UAH"),
    ];
    for (name, digits) in [("number, 1 digit", 1_u32), ("number, 3 digits", 3), ("number, 6 digits", 6)] {
        all.push(ask(name, move |dice| {
            format!("number={}", 10_i64.pow(digits - 1) + dice.pick(9 * 10_i64.pow(digits - 1)))
        }));
    }
    all
}

fn words_and_anomalies() -> Vec<Question> {
    vec![
        list("a frequent word", "text=word0"),
        ask("any word", |dice| format!("text={}", dice.word())),
        ask("two words", |dice| format!("text={}+{}", dice.word(), dice.word())),
        list("the beginning of many words", "text=wo"),
        ask("a customer", |dice| format!("text=customer{}", dice.throw(200_000))),
        list("a frequent word and a state", "text=word0&state=REJECTED"),
        list("any anomaly", "anomaly=any"),
        Question { finds: false, ..list("an anomaly nobody has", "anomaly=underpaid") },
    ]
}

fn sorted_and_together(orders: i64) -> Vec<Question> {
    vec![
        list("largest sum", "sort=amount"),
        list("smallest sum", "sort=amount&dir=asc"),
        list("by state", "sort=state&dir=asc"),
        list("by number", "sort=number"),
        list("REFUNDED, largest sum", "state=REFUNDED&sort=amount"),
        ask("REJECTED in a month, at least a sum", move |dice| {
            day(dice, orders, 30) + "&state=REJECTED&minAmount=50000"
        }),
        ask("50 numbers at once", move |dice| {
            let numbers: Vec<_> = (0..50).map(|_| format!("order={}", dice.pick(orders) + 1)).collect();
            numbers.join("&")
        }),
    ]
}

fn beside_the_list(orders: i64) -> Vec<Question> {
    let changes = move |_: &mut Dice| format!("/v1/orders/changes?after={}.{}", orders - 100, i64::MAX);
    let numbers = |dice: &mut Dice| format!("/v1/overview?zone=UTC&day={}", day_of(dice));
    let captured = |answer: &Value| answer["capturedCount"].as_u64().unwrap_or_default();
    vec![
        Question { ask: Box::new(changes), ..list("the last 100 changes", "") },
        Question { ask: Box::new(numbers), found: captured, ..list("a day in numbers", "") },
    ]
}

/// The same filters each time.
fn list(name: &'static str, filters: &'static str) -> Question {
    ask(name, move |_| filters.to_owned())
}

fn ask(name: &'static str, filters: impl Fn(&mut Dice) -> String + 'static) -> Question {
    Question {
        name,
        ask: Box::new(move |dice| format!("/v1/orders?{}", filters(dice))),
        next_page: false,
        found: |answer| {
            answer["orders"].as_array().map_or(0, |orders| u64::try_from(orders.len()).unwrap_or_default())
        },
        finds: true,
    }
}

fn between(dice: &mut Dice) -> String {
    let least = dice.pick(500_000);
    format!("minAmount={least}&maxAmount={}", least + 100)
}

fn day(dice: &mut Dice, orders: i64, days: i64) -> String {
    let from = time_of(dice.pick(orders), orders);
    format!("from={}&to={}", time(from), time(from + days * DAY_MS))
}

fn time(ms: i64) -> String {
    Timestamp::from_millisecond(ms).map(|time| time.to_string()).unwrap_or_default()
}
