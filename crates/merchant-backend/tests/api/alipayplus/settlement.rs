//! The aggregator's daily file: what it settles, and what it shows that another hand has taken.

use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::support::{QUIET, World, text};

impl World {
    async fn wx_file(&self) -> String {
        let url = format!("{}/sandbox/aggregator/wx", self.bank.url);
        self.client.get(url).send().await.unwrap().text().await.unwrap()
    }
}

#[tokio::test]
async fn the_settlement_file_makes_it_paid_and_shows_what_was_disputed() {
    let world = World::with_alipay_plus(QUIET).await;
    world.paid_by_wallet("X-1").await;
    world.paid_by_wallet("X-2").await;
    world.enter_webhooks(false).await;
    world.advance_bank(48 * 3_600_000).await;
    assert_eq!(world.order("X-1").await["state"], "CAPTURED");
    let disputed = world.payment_of("X-2", 0).await;
    world.become_at_aggregator(&disputed, "CHARGEBACKED").await;

    let file = world.wx_file().await;
    let told = world.import(file.clone()).await;
    // Two collections and a dispute; the two notices of captures are no rows.
    assert_eq!((&told["rows"], &told["matched"], &told["unmatched"]), (&json!(3), &json!(2), &json!(1)));
    assert_eq!(world.order("X-1").await["state"], "PAID");
    let id = text(&told["id"]);
    let matched = world.get(&format!("/v1/settlements/{id}/rows?kind=matched")).await;
    let row = &matched["rows"][0];
    assert_eq!(
        (&row["order"], &row["amountMinor"], &row["commissionMinor"]),
        (&json!("X-1"), &json!(1_099), &json!(10))
    );
    // Nobody but the file told of the dispute: it names its order, and makes us ask.
    let gone = world.until_order_is("X-2", |now| now["anomalies"] == json!(["underpaid"])).await;
    assert_eq!((&gone["state"], &gone["operations"][1]["kind"]), (&json!("PAID"), &json!("CHARGEBACKED")));
    let history: Vec<&str> =
        gone["events"].as_array().unwrap().iter().map(|one| text(&one["what"])).collect();
    assert!(history.contains(&"settlement_unmatched"), "{history:?}");
    let settled = world.get(&format!("/v1/settlements/{id}/rows?kind=matched")).await;
    let dispute = &settled["rows"].as_array().unwrap()[2];
    assert_eq!(
        (&dispute["order"], &dispute["movement"], &dispute["amountMinor"]),
        (&json!("X-2"), &json!("chargeback"), &json!(-1_099))
    );
    assert_eq!(world.import(file).await["alreadyKnown"], 3);
    assert_eq!(world.get("/v1/settlements").await["settlements"][0]["format"], "worldline-wx");
}

#[tokio::test]
async fn a_payment_counts_on_the_day_it_came_also_when_it_is_settled_later() {
    let world = World::with_alipay_plus(QUIET).await;
    world.paid_by_wallet("D-1").await;
    let came = world.order("D-1").await["operations"][0]["createdAt"].clone();
    let day = world.get("/v1/overview").await;
    let euro = json!([{"minor": 1_099, "currency": "EUR"}]);
    assert_eq!((&day["capturedCount"], &day["captured"]), (&json!(1), &euro));
    assert_eq!(day["notificationDelay"]["count"], 1);

    world.advance_bank(48 * 3_600_000).await;
    let settled = world.until_order("D-1", "PAID").await;
    let sale = &settled["operations"][0];
    assert_eq!(sale["createdAt"], came);
    assert!(text(&sale["modifiedAt"]) > text(&came), "{sale}");
    assert_eq!(world.get("/v1/overview").await["captured"], euro);
}

#[tokio::test]
async fn a_torn_settlement_file_is_refused_and_the_whole_one_goes_on() {
    let world = World::with_alipay_plus(QUIET).await;
    world.paid_by_wallet("Y-1").await;
    world.enter_webhooks(false).await;
    world.advance_bank(48 * 3_600_000).await;
    let file = world.wx_file().await;
    let torn = file.get(..file.len() - 40).unwrap().to_owned();
    let answer = world.as_shop(Method::POST, "/v1/settlements").body(torn).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    world.import(file).await;
    assert_eq!(world.order("Y-1").await["state"], "PAID");
}

#[tokio::test]
async fn an_announced_dispute_moves_nothing_and_one_that_is_won_is_left_to_a_person() {
    let world = World::with_alipay_plus(QUIET).await;
    world.paid_by_wallet("Z-1").await;
    let payment = world.payment_of("Z-1", 0).await;
    let order = payment.get(10..20).unwrap().trim_start_matches('0');
    let record = |code: &str, status: u16| {
        let (category, kind) = code.split_at(1);
        format!(
            "<DataRecord><MerchantID>20000</MerchantID><OrderID>{order}</OrderID><EffortID>1</EffortID>\
             <AttemptID>1</AttemptID><PaymentData><Recordcategory>{category}</Recordcategory>\
             <Recordtype>{kind}</Recordtype><PaymentStatus>{status}</PaymentStatus>\
             <PaymentProductId>866</PaymentProductId><AmountDelivered>1099</AmountDelivered>\
             <CurrencyDelivered>EUR</CurrencyDelivered><DateCollect>20261124</DateCollect></PaymentData></DataRecord>"
        )
    };
    let records = [record("+IP", 1000), record("XCB", 1500), record("+CB", 1000)].concat();
    let told = world.import(format!("<WXFile>{records}</WXFile>")).await;
    assert_eq!((&told["matched"], &told["unmatched"]), (&json!(1), &json!(2)));
    let open = world.get(&format!("/v1/settlements/{}/rows?kind=unmatched", text(&told["id"]))).await;
    let seen: Vec<_> = open["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (text(&row["reason"]["code"]), row["amountMinor"].clone(), text(&row["order"])))
        .collect();
    assert_eq!(seen, [("disputed", json!(0), "Z-1"), ("came_back", json!(1_099), "Z-1")]);
    assert_eq!(world.order("Z-1").await["state"], "PAID");
}

/// A record about the payment `payment`, with what differs between them.
fn record(payment: &str, code: &str, sum: i64, day: u32) -> String {
    let order = payment.get(10..20).unwrap().trim_start_matches('0');
    let (category, kind) = code.split_at(1);
    format!(
        "<DataRecord><MerchantID>0000020000</MerchantID><OrderID>{order}</OrderID><EffortID>1</EffortID>\
         <AttemptID>1</AttemptID><PaymentData><Recordcategory>{category}</Recordcategory>\
         <Recordtype>{kind}</Recordtype><PaymentStatus>1000</PaymentStatus>\
         <PaymentProductId>866</PaymentProductId><AmountDelivered>{sum}</AmountDelivered>\
         <CurrencyDelivered>EUR</CurrencyDelivered><AmountDue>{}</AmountDue><CurrencyDue>EUR</CurrencyDue>\
         <DateCollect>{day}</DateCollect></PaymentData></DataRecord>",
        sum - 1
    )
}

#[tokio::test]
async fn a_collection_in_parts_is_settled_by_rows_that_add_up() {
    let world = World::with_alipay_plus(QUIET).await;
    world.paid_by_wallet("T-1").await;
    world.enter_webhooks(false).await;
    let payment = world.payment_of("T-1", 0).await;
    let import = async |sum, day| {
        let told = world.import(format!("<WXFile>{}</WXFile>", record(&payment, "+IP", sum, day))).await;
        (told["matched"].clone(), text(&told["id"]).to_owned())
    };
    let (matched, first) = import(500, 20_261_124).await;
    assert_eq!(matched, json!(0), "a part alone settles nothing");
    // It made us ask; the platform has not collected anything yet, as far as it says.
    world.until_order_is("T-1", |now| now["attempts"][0]["askedAt"].is_string()).await;
    assert_eq!(import(599, 20_261_125).await.0, json!(1));
    assert_eq!(world.get(&format!("/v1/settlements/{first}")).await["matched"], json!(1));
    assert_eq!(world.order("T-1").await["state"], "PAID");
    let report = world.as_shop(Method::GET, "/v1/reports/transactions.csv");
    let report = report.send().await.unwrap().text().await.unwrap();
    let rows: Vec<&str> = report.lines().filter(|line| line.contains("T-1")).collect();
    let [row] = &rows[..] else { panic!("one movement is one row: {report}") };
    assert!(row.contains("2026-11-25") && row.contains("0.02") && row.contains("10.97"), "{row}");
}

#[tokio::test]
async fn hryvnias_settle_no_payment_in_euro() {
    let world = World::with_alipay_plus(QUIET).await;
    world.paid_by_wallet("G-1").await;
    world.enter_webhooks(false).await;
    let payment = world.payment_of("G-1", 0).await;
    let hryvnias = record(&payment, "+IP", 1_099, 20_261_124).replace("EUR", "UAH");
    let told = world.import(format!("<WXFile>{hryvnias}</WXFile>")).await;
    assert_eq!((&told["matched"], &told["mismatched"]), (&json!(0), &json!(1)));
    let open = world.get(&format!("/v1/settlements/{}/rows?kind=mismatched", text(&told["id"]))).await;
    assert_eq!(open["rows"][0]["reason"]["code"], "currency");
    assert_eq!(world.order("G-1").await["state"], "CAPTURED");
}

#[tokio::test]
async fn a_refund_written_otherwise_is_found_by_its_payment_and_sum() {
    let world = World::with_alipay_plus(QUIET).await;
    world.paid_by_wallet("B-1").await;
    let payment = world.payment_of("B-1", 0).await;
    world.become_at_aggregator(&payment, "PAID").await;
    world.until_order("B-1", "PAID").await;
    let part = json!({"amountMinor": 300, "reason": "damaged", "offline": false});
    world.refund("B-1", "key-1", part).await;
    world.advance_bank(48 * 3_600_000).await;
    world.until_order("B-1", "PARTIALLY_REFUNDED").await;
    let written = |sum, more: &str| {
        let row = record(&payment, "-RF", sum, 20_261_126).replace("<EffortID>1<", "<EffortID>77<");
        let row = row.replace("<AmountDue>", &format!("{more}<AmountDue>"));
        format!("<WXFile>{}</WXFile>", row.replace(&format!(">{}<", sum - 1), &format!(">{sum}<")))
    };
    let original = format!("<OriginalPaymentID>{payment}</OriginalPaymentID>");
    for (sum, more, matched) in [(300, "", 0), (299, original.as_str(), 0), (300, original.as_str(), 1)] {
        let told = world.import(written(sum, more)).await;
        assert_eq!(told["matched"], json!(matched), "{sum} {more}: {told}");
    }
}

#[tokio::test]
async fn a_further_part_that_nobody_tells_of_is_found_by_asking() {
    let timing = format!("{QUIET}\nsettlement = \"50ms\"");
    let world = World::with_alipay_plus(&timing).await;
    world.paid_by_wallet("E-1").await;
    world.enter_webhooks(false).await;
    let payment = world.payment_of("E-1", 0).await;
    for (sum, anomalies) in [(500, json!(["underpaid"])), (1_099, json!([]))] {
        let url = format!("{}/sandbox/aggregator/payments/{payment}/become", world.bank.url);
        let body = json!({"status": "PAID", "amountPaid": sum});
        assert!(world.client.post(url).json(&body).send().await.unwrap().status().is_success());
        world.until_order_is("E-1", |now| now["state"] == "PAID" && now["anomalies"] == anomalies).await;
    }
    let asked = "SELECT CAST(count(*) AS TEXT) FROM attempts WHERE next_ask_at IS NOT NULL";
    assert_eq!(world.query(asked), "0", "nothing is missing any more");
}

#[tokio::test]
async fn a_row_about_money_that_nobody_told_of_makes_us_ask() {
    let world = World::with_alipay_plus(QUIET).await;
    world.enter_webhooks(false).await;
    let session = world.wallet_page("U-1").await;
    world.press_wallet(&session, &[("wallet", "GCASH")]).await;
    let payment = world.payment_of("U-1", 0).await;
    let told = world.import(format!("<WXFile>{}</WXFile>", record(&payment, "+IP", 1_099, 20_261_124))).await;
    assert_eq!(told["unmatched"], json!(1));
    world.until(text(&session["session"]), "PAID").await;
    let now = world.get(&format!("/v1/settlements/{}", text(&told["id"]))).await;
    assert_eq!(now["matched"], json!(1), "{now}");
}

#[tokio::test]
async fn the_report_in_another_writing_is_refused_by_name() {
    let world = World::with_alipay_plus(QUIET).await;
    let text_file =
        "MerchantID;OrderID;EffortID;Recordcategory;Recordtype;AmountDelivered\n20000;1;1;+;IP;1099\n";
    let answer = world.as_shop(Method::POST, "/v1/settlements").body(text_file).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let problem: serde_json::Value = answer.json().await.unwrap();
    assert_eq!(problem["code"], "not_a_register");
    assert!(text(&problem["detail"]).contains("WX report as text"), "{problem}");
}
