//! The browser is leaving for the payment page. The widget is gone after it, or the buyer comes back by Back.
//!
//! | happens | becomes | effects |
//! |---|---|---|
//! | start of it | redirecting | `Navigate` |
//! | `PageRestored` | ready, resuming: usable at once | `FetchStatus` once, answered or not |
//! | `NavigationRefused` | redirecting, with a link | `Tell(Error)`; asks rarely, for the link may open elsewhere |
//! | still here after eight seconds | redirecting, with a link | asks rarely |
//! | the session is final | settled | see `settled.rs` |

use checkout_api::SessionId;

use crate::checkout::Checkout;
use crate::clock::Moment;
use crate::inquiry::Pace;
use crate::phase::Phase;
use crate::polling::LEAVING_MILLIS;
use crate::{Effect, ErrorCode};

/// Where the browser is leaving for.
#[derive(Debug, Clone)]
pub(crate) struct Redirecting {
    pub(crate) page: String,
    pub(crate) refused: bool,
    session: SessionId,
    doubt: Moment,
}

impl Redirecting {
    pub(crate) fn due(&self) -> Option<Moment> {
        (!self.refused).then_some(self.doubt)
    }
}

impl Checkout {
    /// Leaves for the payment page, whose address has been checked.
    pub(crate) fn leave(&mut self, session: SessionId, page: String) {
        let doubt = self.clock.after(LEAVING_MILLIS);
        self.enter(Phase::Redirecting(Redirecting { page: page.clone(), refused: false, session, doubt }));
        self.effects.push(Effect::Navigate { page });
    }

    pub(crate) fn navigation_refused(&mut self) {
        if self.offer_link() {
            self.tell_error(ErrorCode::NavigationRefused, true, None);
        }
    }

    /// Redirecting's alarm: a slow page, or a browser that refuses without a word.
    pub(crate) fn redirecting_due(&mut self) {
        if self.phase.due(false).is_some_and(|due| due <= self.clock.now()) {
            self.offer_link();
        }
    }

    fn offer_link(&mut self) -> bool {
        let Phase::Redirecting(redirecting) = &mut self.phase else { return false };
        if redirecting.refused {
            return false;
        }
        redirecting.refused = true;
        let session = redirecting.session.clone();
        self.follow(session, Pace::Slow);
        true
    }

    /// The buyer pressed Back on the bank's page.
    pub(crate) fn redirecting_restored(&mut self) {
        let Phase::Redirecting(redirecting) = &self.phase else { return };
        let session = redirecting.session.clone();
        self.offer_to_resume();
        self.follow(session, Pace::Once);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{PAGE, ready, session};
    use crate::{Event, PhaseName, Screen};

    #[test]
    fn back_gives_the_button_at_once_and_asks_one_question() {
        let mut it = ready();
        it.leave("k1", "s1");
        it.handle(Event::PageRestored);
        assert_eq!(it.screen(), Screen::Ready { resuming: true, notice: None });
        assert_eq!(it.asked_about(), Some(("s1", None, 0)));
        it.status_fetched(session("s1", "REDIRECTED", "awaiting", 2));
        assert_eq!(it.asked_about(), None);
        it.press("k2");
        assert_eq!(it.opened_with(), Some("k1"));
    }

    #[test]
    fn back_after_paying_shows_paid() {
        let mut it = ready();
        it.leave("k1", "s1");
        it.handle(Event::PageRestored);
        it.status_fetched(session("s1", "CAPTURED", "paid", 2));
        assert_eq!(it.screen(), Screen::Paid);
    }

    #[test]
    fn a_browser_that_does_not_leave_gives_a_link_and_still_shows_the_outcome() {
        let linked = Screen::Redirecting { page: PAGE.to_owned(), refused: true };
        let mut it = ready();
        it.leave("k1", "s1");
        it.handle(Event::NavigationRefused);
        assert_eq!(it.screen(), linked);
        assert_eq!(it.error(), Some((ErrorCode::NavigationRefused, true)));
        it.status_fetched(session("s1", "CAPTURED", "paid", 2));
        assert_eq!(it.phase(), PhaseName::Paid);

        let mut it = ready();
        it.leave("k1", "s1");
        assert_eq!(it.sleep(), LEAVING_MILLIS);
        assert_eq!((it.screen(), it.error()), (linked, None));
    }
}
