//! The list of orders against a plain reference: every filter, every sort, page by page.

use std::cmp::Ordering;

use proptest::prelude::*;
use proptest::test_runner::{Config as Proptest, TestCaseError, TestRunner};
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{World, text};

const STATES: [&str; 8] =
    ["CREATED", "REDIRECTED", "CAPTURED", "PAID", "PARTIALLY_REFUNDED", "REFUNDED", "REJECTED", "CANCELLED"];
const WORDS: [&str; 6] = ["Book", "Чай", "книга-2", "café", "B", "Bookshelf"];

/// An order as the reference knows it.
#[derive(Debug, Clone)]
struct Known {
    number: String,
    created_at: String,
    place: usize,
    amount: i64,
    currency: &'static str,
    state: String,
    anomalies: Option<String>,
    words: Vec<String>,
}

#[derive(Debug, Clone)]
struct Wish {
    states: Vec<usize>,
    from: Option<usize>,
    to: Option<usize>,
    currency: Option<&'static str>,
    min_amount: Option<i64>,
    max_amount: Option<i64>,
    number: Option<&'static str>,
    text: Option<&'static str>,
    anomaly: Option<&'static str>,
    sort: &'static str,
    dir: &'static str,
    limit: usize,
}

#[tokio::test(flavor = "multi_thread")]
async fn every_wish_finds_what_a_plain_look_at_all_orders_finds() {
    let world = World::start().await;
    let known = stored(&world).await;
    let handle = tokio::runtime::Handle::current();
    tokio::task::block_in_place(|| {
        let mut runner = TestRunner::new(Proptest { cases: 120, ..Proptest::default() });
        let outcome = runner.run(&wish(), |wish| {
            let found = handle.block_on(found(&world, &known, &wish));
            let expected = expected(&known, &wish);
            if found == expected {
                Ok(())
            } else {
                Err(TestCaseError::fail(format!("found {found:?}, expected {expected:?}")))
            }
        });
        outcome.unwrap();
    });
}

#[tokio::test]
async fn new_orders_move_nothing_between_two_pages() {
    let world = World::start().await;
    for n in 0..9 {
        world.put(&format!("P-{n}")).await;
    }
    for (sort, dir) in [("created", "desc"), ("created", "asc"), ("amount", "desc"), ("number", "asc")] {
        let mut seen = Vec::new();
        let mut cursor = String::new();
        let mut extra = 0;
        loop {
            let page =
                list(&world, &format!("number=P-&sort={sort}&dir={dir}&limit=2&cursor={cursor}")).await;
            seen.extend(numbers(&page));
            extra += 1;
            world.put(&format!("X-{sort}-{dir}-{extra}")).await;
            let Some(next) = page["next"].as_str() else { break };
            next.clone_into(&mut cursor);
        }
        let mut unique = seen.clone();
        unique.sort();
        unique.dedup();
        assert_eq!((seen.len(), unique.len()), (9, 9), "{sort} {dir}: {seen:?}");
    }
}

#[tokio::test]
async fn an_order_is_found_by_everything_staff_may_have_in_hand() {
    let world = World::start().await;
    let order = world.paid("Ф-1001").await;
    assert_eq!(order["state"], "CAPTURED");
    world.put("other-1").await;
    let whole = world.order("Ф-1001").await;
    let attempt = &whole["attempts"][0];
    let operation = &whole["operations"][0];
    let texts = [
        "ф-1001",
        "1001",
        "two BOOKS",
        "boo",
        "customer-1",
        text(&attempt["bankOrder"]),
        text(&attempt["bankReference"]),
        text(&attempt["merchantRequestId"]),
        text(&operation["rrn"]),
        text(&operation["operationId"]),
    ];
    for looked_for in texts {
        let query: String = url::form_urlencoded::byte_serialize(looked_for.as_bytes()).collect();
        let page = list(&world, &format!("text={query}&number=%D0%A4")).await;
        assert_eq!(numbers(&page), ["Ф-1001"], "{looked_for}");
    }
    assert_eq!(numbers(&list(&world, "text=nothing-like-it").await), Vec::<String>::new());
    let exact = list(&world, "order=other-1&order=nobody&order=%D0%A4-1001").await;
    assert_eq!(numbers(&exact), ["other-1", "Ф-1001"]);
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_and_says_what() {
    let world = World::start().await;
    for (query, name) in [
        ("state=NEW", "state"),
        ("from=yesterday", "from"),
        ("currency=PLN", "currency"),
        ("minAmount=1.5", "minAmount"),
        ("anomaly=odd", "anomaly"),
        ("sort=name", "sort"),
        ("dir=up", "dir"),
        ("cursor=41", "cursor"),
        ("text=***", "text"),
        ("limit=x", "limit"),
    ] {
        let answer = world.as_shop(Method::GET, &format!("/v1/orders?{query}")).send().await.unwrap();
        let problem: Value = answer.json().await.unwrap();
        assert_eq!(problem["code"], "invalid_request", "{query}");
        assert!(text(&problem["detail"]).contains(name), "{problem}");
    }
    let named = world.put_body("changes", &crate::support::order_body(1)).await;
    assert!(named.status().is_client_error());
}

/// Orders of every state, put over HTTP, with times, states and anomalies as if much had happened to them.
async fn stored(world: &World) -> Vec<Known> {
    let mut known = Vec::new();
    for n in 0..48_usize {
        let number = format!("{}{}", ["A-", "A-1", "Ж", "a_"][n % 4], n / 2 * 7 + n % 2);
        let (first, second) = (WORDS[n % 6], WORDS[n / 6 % 6]);
        let amount = [100, 250, 250, 99_999][n / 3 % 4];
        let mut body = crate::support::order_body(amount);
        let currency = ["UAH", "EUR"][usize::from(n % 7 == 0)];
        body["amount"]["currency"] = json!(currency);
        body["description"] = json!(format!("{first}, {second}"));
        body["customerId"] = json!(null);
        body["lines"] = json!([]);
        body["shippingMinor"] = json!(0);
        let answer = world.put_body(&number, &body).await;
        assert!(answer.status().is_success(), "{}", answer.text().await.unwrap());
        let state = STATES[n * 5 % 8];
        let anomalies = [None, None, Some("underpaid"), None, Some("overpaid,repeated")][n % 5];
        let minutes = n / 3;
        let quoted = anomalies.map_or_else(|| "NULL".to_owned(), |words| format!("'{words}'"));
        // Several have the same time.
        let at = 1_700_000_000_000_i64 + i64::try_from(minutes).unwrap() * 60_000;
        world.query(&format!(
            "UPDATE orders SET state = '{state}', anomalies = {quoted}, created_at = {at} WHERE order_ref = '{number}'"
        ));
        let words = format!("{number} {first} {second}").to_lowercase();
        known.push(Known {
            words: words.split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect(),
            created_at: time(minutes),
            place: n,
            number,
            amount,
            currency,
            state: state.to_owned(),
            anomalies: anomalies.map(str::to_owned),
        });
    }
    known
}

fn time(minutes: usize) -> String {
    let at = 1_700_000_000_i64 + i64::try_from(minutes).unwrap() * 60;
    jiff::Timestamp::from_second(at).unwrap().to_string()
}

prop_compose! {
    fn wish()(
        states in prop::collection::vec(0..STATES.len(), 0..3),
        from in prop::option::weighted(0.3, 0..18_usize),
        to in prop::option::weighted(0.3, 0..18_usize),
        currency in maybe(&["UAH", "EUR"]),
        min_amount in prop::option::weighted(0.3, 0..300_i64),
        max_amount in prop::option::weighted(0.3, 0..100_000_i64),
        number in maybe(&["A", "A-", "A-1", "A-10", "Ж", "a_", "zzz", "%", "A_"]),
        text in maybe(&["book", "чай", "КНИГА", "café", "b", "bookshelf чай", "2", "a", "книга-2", "xyz"]),
        anomaly in maybe(&["any", "underpaid", "repeated", "unreachable"]),
        sort in prop::sample::select(&["created", "amount", "state", "number"][..]),
        dir in prop::sample::select(&["asc", "desc"][..]),
        limit in 1..20_usize,
    ) -> Wish {
        Wish { states, from, to, currency, min_amount, max_amount, number, text, anomaly, sort, dir, limit }
    }
}

fn maybe(values: &'static [&'static str]) -> impl Strategy<Value = Option<&'static str>> {
    prop::option::weighted(0.3, prop::sample::select(values))
}

fn expected(known: &[Known], wish: &Wish) -> Vec<String> {
    let mut found: Vec<&Known> = known.iter().filter(|order| fits(order, wish)).collect();
    found.sort_by(|left, right| {
        let by_time = || left.created_at.cmp(&right.created_at).then(left.place.cmp(&right.place));
        let order = match wish.sort {
            "created" => by_time(),
            "amount" => left.amount.cmp(&right.amount).then(left.place.cmp(&right.place)),
            "state" => left.state.cmp(&right.state).then_with(by_time),
            _ => left.number.as_bytes().cmp(right.number.as_bytes()),
        };
        if wish.dir == "asc" { order } else { Ordering::reverse(order) }
    });
    found.into_iter().map(|order| order.number.clone()).collect()
}

fn fits(order: &Known, wish: &Wish) -> bool {
    let states: Vec<&str> = wish.states.iter().map(|index| STATES[*index]).collect();
    let typed = wish.text.unwrap_or_default().to_lowercase();
    let typed: Vec<&str> = typed.split(|c: char| !c.is_alphanumeric()).collect();
    let has = |word: &&str| {
        order
            .words
            .iter()
            .any(|own| if word.chars().count() > 1 { own.starts_with(*word) } else { own == word })
    };
    (states.is_empty() || states.contains(&order.state.as_str()))
        && wish.from.is_none_or(|minutes| order.created_at >= time(minutes))
        && wish.to.is_none_or(|minutes| order.created_at < time(minutes))
        && wish.currency.is_none_or(|currency| order.currency == currency)
        && wish.min_amount.is_none_or(|least| order.amount >= least)
        && wish.max_amount.is_none_or(|most| order.amount <= most)
        && wish.number.is_none_or(|prefix| order.number.starts_with(prefix))
        && (wish.text.is_none() || typed.iter().all(has))
        && match (wish.anomaly, &order.anomalies) {
            (None, _) => true,
            (Some("any"), words) => words.is_some(),
            (Some(kind), words) => {
                words.as_ref().is_some_and(|words| words.split(',').any(|word| word == kind))
            }
        }
}

async fn found(world: &World, known: &[Known], wish: &Wish) -> Vec<String> {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for state in &wish.states {
        query.append_pair("state", STATES[*state]);
    }
    let mut add = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            query.append_pair(name, &value);
        }
    };
    add("from", wish.from.map(time));
    add("to", wish.to.map(time));
    add("currency", wish.currency.map(str::to_owned));
    add("minAmount", wish.min_amount.map(|minor| minor.to_string()));
    add("maxAmount", wish.max_amount.map(|minor| minor.to_string()));
    add("number", wish.number.map(str::to_owned));
    add("text", wish.text.map(str::to_owned));
    add("anomaly", wish.anomaly.map(str::to_owned));
    add("sort", Some(wish.sort.to_owned()));
    add("dir", Some(wish.dir.to_owned()));
    add("limit", Some(wish.limit.to_string()));
    let query = query.finish();
    let mut found = Vec::new();
    let mut cursor = String::new();
    // More pages than there are orders would go round in circles.
    for _ in 0..=known.len() {
        let page = list(world, &format!("{query}&cursor={cursor}")).await;
        found.extend(numbers(&page));
        match page["next"].as_str() {
            Some(next) => next.clone_into(&mut cursor),
            None => break,
        }
    }
    found
}

async fn list(world: &World, query: &str) -> Value {
    get(world, &format!("/v1/orders?{query}")).await
}

/// Must succeed.
pub(crate) async fn get(world: &World, path: &str) -> Value {
    let answer = world.as_shop(Method::GET, path).send().await.unwrap();
    assert_eq!(answer.status().as_u16(), 200, "{path}: {}", answer.text().await.unwrap());
    answer.json().await.unwrap()
}

fn numbers(page: &Value) -> Vec<String> {
    page["orders"].as_array().unwrap().iter().map(|order| text(&order["order"]).to_owned()).collect()
}
