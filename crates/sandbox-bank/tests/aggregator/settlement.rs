//! The settlement file, read by the client crate: both were written apart, from the same facts.

use std::time::Duration;

use serde_json::json;
use worldline_connect::wx::{Meaning, WxReader, WxRecord};
use worldline_connect::{AmountOfMoney, CreateRefund, EventKind, StatusCategory};

use crate::support::{key, world};

fn read(file: &str) -> Vec<WxRecord> {
    WxReader::new(file.as_bytes()).map(Result::unwrap).collect()
}

#[tokio::test]
async fn the_file_tells_each_movement_once() {
    let world = world().await;
    let kept = world.settled().await;
    let given_back = world.settled().await;
    world.client.refund(&given_back.id, &CreateRefund::default(), &key()).await.unwrap();
    world.advance(Duration::from_mins(1)).await;
    let path = format!("/sandbox/aggregator/payments/{}/become", kept.id);
    world.sandbox(&path, json!({"status": "CHARGEBACKED"})).await;

    let answer = world.http.get(world.url("/sandbox/aggregator/wx")).send().await.unwrap();
    let name = answer.headers()["content-disposition"].to_str().unwrap().to_owned();
    assert!(name.contains("wx.0000020000") && name.ends_with(".000001.xml\""), "{name}");
    let records = read(&answer.text().await.unwrap());
    let of = |id: &str| -> Vec<Meaning> {
        records.iter().filter(|record| record.first_payment_id() == id).map(WxRecord::meaning).collect()
    };
    assert_eq!(of(&kept.id), [Meaning::Captured, Meaning::Collected, Meaning::Chargeback]);
    assert_eq!(of(&given_back.id), [Meaning::Captured, Meaning::Collected, Meaning::Refunded]);
    let collected = records.iter().find(|record| record.meaning() == Meaning::Collected).unwrap();
    assert_eq!(collected.payment_id(), kept.id);
    assert_eq!(collected.delivered, Some(AmountOfMoney::new(1_099, "EUR")));
    assert_eq!(collected.due, Some(AmountOfMoney::new(1_089, "EUR")));
    assert_eq!((collected.payment_status, collected.product), (Some(1000), Some(866)));
}

#[tokio::test]
async fn a_dispute_is_announced_lost_and_won() {
    let world = world().await;
    let made = world.settled().await;
    let path = format!("/sandbox/aggregator/payments/{}/become", made.id);
    let moves = [
        ("CHARGEBACK_NOTIFICATION", StatusCategory::Completed),
        ("PAID", StatusCategory::Completed),
        ("CHARGEBACKED", StatusCategory::Reversed),
        ("PAID", StatusCategory::Completed),
    ];
    for (status, category) in moves {
        world.sandbox(&path, json!({"status": status})).await;
        let told = world.ask(&made).await;
        assert_eq!((told.status.as_str(), told.status_output.status_category), (status, category));
    }
    let records = read(&world.page(&world.url("/sandbox/aggregator/wx")).await);
    let meanings: Vec<_> = records.iter().map(WxRecord::meaning).collect();
    assert_eq!(
        meanings,
        [
            Meaning::Captured,
            Meaning::Collected,
            Meaning::ChargebackAnnounced,
            Meaning::Chargeback,
            Meaning::ChargebackReturned
        ]
    );
}

#[tokio::test]
async fn money_that_is_collected_in_parts_is_told_part_by_part() {
    let world = world().await;
    let mut ear = world.ear(&[], false).await;
    let made = world.paid().await;
    assert_eq!(ear.next().await.kind, EventKind::PaymentCaptured);
    let path = format!("/sandbox/aggregator/payments/{}/become", made.id);
    for (sum, kind) in [(500, EventKind::PaymentPaid), (1_099, EventKind::PaymentPaidIncrement)] {
        world.sandbox(&path, json!({"status": "PAID", "amountPaid": sum})).await;
        let event = ear.next().await;
        assert_eq!(event.kind, kind);
        assert_eq!(event.payment, Some(world.ask(&made).await));
        assert_eq!(world.ask(&made).await.payment_output.amount_paid, Some(sum));
    }
    let less = world.http.post(world.url(&path)).json(&json!({"status": "PAID", "amountPaid": 700}));
    assert_eq!(less.send().await.unwrap().status(), 409);
    let records = read(&world.page(&world.url("/sandbox/aggregator/wx")).await);
    let collected = records.iter().filter(|record| record.meaning() == Meaning::Collected);
    let sums: Vec<_> = collected.map(|record| record.delivered.as_ref().unwrap().amount).collect();
    assert_eq!(sums, [500, 599]);
}

#[tokio::test]
async fn a_file_of_one_day_holds_that_day() {
    let world = world().await;
    world.settled().await;
    let empty = world.page(&world.url("/sandbox/aggregator/wx?date=20200101")).await;
    assert!(read(&empty).is_empty() && empty.contains("<NumberOfRecords>0</NumberOfRecords>"));
    let all = read(&world.page(&world.url("/sandbox/aggregator/wx")).await);
    let day = all[1].date_collected.clone().unwrap();
    let of_day = read(&world.page(&world.url(&format!("/sandbox/aggregator/wx?date={day}"))).await);
    assert_eq!(of_day, all[1..]);
}
