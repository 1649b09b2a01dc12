//! Every screen of the core, drawn in both languages.

use alliancepay_checkout::text::Words;
use alliancepay_checkout::view;
use alliancepay_checkout::view::screen::Shown;
use checkout_api::{OrderRef, Product};
use checkout_core::{Notice, PageRefusal, Pause, Screen, SetupError, ViewModel};
use leptos::mount::mount_to_renderer;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use super::stage::{allow_markup, forbid_markup, host, reset, root_of, text, texts};

const NOTICES: [Option<Notice>; 7] = [
    None,
    Some(Notice::Network),
    Some(Notice::Busy),
    Some(Notice::TokenStale),
    Some(Notice::HostStopped),
    Some(Notice::Refused),
    Some(Notice::SessionNotFound),
];

#[wasm_bindgen_test]
fn every_screen_has_a_heading_and_no_element_a_policy_forbids() {
    for language in ["uk", "en"] {
        for screen in screens() {
            let option = screen == Screen::Option;
            let root = draw(screen, language);
            assert!(option || !text(&root, ".heading").is_empty());
            assert_eq!(count(&root, "[style], style, script"), 0);
            assert_eq!(count(&root, "input:not([type=radio]), textarea, select, [contenteditable]"), 0);
        }
    }
}

#[wasm_bindgen_test]
fn an_unresolved_payment_offers_to_check_and_not_to_pay() {
    let root = draw(Screen::Unresolved, "en");
    assert_eq!(text(&root, "button"), "Check again");
    assert!(text(&root, ".text").contains("will not be charged twice"));
    assert_eq!(text(&root, ".order"), "Order 1042");
}

#[wasm_bindgen_test]
fn a_refused_way_out_is_a_link_out_of_every_frame() {
    let page = "https://pay.alb.ua/?hpp_id=1".to_owned();
    let root = draw(Screen::Redirecting { page, refused: true }, "uk");
    assert_eq!(count(&root, "a[href='https://pay.alb.ua/?hpp_id=1'][target=_top]:not([hidden])"), 1);
    assert_eq!(count(&root, "button:not([hidden])"), 0);
}

#[wasm_bindgen_test]
fn ways_to_pay_are_native_radios_with_one_chosen() {
    let root = draw(Screen::Ready { resuming: false, notice: None }, "en");
    assert_eq!(count(&root, "fieldset:not([hidden]) label input[type=radio]"), 2);
    assert_eq!(count(&root, "input:checked"), 1);
}

fn screens() -> Vec<Screen> {
    let page = "https://pay.alb.ua/".to_owned();
    let mut screens: Vec<Screen> =
        NOTICES.into_iter().map(|notice| Screen::Ready { resuming: notice.is_some(), notice }).collect();
    screens.extend(
        [None, Some(Pause::Offline), Some(Pause::Hidden), Some(Pause::Retrying)]
            .into_iter()
            .flat_map(|pause| [Screen::Awaiting { pause }, Screen::Opening { pause }]),
    );
    for flag in [false, true] {
        screens.extend([
            Screen::Redirecting { page: page.clone(), refused: flag },
            Screen::Declined { reason: flag.then(|| "1/16".to_owned()), can_retry: flag },
            Screen::Expired { can_retry: flag },
            Screen::Cancelled { can_retry: flag },
        ]);
    }
    screens.extend([Screen::Option, Screen::Paid, Screen::Refunded, Screen::Unresolved]);
    screens.push(Screen::SetupError(SetupError::Missing { option: "backend" }));
    screens.push(Screen::SetupError(SetupError::PaymentPage(PageRefusal::Unreadable)));
    screens
}

fn draw(screen_of: Screen, language: &str) -> HtmlElement {
    reset();
    let model = ViewModel {
        screen: screen_of,
        order: Some(OrderRef::new("1042")),
        amount: None,
        products: vec![Product::Card, Product::A2a],
        product: Some(Product::Card),
        can_pay: true,
        can_continue: false,
        scan: None,
    };
    let picture = view::picture(&model, &Words::new(texts(language)), "₴1,299.05");
    let root = root_of(&host("{}"));
    forbid_markup();
    let handle = mount_to_renderer(&root, move || Shown::new(picture, |_| ()));
    allow_markup();
    handle.forget();
    root
}

fn count(root: &HtmlElement, selector: &str) -> u32 {
    root.query_selector_all(selector).expect("a selector").length()
}
