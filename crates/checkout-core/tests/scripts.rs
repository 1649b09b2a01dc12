//! Whole journeys of a buyer, from the first picture to the last, in a world without a browser. Read these first.

mod world;

use checkout_core::{Event, HostEvent, Notice, Pause, PhaseName, Screen};
use world::World;

const MINUTE: u64 = 60_000;

fn ready() -> Screen {
    Screen::Ready { resuming: false, notice: None }
}

fn at_the_bank() -> World {
    let mut world = World::open();
    world.pass(1_000);
    world.press_pay();
    world.pass_until_left();
    world
}

fn outcomes(world: &World) -> usize {
    world.told.iter().filter(|it| matches!(it, HostEvent::Outcome { .. })).count()
}

#[test]
fn a_buyer_pays() {
    let mut world = World::open();
    assert_eq!(world.screen(), ready());
    world.pass(1_000);
    assert_eq!(world.shows_order().as_deref(), Some("1042"));
    world.press_pay();
    world.pass_until_left();
    assert_eq!(world.left_for.as_deref(), Some("https://pay.alb.ua/session 1"));

    world.pass(MINUTE);
    world.come_back();
    assert_eq!(world.screen(), Screen::Awaiting { pause: None });
    world.pass(5_000);
    world.backend.becomes("CAPTURED", "paid");
    world.pass(500);
    assert_eq!(world.screen(), Screen::Paid);
    assert_eq!((outcomes(&world), world.address.clone(), world.tab.clone()), (1, None, None));

    world.load();
    world.pass(1_000);
    assert_eq!(world.screen(), Screen::Paid, "a reload shows it again");
}

#[test]
fn a_buyer_is_declined_and_then_pays_in_the_same_checkout() {
    let mut world = at_the_bank();
    world.backend.becomes("REJECTED", "declined");
    world.come_back();
    world.pass(1_000);
    assert_eq!(world.screen(), Screen::Declined { reason: None, can_retry: true });
    world.press_pay();
    world.pass_until_left();
    assert_eq!(world.left_for.as_deref(), Some("https://pay.alb.ua/session 2"));
    world.backend.becomes("CAPTURED", "paid");
    world.come_back();
    world.pass(1_000);
    assert_eq!(world.screen(), Screen::Paid);
}

#[test]
fn a_page_is_left_alone_until_it_expires_and_the_order_is_paid_anew() {
    let mut world = at_the_bank();
    world.pass(16 * MINUTE);
    world.come_back();
    world.pass(1_000);
    assert_eq!(world.screen(), Screen::Expired { can_retry: true });
    world.press_pay();
    world.pass_until_left();
    assert_eq!(world.backend.attempts.len(), 2);
    world.backend.becomes("CAPTURED", "paid");
    world.come_back();
    world.pass(1_000);
    assert_eq!(world.screen(), Screen::Paid);
}

#[test]
fn a_payment_that_arrives_after_expiry_is_still_shown() {
    let mut world = at_the_bank();
    world.pass(16 * MINUTE);
    world.come_back();
    world.pass(1_000);
    world.backend.becomes("CAPTURED", "paid");
    world.pass(61_000);
    assert_eq!(world.screen(), Screen::Paid);
}

#[test]
fn back_from_the_card_page_gives_a_usable_button_and_the_same_payment() {
    let mut world = at_the_bank();
    world.happens(Event::PageRestored);
    world.left_for = None;
    assert_eq!(world.screen(), Screen::Ready { resuming: true, notice: None });
    let asked = world.now;
    world.pass(1_000);
    assert_eq!(world.screen(), Screen::Ready { resuming: true, notice: None });
    world.pass(MINUTE);
    assert_eq!(world.asked_since(asked), 1);
    world.press_pay();
    world.pass_until_left();
    assert_eq!(world.left_for.as_deref(), Some("https://pay.alb.ua/session 1"));
    assert_eq!(world.backend.attempts.len(), 1);
}

#[test]
fn back_after_paying_shows_paid_even_without_a_press() {
    let mut world = at_the_bank();
    world.backend.becomes("CAPTURED", "paid");
    world.happens(Event::PageRestored);
    world.pass(1_000);
    assert_eq!(world.screen(), Screen::Paid);
}

#[test]
fn a_press_after_a_payment_in_another_tab_does_not_pay_twice() {
    let mut world = at_the_bank();
    world.happens(Event::PageRestored);
    world.pass(1_000);
    world.backend.becomes("CAPTURED", "paid");
    world.left_for = None;
    world.press_pay();
    world.pass(1_000);
    assert_eq!((world.screen(), world.left_for.clone()), (Screen::Paid, None));
}

#[test]
fn five_clicks_in_one_task_are_one_payment() {
    let mut world = World::open();
    world.pass(1_000);
    for _ in 0..5 {
        world.press_pay();
    }
    world.pass_until_left();
    assert_eq!(world.backend.attempts.len(), 1);
    assert_eq!(world.requests.iter().filter(|(_, what)| *what == "open").count(), 1);
}

#[test]
fn a_press_before_anything_was_answered_works() {
    let mut world = World::open();
    world.press_pay();
    world.pass_until_left();
    assert_eq!(world.backend.attempts.len(), 1);
}

#[test]
fn a_lost_answer_to_opening_is_the_same_payment() {
    let mut world = World::open();
    world.backend.lose_open_answers = 2;
    world.press_pay();
    world.pass_until_left();
    assert_eq!(world.backend.attempts.len(), 1);
    assert_eq!(world.left_for.as_deref(), Some("https://pay.alb.ua/session 1"));
}

#[test]
fn a_reload_while_opening_is_the_same_payment() {
    let mut world = World::open();
    world.backend.lose_open_answers = 1;
    world.press_pay();
    world.pass(200);
    world.load();
    assert_eq!(world.screen(), Screen::Ready { resuming: true, notice: None });
    world.pass(1_000);
    world.press_pay();
    world.pass_until_left();
    assert_eq!(world.backend.attempts.len(), 1);
}

#[test]
fn a_backend_that_is_down_for_twenty_seconds_loses_nobody() {
    let mut world = World::open();
    world.pass(1_000);
    world.backend.down_until = world.now + 20_000;
    world.press_pay();
    world.pass(500);
    assert_eq!(world.screen(), Screen::Opening { pause: Some(Pause::Retrying) });
    world.pass(19_600);
    assert_eq!(world.screen(), Screen::Ready { resuming: true, notice: Some(Notice::Network) });
    world.press_pay();
    world.pass_until_left();

    world.come_back();
    world.pass(2_000);
    world.backend.down_until = world.now + 20_000;
    world.pass(3_000);
    assert_eq!(world.screen(), Screen::Awaiting { pause: Some(Pause::Retrying) });
    world.backend.becomes("CAPTURED", "paid");
    world.pass(40_000);
    assert_eq!(world.screen(), Screen::Paid);
}

#[test]
fn a_buyer_offline_for_twenty_seconds_is_at_the_bank_without_another_press() {
    let mut world = World::open();
    world.pass(1_000);
    world.backend.down_until = u64::MAX;
    world.happens(Event::ConnectivityChanged { offline: true });
    let cut = world.now;
    world.press_pay();
    world.pass(500);
    assert_eq!(world.screen(), Screen::Opening { pause: Some(Pause::Offline) });
    world.pass(19_500);
    assert_eq!(world.screen(), Screen::Opening { pause: Some(Pause::Offline) });
    assert_eq!(world.asked_since(cut), 1, "{:?}", world.requests);
    world.backend.down_until = 0;
    world.happens(Event::ConnectivityChanged { offline: false });
    world.pass(500);
    assert!(world.left_for.is_some(), "{:?}", world.screen());
    assert_eq!(world.backend.attempts.len(), 1);
}

#[test]
fn a_hidden_tab_asks_nothing_and_knows_at_once_when_it_is_looked_at() {
    let mut world = at_the_bank();
    world.come_back();
    world.pass(3_000);
    world.happens(Event::VisibilityChanged { hidden: true });
    let hidden = world.now + 1;
    world.pass(30 * MINUTE);
    assert_eq!(world.asked_since(hidden), 0);
    assert_eq!(world.screen(), Screen::Awaiting { pause: Some(Pause::Hidden) });
    world.backend.becomes("CAPTURED", "paid");
    world.happens(Event::VisibilityChanged { hidden: false });
    world.pass(200);
    assert_eq!(world.screen(), Screen::Paid);
}

#[test]
fn a_buyer_comes_back_in_another_browser_with_only_the_address() {
    let mut world = at_the_bank();
    world.backend.becomes("CAPTURED", "paid");
    world.tab = None;
    world.come_back();
    world.pass(1_000);
    assert_eq!(world.screen(), Screen::Paid);

    let mut world = at_the_bank().with_status_page();
    world.backend.becomes("CAPTURED", "paid");
    world.tab = None;
    world.come_back();
    world.pass(1_000);
    assert_eq!((world.screen(), world.shows_order().as_deref()), (Screen::Paid, Some("1042")));
}

#[test]
fn a_forged_return_with_a_paid_session_of_another_order_shows_nothing_of_it() {
    for mut world in [World::closed(), World::closed().with_order_on_the_page()] {
        world.backend.foreign = Some("their session");
        world.address = Some("their session".to_owned());
        world.load();
        world.pass(5_000);
        assert_eq!((world.screen(), world.phases.len(), outcomes(&world)), (ready(), 0, 0));
        assert_eq!((world.shows_order().as_deref(), world.address), (Some("1042"), None));
    }
}

#[test]
fn a_session_that_does_not_exist_is_said_so_on_a_status_page() {
    let mut world = World::closed().with_status_page();
    world.address = Some("nonsense".to_owned());
    world.load();
    world.pass(1_000);
    assert_eq!(world.screen(), Screen::Ready { resuming: false, notice: Some(Notice::SessionNotFound) });
    assert_eq!(world.address, None);
}

#[test]
fn a_word_of_a_newer_backend_is_neither_paid_nor_failed() {
    let mut world = at_the_bank();
    world.backend.becomes("CHARGED_BACK", "charged_back");
    world.come_back();
    world.pass(MINUTE);
    assert_eq!(world.screen(), Screen::Awaiting { pause: None });
    world.pass(3 * MINUTE);
    assert_eq!(world.screen(), Screen::Unresolved);
}

#[test]
fn waiting_ends_truthfully_asks_little_and_a_late_payment_is_shown() {
    let mut world = at_the_bank();
    world.come_back();
    let back = world.now;
    world.pass(2 * MINUTE);
    assert!(world.asked_since(back) <= 10, "{:?}", world.requests);
    world.pass(MINUTE + 1_000);
    assert_eq!(world.screen(), Screen::Unresolved);
    assert_eq!(outcomes(&world), 1);
    world.happens(Event::CheckPressed);
    assert_eq!(world.screen(), Screen::Awaiting { pause: None });
    world.pass(MINUTE);
    assert_eq!((world.screen(), outcomes(&world)), (Screen::Unresolved, 1));
    let unresolved = world.now;
    world.pass(2 * MINUTE);
    assert!((1..=5).contains(&world.asked_since(unresolved)));
    world.backend.becomes("CAPTURED", "paid");
    world.pass(MINUTE + 1_000);
    assert_eq!((world.screen(), outcomes(&world)), (Screen::Paid, 2));
}

#[test]
fn pending_then_paid_is_seen_within_a_breath() {
    let mut world = at_the_bank();
    world.come_back();
    world.pass(10_000);
    world.backend.becomes("REDIRECTED", "awaiting");
    world.pass(200);
    assert_eq!(world.screen(), Screen::Awaiting { pause: None });
    world.pass(5_000);
    world.backend.becomes("CAPTURED", "paid");
    world.pass(200);
    assert_eq!(world.screen(), Screen::Paid);
    let phases = [PhaseName::Opening, PhaseName::Redirecting, PhaseName::Paid];
    assert_eq!(world.phases, phases);
}
