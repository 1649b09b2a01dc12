//! The QR code of a payment page: for the phone, as long as the page takes money.

use reqwest::{Method, StatusCode, header};

use crate::support::{GOOD_CARD, World, text};

#[tokio::test]
async fn the_code_is_a_picture_until_the_order_is_paid() {
    let world = World::start().await;
    let token = world.put("Q-1").await;
    let session = world.open(&token, "key-1").await;
    let path = format!("/v1/payment-sessions/{}/qr", text(&session["session"]));

    let picture = world.request(Method::GET, &path).send().await.unwrap();
    assert_eq!(picture.status(), StatusCode::OK);
    let header = |name: &str| picture.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(header(header::CONTENT_TYPE.as_str()), "image/svg+xml");
    assert_eq!(header(header::CONTENT_SECURITY_POLICY.as_str()), "default-src 'none'");
    assert_eq!(header(header::CACHE_CONTROL.as_str()), "no-store");
    assert_eq!(header("cross-origin-resource-policy"), "cross-origin");
    let drawing = picture.text().await.unwrap();
    assert!(drawing.contains("<svg") && !drawing.contains("<script"), "{drawing}");

    world.pay_by_card(&session["page"], GOOD_CARD).await;
    world.until(text(&session["session"]), "CAPTURED").await;
    let gone = world.request(Method::GET, &path).send().await.unwrap();
    assert_eq!(gone.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_guessed_session_has_no_code() {
    let world = World::start().await;
    let answer = world.request(Method::GET, "/v1/payment-sessions/nobody/qr").send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
    assert_eq!(answer.json::<serde_json::Value>().await.unwrap()["code"], "not_found");
}
