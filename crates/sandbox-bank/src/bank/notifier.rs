//! The queue of notifications: what is sent where, when, and what came back. Sending itself is not here.

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::clock::{Pace, later};

/// Waits after each answer that is not 200; after the last one the bank gives up.
const RETRIES: [SignedDuration; 5] = [
    SignedDuration::from_secs(5),
    SignedDuration::from_secs(30),
    SignedDuration::from_mins(5),
    SignedDuration::from_mins(30),
    SignedDuration::from_hours(1),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DeliveryState {
    Waiting,
    InFlight,
    Delivered,
    GivenUp,
    /// A fault swallowed it: it is never sent.
    Lost,
}

impl DeliveryState {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::InFlight => "in-flight",
            Self::Delivered => "delivered",
            Self::GivenUp => "given-up",
            Self::Lost => "lost",
        }
    }
}

/// One try: when, and the HTTP status (none: no answer at all).
#[derive(Debug, Clone, Copy)]
pub(crate) struct Try {
    pub(crate) at: Timestamp,
    pub(crate) http: Option<u16>,
}

#[derive(Debug, Clone)]
pub(crate) struct Delivery {
    pub(crate) id: usize,
    pub(crate) hpp_order_id: String,
    pub(crate) merchant_id: String,
    pub(crate) url: String,
    pub(crate) body: Value,
    pub(crate) encrypted: bool,
    pub(crate) state: DeliveryState,
    pub(crate) due: Timestamp,
    pub(crate) tries: Vec<Try>,
}

#[derive(Debug, Default)]
pub(crate) struct Notifier(Vec<Delivery>);

/// A notification to be queued.
#[derive(Debug, Clone)]
pub(crate) struct Letter {
    pub(crate) hpp_order_id: String,
    pub(crate) merchant_id: String,
    pub(crate) url: String,
    pub(crate) body: Value,
    pub(crate) encrypted: bool,
}

impl Notifier {
    pub(crate) fn queue(&mut self, letter: Letter, due: Timestamp) {
        self.put(letter, due, DeliveryState::Waiting);
    }

    pub(crate) fn lose(&mut self, letter: Letter, now: Timestamp) {
        self.put(letter, now, DeliveryState::Lost);
    }

    /// Hands out what is due, marking it in flight.
    pub(crate) fn take_due(&mut self, now: Timestamp) -> Vec<Delivery> {
        self.0
            .iter_mut()
            .filter(|delivery| delivery.state == DeliveryState::Waiting && delivery.due <= now)
            .map(|delivery| {
                delivery.state = DeliveryState::InFlight;
                delivery.clone()
            })
            .collect()
    }

    /// Notes the answer; anything but 200 is tried again on the schedule.
    pub(crate) fn record(&mut self, id: usize, http: Option<u16>, pace: Pace, now: Timestamp) {
        let Some(delivery) = self.0.get_mut(id) else { return };
        delivery.tries.push(Try { at: now, http });
        if http == Some(200) {
            delivery.state = DeliveryState::Delivered;
        } else if let Some(wait) = RETRIES.get(delivery.tries.len() - 1) {
            delivery.state = DeliveryState::Waiting;
            delivery.due = later(now, pace.wait(*wait));
        } else {
            delivery.state = DeliveryState::GivenUp;
        }
    }

    pub(crate) fn next_due(&self) -> Option<Timestamp> {
        self.0
            .iter()
            .filter(|delivery| delivery.state == DeliveryState::Waiting)
            .map(|delivery| delivery.due)
            .min()
    }

    pub(crate) fn of_order<'a>(&'a self, hpp_order_id: &'a str) -> impl Iterator<Item = &'a Delivery> {
        self.0.iter().filter(move |delivery| delivery.hpp_order_id == hpp_order_id)
    }

    fn put(&mut self, letter: Letter, due: Timestamp, state: DeliveryState) {
        let Letter { hpp_order_id, merchant_id, url, body, encrypted } = letter;
        let id = self.0.len();
        self.0.push(Delivery {
            id,
            hpp_order_id,
            merchant_id,
            url,
            body,
            encrypted,
            state,
            due,
            tries: Vec::new(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter() -> Letter {
        Letter {
            hpp_order_id: "order".to_owned(),
            merchant_id: "merchant".to_owned(),
            url: "http://127.0.0.1:1/".to_owned(),
            body: Value::Null,
            encrypted: false,
        }
    }

    #[test]
    fn a_notification_is_repeated_on_the_documented_schedule_and_then_given_up() {
        let (mut notifier, mut now) = (Notifier::default(), Timestamp::UNIX_EPOCH);
        let start = now;
        notifier.queue(letter(), now);
        let mut sent_at = Vec::new();
        while let Some(due) = notifier.next_due() {
            now = due;
            for delivery in notifier.take_due(now) {
                sent_at.push(now.duration_since(start).as_secs());
                notifier.record(delivery.id, Some(503), Pace::new(1), now);
            }
        }
        assert_eq!(sent_at, [0, 5, 35, 335, 2135, 5735]);
        assert_eq!(notifier.of_order("order").next().map(|it| it.state), Some(DeliveryState::GivenUp));
    }

    #[test]
    fn only_a_200_ends_the_repeats() {
        let (mut notifier, now) = (Notifier::default(), Timestamp::UNIX_EPOCH);
        notifier.queue(letter(), now);
        notifier.take_due(now);
        notifier.record(0, Some(204), Pace::new(1), now);
        assert!(notifier.next_due().is_some());
        notifier.take_due(later(now, RETRIES[0]));
        notifier.record(0, Some(200), Pace::new(1), now);
        assert_eq!(notifier.next_due(), None);
    }
}
