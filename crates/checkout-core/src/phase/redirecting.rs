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
