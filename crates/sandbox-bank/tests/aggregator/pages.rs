//! The wallet page: on this device, on the phone, and every way it ends.

use std::time::Duration;

use serde_json::json;
use worldline_connect::PaymentStatus;

use crate::support::{wish, world};

#[tokio::test]
async fn the_wallets_depend_on_the_currency() {
    let world = world().await;
    let euro = world.payment().await;
    let page = world.page(&euro.page).await;
    assert!(page.contains("data-wallet=\"GCASH\"") && page.contains("data-wallet=\"KAKAOPAY\""));
    assert!(page.contains("EUR\u{a0}10.99") && page.contains("<img src=\"data:image/svg+xml"));
    let hk = world.make(&wish(2_499, "HKD")).await;
    assert_eq!(world.page(&hk.page).await.matches("data-wallet=").count(), 1);
    // A wallet that is not offered pays nothing.
    world.press(&hk, &[("wallet", "GCASH")]).await;
    assert_eq!(world.status(&hk).await, PaymentStatus::Redirected);
}

#[tokio::test]
async fn a_wallet_pays_and_the_buyer_goes_back_with_the_reference() {
    let world = world().await;
    let made = world.paid().await;
    let paid = world.ask(&made).await;
    assert_eq!((paid.status, paid.status_output.status_code), (PaymentStatus::Captured, Some(800)));
    assert_eq!(paid.payment_output.redirect.wallet_used(), Some("GCASH"));
    assert!(!paid.status_output.is_refundable);
    let back = world.press(&made, &[("action", "return")]).await;
    assert!(back.starts_with("https://shop.example/back?order=1&REF="), "{back}");
    assert!(back.contains(&made.id) && back.contains("&RETURNMAC="));
    // Paying again, pressing Back or Cancel afterwards changes nothing.
    world.press(&made, &[("action", "cancel")]).await;
    world.press(&made, &[("wallet", "DANA")]).await;
    assert_eq!(world.ask(&made).await.payment_output.redirect.wallet_used(), Some("GCASH"));
}

#[tokio::test]
async fn declined_and_cancelled_end_it() {
    let world = world().await;
    let declined = world.payment().await;
    let shown = world.press(&declined, &[("action", "decline"), ("lang", "uk")]).await;
    assert!(world.page(&world.url(&shown)).await.contains("Платіж відхилено"));
    assert_eq!(world.status(&declined).await, PaymentStatus::Rejected);
    let cancelled = world.payment().await;
    let back = world.press(&cancelled, &[("action", "cancel")]).await;
    assert!(back.starts_with("https://shop.example/"), "{back}");
    let cancelled = world.ask(&cancelled).await;
    assert_eq!(
        (cancelled.status, cancelled.status_output.status_code),
        (PaymentStatus::Cancelled, Some(99_999))
    );
}

#[tokio::test]
async fn a_payment_the_wallet_works_on_is_captured_later() {
    let world = world().await;
    let made = world.payment().await;
    let shown = world.press(&made, &[("action", "pending")]).await;
    assert!(world.page(&world.url(&shown)).await.contains("data-status=\"REDIRECTED\""));
    assert_eq!(world.status(&made).await, PaymentStatus::Redirected);
    world.advance(Duration::from_secs(5)).await;
    assert_eq!(world.status(&made).await, PaymentStatus::Captured);
}

#[tokio::test]
async fn the_phone_pays_and_the_other_screen_learns_it() {
    let world = world().await;
    let made = world.payment().await;
    let live = format!("{}/live", made.page);
    assert!(world.page(&live).await.contains("data-live=\"waiting\""));
    let on_phone = world.page(&format!("{}?on=phone", made.page)).await;
    assert!(on_phone.contains("name=\"on\" value=\"phone\"") && !on_phone.contains("data:image/svg"));
    let shown = world.press(&made, &[("wallet", "DANA"), ("on", "phone")]).await;
    let shown = world.page(&world.url(&shown)).await;
    assert!(shown.contains("data-status=\"CAPTURED\"") && !shown.contains("data-action=\"return\""));
    assert!(world.page(&live).await.contains("data-live=\"ended\""));
    assert!(world.page(&made.page).await.contains("data-action=\"return\""));
}

#[tokio::test]
async fn after_its_time_the_page_takes_nothing_and_the_payment_stays_open() {
    let world = world().await;
    let made = world.payment().await;
    world.advance(Duration::from_mins(15)).await;
    assert!(world.page(&made.page).await.contains("The time to pay is over"));
    world.press(&made, &[("wallet", "GCASH")]).await;
    assert_eq!(world.status(&made).await, PaymentStatus::Redirected);
    // A success may still come, very late.
    world.sandbox(&format!("/sandbox/aggregator/payments/{}/become", made.id), json!({})).await;
    assert_eq!(world.status(&made).await, PaymentStatus::Captured);
}

#[tokio::test]
async fn the_switch_lets_the_aggregator_cancel_what_expired() {
    let world = world().await;
    world.sandbox("/sandbox/switches", json!({"cancelExpired": true})).await;
    let made = world.payment().await;
    world.advance(Duration::from_mins(15)).await;
    assert_eq!(world.status(&made).await, PaymentStatus::Cancelled);
}

#[tokio::test]
async fn an_unknown_page_says_so() {
    let world = world().await;
    let answer = world.http.get(world.url("/wallet/none?lang=uk")).send().await.unwrap();
    assert_eq!(answer.status(), 404);
    assert!(answer.text().await.unwrap().contains("Платіж не знайдено"));
}
