//! Pressing the button: one attempt whatever is clicked, and the page's right to stop it.

use alliancepay_checkout::surface::unmount;
use wasm_bindgen_test::wasm_bindgen_test;

use super::stage::{
    HELD, answer, calls_of, golden, heard, keys, listen, mount, pay_view, press, reset, root_of, text, until,
    until_phase,
};

#[wasm_bindgen_test]
async fn five_clicks_in_one_task_are_one_attempt() {
    reset();
    let host = pay_view();
    let root = root_of(&host);
    answer("POST", "/v1/payment-sessions", HELD, "");
    let id = mount(host.clone(), root.clone());
    press(&host, 5);
    until_phase(&root, "opening").await;
    until("the request", || calls_of("POST") > 0).await;
    press(&host, 5);
    assert_eq!((calls_of("POST"), keys()), (1, 1));
    unmount(id);
}

#[wasm_bindgen_test]
async fn the_page_may_stop_the_payment_before_anything_is_sent() {
    reset();
    let host = pay_view();
    let root = root_of(&host);
    listen(&host, "before-submit", true);
    let id = mount(host.clone(), root.clone());
    press(&host, 1);
    until("the notice", || text(&root, ".notice").contains("stopped")).await;
    assert!(heard(&host).starts_with("before-submit "));
    assert_eq!(calls_of("POST"), 0);
    unmount(id);
}

#[wasm_bindgen_test]
async fn the_page_may_stop_the_browser_from_leaving() {
    reset();
    let host = pay_view();
    let root = root_of(&host);
    answer("POST", "/v1/payment-sessions", 201, golden!("payment-session/redirected"));
    listen(&host, "before-redirect", true);
    let id = mount(host.clone(), root.clone());
    until("the amount", || text(&root, "button") == "Pay ₴1,299.05").await;
    press(&host, 1);
    until("the question", || heard(&host).contains(r#""minor":129905,"currency":"UAH""#)).await;
    until("the notice", || text(&root, ".notice").contains("stopped")).await;
    unmount(id);
}

#[wasm_bindgen_test]
async fn a_payment_page_on_a_foreign_host_is_not_followed() {
    reset();
    let host = pay_view();
    let root = root_of(&host);
    let foreign = golden!("payment-session/redirected").replace("pay.alb.ua", "pay.alb.ua.example");
    answer("POST", "/v1/payment-sessions", 201, &foreign);
    let id = mount(host.clone(), root.clone());
    press(&host, 1);
    until_phase(&root, "setup-error").await;
    assert!(text(&root, ".detail").contains("pay.alb.ua.example"));
    unmount(id);
}

#[wasm_bindgen_test]
async fn a_page_whose_fetch_throws_anything_gets_a_notice_and_not_a_crash() {
    reset();
    let host = super::stage::host(r#"{"backend": "/", "order-token": "secret", "lang": "en"}"#);
    let root = root_of(&host);
    let id = mount(host.clone(), root.clone());
    press(&host, 1);
    until("a retry", || calls_of("POST") > 1).await;
    assert_eq!(keys(), 1);
    assert_eq!(root.get_attribute("data-phase").as_deref(), Some("opening"));
    unmount(id);
}
