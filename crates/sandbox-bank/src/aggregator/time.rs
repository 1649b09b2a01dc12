//! What becomes of payments: by the buyer's button, by a test's wish, and by themselves as the clock moves.

use jiff::{SignedDuration, Timestamp};

use super::letters::Letter;
use super::payment::{Payment, Status};
use super::products;
use super::refund::RefundStatus;
use super::wx::Movement;
use crate::bank::Bank;
use crate::bank::clock::later;

/// How long the wallet works on a payment when the buyer presses "pending", before the pace.
const WALLET_WORKS: SignedDuration = SignedDuration::from_secs(5);

/// A button of the wallet page.
#[derive(Debug, Clone)]
pub(crate) enum Button {
    Wallet(String),
    Pending,
    Decline,
    Cancel,
}

impl Bank {
    /// The buyer pressed a button. Too late, twice or with an unknown wallet: nothing happens.
    pub(crate) fn press(&mut self, code: &str, button: &Button) {
        let (now, pace) = (self.clock.now(), self.pace);
        let Some(payment) = self.aggregator.payments.iter_mut().find(|payment| payment.code == code) else {
            return;
        };
        if !payment.is_open(now) {
            return;
        }
        let wallets = products::wallets(&payment.currency);
        match button {
            Button::Wallet(word) => {
                let Some((wallet, _)) = wallets.iter().find(|(wallet, _)| wallet == word) else { return };
                payment.wallet = Some(wallet);
                payment.capturing = Some(payment.slow_wallet.map_or(now, |works| later(now, works)));
            }
            Button::Pending => {
                payment.wallet = wallets.first().map(|(wallet, _)| *wallet);
                payment.capturing = Some(later(now, pace.wait(WALLET_WORKS)));
            }
            Button::Decline => {
                let id = payment.id.clone();
                self.become_status(&id, Status::Rejected, now);
            }
            Button::Cancel => {
                let id = payment.id.clone();
                self.become_status(&id, Status::Cancelled, now);
            }
        }
    }

    /// Moves a payment where its moves allow it; says whether it did.
    pub(crate) fn become_status(&mut self, id: &str, status: Status, now: Timestamp) -> bool {
        let Some(payment) = self.aggregator.payments.iter_mut().find(|payment| payment.is_named(id)) else {
            return false;
        };
        if !payment.status.may_become(status) {
            return false;
        }
        payment.set(status, now);
        let id = payment.id.clone();
        tracing::info!(payment = id, status = status.word(), "payment {id} has changed");
        if let Some(movement) = Movement::of(payment, now) {
            self.aggregator.movements.push(movement);
        }
        self.announce_payment(&id, now);
        true
    }

    /// Collects a payment in parts: first `sum` of it, then more, up to `sum`. Says whether that was possible.
    pub(crate) fn collect(&mut self, id: &str, sum: i64, now: Timestamp) -> bool {
        let Some(payment) = self.aggregator.payments.iter_mut().find(|payment| payment.is_named(id)) else {
            return false;
        };
        let before = payment.collected;
        let first = payment.status.may_become(Status::Paid);
        if sum <= before || sum > payment.amount || !(first || payment.status == Status::Paid) {
            return false;
        }
        if first {
            payment.set(Status::Paid, now);
        }
        (payment.collected, payment.changed) = (sum, now);
        let id = payment.id.clone();
        self.aggregator.movements.push(Movement::collection(payment, sum - before, now));
        if first {
            self.announce_payment(&id, now);
        } else {
            self.announce_increment(&id, now);
        }
        true
    }

    /// Lets the time that has passed act on the aggregator's payments.
    pub(crate) fn aggregator_catch_up(&mut self) {
        let now = self.clock.now();
        let due = |time: Option<Timestamp>| time.is_some_and(|at| at <= now);
        for at in 0..self.aggregator.payments.len() {
            let Some(payment) = self.aggregator.payments.get(at) else { return };
            let id = payment.id.clone();
            if due(payment.capturing) {
                self.become_status(&id, Status::Captured, now);
            }
            // A clock that jumps far may do both at once: collecting counts from the capture.
            if self.aggregator.payments.get(at).is_some_and(|payment| due(payment.collecting)) {
                self.become_status(&id, Status::Paid, now);
            }
            self.end_refunds(at, now);
            self.expire_payment(at, now);
        }
    }

    /// The webhooks to send now.
    pub(crate) fn aggregator_turn(&mut self) -> Vec<Letter> {
        self.aggregator_catch_up();
        self.aggregator.letters.take_due(self.clock.now())
    }

    fn end_refunds(&mut self, at: usize, now: Timestamp) {
        let Some(payment) = self.aggregator.payments.get_mut(at) else { return };
        let mut ended = Vec::new();
        for refund in &mut payment.refunds {
            if refund.done_at.is_some_and(|at| at <= now) && refund.end(RefundStatus::Refunded, now) {
                ended.push((refund.id.clone(), refund.number, refund.amount));
            }
        }
        let (id, whole) = (payment.id.clone(), payment.refunded().0 == payment.collected);
        let movements: Vec<Movement> = ended
            .iter()
            .map(|(_, number, amount)| Movement::refund(payment, *number, *amount, now))
            .collect();
        self.aggregator.movements.extend(movements);
        for (refund, ..) in &ended {
            self.announce_refund(&id, refund, now);
        }
        if whole && !ended.is_empty() {
            self.become_status(&id, Status::Refunded, now);
        }
    }

    /// An unpaid payment stays REDIRECTED, unless the switch lets the platform cancel it.
    fn expire_payment(&mut self, at: usize, now: Timestamp) {
        let cancel = self.switches.cancel_expired;
        let Some(payment) = self.aggregator.payments.get_mut(at) else { return };
        let over = now >= payment.expires && !payment.status.is_decided() && !payment.expiry_seen;
        if !over || payment.capturing.is_some() {
            return;
        }
        payment.expiry_seen = true;
        let id = payment.id.clone();
        if cancel {
            self.become_status(&id, Status::Cancelled, now);
        }
    }

    /// Puts a made payment into the book.
    pub(crate) fn keep_payment(&mut self, payment: Payment, first: Status, now: Timestamp) -> String {
        let id = payment.id.clone();
        self.aggregator.payments.push(payment);
        self.announce_payment(&id, now);
        self.become_status(&id, first, now);
        id
    }
}
