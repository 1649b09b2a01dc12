//! The daily report: every operation of the day, as a file that spreadsheets and programs read alike.

use csv::StringRecord;
use jiff::ToSpan;
use merchant_backend::store::SettlementStore;
use merchant_backend::store::records::{TransactionFilter, TransactionMark};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{World, text};

#[tokio::test]
async fn the_report_holds_every_operation_of_the_day_with_what_settled_it() {
    let world = World::start().await;
    world.paid("R-10").await;
    world.paid("R-11").await;
    world.refund("R-10", "key-1", json!({"amountMinor": 6_000, "offline": false})).await;
    world.until_refunds("R-10", &["SUCCESS"]).await;
    world.check("R-10").await;
    world.import(world.register("").await).await;
    let (heading, rows) = report(&world, "").await;
    let column =
        |row: &StringRecord, name: &str| row[heading.iter().position(|one| one == name).unwrap()].to_owned();
    let mut seen: Vec<[String; 6]> = rows
        .iter()
        .map(|row| ["order", "type", "amount", "currency", "commission", "net"].map(|name| column(row, name)))
        .collect();
    seen.sort();
    let row = |row: [&str; 6]| row.map(str::to_owned);
    assert_eq!(
        seen,
        [
            row(["R-10", "PURCHASE", "129.05", "UAH", "1.94", "127.11"]),
            row(["R-10", "REFUND", "-60.00", "UAH", "0.00", "-60.00"]),
            row(["R-11", "PURCHASE", "129.05", "UAH", "1.94", "127.11"]),
        ]
    );
    let order = world.order("R-11").await;
    let of_it = rows.iter().find(|row| column(row, "order") == "R-11").unwrap();
    assert_eq!(column(of_it, "operation"), text(&order["operations"][0]["id"]));
    assert_eq!(column(of_it, "session"), text(&order["attempts"][0]["session"]));
    assert_eq!(column(of_it, "orderState"), "PAID");
    let mut times: Vec<String> = rows.iter().map(|row| column(row, "time")).collect();
    times.sort();
    assert_eq!(times, rows.iter().map(|row| column(row, "time")).collect::<Vec<_>>(), "oldest first");
}

#[tokio::test]
async fn a_day_is_a_day_of_its_zone() {
    let world = World::start().await;
    world.paid("R-12").await;
    let (_, rows) = report(&world, "?day=2020-01-01").await;
    assert!(rows.is_empty());
    let mut found = 0;
    let now = jiff::Timestamp::now();
    for zone in ["Pacific/Kiritimati", "Etc/GMT%2B12", "Europe/Kyiv"] {
        let today = now.in_tz(&zone.replace("%2B", "+")).unwrap().date();
        let (_, rows) = report(&world, &format!("?day={today}&zone={zone}")).await;
        found += rows.len();
        let (_, rows) = report(&world, &format!("?day={}&zone={zone}", today.yesterday().unwrap())).await;
        found += rows.len();
    }
    assert_eq!(found, 3, "in each zone on one day");
    for wrong in ["?day=yesterday", "?zone=Mars", "?day=2026-02-30"] {
        let path = format!("/v1/reports/transactions.csv{wrong}");
        let answer = world.as_shop(Method::GET, &path).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{wrong}");
    }
}

#[tokio::test]
async fn no_value_of_the_report_is_a_formula() {
    let world = World::start().await;
    let order = "=HYPERLINK(\"x\",\"y\"),2";
    let path = "/v1/orders/=HYPERLINK(%22x%22,%22y%22),2";
    let put =
        world.as_shop(Method::PUT, path).json(&crate::support::order_body(12_905)).send().await.unwrap();
    let token: Value = put.json().await.unwrap();
    let session = world.open(text(&token["orderToken"]), "key-1").await;
    world.complete_at_bank(&session["page"], json!({})).await;
    world.until(text(&session["session"]), "CAPTURED").await;
    let (heading, rows) = report(&world, "").await;
    let at = heading.iter().position(|one| one == "order").unwrap();
    assert_eq!(rows[0][at], format!("'{order}"));
}

#[tokio::test]
async fn a_report_read_in_the_smallest_pages_holds_the_same_operations() {
    let world = World::start().await;
    let token = world.put("R-13").await;
    let session = world.open(&token, "key-1").await;
    for _ in 0..5 {
        world.complete_at_bank(&session["page"], json!({})).await;
    }
    world.check("R-13").await;
    let (_, whole) = report(&world, "").await;
    assert_eq!(whole.len(), 5);
    let ledger = crate::store::open(world.folder.path(), &world.database).await;
    let now = jiff::Timestamp::now();
    let (from, to) = (now - 1.hour(), now + 1.hour());
    let mut after = None;
    for row in &whole {
        let filter = TransactionFilter { from, to, after, limit: 1 };
        let page = ledger.transactions(filter).await.unwrap();
        assert_eq!((page.len(), page[0].operation.id.as_str()), (1, &row[5]));
        after = Some(TransactionMark { at: page[0].at, id: page[0].operation.id.clone() });
    }
    let end = ledger.transactions(TransactionFilter { from, to, after, limit: 1 }).await.unwrap();
    assert!(end.is_empty());
}

async fn report(world: &World, query: &str) -> (StringRecord, Vec<StringRecord>) {
    let path = format!("/v1/reports/transactions.csv{query}");
    let answer = world.as_shop(Method::GET, &path).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(answer.headers()["content-type"], "text/csv; charset=utf-8");
    let text = answer.text().await.unwrap();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let heading = reader.headers().unwrap().clone();
    (heading, reader.records().map(Result::unwrap).collect())
}
