//! Opening by its table.

use super::*;
use crate::fixture::{PAGE, checkout, key, note, ready, session};
use crate::{Event, Pause, PhaseName, Screen, Visit};

#[test]
fn the_key_is_remembered_before_the_request_and_the_session_before_leaving() {
    let mut it = ready();
    it.press("k1");
    let open = Effect::OpenSession { request: it.request(), key: key("k1"), product: None };
    assert_eq!(it.effects.first(), Some(&Effect::Remember(note("k1", None))));
    assert_eq!(it.effects.get(1), Some(&open));
    it.opened(session("s1", "REDIRECTED", "awaiting", 1));
    assert_eq!(it.effects.first(), Some(&Effect::Remember(note("k1", Some("s1")))));
    it.host_answers(Hook::BeforeRedirect, true);
    assert!(it.did(&Effect::Navigate { page: PAGE.to_owned() }));
}

#[test]
fn further_presses_change_nothing() {
    let mut it = ready();
    it.press("k1");
    for press in ["k2", "k3", "k4", "k5"] {
        it.handle(Event::PayPressed { key: key(press) });
        assert_eq!(it.effects, []);
    }
}

#[test]
fn the_page_may_stop_it_before_and_after_the_session_exists() {
    let mut it = ready();
    it.handle(Event::PayPressed { key: key("k1") });
    it.host_answers(Hook::BeforeSubmit, false);
    assert_eq!(it.screen(), Screen::Ready { resuming: false, notice: Some(Notice::HostStopped) });
    it.press("k2");
    assert_eq!(it.opened_with(), Some("k2"), "nothing was sent under the first key");
    it.opened(session("s1", "REDIRECTED", "awaiting", 1));
    it.host_answers(Hook::BeforeRedirect, false);
    assert_eq!(it.screen(), Screen::Ready { resuming: true, notice: Some(Notice::HostStopped) });
}

#[test]
fn a_lost_answer_is_asked_for_again_under_the_same_key_until_the_tries_are_used_up() {
    let mut it = ready();
    it.press("k1");
    for _ in 1..4 {
        it.open_failed(Failure::Network);
        assert_eq!(it.screen(), Screen::Opening { pause: Some(Pause::Retrying) });
        it.sleep();
        assert_eq!(it.opened_with(), Some("k1"));
    }
    it.open_failed(Failure::Network);
    assert_eq!(it.screen(), Screen::Ready { resuming: true, notice: Some(Notice::Network) });
    assert_eq!(it.error(), Some((ErrorCode::NetworkError, true)));
    it.press("k2");
    assert_eq!(it.opened_with(), Some("k1"));
}

#[test]
fn retry_after_is_waited_for_and_one_too_long_gives_the_button_back() {
    let busy = |millis| Failure::Busy { retry_after_millis: Some(millis), support_id: None };
    let mut it = ready();
    it.press("k1");
    it.open_failed(busy(9_000));
    assert!(it.sleep() >= 9_000);
    it.open_failed(busy(3_600_000));
    assert_eq!(it.screen(), Screen::Ready { resuming: true, notice: Some(Notice::Busy) });
}

#[test]
fn tries_made_offline_use_none_up_and_the_next_is_made_the_moment_the_line_is_back() {
    let mut it = ready();
    it.handle(Event::ConnectivityChanged { offline: true });
    it.press("k1");
    assert_eq!(it.screen(), Screen::Opening { pause: None });
    for _ in 0..20 {
        it.open_failed(Failure::Network);
        assert_eq!(it.screen(), Screen::Opening { pause: Some(Pause::Offline) });
        assert!(it.sleep() >= 30_000, "the browser may be wrong about it, so it is asked all the same");
    }
    it.open_failed(Failure::Network);
    it.handle(Event::ConnectivityChanged { offline: false });
    assert_eq!(it.opened_with(), Some("k1"));
    for _ in 1..4 {
        it.open_failed(Failure::Network);
        assert_eq!(it.screen(), Screen::Opening { pause: Some(Pause::Retrying) });
        it.sleep();
    }
    it.open_failed(Failure::Network);
    assert_eq!(it.screen(), Screen::Ready { resuming: true, notice: Some(Notice::Network) });
}

#[test]
fn a_line_that_comes_back_does_not_shorten_retry_after() {
    let mut it = ready();
    it.press("k1");
    it.open_failed(Failure::Busy { retry_after_millis: Some(9_000), support_id: None });
    it.handle(Event::ConnectivityChanged { offline: true });
    it.handle(Event::ConnectivityChanged { offline: false });
    assert_eq!(it.opened_with(), None);
    assert!(it.sleep() >= 9_000);
    assert_eq!(it.opened_with(), Some("k1"));
}

#[test]
fn an_answer_proves_the_line_so_a_busy_backend_counts_whatever_the_browser_says() {
    let mut it = ready();
    it.handle(Event::ConnectivityChanged { offline: true });
    it.press("k1");
    for _ in 1..4 {
        it.open_failed(Failure::Busy { retry_after_millis: None, support_id: None });
        it.sleep();
    }
    it.open_failed(Failure::Busy { retry_after_millis: None, support_id: None });
    assert_eq!(it.screen(), Screen::Ready { resuming: true, notice: Some(Notice::Busy) });
}

#[test]
fn a_silent_backend_counts_as_a_failed_try() {
    let mut it = ready();
    it.press("k1");
    let request = it.request();
    it.sleep();
    assert!(it.did(&Effect::Abandon { request }));
    it.sleep();
    assert_eq!(it.opened_with(), Some("k1"));
}

#[test]
fn a_stale_token_is_refreshed_once_and_the_same_attempt_goes_on() {
    let stale = || Failure::TokenStale { support_id: None };
    let mut it = checkout(|config| config.can_refresh_token = true, Visit::default());
    it.press("k1");
    it.open_failed(stale());
    let request = it.request();
    assert!(it.did(&Effect::RefreshToken { request }));
    it.handle(Event::TokenRefreshed { request });
    assert_eq!(it.opened_with(), Some("k1"));
    it.open_failed(stale());
    assert_eq!(it.screen(), Screen::Ready { resuming: true, notice: Some(Notice::TokenStale) });
    assert_eq!(it.error(), Some((ErrorCode::TokenStale, false)));
}

#[test]
fn a_refusal_forgets_the_key_for_it_would_bring_the_same_no_again() {
    let mut it = ready();
    it.press("k1");
    it.open_failed(Failure::Refused { support_id: Some("r-1".to_owned()) });
    assert!(it.did(&Effect::Forget));
    assert_eq!(it.screen(), Screen::Ready { resuming: false, notice: Some(Notice::Refused) });
    it.press("k2");
    assert_eq!(it.opened_with(), Some("k2"));
}

#[test]
fn a_key_that_named_another_wish_is_forgotten_and_pressing_again_is_safe() {
    let mut it = ready();
    it.press("k1");
    it.open_failed(Failure::KeySpent { support_id: None });
    assert!(it.did(&Effect::Forget));
    assert_eq!(it.screen(), Screen::Ready { resuming: false, notice: Some(Notice::Busy) });
    it.press("k2");
    assert_eq!(it.opened_with(), Some("k2"));
}

#[test]
fn an_order_paid_already_is_only_asked_about() {
    let mut it = ready();
    it.press("k1");
    it.open_failed(Failure::AlreadyPaid { session: Some(SessionId::new("s0")) });
    assert_eq!(it.phase(), PhaseName::Awaiting);
    assert_eq!(it.asked_about(), Some(("s0", None, 0)));
    let mut it = ready();
    it.press("k1");
    it.open_failed(Failure::AlreadyPaid { session: None });
    assert!(it.did(&Effect::FetchOrder { request: it.order_request() }));
    it.order_fetched(Some(("s0", "CAPTURED")));
    assert_eq!(it.asked_about(), Some(("s0", None, 0)));
}
