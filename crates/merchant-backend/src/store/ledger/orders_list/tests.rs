//! Every way that SQLite may go finds the same page.

use checkout_api::OrderRef;
use jiff::Timestamp;
use money::{Amount, Currency};
use proptest::prelude::*;

use super::*;
use crate::payments::attempt::Anomaly;
use crate::payments::product::Product;
use crate::payments::state::State;
use crate::store::Store;
use crate::store::records::PutOrderRecord;
use crate::store::sqlite::SqliteStore;

const NO_FEW: Few = Few { orders: 0, numbers: 0 };

fn query() -> impl Strategy<Value = OrderQuery> {
    let maybe = |most: i64| prop::option::weighted(0.4, 0..most);
    (
        prop::collection::hash_set(prop::sample::select(&State::ALL[..]), 0..3),
        maybe(60),
        maybe(60),
        (prop::option::weighted(0.4, prop::sample::select(&Currency::ALL[..])), maybe(500), maybe(500)),
        prop::option::weighted(0.3, prop::sample::select(&["N", "N-1", "N-10", "M"][..])),
        prop::option::weighted(0.4, prop::sample::select(&["common", "even", "n", "co", "none"][..])),
        prop::option::weighted(
            0.3,
            prop::sample::select(&[WithAnomaly::Any, WithAnomaly::Kind(Anomaly::Repeated)][..]),
        ),
        prop::sample::select(&[Sort::Created, Sort::Amount, Sort::State, Sort::Number][..]),
        any::<bool>(),
        1..9_u32,
    )
        .prop_map(
            |(states, from, to, (currency, least, most), number, word, anomaly, sort, descending, limit)| {
                let time = |second: i64| Timestamp::from_second(second).unwrap();
                OrderQuery {
                    states: states.into_iter().collect(),
                    from: from.map(time),
                    to: to.map(time),
                    currency,
                    min_amount: least,
                    max_amount: most,
                    number: number.map(str::to_owned),
                    words: word.map(str::to_owned).into_iter().collect(),
                    anomaly,
                    orders: Vec::new(),
                    sort,
                    descending,
                    after: None,
                    limit,
                }
            },
        )
}

#[tokio::test]
async fn every_way_finds_the_same_pages() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ledger.sqlite");
    let store = SqliteStore::open(&file).unwrap();
    for n in 0..60_i64 {
        store.put_order(order(n)).await.unwrap();
    }
    let ledger = rusqlite::Connection::open(&file).unwrap();
    for n in 0..60_i64 {
        let state = State::ALL[usize::try_from(n * 7 % 8).unwrap()].word();
        let anomalies =
            [None, Some("repeated"), None, Some("overpaid,underpaid")][usize::try_from(n % 4).unwrap()];
        ledger
            .execute("UPDATE orders SET state = ?2, anomalies = ?3 WHERE id = ?1", (n + 1, state, anomalies))
            .unwrap();
    }
    let connection = Connection::sqlite(&ledger);
    proptest!(ProptestConfig::with_cases(300), |(query in query())| {
        let mut query = query;
        for _ in 0..60 {
            let chosen = way(&connection, &query, FEW).unwrap();
            let along = way(&connection, &query, NO_FEW).unwrap();
            let numbers = |way| {
                let page = page(&connection, &query, way).unwrap();
                let numbers: Vec<String> =
                    page.orders.iter().map(|order| order.order.as_str().to_owned()).collect();
                (numbers, page.next)
            };
            let (left, right, plain) = (numbers(chosen), numbers(along), numbers(Way::Along));
            prop_assert_eq!(&left, &right, "{:?} and {:?}", chosen, along);
            prop_assert_eq!(&left, &plain, "{:?} and along", chosen);
            let Some(next) = left.1 else { return Ok(()) };
            query.after = Some(next);
        }
        prop_assert!(false, "pages without end");
    });
}

fn order(n: i64) -> PutOrderRecord {
    let now = Timestamp::from_second(n / 2).unwrap();
    PutOrderRecord {
        order: OrderRef::new(format!("N-{n}")),
        amount: Amount::new(n * 37 % 500 + 1, if n % 5 == 0 { Currency::Eur } else { Currency::Uah })
            .unwrap(),
        description: Some(format!("common {}", if n % 2 == 0 { "even" } else { "odd" })),
        lines: Vec::new(),
        shipping_minor: 0,
        customer_id: None,
        buyer_country: None,
        return_url: None,
        locale: None,
        products: vec![Product::Card],
        token_hash: n.to_be_bytes().to_vec(),
        token_expires_at: now,
        now,
    }
}
