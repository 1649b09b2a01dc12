//! Staff give money back: within their limits, one at a time, and the log tells who.

use console_api::Role;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::staff_hands::{Browser, refusal};
use crate::support::{World, text};

#[tokio::test]
async fn up_to_the_limit_and_not_more_at_once() {
    let world = World::start().await;
    world.paid("L-1").await;
    let anna = refunder(&world, "anna", json!({"refundLimitMinor": 1000})).await;
    let over = world.staff_refund(&anna, "L-1", "k-1", json!({"amountMinor": 1001})).await;
    assert_eq!(refusal(over).await, (403, "refund_limit".to_owned()));
    let everything = world.staff_refund(&anna, "L-1", "k-2", json!({})).await;
    assert_eq!(refusal(everything).await, (403, "refund_limit".to_owned()));
    let offline =
        world.staff_refund(&anna, "L-1", "k-3", json!({"amountMinor": 1001, "offline": true})).await;
    assert_eq!(refusal(offline).await, (403, "refund_limit".to_owned()));
    assert_eq!(world.bank_calls("L-1", "refund").await, json!(null));
    let within = world.staff_refund(&anna, "L-1", "k-4", json!({"amountMinor": 1000})).await;
    assert_eq!(within.status(), StatusCode::CREATED);
    assert_eq!(within.json::<Value>().await.unwrap()["by"], "staff:anna");
}

#[tokio::test]
async fn two_at_once_do_not_get_past_the_limit_of_a_day() {
    let world = World::start().await;
    let mut orders = Vec::new();
    for n in 0..4 {
        let order = format!("D-{n}");
        world.paid(&order).await;
        orders.push(order);
    }
    let anna = refunder(&world, "anna", json!({"dailyRefundLimitMinor": 2500})).await;
    let wishes =
        orders.iter().map(|order| world.staff_refund(&anna, order, "k", json!({"amountMinor": 1000})));
    let answers = futures_util::future::join_all(wishes).await;
    let made = answers.iter().filter(|answer| answer.status() == StatusCode::CREATED).count();
    assert_eq!(made, 2);
    for answer in answers {
        if answer.status() != StatusCode::CREATED {
            let problem: Value = answer.json().await.unwrap();
            assert_eq!(problem["code"], "refund_limit");
            assert!(text(&problem["detail"]).contains("500 of them are left"), "{problem}");
        }
    }
    // Another person has a day of their own.
    let oleh = refunder(&world, "oleh", json!({"dailyRefundLimitMinor": 2500})).await;
    let mut statuses = Vec::new();
    for order in &orders {
        let answer = world.staff_refund(&oleh, order, "k-oleh", json!({"amountMinor": 1})).await;
        statuses.push(answer.status());
    }
    assert_eq!(statuses, [StatusCode::CREATED; 4]);
}

#[tokio::test]
async fn two_staff_refund_the_same_order_at_once_and_one_is_told_why_not() {
    let world = World::start().await;
    world.paid("T-1").await;
    let anna = refunder(&world, "anna", json!({})).await;
    let oleh = refunder(&world, "oleh", json!({})).await;
    let (one, two) = tokio::join!(
        world.staff_refund(&anna, "T-1", "key-of-anna", json!({"amountMinor": 12_000})),
        world.staff_refund(&oleh, "T-1", "key-of-oleh", json!({"amountMinor": 12_000})),
    );
    let (won, lost) = if one.status() == StatusCode::CREATED { (one, two) } else { (two, one) };
    assert_eq!(won.status(), StatusCode::CREATED);
    let lost: Value = lost.json().await.unwrap();
    assert_eq!(lost["code"], "refund_too_large");
    assert!(text(&lost["detail"]).contains("905"), "{lost}");
    let order = world.until_refunds("T-1", &["SUCCESS"]).await;
    assert_eq!(order["refunded"], json!({"minor": 12_000, "currency": "UAH"}));
    assert_eq!(world.bank_calls("T-1", "refund").await, json!(1));
}

#[tokio::test]
async fn what_was_confirmed_goes_back_or_nothing_does() {
    let world = World::start().await;
    world.paid("T-2").await;
    let anna = refunder(&world, "anna", json!({})).await;
    let oleh = refunder(&world, "oleh", json!({})).await;
    let part = json!({"amountMinor": 7_000, "expectedMinor": 7_000});
    let part = world.staff_refund(&anna, "T-2", "key-of-anna", part).await;
    assert_eq!(part.status(), StatusCode::CREATED);
    let all = world.staff_refund(&oleh, "T-2", "key-of-oleh", json!({"expectedMinor": 12_905})).await;
    assert_eq!(refusal(all).await, (409, "refund_changed".to_owned()));
    let rest = world.staff_refund(&oleh, "T-2", "key-of-oleh-2", json!({"expectedMinor": 5_905})).await;
    assert_eq!(rest.status(), StatusCode::CREATED);
}

#[tokio::test]
async fn the_log_tells_who_checked_and_who_gave_back_and_the_order_keeps_it() {
    let world = World::start().await;
    world.paid("W-1").await;
    let anna = refunder(&world, "anna", json!({})).await;
    let check = world.as_staff(&anna, Method::POST, "/v1/orders/W-1/check").send().await.unwrap();
    assert_eq!(check.status(), StatusCode::OK);
    let made = world.staff_refund(&anna, "W-1", "k", json!({"amountMinor": 905, "offline": true})).await;
    assert_eq!(made.status(), StatusCode::CREATED);
    let token = world.console_token("order:W-1", "refunder").await;
    let made = world
        .request(Method::POST, "/v1/orders/W-1/refunds")
        .bearer_auth(&token)
        .header("Idempotency-Key", "k-2")
        .json(&json!({"amountMinor": 5, "offline": true}));
    assert_eq!(made.send().await.unwrap().status(), StatusCode::CREATED);

    let mut seen = Vec::new();
    let mut cursor = String::new();
    loop {
        let path = format!("/v1/audit?order=W-1&limit=2&cursor={cursor}");
        let page: Value =
            world.as_staff(&anna, Method::GET, &path).send().await.unwrap().json().await.unwrap();
        for entry in page["entries"].as_array().unwrap() {
            seen.push(format!("{} {}", text(&entry["actor"]), text(&entry["action"])));
        }
        let Some(next) = page["next"].as_str() else { break };
        next.clone_into(&mut cursor);
    }
    let staffs: Vec<&str> = seen
        .iter()
        .map(String::as_str)
        .filter(|entry| entry.starts_with("staff:") || entry.starts_with("token:") || entry.contains("token"))
        .collect();
    assert_eq!(
        staffs,
        [
            "token:wp:maria refund_recorded",
            "shop console_token_issued",
            "staff:anna partially_refunded",
            "staff:anna refund_recorded",
            "staff:anna order_checked",
        ]
    );
    assert!(
        seen.contains(&"bank captured".to_owned()) && seen.contains(&"shop order_put".to_owned()),
        "{seen:?}"
    );
    let mut unique = seen.clone();
    unique.dedup();
    assert_eq!(unique.len(), seen.len(), "a page repeats what the last one had: {seen:?}");
}

#[tokio::test]
async fn the_log_tells_what_was_taken_out_and_who_was_not_allowed_to_refund() {
    let world = World::start().await;
    world.paid("E-1").await;
    let anna = refunder(&world, "anna", json!({"refundLimitMinor": 100})).await;
    let viktor = world.staff("viktor", Role::Viewer).await;
    let events = world.order("E-1").await["events"].clone();
    let with_raw = events.as_array().unwrap().iter().find(|event| event["hasRaw"] == true).unwrap();
    let message = format!("/v1/orders/E-1/events/{}/raw", text(&with_raw["id"]));
    for path in ["/v1/orders.csv", "/v1/reports/transactions.csv?day=2026-11-22", &message] {
        let answer = world.as_staff(&anna, Method::GET, path).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
    }
    // What is not there was not read.
    world.as_staff(&anna, Method::GET, "/v1/orders/E-1/events/999999/raw").send().await.unwrap();
    let over = world.staff_refund(&anna, "E-1", "k-1", json!({"amountMinor": 101})).await;
    assert_eq!(refusal(over).await, (403, "refund_limit".to_owned()));
    for order in ["E-1", "none"] {
        let looks_only = world.staff_refund(&viktor, order, "k-2", json!({})).await;
        assert_eq!(refusal(looks_only).await, (403, "role_too_low".to_owned()));
    }

    assert_eq!(
        deeds(&world, "staff:anna").await,
        [
            "refund_refused E-1 refund_limit",
            "message_read E-1 ",
            "report_exported  2026-11-22",
            "orders_exported  ",
            "signed_in  ",
        ]
    );
    assert_eq!(deeds(&world, "staff:viktor").await, ["refund_refused E-1 role_too_low", "signed_in  "]);
}

/// What an actor did, newest first: the action, the order, the detail.
async fn deeds(world: &World, actor: &str) -> Vec<String> {
    let login = format!("reader-of-{}", actor.replace(':', "-"));
    let admin = world.staff(&login, Role::Admin).await;
    let path = format!("/v1/audit?actor={actor}");
    let page: Value = world.as_staff(&admin, Method::GET, &path).send().await.unwrap().json().await.unwrap();
    let said = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let entries = page["entries"].as_array().unwrap();
    let line = |one: &Value| [said(&one["action"]), said(&one["order"]), said(&one["detail"])].join(" ");
    entries.iter().map(line).collect()
}

pub(crate) async fn refunder(world: &World, login: &str, limits: Value) -> Browser {
    let browser = world.staff(login, Role::Refunder).await;
    let boss = format!("boss-of-{login}");
    let boss = world.staff(&boss, Role::Admin).await;
    let patch = world.as_staff(&boss, Method::PATCH, &format!("/v1/staff/{login}")).json(&limits);
    assert_eq!(patch.send().await.unwrap().status(), StatusCode::OK);
    browser
}
