//! What staff have beside the list of orders: it as a file, its live changes, the messages behind a history, a day in
//! numbers.

use reqwest::Method;
use serde_json::{Value, json};

use crate::orders_list::get;
use crate::support::{GOOD_CARD, World, text};

#[tokio::test]
async fn the_file_has_every_order_of_the_filter_and_no_formula() {
    let world = World::start().await;
    let mut evil = crate::support::order_body(12_905);
    evil["description"] = json!("=HYPERLINK(\"http://x\",\"pay, \"\"here\"\"\")");
    assert!(world.put_body("@E-1", &evil).await.status().is_success());
    for n in 0..5 {
        world.put(&format!("E-{n}")).await;
    }
    let answer = world.as_shop(Method::GET, "/v1/orders.csv?sort=number&dir=asc").send().await.unwrap();
    assert_eq!(answer.headers()["content-type"], "text/csv; charset=utf-8");
    let file = answer.text().await.unwrap();
    let mut reader = csv::Reader::from_reader(file.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let first: Vec<&str> = rows.iter().map(|row| &row[0]).collect();
    assert_eq!(first, ["'@E-1", "E-0", "E-1", "E-2", "E-3", "E-4"]);
    assert_eq!(&rows[0][10], "'=HYPERLINK(\"http://x\",\"pay, \"\"here\"\"\")");
    assert_eq!((&rows[1][5], &rows[1][6], &rows[1][7]), ("129.05", "UAH", "0.00"));
}

#[tokio::test]
async fn who_follows_the_list_hears_of_new_orders_payments_and_notifications() {
    let world = World::start().await;
    world.put("C-0").await;
    let now = changes(&world, "").await;
    assert_eq!(now["orders"], json!([]));
    let mut cursor = text(&now["cursor"]).to_owned();
    quiet(&world, &mut cursor).await;

    let hears = async {
        let order = heard(&world, &mut cursor, |order| order["order"] == "C-1").await;
        assert_eq!(order["payment"], "none");
    };
    let ((), token) = tokio::join!(hears, world.put("C-1"));
    let session = world.open(&token, "key").await;
    world.pay_by_card(&session["page"], GOOD_CARD).await;
    let order = heard(&world, &mut cursor, |order| order["state"] == "CAPTURED").await;
    assert_eq!((&order["order"], &order["payment"]), (&json!("C-1"), &json!("alliancepay")));
    assert!(order["notifiedAt"].is_string(), "{order}");
    quiet(&world, &mut cursor).await;
}

#[tokio::test]
async fn a_message_is_read_by_its_order_only_and_masked() {
    let world = World::start().await;
    world.paid("R-1").await;
    world.put("R-2").await;
    let order = world.order("R-1").await;
    let events = order["events"].as_array().unwrap();
    let with_raw = events.iter().find(|event| event["hasRaw"] == true).unwrap();
    let id = text(&with_raw["id"]);
    world.query(&format!(
        "UPDATE events SET raw = '{{\"errorDetails\":\"card 4111111111111111 of a@b.ua\",\"rrn\":\"426915034512\"}}' WHERE id = {id}"
    ));
    let path = |order: &str, id: &str| format!("/v1/orders/{order}/events/{id}/raw");
    let raw: Value = world.as_shop(Method::GET, &path("R-1", id)).send().await.unwrap().json().await.unwrap();
    assert_eq!(raw["raw"], "{\"errorDetails\":\"card 411111••••1111 of •••\",\"rrn\":\"426915034512\"}");
    for (order, id) in [("R-2", id), ("R-1", "999999"), ("R-1", "x")] {
        let answer = world.as_shop(Method::GET, &path(order, id)).send().await.unwrap();
        assert_eq!(answer.status().as_u16(), 404);
    }
    let put = events.iter().find(|event| event["what"] == "order_put").unwrap();
    let none = world.as_shop(Method::GET, &path("R-1", text(&put["id"]))).send().await.unwrap();
    assert_eq!(none.status().as_u16(), 404);
}

#[tokio::test]
async fn the_day_is_told_in_numbers() {
    let world = World::start().await;
    world.paid("N-1").await;
    world.paid("N-2").await;
    world.refund("N-2", "k", json!({"amountMinor": 905})).await;
    world.until_refunds("N-2", &["SUCCESS"]).await;
    let token = world.put("N-3").await;
    let session = world.open(&token, "key").await;
    world.pay_by_card(&session["page"], crate::support::DECLINED_CARD).await;
    world.until(text(&session["session"]), "REJECTED").await;
    let token = world.put("N-4").await;
    world.open(&token, "key").await;

    let day: Value = get(&world, "/v1/overview").await;
    assert_eq!(day["capturedCount"], 2);
    assert_eq!(day["captured"], json!([{"minor": 25_810, "currency": "UAH"}]));
    assert_eq!(day["refunded"], json!([{"minor": 905, "currency": "UAH"}]));
    assert_eq!((&day["attemptsEnded"], &day["attemptsSucceeded"]), (&json!(3), &json!(2)));
    assert_eq!(day["successPerMille"], 667);
    assert_eq!(day["declines"].as_array().unwrap().len(), 1);
    assert_eq!(day["declines"][0]["count"], 1);
    assert_eq!((&day["waiting"], &day["oldestUnresolved"]["order"]), (&json!(1), &json!("N-4")));
    assert_eq!(day["notificationDelay"]["count"], 2);
    let by_hour: u64 =
        day["hours"].as_array().unwrap().iter().map(|hour| hour["capturedCount"].as_u64().unwrap()).sum();
    assert_eq!(by_hour, 2);

    // Begun on a day before, and captured on this one: a capture of the day, and no success of its attempts.
    world.query("UPDATE attempts SET created_at = created_at - 172800000 WHERE state IN ('CAPTURED', 'PARTIALLY_REFUNDED')");
    let day: Value = get(&world, "/v1/overview").await;
    assert_eq!((&day["capturedCount"], &day["attemptsSucceeded"]), (&json!(2), &json!(0)));
    assert_eq!((&day["attemptsEnded"], &day["successPerMille"]), (&json!(1), &json!(0)));
    let quiet: Value = get(&world, "/v1/overview?day=2020-03-29&zone=Europe/Kyiv").await;
    assert_eq!((&quiet["capturedCount"], quiet["hours"].as_array().unwrap().len()), (&json!(0), 23));
    let wrong = world.as_shop(Method::GET, "/v1/overview?zone=Mars").send().await.unwrap();
    assert_eq!(wrong.status().as_u16(), 400);
}

async fn changes(world: &World, query: &str) -> Value {
    get(world, &format!("/v1/orders/changes?{query}")).await
}

/// Follows the list until it tells of an order that fits.
async fn heard(world: &World, cursor: &mut String, fits: impl Fn(&Value) -> bool) -> Value {
    loop {
        let news = changes(world, &format!("after={cursor}&wait=20")).await;
        text(&news["cursor"]).clone_into(cursor);
        let orders = news["orders"].as_array().unwrap();
        assert!(!orders.is_empty(), "nothing happened for twenty seconds");
        if let Some(order) = orders.iter().find(|order| fits(order)) {
            return order.clone();
        }
    }
}

/// Follows the list until there is nothing to tell: what happened a moment ago may be told once more.
async fn quiet(world: &World, cursor: &mut String) {
    loop {
        let news = changes(world, &format!("after={cursor}&wait=0")).await;
        text(&news["cursor"]).clone_into(cursor);
        if news["orders"] == json!([]) {
            return;
        }
    }
}
