//! A fresh order token in place of a stale one: fetched once, for whoever finds the old one stale meanwhile.
//!
//! | happens | then |
//! |---|---|
//! | a question is refused for its stale token | it waits; `RefreshToken`, unless one is under way |
//! | a fresh token came | whoever waits asks again; whoever is still refused for the old one does so too |
//! | none came, or silence | whoever waits says "reload the page" |
//! | nobody waits for it any more | abandoned |

use crate::checkout::Checkout;
use crate::phase::Phase;
use crate::polling::SILENCE_MILLIS;
use crate::{Effect, RequestId};

/// Which token a question was asked with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum AskedWith {
    /// The one at hand: if it is stale, a fresh one helps.
    #[default]
    AtHand,
    /// One in whose place a fresh one has come since.
    Overtaken,
    /// A fresh one: if that is stale, another would be too.
    Fresh,
}

impl Checkout {
    /// Asks for a fresh token, unless that is under way.
    pub(crate) fn refresh_token(&mut self) {
        if self.refreshing.is_none() {
            let request = RequestId(self.next_id());
            self.refreshing = Some((request, self.clock.after(SILENCE_MILLIS)));
            self.effects.push(Effect::RefreshToken { request });
        }
    }

    /// A fresh token came, or none will. The order first: a buyer who has pressed is told of a failure once.
    pub(crate) fn token_refreshed(&mut self, request: RequestId, came: bool) {
        if self.refreshing.take_if(|(waited_for, _)| *waited_for == request).is_some() {
            self.order_question_refreshed(came);
            self.opening_refreshed(came);
        }
    }

    /// The refresh's alarm: it has been silent for too long.
    pub(crate) fn refresh_due(&mut self) {
        if let Some((request, due)) = self.refreshing
            && due <= self.clock.now()
        {
            self.effects.push(Effect::Abandon { request });
            self.token_refreshed(request, false);
        }
    }

    /// Gives up a refresh that nobody waits for.
    pub(crate) fn drop_unwanted_refresh(&mut self) {
        let wanted = self.order_question.is_refreshing()
            || matches!(&self.phase, Phase::Opening(opening) if opening.is_refreshing());
        if let Some((request, _)) = self.refreshing.take_if(|_| !wanted) {
            self.effects.push(Effect::Abandon { request });
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::fixture::{Subject, checkout};
    use crate::{Effect, ErrorCode, Event, Failure, Notice, RequestId, Screen, Visit};

    fn stale() -> Failure {
        Failure::TokenStale { support_id: None }
    }

    /// A page out of a cache, its token stale and not yet found to be.
    fn cached_page() -> Subject {
        checkout(|config| config.can_refresh_token = true, Visit::default())
    }

    fn refreshes(it: &Subject) -> Vec<RequestId> {
        let refresh = |effect: &Effect| {
            let Effect::RefreshToken { request } = effect else { return None };
            Some(*request)
        };
        it.effects.iter().filter_map(refresh).collect()
    }

    #[test]
    fn a_press_while_the_token_is_refreshed_waits_for_that_one() {
        let mut it = cached_page();
        it.handle(Event::OrderFailed { request: it.order_request(), failure: stale() });
        let request = it.request();
        it.press("k1");
        assert_eq!((it.opened_with(), refreshes(&it)), (None, vec![]), "the old token is not tried again");
        it.handle(Event::TokenRefreshed { request });
        assert_eq!(it.opened_with(), Some("k1"));
        assert!(it.did(&Effect::FetchOrder { request: it.order_request() }));
    }

    #[test]
    fn two_questions_refused_for_one_token_are_one_refresh() {
        let mut it = cached_page();
        let order = it.order_request();
        it.press("k1");
        it.open_failed(stale());
        let request = it.request();
        assert_eq!(refreshes(&it), [request]);
        it.handle(Event::OrderFailed { request: order, failure: stale() });
        assert_eq!(refreshes(&it), []);
        it.handle(Event::TokenRefreshed { request });
        assert_eq!(it.opened_with(), Some("k1"));
        assert_ne!(it.order_request(), order, "the order is asked about again");
    }

    #[test]
    fn a_question_refused_after_the_fresh_token_came_is_only_asked_again() {
        let mut it = cached_page();
        let order = it.order_request();
        it.press("k1");
        it.open_failed(stale());
        it.handle(Event::TokenRefreshed { request: it.request() });
        it.handle(Event::OrderFailed { request: order, failure: stale() });
        assert_eq!(refreshes(&it), []);
        assert!(it.did(&Effect::FetchOrder { request: it.order_request() }));
        it.handle(Event::OrderFailed { request: it.order_request(), failure: stale() });
        assert_eq!(refreshes(&it), [], "a fresh token that is stale is not replaced by another");
    }

    #[test]
    fn where_none_comes_the_buyer_who_pressed_is_told_once() {
        for silent in [false, true] {
            let mut it = cached_page();
            it.handle(Event::OrderFailed { request: it.order_request(), failure: stale() });
            let request = it.request();
            it.press("k1");
            if silent {
                it.sleep();
                assert!(it.did(&Effect::Abandon { request }));
            } else {
                it.handle(Event::TokenRefreshFailed { request, failure: Failure::Network });
            }
            assert_eq!(it.screen(), Screen::Ready { resuming: true, notice: Some(Notice::TokenStale) });
            let errors = it.effects.iter().filter(|it| format!("{it:?}").contains("Error")).count();
            assert_eq!((it.error(), errors), (Some((ErrorCode::TokenStale, false)), 1));
        }
    }

    #[test]
    fn a_page_hidden_meanwhile_refreshes_when_it_is_shown() {
        let mut it = cached_page();
        it.handle(Event::OrderFailed { request: it.order_request(), failure: stale() });
        let request = it.request();
        it.handle(Event::VisibilityChanged { hidden: true });
        assert!(it.did(&Effect::Abandon { request }));
        it.handle(Event::VisibilityChanged { hidden: false });
        it.handle(Event::OrderFailed { request: it.order_request(), failure: stale() });
        assert_eq!(refreshes(&it).len(), 1);
    }
}
