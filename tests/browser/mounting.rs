//! Coming and going: first render, two widgets, other options, remounting without a trace.

use alliancepay_checkout::surface::unmount;
use wasm_bindgen_test::wasm_bindgen_test;

use super::stage::{
    calls_of, golden, heard, host, listen, listeners, mount, pay_view, reset, root_of, status_view, text,
    until, until_phase, update,
};

#[wasm_bindgen_test]
async fn a_pay_view_is_usable_at_once_and_learns_the_amount() {
    reset();
    let host = pay_view();
    let root = root_of(&host);
    listen(&host, "ready", false);
    let id = mount(host.clone(), root.clone());
    assert_eq!(root.get_attribute("data-phase").as_deref(), Some("ready"));
    assert_eq!(heard(&host), "ready {}");
    until("the amount", || text(&root, "button") == "Pay ₴1,299.05").await;
    assert_eq!(text(&root, ".order"), "Order 1042");
    unmount(id);
    assert_eq!(root.child_element_count(), 0);
}

#[wasm_bindgen_test]
async fn two_widgets_on_a_page_do_not_know_each_other() {
    reset();
    let one = status_view("one", golden!("payment-session/captured"));
    let two = status_view("two", golden!("payment-session/rejected"));
    let ids = [mount(one.clone(), root_of(&one)), mount(two.clone(), root_of(&two))];
    until_phase(&root_of(&one), "paid").await;
    until_phase(&root_of(&two), "declined").await;
    ids.into_iter().for_each(unmount);
}

#[wasm_bindgen_test]
async fn twenty_remounts_leave_nothing_behind() {
    reset();
    let host = pay_view();
    let root = root_of(&host);
    let before = listeners();
    for _ in 0..20 {
        let id = mount(host.clone(), root.clone());
        assert!(listeners() > before);
        unmount(id);
    }
    assert_eq!(listeners(), before);
    assert_eq!(root.child_element_count(), 0);
}

#[wasm_bindgen_test]
async fn another_language_keeps_the_checkout_and_another_order_starts_anew() {
    reset();
    let host = pay_view();
    let root = root_of(&host);
    let id = mount(host.clone(), root.clone());
    until("the amount", || text(&root, "button") == "Pay ₴1,299.05").await;
    host.set_attribute("lang", "uk").expect("an attribute");
    update(id, &host);
    until("Ukrainian", || text(&root, "button").starts_with("Сплатити 1")).await;
    assert_eq!(calls_of("GET"), 1);
    host.set_attribute("order-token", "another").expect("an attribute");
    update(id, &host);
    until("a second question", || calls_of("GET") == 2).await;
    unmount(id);
}

#[wasm_bindgen_test]
fn a_wrong_option_is_named_on_the_screen_and_told() {
    reset();
    let host = host(r#"{"backend": "/", "order-token": "secret", "theme": "sepia", "lang": "en"}"#);
    let root = root_of(&host);
    listen(&host, "error", false);
    let id = mount(host.clone(), root.clone());
    assert_eq!(root.get_attribute("data-phase").as_deref(), Some("setup-error"));
    assert!(text(&root, ".detail").contains("theme"));
    assert!(heard(&host).contains(r#""code":"setup_error""#));
    host.set_attribute("theme", "dark").expect("an attribute");
    update(id, &host);
    assert_eq!(root.get_attribute("data-phase").as_deref(), Some("ready"));
    unmount(id);
}
