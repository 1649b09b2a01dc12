//! Being a good guest: blocked storage, the focus, the live region.

use alliancepay_checkout::surface::unmount;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use super::stage::{
    HELD, allow_storage, answer, block_storage, calls_of, golden, mount, pay_view, press, reset, root_of,
    status_view, text, until, until_phase,
};

#[wasm_bindgen_test]
async fn a_page_without_storage_pays_all_the_same() {
    reset();
    let host = pay_view();
    answer("POST", "/v1/payment-sessions", HELD, "");
    block_storage();
    let id = mount(host.clone(), root_of(&host));
    press(&host, 1);
    until("the request", || calls_of("POST") == 1).await;
    unmount(id);
    allow_storage();
}

#[wasm_bindgen_test]
async fn the_first_screen_takes_no_focus_and_says_nothing_the_next_does_both() {
    reset();
    let host = status_view("one", golden!("payment-session/captured"));
    let root = root_of(&host);
    let id = mount(host.clone(), root.clone());
    assert_eq!((text(&root, ".spoken").as_str(), focused(&host)), ("", None));
    until_phase(&root, "paid").await;
    until("the focus", || focused(&host).as_deref() == Some("heading")).await;
    assert!(text(&root, "[role=status]").starts_with("Paid"));
    unmount(id);
}

#[wasm_bindgen_test]
async fn a_buyer_who_writes_elsewhere_keeps_the_focus() {
    reset();
    let host = status_view("one", golden!("payment-session/captured"));
    let document = host.owner_document().expect("a document");
    let note: HtmlElement = document.create_element("textarea").expect("an element").unchecked_into();
    host.after_with_node_1(&note).expect("beside it");
    note.focus().expect("focused");
    let root = root_of(&host);
    let id = mount(host.clone(), root.clone());
    until("the spoken word", || !text(&root, ".spoken").is_empty()).await;
    assert_eq!(document.active_element().map(|active| active.tag_name()).as_deref(), Some("TEXTAREA"));
    unmount(id);
}

#[wasm_bindgen_test]
async fn a_busy_button_keeps_the_focus_and_says_so() {
    reset();
    let host = pay_view();
    let root = root_of(&host);
    answer("POST", "/v1/payment-sessions", HELD, "");
    let id = mount(host.clone(), root.clone());
    let button: HtmlElement =
        root.query_selector("button").expect("a selector").expect("it").unchecked_into();
    button.focus().expect("focused");
    press(&host, 1);
    until_phase(&root, "opening").await;
    until("the busy mark", || button.get_attribute("aria-busy").as_deref() == Some("true")).await;
    assert_eq!(focused(&host).as_deref(), Some("button"));
    unmount(id);
}

/// The class of the focused element inside the widget.
fn focused(host: &HtmlElement) -> Option<String> {
    host.shadow_root()?.active_element().map(|element| element.class_name())
}
