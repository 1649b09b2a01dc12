//! The question about one session's status: when it is asked, repeated, held back and given up. What the answer means
//! is decided in `learning.rs`.
//!
//! | happens | then |
//! |---|---|
//! | due, page visible and online | `FetchStatus`; a silent answer counts as failed |
//! | page hidden or offline | the running question is abandoned; asked again as soon as both are over |
//! | failed | again after a back-off with jitter, not before `Retry-After` |
//! | answered, not final, `Pace::Once` | given up |
//! | answered, not final, `Pace::Long` | asked again, held by the backend until there is a newer revision |
//! | answered, not final, `Pace::Slow` | asked again after a long pause |

use checkout_api::{PaymentSession, PaymentState, Revision, SessionId};

use crate::checkout::Checkout;
use crate::clock::Moment;
use crate::polling::SILENCE_MILLIS;
use crate::{Effect, Failure, Policy, RequestId};

/// How eagerly a session is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pace {
    /// One answer is enough; the screen is usable meanwhile.
    Once,
    /// The buyer is waiting for it.
    Long,
    /// A late answer would be good to have.
    Slow,
}

/// The question, running or waiting for its time.
#[derive(Debug, Clone)]
pub(crate) struct Inquiry {
    pub(crate) session: SessionId,
    pub(crate) pace: Pace,
    /// The newest answer: its revision and state.
    pub(crate) known: Option<(Revision, PaymentState)>,
    /// Failures in a row.
    pub(crate) failures: u32,
    /// Answers in a row that came at once and brought nothing new: a backend that does not hold questions.
    idle: u32,
    request: Option<RequestId>,
    /// When it was asked last.
    asked: Option<Moment>,
    /// When to ask next; while a request is out: when its silence counts as a failure.
    due: Moment,
    /// The backend's `Retry-After`, kept even when the page is hidden and shown meanwhile.
    not_before: Moment,
}

impl Inquiry {
    const fn new(session: SessionId, pace: Pace, now: Moment) -> Self {
        Self {
            session,
            pace,
            known: None,
            failures: 0,
            idle: 0,
            request: None,
            asked: None,
            due: now,
            not_before: now,
        }
    }

    pub(crate) const fn due(&self) -> Moment {
        self.due
    }

    /// The shortest gap and the backend's `Retry-After`, whatever else is wanted.
    fn earliest(&self, policy: &Policy) -> Moment {
        let gap = self.asked.map_or(0, |asked| asked.saturating_add(policy.min_gap_millis));
        gap.max(self.not_before)
    }

    pub(crate) const fn is_waiting_to_retry(&self) -> bool {
        self.failures > 0 && self.request.is_none()
    }
}

impl Checkout {
    /// Asks about `session` from now on; a question about another one is given up.
    pub(crate) fn follow(&mut self, session: SessionId, pace: Pace) {
        if self.inquiry.as_ref().is_none_or(|inquiry| inquiry.session != session) {
            self.stop_asking();
            self.inquiry = Some(Inquiry::new(session, pace, self.clock.now()));
            self.ask();
        } else {
            self.ask_anew(pace);
        }
    }

    /// Asks about the same session at once, at another pace.
    pub(crate) fn ask_anew(&mut self, pace: Pace) {
        self.abandon_inquiry();
        if let Some(inquiry) = &mut self.inquiry {
            inquiry.pace = pace;
            inquiry.idle = 0;
            inquiry.due = self.clock.now().max(inquiry.earliest(&self.config.policy));
            self.ask();
        }
    }

    /// Goes on asking about the same session, only rarely.
    pub(crate) fn ask_slowly(&mut self) {
        self.abandon_inquiry();
        if let Some(inquiry) = &mut self.inquiry {
            inquiry.pace = Pace::Slow;
            let gap = self.config.policy.slow_gap(None, &mut self.jitter);
            inquiry.due = self.clock.after(gap).max(inquiry.not_before);
        }
    }

    /// Gives the question up.
    pub(crate) fn stop_asking(&mut self) {
        self.abandon_inquiry();
        self.inquiry = None;
    }

    /// Abandons the running request; the question itself stays, due at once but for the shortest gap.
    pub(crate) fn abandon_inquiry(&mut self) {
        let Some(inquiry) = &mut self.inquiry else { return };
        if let Some(request) = inquiry.request.take() {
            inquiry.due = inquiry.earliest(&self.config.policy);
            self.effects.push(Effect::Abandon { request });
        }
    }

    /// Asks if it is time and the page may.
    pub(crate) fn ask(&mut self) {
        if self.is_paused() {
            return;
        }
        let now = self.clock.now();
        if self.inquiry.as_ref().is_none_or(|inquiry| inquiry.request.is_some() || inquiry.due > now) {
            return;
        }
        let request = RequestId(self.next_id());
        let Some(inquiry) = &mut self.inquiry else { return };
        let after = inquiry.known.as_ref().map(|(revision, _)| *revision);
        let wait_seconds = match (inquiry.pace, after) {
            (Pace::Long, Some(_)) => self.config.policy.wait_seconds,
            (Pace::Long, None) | (Pace::Once | Pace::Slow, _) => 0,
        };
        inquiry.request = Some(request);
        inquiry.asked = Some(now);
        inquiry.due =
            self.clock.after(u64::from(wait_seconds).saturating_mul(1_000).saturating_add(SILENCE_MILLIS));
        let session = inquiry.session.clone();
        self.effects.push(Effect::FetchStatus { request, session, after, wait_seconds });
    }

    pub(crate) fn status_fetched(&mut self, request: RequestId, session: PaymentSession) {
        let now = self.clock.now();
        let Some(inquiry) = &mut self.inquiry else { return };
        if inquiry.request.take_if(|waited_for| *waited_for == request).is_none() {
            return;
        }
        if inquiry.session != session.session {
            // The answer to another question cannot be used for this one.
            return self.status_missed(None);
        }
        let newer = inquiry.known.as_ref().is_none_or(|(revision, _)| session.revision > *revision);
        let held = now.saturating_sub(inquiry.asked.unwrap_or(now)) > self.config.policy.first_backoff_millis;
        inquiry.failures = 0;
        inquiry.idle = if newer || held { 0 } else { inquiry.idle.saturating_add(1) };
        inquiry.not_before = now;
        self.learn(session);
    }

    /// Sets the time of the next question after an answer that was not final.
    pub(crate) fn keep_asking(&mut self) {
        let Some(inquiry) = &mut self.inquiry else { return };
        match inquiry.pace {
            Pace::Once => return self.stop_asking(),
            Pace::Long if inquiry.idle == 0 => {
                inquiry.due = inquiry.earliest(&self.config.policy);
            }
            Pace::Long => {
                let gap = self.config.policy.backoff(inquiry.idle, None, &mut self.jitter);
                inquiry.due = self.clock.after(gap);
            }
            Pace::Slow => {
                let gap = self.config.policy.slow_gap(None, &mut self.jitter);
                inquiry.due = self.clock.after(gap);
            }
        }
        self.ask();
    }

    pub(crate) fn status_failed(&mut self, request: RequestId, failure: &Failure) {
        let Some(inquiry) = &mut self.inquiry else { return };
        if inquiry.request.take_if(|waited_for| *waited_for == request).is_none() {
            return;
        }
        match failure {
            Failure::Busy { retry_after_millis, .. } => self.status_missed(*retry_after_millis),
            // A session that was there cannot be gone: only one never seen is believed to be absent.
            Failure::NotFound if inquiry.known.is_none() => self.disregard_missing(),
            Failure::NotFound
            | Failure::Network
            | Failure::TokenStale { .. }
            | Failure::AlreadyPaid { .. }
            | Failure::KeySpent { .. }
            | Failure::Refused { .. } => self.status_missed(None),
        }
    }

    /// The question brought nothing: again later, or no more if it only was worth a few tries.
    fn status_missed(&mut self, retry_after_millis: Option<u64>) {
        let Some(inquiry) = &mut self.inquiry else { return };
        inquiry.failures = inquiry.failures.saturating_add(1);
        inquiry.not_before = self.clock.after(retry_after_millis.unwrap_or(0));
        let policy = &self.config.policy;
        let pause = match inquiry.pace {
            Pace::Once if inquiry.failures >= policy.open_attempts => return self.stop_asking(),
            Pace::Once | Pace::Long => policy.backoff(inquiry.failures, retry_after_millis, &mut self.jitter),
            Pace::Slow => policy.slow_gap(retry_after_millis, &mut self.jitter),
        };
        inquiry.due = self.clock.after(pause);
    }

    /// The question's alarm: time to ask, or the answer has been silent for too long.
    pub(crate) fn inquiry_due(&mut self) {
        if self.is_paused() {
            return;
        }
        let now = self.clock.now();
        let Some(inquiry) = &mut self.inquiry else { return };
        if inquiry.due > now {
            return;
        }
        if let Some(request) = inquiry.request.take() {
            self.effects.push(Effect::Abandon { request });
            self.status_missed(None);
        } else {
            self.ask();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{ready, session, status_page};
    use crate::{Event, PhaseName};

    #[test]
    fn an_answer_that_names_another_session_is_no_answer() {
        let mut it = status_page();
        it.status_fetched(session("another", "CAPTURED", "paid", 9));
        assert_eq!(it.phase(), PhaseName::Awaiting);
        it.sleep();
        assert_eq!(it.asked_about(), Some(("s1", None, 0)));
    }

    #[test]
    fn a_session_seen_before_cannot_be_gone() {
        let mut it = status_page();
        it.status_fetched(session("s1", "REDIRECTED", "awaiting", 3));
        it.sleep();
        it.status_failed(Failure::NotFound);
        assert_eq!(it.phase(), PhaseName::Awaiting);
        it.sleep();
        assert_eq!(it.asked_about(), Some(("s1", Some(3), 20)));
    }

    #[test]
    fn a_silent_backend_is_asked_again() {
        let mut it = status_page();
        let request = it.request();
        assert_eq!(it.sleep(), SILENCE_MILLIS);
        assert!(it.did(&Effect::Abandon { request }));
        it.sleep();
        assert_eq!(it.asked_about(), Some(("s1", None, 0)));
    }

    #[test]
    fn a_question_worth_one_answer_is_tried_four_times() {
        let mut it = ready();
        it.leave("k1", "s1");
        it.handle(Event::PageRestored);
        for _ in 1..4 {
            it.status_failed(Failure::Network);
            it.sleep();
            assert!(it.asked_about().is_some());
        }
        it.status_failed(Failure::Network);
        assert_eq!((it.effects.len(), it.phase()), (0, PhaseName::Ready));
    }
}
