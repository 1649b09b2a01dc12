//! Which orders Alipay+ is offered for, and that it is off until it is switched on.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::euro;
use crate::support::{QUIET, World};

#[tokio::test]
async fn an_order_that_does_not_qualify_never_shows_it() {
    let world = World::with_alipay_plus(QUIET).await;
    assert_eq!(world.offered("Q-1", &euro(1_099)).await, json!(["card", "a2a", "alipayplus"]));
    assert_eq!(world.offered("Q-2", &crate::support::order_body(12_905)).await, json!(["card", "a2a"]));
    // The sandbox's product lookup names 10 000 euro as the most.
    assert_eq!(world.offered("Q-3", &euro(1_000_001)).await, json!(["card", "a2a"]));

    let token = world.put("Q-4").await;
    let refused = world.wish_by("alipayplus", &token, "key-1").await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(world.aggregator_payments().await.is_empty());
    let mut only = crate::support::order_body(12_905);
    only["products"] = json!(["alipayplus"]);
    assert_eq!(world.put_body("Q-5", &only).await.status(), StatusCode::UNPROCESSABLE_ENTITY);
    // Nor does the shop read that it could be paid so.
    assert_eq!(world.order("Q-2").await["products"], json!(["card", "a2a"]));
    assert_eq!(world.order("Q-1").await["products"], json!(["card", "a2a", "alipayplus"]));
}

/// The same order of a buyer in another country.
fn from(country: &str) -> Value {
    let mut body = euro(1_099);
    body["buyerCountry"] = json!(country);
    body
}

#[tokio::test]
async fn an_order_qualifies_by_its_buyers_country() {
    let mut world = World::without_backend(QUIET, 0).await;
    world.switch_on_alipay_plus("countries = [\"AT\", \"FR\"]").await;
    world.start_backend().await;
    let with = json!(["card", "a2a", "alipayplus"]);
    assert_eq!(
        world.offered("N-1", &euro(1_099)).await,
        with,
        "an order without a country is of the merchant's"
    );
    assert_eq!(world.offered("N-2", &from("DE")).await, with);
    assert_eq!(world.offered("N-3", &from("AT")).await, with);
    assert_eq!(world.offered("N-4", &from("UA")).await, json!(["card", "a2a"]));
    // The product lookup was asked about France as well, and says no.
    assert_eq!(world.offered("N-5", &from("FR")).await, json!(["card", "a2a"]));

    let token = world.put_as("N-4", &from("UA")).await;
    let refused = world.wish_by("alipayplus", &token, "key-1").await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let token = world.put_as("N-3", &from("AT")).await;
    world.open_by("alipayplus", &token, "key-1").await;
    assert_eq!(world.aggregator_payments().await[0]["country"], "AT");
    assert_eq!(world.order("N-3").await["buyerCountry"], "AT");

    for wrong in ["de", "DEU", "Germany"] {
        assert_eq!(world.put_body("N-6", &from(wrong)).await.status(), StatusCode::BAD_REQUEST, "{wrong}");
    }
    assert!(world.offered("N-7", &from("")).await.as_array().unwrap().contains(&json!("alipayplus")));
}

#[tokio::test]
async fn configured_sums_go_before_the_product_lookups() {
    let mut world = World::without_backend(QUIET, 0).await;
    world.switch_on_alipay_plus("min_minor = 500\nmax_minor = 2000").await;
    world.start_backend().await;
    for (order, minor, offered) in
        [("M-1", 499, false), ("M-2", 500, true), ("M-3", 2_000, true), ("M-4", 2_001, false)]
    {
        let products = world.offered(order, &euro(minor)).await;
        assert_eq!(products.as_array().unwrap().contains(&json!("alipayplus")), offered, "{minor}");
    }
}

#[tokio::test]
async fn it_is_off_unless_it_is_switched_on_and_its_silence_stops_nothing_else() {
    let off = World::start().await;
    assert_eq!(off.offered("S-1", &euro(1_099)).await, json!(["card", "a2a"]));
    let hook = off.request(Method::GET, "/v1/notifications/alipayplus");
    let hook = hook.header("X-GCS-Webhooks-Endpoint-Verification", "challenge").send().await.unwrap();
    assert_eq!(hook.status(), StatusCode::METHOD_NOT_ALLOWED);

    let mut silent = World::without_backend(QUIET, 0).await;
    silent.switch_on_alipay_plus("").await;
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let config = std::fs::read_to_string(silent.config_file()).unwrap();
    let (before, after) = config.split_once("[alipayplus]").unwrap();
    let nobody = after.replacen(&silent.bank.url, &format!("http://{closed}"), 1);
    std::fs::write(silent.config_file(), format!("{before}[alipayplus]{nobody}")).unwrap();
    silent.start_backend().await;
    assert_eq!(silent.offered("S-2", &euro(1_099)).await, json!(["card", "a2a"]));
    silent.paid("S-3").await;
}
