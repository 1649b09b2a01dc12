//! The page asks for time at `before-submit` and `before-redirect`: it gets it, ten seconds at most, and may say no.

use alliancepay_checkout::surface::unmount;
use wasm_bindgen_test::wasm_bindgen_test;

use super::stage::{
    HELD, answer, calls_of, clock, decide, golden, is_thinking, mount, pay_view, press, reset, root_of, text,
    think, until, until_phase, until_within,
};

#[wasm_bindgen_test]
async fn nothing_is_sent_before_the_page_has_thought() {
    reset();
    let host = pay_view();
    answer("POST", "/v1/payment-sessions", HELD, "");
    think(&host, "before-submit");
    let id = mount(host.clone(), root_of(&host));
    press(&host, 1);
    until("the question", || is_thinking(&host)).await;
    until_phase(&root_of(&host), "opening").await;
    assert_eq!(calls_of("POST"), 0);
    decide(&host, true);
    until("the request", || calls_of("POST") == 1).await;
    unmount(id);
}

#[wasm_bindgen_test]
async fn a_promise_that_is_rejected_is_a_no() {
    for event in ["before-submit", "before-redirect"] {
        reset();
        let host = pay_view();
        answer("POST", "/v1/payment-sessions", 201, golden!("payment-session/redirected"));
        think(&host, event);
        let id = mount(host.clone(), root_of(&host));
        press(&host, 1);
        until("the question", || is_thinking(&host)).await;
        decide(&host, false);
        until("the notice", || text(&root_of(&host), ".notice").contains("stopped")).await;
        assert_eq!(calls_of("POST"), u32::from(event == "before-redirect"));
        unmount(id);
    }
}

#[wasm_bindgen_test]
async fn a_page_that_never_decides_is_waited_for_ten_seconds_and_no_longer() {
    reset();
    let host = pay_view();
    answer("POST", "/v1/payment-sessions", HELD, "");
    think(&host, "before-submit");
    let id = mount(host.clone(), root_of(&host));
    let pressed = clock();
    press(&host, 1);
    until_within("the request", 15, || calls_of("POST") == 1).await;
    let waited = clock() - pressed;
    assert!((9_900..12_000).contains(&waited), "{waited} ms");
    unmount(id);
}
