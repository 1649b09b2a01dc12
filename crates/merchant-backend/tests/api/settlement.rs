//! The bank's register against the ledger: what matches, what does not and why, and what follows for the order.

use serde_json::{Value, json};

use crate::support::{GOOD_CARD, World, text};

#[tokio::test]
async fn a_payment_in_the_register_is_paid_with_its_commission() {
    let world = World::start().await;
    let session = world.paid("S-1").await;
    let file = world.register("").await;
    let told = world.import(file.clone()).await;
    assert_eq!((&told["rows"], &told["matched"]), (&json!(1), &json!(1)), "{file}");
    let order = world.order("S-1").await;
    assert_eq!((&order["state"], &order["attempts"][0]["state"]), (&json!("PAID"), &json!("PAID")));
    assert!(order["revision"].as_u64() > session["revision"].as_u64(), "the shop hears of it");
    let whats: Vec<&str> = order["events"].as_array().unwrap().iter().map(|one| text(&one["what"])).collect();
    assert!(whats.ends_with(&["settled", "paid"]), "{whats:?}");

    let rows = rows(&world, &told, "matched").await;
    assert_eq!(rows[0]["order"], "S-1");
    assert_eq!(rows[0]["operation"], order["operations"][0]["id"]);
    assert_eq!((&rows[0]["amountMinor"], &rows[0]["commissionMinor"]), (&json!(12_905), &json!(194)));
    assert_eq!(rows[0]["netMinor"], 12_711);
    let days = world.get("/v1/settlements/days").await;
    assert_eq!((&days["days"][0]["netMinor"], &days["days"][0]["open"]), (&json!(12_711), &json!(0)));

    // The buyer is told the same as before, and money can still go back.
    let session = text(&order["attempts"][0]["session"]).to_owned();
    assert_eq!(world.status(&session).await["outcome"], "paid");
    world.refund("S-1", "key-1", json!({"offline": false})).await;
    assert_eq!(world.until_refunds("S-1", &["SUCCESS"]).await["state"], "REFUNDED");
}

#[tokio::test]
async fn each_key_finds_its_operation_where_the_stronger_ones_are_silent() {
    let world = World::start().await;
    for (order, without) in [
        ("S-2", "ecomOperationId,rrn,merchantComment"),
        ("S-3", "ecomOperationId,operationId,merchantComment"),
        ("S-4", "ecomOperationId,operationId,rrn"),
        ("S-5", "operationId,rrn,merchantComment"),
    ] {
        world.paid(order).await;
        world.import(world.register(&format!("without={without}")).await).await;
        assert_eq!(world.order(order).await["state"], "PAID", "{without}");
    }
}

#[tokio::test]
async fn orders_whose_numbers_the_bank_would_write_alike_are_not_taken_for_one_another() {
    let world = World::start().await;
    let only_comment = "without=ecomOperationId,operationId,rrn";
    for order in ["S_30", "S-30"] {
        world.paid(order).await;
    }
    let file = world.register(only_comment).await;
    let of_the_first: Vec<&str> = file.lines().take(2).collect();
    let told = world.import(of_the_first.join("\n")).await;
    assert_eq!((&told["rows"], &told["matched"]), (&json!(1), &json!(1)), "{file}");
    assert_eq!(rows(&world, &told, "matched").await[0]["order"], "S_30", "{file}");
    assert_eq!(world.order("S-30").await["state"], "CAPTURED");
    world.import(file).await;
    assert_eq!(world.order("S-30").await["state"], "PAID");
}

#[tokio::test]
async fn every_writing_of_the_same_rows_is_the_same_rows() {
    let world = World::start().await;
    world.paid("S-6").await;
    world.paid("S-7").await;
    world.import(world.register("").await).await;
    for query in ["decimals=comma", "decimals=comma&separator=comma", "decimals=point&separator=comma"] {
        let told = world.import(world.register(query).await).await;
        assert_eq!((&told["alreadyKnown"], &told["matched"]), (&json!(2), &json!(2)), "{query}");
    }
    let list = world.get("/v1/settlements").await;
    assert_eq!(list["settlements"].as_array().unwrap().len(), 4);
    assert_eq!(world.get("/v1/settlements/days").await["days"][0]["matched"], 2);
}

#[tokio::test]
async fn the_same_file_again_changes_nothing() {
    let world = World::start().await;
    world.paid("S-8").await;
    let file = world.register("unknownRow=1&wrongSum=0").await;
    let first = world.import(file.clone()).await;
    let revision = world.order("S-8").await["revision"].clone();
    let second = world.import(file).await;
    assert_eq!(second["alreadyKnown"], 2);
    for field in ["id", "rows", "matched", "unmatched"] {
        assert_eq!(first[field], second[field]);
    }
    assert_eq!(world.order("S-8").await["revision"], revision);
    assert_eq!(world.get("/v1/settlements").await["settlements"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_row_twice_in_one_file_is_two_rows_and_settles_once() {
    let world = World::start().await;
    world.paid("S-9").await;
    let file = world.register("").await;
    let row = file.lines().nth(1).unwrap();
    let told = world.import(format!("{file}{row}\r\n")).await;
    assert_eq!((&told["matched"], &told["mismatched"]), (&json!(1), &json!(1)));
    assert_eq!(rows(&world, &told, "mismatched").await[0]["reason"]["code"], "already_settled");
}

#[tokio::test]
async fn what_differs_is_listed_in_words_and_settles_nothing() {
    let world = World::start().await;
    world.paid("S-10").await;
    let order = world.order("S-10").await;
    let operation = &order["operations"][0];
    let (id, rrn) = (text(&operation["operationId"]), text(&operation["rrn"]));
    let merchant = text(&order["attempts"][0]["merchantId"]);
    let file = format!(
        "operationId;rrn;coinAmount;currency;merchantCommission;netAmount;merchantId;type\n\
         {id};;12906;980;0;;{merchant};PURCHASE\n\
         {id};;12905;840;0;;{merchant};PURCHASE\n\
         {id};;12905;980;0;;another;PURCHASE\n\
         {id};;12905;980;194;12905;{merchant};PURCHASE\n\
         {id};;12905;980;12906;;{merchant};PURCHASE\n\
         other;{rrn};12905;980;0;;{merchant};PURCHASE\n\
         other;;12905;980;0;;{merchant};PURCHASE\n\
         {id};;12905;980;0;;{merchant};CHARGEBACK\n\
         ;;12905;980;0;;{merchant};PURCHASE\n\
         {id};;12905;980;0;;{merchant};REFUND\n\
         {id};;many;980;0;;{merchant};PURCHASE\n"
    );
    let told = world.import(file).await;
    let all = rows(&world, &told, "").await;
    let codes: Vec<&str> = all.iter().map(|row| text(&row["reason"]["code"])).collect();
    assert_eq!(
        codes,
        [
            "sum",
            "currency",
            "merchant",
            "net",
            "commission",
            "ids_differ",
            "no_operation",
            "unknown_movement",
            "no_key",
            "no_operation",
            "malformed"
        ]
    );
    assert!(all.iter().all(|row| text(&row["reason"]["detail"]).contains(' ')));
    assert_eq!(
        (&told["mismatched"], &told["unmatched"], &told["malformed"]),
        (&json!(6), &json!(4), &json!(1))
    );
    assert_eq!(all[0]["order"], "S-10");
    let after = world.order("S-10").await;
    assert_eq!(after["state"], "CAPTURED");
    assert_eq!(after["anomalies"], json!([]));
}

#[tokio::test]
async fn a_row_that_came_before_its_operation_is_matched_when_the_ledger_learns_of_it() {
    let world = World::start().await;
    let token = world.put("S-11").await;
    let session = world.open(&token, "key-1").await;
    world.fault(json!({"on": "notification", "kind": "lost"})).await;
    world.pay_by_card(&session["page"], GOOD_CARD).await;
    let told = world.import(world.register("").await).await;
    assert_eq!(told["unmatched"], 1);
    assert_eq!(world.order("S-11").await["state"], "REDIRECTED", "a register alone captures nothing");
    world.check("S-11").await;
    let order = world.order("S-11").await;
    assert_eq!(order["state"], "PAID");
    let import = world.get(&format!("/v1/settlements/{}", text(&told["id"]))).await;
    assert_eq!((&import["matched"], &import["unmatched"]), (&json!(1), &json!(0)));
    assert!(!rows(&world, &told, "matched").await[0]["matchedAt"].is_null());
}

#[tokio::test]
async fn a_row_and_its_operation_that_come_at_the_same_moment_find_each_other() {
    let world = World::start().await;
    world.fault(json!({"on": "notification", "kind": "lost", "times": 8})).await;
    for round in 0..8 {
        let order = format!("S-2{round}");
        let token = world.put(&order).await;
        let session = world.open(&token, "key-1").await;
        world.pay_by_card(&session["page"], GOOD_CARD).await;
        let file = world.register("").await;
        let (told, _) = tokio::join!(world.import(file), world.check(&order));
        assert_eq!(world.order(&order).await["state"], "PAID", "{told}");
    }
}

#[tokio::test]
async fn refunds_are_matched_with_refunds_and_the_state_stays() {
    let world = World::start().await;
    world.paid("S-12").await;
    for (key, states) in [("key-1", vec!["SUCCESS"]), ("key-2", vec!["SUCCESS", "SUCCESS"])] {
        // Two alike: nothing but their count tells them apart where the file has no id of theirs.
        world.refund("S-12", key, json!({"amountMinor": 1_000, "offline": false})).await;
        world.until_refunds("S-12", &states).await;
    }
    world.check("S-12").await;
    let told =
        world.import(world.register("without=ecomOperationId,rrn,STAN,transactionDateTime").await).await;
    assert_eq!((&told["rows"], &told["matched"]), (&json!(3), &json!(3)), "{told}");
    let order = world.order("S-12").await;
    assert_eq!(order["state"], "PARTIALLY_REFUNDED");
    let settled = order["events"].as_array().unwrap().iter().filter(|one| one["what"] == "settled").count();
    assert_eq!(settled, 3);
    let day = world.get("/v1/settlements/days").await["days"][0].clone();
    assert_eq!((&day["paymentsMinor"], &day["refundsMinor"]), (&json!(12_905), &json!(-2_000)));
    assert_eq!(day["netMinor"], 12_905 - 194 - 2_000);
}

#[tokio::test]
async fn a_foreign_order_is_settled_in_hryvnias() {
    let world = World::start().await;
    let mut body = crate::support::order_body(1_000);
    body["amount"]["currency"] = json!("USD");
    body["lines"] = json!([]);
    let token = world.put_as("S-13", &body).await;
    let session = world.open(&token, "key-1").await;
    world.pay_by_card(&session["page"], GOOD_CARD).await;
    world.until(text(&session["session"]), "CAPTURED").await;
    world.import(world.register("").await).await;
    assert_eq!(world.order("S-13").await["state"], "PAID");
}

#[tokio::test]
async fn an_underpaid_order_is_settled_and_stays_underpaid() {
    let world = World::start().await;
    let token = world.put("S-14").await;
    let session = world.open(&token, "key-1").await;
    world.complete_at_bank(&session["page"], json!({"coinAmount": 12_000})).await;
    world.until(text(&session["session"]), "CAPTURED").await;
    world.import(world.register("").await).await;
    let order = world.order("S-14").await;
    assert_eq!((&order["state"], &order["anomalies"]), (&json!("PAID"), &json!(["underpaid"])));
}

#[tokio::test]
async fn one_wrong_sum_of_several_leaves_the_others_settled() {
    let world = World::start().await;
    for order in ["S-15", "S-16"] {
        world.paid(order).await;
    }
    let told = world.import(world.register("wrongSum=1&unknownRow=2").await).await;
    let counts = ["rows", "matched", "mismatched", "unmatched"].map(|kind| told[kind].as_u64().unwrap());
    assert_eq!(counts, [4, 1, 1, 2]);
    let day = world.get("/v1/settlements/days").await["days"][0].clone();
    assert_eq!((&day["matched"], &day["open"]), (&json!(1), &json!(3)));
}

async fn rows(world: &World, told: &Value, kind: &str) -> Vec<Value> {
    let page = world.get(&format!("/v1/settlements/{}/rows?kind={kind}", text(&told["id"]))).await;
    page["rows"].as_array().unwrap().clone()
}
