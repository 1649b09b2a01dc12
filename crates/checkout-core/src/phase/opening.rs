//! The session is being opened: ask the page, remember the key, ask the backend, check the payment page, remember the
//! session, ask the page again, leave. One key from the first request to the last; a second press changes nothing.
//!
//! | happens | becomes | effects |
//! |---|---|---|
//! | page lets it be submitted | opening | `Remember(key)`, `OpenSession` |
//! | page stops it (either question) | ready, host stopped | none |
//! | network, busy, silence: tries left | opening, retrying | `OpenSession` with the same key after a back-off |
//! | network, busy, silence: none left, or `Retry-After` too long | ready, resuming | `Tell(Error)`; the key is kept |
//! | network, silence: the browser is offline | opening, offline | none; no try is used up |
//! | online again, the last try failed for the network | opening | `OpenSession` with the same key at once |
//! | token stale | opening, or ready, token stale | a fresh one and `OpenSession` with the same key, see `fresh_token.rs` |
//! | refused | ready, refused | `Forget` (the same key would bring the same no), `Tell(Error)` |
//! | already paid | awaiting | `FetchStatus`, or `FetchOrder` when the session is not named |
//! | the key came with another wish before | ready, busy | `Forget`, `Tell(Error)`; the next press finds the live session |
//! | opened, page allowed | opening | `Remember(session)`, `AskHost(BeforeRedirect)` |
//! | opened, no page yet | opening, retrying | as busy |
//! | opened, final, past its time or an unknown word | awaiting | `Remember(session)`, `FetchStatus` |
//! | opened, another order's, or page not allowed | set-up error | `Tell(Error)` |
//! | opened, page allowed, pressed for the phone | awaiting, with the code to scan | `Remember(session)`, `FetchStatus` |
//! | page lets it leave | redirecting | `Navigate` |
//! | `PageRestored` | ready | `Abandon`; asks about the session if there is one |

use checkout_api::SessionId;

use crate::checkout::Checkout;
use crate::clock::Moment;
use crate::fresh_token::AskedWith;
use crate::inquiry::Pace;
use crate::phase::Phase;
use crate::polling::SILENCE_MILLIS;
use crate::{Effect, ErrorCode, Failure, Hook, Notice, RequestId};

/// Where the buyer pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Device {
    /// Here: the browser leaves for the payment page.
    This,
    /// On the phone, which scans the page's address; this page waits.
    Phone,
}

/// How far opening has come.
#[derive(Debug, Clone)]
pub(crate) struct Opening {
    stage: Stage,
    device: Device,
    /// How many tries brought nothing while the browser was online.
    missed: u32,
    /// Whether any did, online or not.
    slow: bool,
    token: AskedWith,
}

#[derive(Debug, Clone)]
enum Stage {
    BeforeSubmit(RequestId),
    Asking(RequestId, Moment),
    /// Waiting for a fresh token.
    Refreshing,
    /// Asked again when it is time.
    Waiting(Moment),
    /// The line is cut: asked again when it is time, or the browser online again.
    Cut(Moment),
    BeforeRedirect {
        request: RequestId,
        session: SessionId,
        page: String,
    },
}

impl Opening {
    /// Whether it takes longer than usual.
    pub(crate) const fn is_slow(&self) -> bool {
        match self.stage {
            Stage::Asking(..) | Stage::Refreshing | Stage::Waiting(_) | Stage::Cut(_) => self.slow,
            Stage::BeforeSubmit(_) | Stage::BeforeRedirect { .. } => false,
        }
    }

    pub(crate) const fn due(&self) -> Option<Moment> {
        match self.stage {
            Stage::Asking(_, due) | Stage::Waiting(due) | Stage::Cut(due) => Some(due),
            Stage::BeforeSubmit(_) | Stage::Refreshing | Stage::BeforeRedirect { .. } => None,
        }
    }

    pub(crate) const fn is_refreshing(&self) -> bool {
        matches!(self.stage, Stage::Refreshing)
    }

    fn is_asking(&self, request: RequestId) -> bool {
        matches!(self.stage, Stage::Asking(waited_for, _) if waited_for == request)
    }
}

impl Checkout {
    /// Begins opening: the page is asked before anything is remembered or sent.
    pub(crate) fn ask_before_submit(&mut self, device: Device) {
        let request = RequestId(self.next_id());
        let stage = Stage::BeforeSubmit(request);
        let token = AskedWith::AtHand;
        self.enter(Phase::Opening(Opening { stage, device, missed: 0, slow: false, token }));
        self.effects.push(Effect::AskHost { request, hook: Hook::BeforeSubmit });
    }

    pub(crate) fn host_answered(&mut self, request: RequestId, hook: Hook, proceed: bool) {
        let Phase::Opening(opening) = &self.phase else { return };
        match &opening.stage {
            Stage::BeforeSubmit(waited_for) if *waited_for == request && hook == Hook::BeforeSubmit => {
                if proceed {
                    self.remember_attempt();
                    self.open();
                } else {
                    self.stopped_by_host();
                }
            }
            Stage::BeforeRedirect { request: waited_for, session, page }
                if *waited_for == request && hook == Hook::BeforeRedirect =>
            {
                if proceed {
                    let (session, page) = (session.clone(), page.clone());
                    self.leave(session, page);
                } else {
                    self.stopped_by_host();
                }
            }
            Stage::BeforeSubmit(_)
            | Stage::Asking(..)
            | Stage::Refreshing
            | Stage::Waiting(_)
            | Stage::Cut(_)
            | Stage::BeforeRedirect { .. } => {}
        }
    }

    fn stopped_by_host(&mut self) {
        self.drop_unsent_attempt();
        self.offer(Some(Notice::HostStopped));
    }

    /// Asks the backend to open the session, or to say which one lives. Not with a token that is known to be stale.
    fn open(&mut self) {
        let request = RequestId(self.next_id());
        let silence = self.clock.after(SILENCE_MILLIS);
        let (Phase::Opening(opening), Some(attempt)) = (&mut self.phase, &self.attempt) else { return };
        if self.refreshing.is_some() {
            opening.stage = Stage::Refreshing;
            return;
        }
        opening.stage = Stage::Asking(request, silence);
        let (key, product) = (attempt.key.clone(), attempt.product.clone());
        self.effects.push(Effect::OpenSession { request, key, product });
    }

    /// The session exists and its page is allowed: the page may still stop the browser from leaving. For the phone it
    /// does not leave.
    pub(super) fn ask_before_redirect(&mut self, session: SessionId, page: String) {
        let request = RequestId(self.next_id());
        if let Phase::Opening(opening) = &mut self.phase {
            if opening.device == Device::Phone {
                return self.wait_for_phone(session);
            }
            opening.stage = Stage::BeforeRedirect { request, session, page };
            self.effects.push(Effect::AskHost { request, hook: Hook::BeforeRedirect });
        }
    }

    pub(crate) fn open_failed(&mut self, request: RequestId, failure: Failure) {
        if !self.is_opening(request) {
            return;
        }
        match failure {
            Failure::Network => self.open_missed(None, Notice::Network, ErrorCode::NetworkError, None),
            Failure::Busy { retry_after_millis, support_id } => {
                self.open_missed(retry_after_millis, Notice::Busy, ErrorCode::Unavailable, support_id);
            }
            Failure::TokenStale { support_id } => self.open_with_fresh_token(support_id),
            Failure::AlreadyPaid { session } => match session.or_else(|| self.latest.clone()) {
                Some(session) => self.wait_for(session),
                None => self.look_for_session(),
            },
            Failure::Refused { support_id } => self.open_refused(support_id),
            Failure::KeySpent { support_id } => {
                self.forget_attempt();
                self.offer(Some(Notice::Busy));
                self.tell_error(ErrorCode::Unavailable, true, support_id);
            }
            Failure::NotFound => self.open_refused(None),
        }
    }

    fn open_refused(&mut self, support_id: Option<String>) {
        self.forget_attempt();
        self.offer(Some(Notice::Refused));
        self.tell_error(ErrorCode::Refused, false, support_id);
    }

    /// A try brought nothing: again later, or the button with `notice` when the tries are used up. While the browser is
    /// offline none is used up; that it may be wrong about it is why the next comes all the same, though late.
    pub(super) fn open_missed(
        &mut self,
        retry_after_millis: Option<u64>,
        notice: Notice,
        code: ErrorCode,
        support_id: Option<String>,
    ) {
        let policy = &self.config.policy;
        let Phase::Opening(opening) = &mut self.phase else { return };
        let cut = notice == Notice::Network;
        opening.slow = true;
        let pause = if cut && self.offline {
            policy.slow_gap(None, &mut self.jitter)
        } else {
            opening.missed = opening.missed.saturating_add(1);
            let too_long = retry_after_millis.is_some_and(|millis| millis > policy.max_backoff_millis);
            if too_long || opening.missed >= policy.open_attempts {
                self.offer(Some(notice));
                return self.tell_error(code, true, support_id);
            }
            policy.backoff(opening.missed, retry_after_millis, &mut self.jitter)
        };
        let next = self.clock.after(pause);
        opening.stage = if cut { Stage::Cut(next) } else { Stage::Waiting(next) };
    }

    /// The browser is online again: what the cut line held up is tried at once.
    pub(crate) fn opening_online(&mut self) {
        if matches!(&self.phase, Phase::Opening(opening) if matches!(opening.stage, Stage::Cut(_))) {
            self.open();
        }
    }

    fn open_with_fresh_token(&mut self, support_id: Option<String>) {
        let Phase::Opening(opening) = &mut self.phase else { return };
        match opening.token {
            AskedWith::AtHand if self.config.can_refresh_token => {
                opening.stage = Stage::Refreshing;
                self.refresh_token();
            }
            AskedWith::Overtaken => {
                opening.token = AskedWith::Fresh;
                self.open();
            }
            AskedWith::AtHand | AskedWith::Fresh => self.token_is_stale(support_id),
        }
    }

    fn token_is_stale(&mut self, support_id: Option<String>) {
        self.offer(Some(Notice::TokenStale));
        self.tell_error(ErrorCode::TokenStale, false, support_id);
    }

    /// A fresh token came, or none will.
    pub(crate) fn opening_refreshed(&mut self, came: bool) {
        let Phase::Opening(opening) = &mut self.phase else { return };
        match opening.stage {
            Stage::Refreshing if came => {
                opening.token = AskedWith::Fresh;
                self.open();
            }
            Stage::Refreshing => self.token_is_stale(None),
            Stage::Asking(..) if came => opening.token = AskedWith::Overtaken,
            Stage::BeforeSubmit(_)
            | Stage::Asking(..)
            | Stage::Waiting(_)
            | Stage::Cut(_)
            | Stage::BeforeRedirect { .. } => {}
        }
    }

    /// Opening's alarm: time for the next try, or the answer has been silent for too long.
    pub(crate) fn opening_due(&mut self) {
        let Phase::Opening(opening) = &self.phase else { return };
        if opening.due().is_none_or(|due| due > self.clock.now()) {
            return;
        }
        match opening.stage {
            Stage::Waiting(_) | Stage::Cut(_) => self.open(),
            Stage::Asking(request, _) => {
                self.effects.push(Effect::Abandon { request });
                self.open_missed(None, Notice::Network, ErrorCode::NetworkError, None);
            }
            Stage::BeforeSubmit(_) | Stage::Refreshing | Stage::BeforeRedirect { .. } => {}
        }
    }

    /// The page slept in the back/forward cache and its requests died with it: back to the button.
    pub(crate) fn opening_restored(&mut self) {
        let Phase::Opening(opening) = &self.phase else { return };
        if let Stage::Asking(request, _) = opening.stage {
            self.effects.push(Effect::Abandon { request });
        }
        self.drop_unsent_attempt();
        self.offer(None);
        // A recalled session may be another order's: it is not asked about before the order is known.
        let own = self.attempt.as_ref().filter(|attempt| !attempt.recalled || self.order.is_some());
        if let Some(session) = own.and_then(|attempt| attempt.session.clone()) {
            self.follow(session, Pace::Once);
        }
    }

    pub(super) fn is_opening(&self, request: RequestId) -> bool {
        matches!(&self.phase, Phase::Opening(opening) if opening.is_asking(request))
    }
}

#[cfg(test)]
mod tests;
