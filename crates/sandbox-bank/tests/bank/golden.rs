//! The sandbox against the golden files: it takes the requests that stand there, and its own messages have the same
//! fields of the same kinds.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Map, Value, json};

use crate::support::{Session, World, ear, world};

/// Documented, though no golden sample carries them.
const ALSO_DOCUMENTED: [&str; 8] = [
    "processingMerchantId",
    "processingTerminalId",
    "productType",
    "merchantComment",
    "senderBankCode",
    "threeDSMode",
    "notificationUrl",
    "errorDetails",
];

fn golden(folder: &str) -> Vec<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../alliancepay/tests/golden").join(folder);
    let files = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let texts = files.map(|file| std::fs::read_to_string(file.expect("an entry").path()).expect("a file"));
    texts.map(|text| serde_json::from_str(&text).expect("JSON")).collect()
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "bool",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// Every field any sample has, with the kinds it has there.
fn shape<'a>(samples: impl Iterator<Item = &'a Value>) -> BTreeMap<String, Vec<&'static str>> {
    let mut shape: BTreeMap<String, Vec<&'static str>> = BTreeMap::new();
    for (name, value) in samples.filter_map(Value::as_object).flatten() {
        shape.entry(name.clone()).or_default().push(kind(value));
    }
    shape
}

fn assert_fits(message: &Map<String, Value>, shape: &BTreeMap<String, Vec<&'static str>>) {
    for (name, value) in message {
        match shape.get(name) {
            Some(kinds) => {
                let known = kinds.contains(&kind(value)) || kinds.iter().all(|kind| *kind == "null");
                assert!(known || value.is_null(), "{name} is {value}, golden files have {kinds:?}");
            }
            None => assert!(ALSO_DOCUMENTED.contains(&name.as_str()), "{name} is in no golden file"),
        }
    }
}

/// The fields every sample has: an answer must not lack them.
fn assert_complete(message: &Map<String, Value>, samples: &[Value]) {
    let Some((first, rest)) = samples.split_first() else { panic!("no golden files") };
    for name in first.as_object().expect("an object").keys() {
        let in_all = rest.iter().all(|sample| sample.get(name).is_some());
        assert!(!in_all || message.contains_key(name), "{name} is missing");
    }
}

fn object(value: &Value) -> &Map<String, Value> {
    value.as_object().unwrap_or_else(|| panic!("{value}"))
}

async fn send_golden(world: &World, session: &Session, case: &str) -> Value {
    let mut requests = golden("create-order-request");
    requests.retain(|request| request["hppPayType"] == case);
    let mut request = requests.pop().expect("a golden request");
    request["merchantId"] = json!(session.merchant_id);
    let answer = world.create(session, &request).await;
    assert_eq!(answer.status(), 200);
    answer.json().await.expect("JSON")
}

#[tokio::test]
async fn the_golden_orders_are_taken_and_answered_alike() {
    let world = world().await;
    let samples = golden("create-order-answer");
    for pay_type in ["PURCHASE", "A2A"] {
        let session = world.authorize(pay_type).await;
        let answer = send_golden(&world, &session, pay_type).await;
        assert_eq!(answer["orderStatus"], "PENDING", "{answer}");
        assert_fits(object(&answer), &shape(samples.iter()));
        assert_complete(object(&answer), &samples);
    }
}

#[tokio::test]
async fn operations_and_notifications_have_the_golden_shape() {
    let world = world().await;
    let session = world.authorize("PURCHASE").await;
    let mut ear = ear(&[]).await;
    let answers = golden("operations");
    let notifications = golden("notification");
    let listed = answers.iter().filter_map(|answer| answer["operations"].as_array()).flatten();
    let told = notifications.iter().map(|notification| &notification["operation"]);
    let operation_shape = shape(listed.chain(told));
    for card in ["4111111111111111", "4000000000000002", "4000000000003220", "4000000000000259"] {
        let order = world.order(&session, json!({"notificationUrl": ear.url, "purpose": "Two cups"})).await;
        world.pay(&order, card).await;
        let answer = world.operations(&session, &order).await;
        assert_fits(object(&answer), &shape(answers.iter()));
        assert_fits(object(&answer["operations"][0]), &operation_shape);
        if card == "4111111111111111" {
            let heard = ear.next().await;
            assert_fits(object(&heard), &shape(notifications.iter()));
            assert_complete(object(&heard), &notifications);
            assert_fits(object(&heard["operation"]), &operation_shape);
        }
    }
}

#[tokio::test]
async fn errors_have_the_golden_shape() {
    let world = world().await;
    let session = world.authorize("PURCHASE").await;
    let samples = golden("error");
    let refused: Value = world.create(&session, &json!({})).await.json().await.expect("JSON");
    let unknown = world.operations(&session, &json!({"hppOrderId": "nobody"})).await;
    for error in [refused, unknown] {
        assert_fits(object(&error), &shape(samples.iter()));
        assert_complete(object(&error), &samples);
    }
}
