//! What the page is told when something goes wrong: the whole detail of `alliancepay:error`, as documented.

use alliancepay_checkout::surface::unmount;
use wasm_bindgen_test::wasm_bindgen_test;

use super::stage::{answer, heard, host, listen, mount, pay_view, press, reset, root_of, until};

#[wasm_bindgen_test]
async fn a_refusal_is_told_with_the_id_for_support_and_as_final() {
    let told = told_after(400, r#"{"code": "bank_refused", "requestId": "r-17"}"#).await;
    assert_eq!(
        told,
        r#"error {"code":"refused","retryable":false,"message":"The merchant backend refused; its log knows the support id.","supportId":"r-17"}"#
    );
}

#[wasm_bindgen_test]
async fn what_may_be_tried_again_is_told_as_such() {
    let told = told_after(422, r#"{"code": "idempotency_key_reused", "requestId": "r-18"}"#).await;
    assert_eq!(
        told,
        r#"error {"code":"unavailable","retryable":true,"message":"The merchant backend or the bank cannot do it now.","supportId":"r-18"}"#
    );
}

#[wasm_bindgen_test]
async fn an_answer_without_an_id_for_support_says_null() {
    let told = told_after(401, "").await;
    assert!(told.starts_with(r#"error {"code":"token_stale","retryable":false,"message":"#), "{told}");
    assert!(told.ends_with(r#","supportId":null}"#), "{told}");
}

#[wasm_bindgen_test]
fn a_wrong_option_is_told_with_the_code_of_the_documentation() {
    reset();
    let host = host(r#"{"backend": "/", "order-token": "secret", "view": "payment", "lang": "en"}"#);
    listen(&host, "error", false);
    let id = mount(host.clone(), root_of(&host));
    assert_eq!(
        heard(&host),
        r#"error {"code":"setup_error","retryable":false,"message":"An option of <alliancepay-checkout> is missing or wrong; the widget names it.","supportId":null}"#
    );
    unmount(id);
}

/// The errors told when opening the session is answered so.
async fn told_after(status: u16, body: &str) -> String {
    reset();
    let host = pay_view();
    answer("POST", "/v1/payment-sessions", status, body);
    listen(&host, "error", false);
    let id = mount(host.clone(), root_of(&host));
    press(&host, 1);
    until("an error", || !heard(&host).is_empty()).await;
    unmount(id);
    heard(&host)
}
