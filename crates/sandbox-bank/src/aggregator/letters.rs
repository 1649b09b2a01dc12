//! The queue of webhooks: what is sent when, and what came back. Any 2XX ends the repeats; the platform's own schedule
//! is not public, this one is the bank's.

use jiff::{SignedDuration, Timestamp};

use crate::bank::clock::{Pace, later};
use crate::bank::notifier::{DeliveryState, Try};

const RETRIES: [SignedDuration; 5] = [
    SignedDuration::from_secs(5),
    SignedDuration::from_secs(30),
    SignedDuration::from_mins(5),
    SignedDuration::from_mins(30),
    SignedDuration::from_hours(1),
];

#[derive(Debug, Clone)]
pub(crate) struct Letter {
    pub(crate) number: usize,
    pub(crate) payment: String,
    pub(crate) kind: String,
    pub(crate) url: String,
    /// Written once: a repeat sends the same bytes under the same event id.
    pub(crate) body: String,
    pub(crate) state: DeliveryState,
    pub(crate) due: Timestamp,
    pub(crate) tries: Vec<Try>,
}

/// What a letter says.
#[derive(Debug, Clone)]
pub(crate) struct Words {
    pub(crate) payment: String,
    pub(crate) kind: String,
    pub(crate) url: String,
    pub(crate) body: String,
}

#[derive(Debug, Default)]
pub(crate) struct Letters(Vec<Letter>);

impl Letters {
    pub(crate) fn queue(&mut self, words: Words, due: Timestamp) {
        self.put(words, due, DeliveryState::Waiting);
    }

    pub(crate) fn lose(&mut self, words: Words, now: Timestamp) {
        self.put(words, now, DeliveryState::Lost);
    }

    /// Hands out what is due, marking it in flight.
    pub(crate) fn take_due(&mut self, now: Timestamp) -> Vec<Letter> {
        let due = |letter: &&mut Letter| letter.state == DeliveryState::Waiting && letter.due <= now;
        let take = |letter: &mut Letter| {
            letter.state = DeliveryState::InFlight;
            letter.clone()
        };
        self.0.iter_mut().filter(due).map(take).collect()
    }

    pub(crate) fn record(&mut self, number: usize, http: Option<u16>, pace: Pace, now: Timestamp) {
        let Some(letter) = self.0.get_mut(number) else { return };
        letter.tries.push(Try { at: now, http });
        if http.is_some_and(|http| (200..300).contains(&http)) {
            letter.state = DeliveryState::Delivered;
        } else if let Some(wait) = RETRIES.get(letter.tries.len() - 1) {
            letter.state = DeliveryState::Waiting;
            letter.due = later(now, pace.wait(*wait));
        } else {
            letter.state = DeliveryState::GivenUp;
        }
    }

    pub(crate) fn next_due(&self) -> Option<Timestamp> {
        let waiting = self.0.iter().filter(|letter| letter.state == DeliveryState::Waiting);
        waiting.map(|letter| letter.due).min()
    }

    pub(crate) fn of<'a>(&'a self, payment: &'a str) -> impl Iterator<Item = &'a Letter> {
        self.0.iter().filter(move |letter| letter.payment == payment)
    }

    fn put(&mut self, words: Words, due: Timestamp, state: DeliveryState) {
        let Words { payment, kind, url, body } = words;
        let number = self.0.len();
        self.0.push(Letter { number, payment, kind, url, body, state, due, tries: Vec::new() });
    }
}
