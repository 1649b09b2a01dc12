//! The buyer's pages, as a browser without scripts uses them.

use std::time::Duration;

use serde_json::json;

use crate::support::{text, world};

const RETURN_PAID: &str = "https://shop.example/thanks?session=1";
const RETURN_FAILED: &str = "https://shop.example/failed?session=1";

fn location(answer: &reqwest::Response) -> String {
    assert_eq!(answer.status(), 303);
    answer.headers()["location"].to_str().expect("an address").to_owned()
}

#[tokio::test]
async fn a_card_pays_and_the_status_page_leads_back() {
    let world = world().await;
    let session = world.authorize("PURCHASE").await;
    let order = world.order(&session, json!({"purpose": "Two cups", "language": "en"})).await;
    let page = world.page(&text(&order, "redirectUrl")).await;
    for part in [
        "lang=\"en\"",
        "UAH\u{a0}10.00",
        "Two cups",
        "name=\"pan\"",
        "name=\"expiry\"",
        "name=\"cvv\"",
        "data-action=\"pay\"",
        "data-action=\"cancel\"",
        "test payment page",
    ] {
        assert!(page.contains(part), "{part}");
    }
    assert!(!page.contains("<script"));
    let next = location(&world.pay(&order, "4111 1111 1111 1111").await);
    let to_status = location(&world.http.get(world.url(&next)).send().await.unwrap());
    let status = world.page(&world.url(&to_status)).await;
    assert!(status.contains("data-status=\"SUCCESS\"") && status.contains("41111111••••1111"));
    assert_eq!(location(&world.press(&order, &[("action", "return")]).await), RETURN_PAID);

    let answer = world.operations(&session, &order).await;
    assert_eq!(answer["orderStatus"], "SUCCESS");
    let operation = &answer["operations"][0];
    assert_eq!(operation["type"], "PURCHASE");
    assert_eq!(operation["transactionResponseInfo"]["actionCode"], "0");
    assert_eq!(text(operation, "rrn").len(), 12);
    let receipt = text(operation, "receiptUrl");
    let ids = [text(operation, "ecomOperationId"), text(operation, "operationId")].join("/");
    assert!(receipt.ends_with(&format!("/generate_receipt/{ids}")), "{receipt}");
    assert!(world.page(&receipt).await.contains("41111111••••1111"));
}

#[tokio::test]
async fn the_page_speaks_ukrainian_by_default_and_switches() {
    let world = world().await;
    let session = world.authorize("PURCHASE").await;
    let order = world.order(&session, json!({})).await;
    let address = text(&order, "redirectUrl");
    assert!(world.page(&address).await.contains("Номер картки"));
    assert!(world.page(&format!("{address}&lang=en")).await.contains("Card number"));
}

#[tokio::test]
async fn a_declined_card_ends_the_order() {
    let world = world().await;
    let session = world.authorize("PURCHASE").await;
    let order = world.order(&session, json!({})).await;
    world.pay(&order, "4000000000000002").await;
    let answer = world.operations(&session, &order).await;
    assert_eq!(answer["orderStatus"], "FAIL");
    assert_eq!(answer["operations"][0]["transactionResponseInfo"]["responseCode"], "16");
    world.pay(&order, "4111111111111111").await;
    assert_eq!(world.operations(&session, &order).await["operations"].as_array().unwrap().len(), 1);
    assert_eq!(location(&world.press(&order, &[("action", "return")]).await), RETURN_FAILED);
}

#[tokio::test]
async fn with_multi_payment_another_card_may_follow_a_declined_one() {
    let world = world().await;
    let session = world.authorize("PURCHASE").await;
    let order = world.order(&session, json!({"hppTryMode": "MULTI_PAYMENT", "language": "en"})).await;
    world.pay(&order, "4000000000000002").await;
    assert_eq!(world.operations(&session, &order).await["orderStatus"], "PENDING");
    assert!(world.page(&text(&order, "redirectUrl")).await.contains("Try another card"));
    world.pay(&order, "4111111111111111").await;
    let answer = world.operations(&session, &order).await;
    assert_eq!(answer["orderStatus"], "SUCCESS");
    assert_eq!(answer["operations"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_form_with_mistakes_names_them_and_echoes_no_card() {
    let world = world().await;
    let session = world.authorize("PURCHASE").await;
    let order = world.order(&session, json!({"language": "en"})).await;
    let fields = [("action", "pay"), ("pan", "4111111111111112"), ("expiry", "01/20"), ("cvv", "1")];
    let answer = world.press(&order, &fields).await;
    assert_eq!(answer.status(), 422);
    let page = answer.text().await.unwrap();
    assert!(page.contains("Type the whole card number") && page.contains("The card has expired"));
    assert!(!page.contains("4111111111111112"));
    assert_eq!(world.operations(&session, &order).await["operations"], json!([]));
}

#[tokio::test]
async fn three_d_secure_asks_for_the_code() {
    let world = world().await;
    let session = world.authorize("PURCHASE").await;
    let order = world.order(&session, json!({})).await;
    world.pay(&order, "4000000000003220").await;
    assert_eq!(world.operations(&session, &order).await["orderStatus"], "REQUIRED_3DS");
    let page = world.page(&text(&order, "redirectUrl")).await;
    assert!(page.contains("name=\"threeds\"") && page.contains("data-action=\"confirm\""));
    assert_eq!(world.press(&order, &[("action", "confirm"), ("threeds", "9999")]).await.status(), 422);
    world.press(&order, &[("action", "confirm"), ("threeds", "1234")]).await;
    assert_eq!(world.operations(&session, &order).await["orderStatus"], "SUCCESS");
}

#[tokio::test]
async fn three_wrong_codes_fail_the_payment() {
    let world = world().await;
    let session = world.authorize("PURCHASE").await;
    let order = world.order(&session, json!({})).await;
    world.pay(&order, "4000000000003220").await;
    for _ in 0..3 {
        world.press(&order, &[("action", "confirm"), ("threeds", "0000")]).await;
    }
    let answer = world.operations(&session, &order).await;
    assert_eq!(answer["orderStatus"], "FAIL");
    assert_eq!(answer["operations"][0]["transactionResponseInfo"]["actionCode"], "33");
}

#[tokio::test]
async fn cancel_returns_to_the_fail_url() {
    let world = world().await;
    let session = world.authorize("PURCHASE").await;
    let order = world.order(&session, json!({})).await;
    assert_eq!(location(&world.press(&order, &[("action", "cancel")]).await), RETURN_FAILED);
    assert_eq!(world.operations(&session, &order).await["orderStatus"], "CANCELED");
}

#[tokio::test]
async fn an_order_paid_from_an_account_is_an_account_operation() {
    let world = world().await;
    let session = world.authorize("A2A").await;
    let changes = json!({"hppPayType": "A2A", "merchantComment": "order 1234567890"});
    let order = world.order(&session, changes).await;
    let page = world.page(&text(&order, "redirectUrl")).await;
    assert!(page.contains("data-bank=\"MONO_BANK\"") && page.contains("data:image/svg+xml;base64,"));
    world.press(&order, &[("bank", "MONO_BANK")]).await;
    let answer = world.operations(&session, &order).await;
    assert_eq!(answer["orderStatus"], "SUCCESS");
    assert_eq!(answer["operations"][0]["type"], "ACCOUNT_2_ACCOUNT");
    assert_eq!(answer["operations"][0]["transactionResponseInfo"], json!({}));
}

#[tokio::test]
async fn the_timer_page_goes_back_by_itself_and_the_merchant_page_at_once() {
    let world = world().await;
    let session = world.authorize("PURCHASE").await;
    let timer = world.order(&session, json!({"statusPageType": "STATUS_TIMER_PAGE"})).await;
    world.pay(&timer, "4111111111111111").await;
    let page = world.page(&text(&timer, "statusUrl")).await;
    assert!(page.contains(&format!("content=\"60;url={RETURN_PAID}\"")));

    let direct = world.order(&session, json!({"statusPageType": "STATUS_REDIRECT_MERCHANT_PAGE"})).await;
    world.pay(&direct, "4111111111111111").await;
    let answer = world.http.get(text(&direct, "statusUrl")).send().await.unwrap();
    assert_eq!(location(&answer), RETURN_PAID);
}

#[tokio::test]
async fn an_expired_page_takes_no_payment_and_the_bank_still_says_pending() {
    let world = world().await;
    let session = world.authorize("PURCHASE").await;
    let order = world.order(&session, json!({"expirationTimeMinutes": 1})).await;
    world.advance(Duration::from_secs(61)).await;
    world.pay(&order, "4111111111111111").await;
    assert!(world.page(&text(&order, "redirectUrl")).await.contains("data-status=\"EXPIRED\""));
    let answer = world.operations(&session, &order).await;
    assert_eq!(answer["orderStatus"], "PENDING");
    assert_eq!(answer["operations"], json!([]));

    world.sandbox(&format!("/sandbox/orders/{}/complete", text(&order, "hppOrderId")), json!({})).await;
    assert_eq!(world.operations(&session, &order).await["orderStatus"], "SUCCESS");
}

#[tokio::test]
async fn a_second_press_of_pay_pays_once() {
    let world = world().await;
    let session = world.authorize("PURCHASE").await;
    let order = world.order(&session, json!({})).await;
    let pay = || world.pay(&order, "4000000000000259");
    tokio::join!(pay(), pay(), pay());
    assert_eq!(world.operations(&session, &order).await["operations"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn an_unknown_order_has_a_page_of_its_own() {
    let world = world().await;
    let answer = world.http.get(world.url("/pay?hpp_id=nobody")).send().await.unwrap();
    assert_eq!(answer.status(), 404);
}
