//! What happens by itself as the clock moves: pending operations settle, orders expire, notifications fall due.

use jiff::{SignedDuration, Timestamp};

use super::Bank;
use super::clock::later;
use super::faults::{Call, Kind};
use super::messages;
use super::notifier::{Delivery, Letter};
use super::order::OrderStatus;

const DEFAULT_LATE: SignedDuration = SignedDuration::from_secs(5);
/// A message that overtakes another must be there first, even at a fast pace.
const APART: SignedDuration = SignedDuration::from_millis(300);

impl Bank {
    /// Does all that is due and hands out the notifications to send now.
    pub(crate) fn turn(&mut self) -> Vec<Delivery> {
        self.catch_up();
        self.notifier.take_due(self.clock.now())
    }

    /// Lets the time that has passed act on orders; answers and pages never lag behind the clock.
    pub(crate) fn catch_up(&mut self) {
        let now = self.clock.now();
        self.settle(now);
        self.expire(now);
        self.aggregator_catch_up();
    }

    /// When [`Bank::turn`] has something to do next.
    pub(crate) fn next_turn(&self) -> Option<Timestamp> {
        let settling = self.orders.iter().flat_map(|order| &order.operations).filter_map(|one| one.settling);
        let expiring = self.orders.iter().filter(|order| !order.expiry_seen && !order.status.is_final());
        settling
            .map(|settling| settling.at)
            .chain(expiring.map(|order| order.expires))
            .chain(self.notifier.next_due())
            .chain(self.aggregator.next_turn())
            .min()
    }

    /// Queues the notification about an order that became final (or an operation on one that did).
    pub(super) fn announce(&mut self, hpp_order_id: &str, ecom_operation_id: Option<&str>, now: Timestamp) {
        let Some(order) = self.orders.iter().find(|order| order.hpp_order_id == hpp_order_id) else { return };
        tracing::info!(order = hpp_order_id, status = order.status.wire(), "order {hpp_order_id} is decided");
        let operation =
            order.operations.iter().find(|one| Some(one.ecom_operation_id.as_str()) == ecom_operation_id);
        let refund = operation.filter(|one| !one.is_payment());
        let url = match refund {
            Some(refund) => refund.notification_url.clone(),
            None => order.request.notification_url.clone(),
        };
        let Some(url) = url else { return };
        let letter = Letter {
            hpp_order_id: hpp_order_id.to_owned(),
            merchant_id: order.request.merchant_id.clone(),
            url,
            body: messages::notification(order, operation, &self.origin, &self.merchant.name),
            encrypted: refund
                .map_or(order.request.notification_encryption, |one| one.notification_encryption),
        };
        let names = [order.hpp_order_id.clone(), order.request.merchant_request_id.clone()];
        self.post(letter, &names.each_ref().map(String::as_str), now);
    }

    fn post(&mut self, letter: Letter, ids: &[&str], now: Timestamp) {
        let mut fault = |kind| self.faults.take(Call::Notification, kind, ids);
        let pace = self.pace;
        let wait = |ms: Option<i64>| ms.map_or_else(|| pace.wait(DEFAULT_LATE), SignedDuration::from_millis);
        if fault(Kind::Lost).is_some() {
            self.notifier.lose(letter, now);
            return;
        }
        let due = fault(Kind::Late).map_or(now, |fault| later(now, wait(fault.ms)));
        let stale = || Letter { body: messages::still_pending(letter.body.clone()), ..letter.clone() };
        if fault(Kind::Twice).is_some() {
            self.notifier.queue(letter.clone(), due);
        } else if fault(Kind::Reordered).is_some() {
            self.notifier.queue(stale(), later(due, APART));
        } else if let Some(fault) = fault(Kind::Pending) {
            self.notifier.queue(stale(), due);
            self.notifier.queue(letter, later(due, wait(fault.ms).max(APART)));
            return;
        }
        self.notifier.queue(letter, due);
    }

    fn settle(&mut self, now: Timestamp) {
        let mut settled = Vec::new();
        for order in &mut self.orders {
            for operation in &mut order.operations {
                let Some(settling) = operation.settling.filter(|settling| settling.at <= now) else {
                    continue;
                };
                operation.finish(settling.refusal, now);
                settled.push((
                    order.hpp_order_id.clone(),
                    operation.ecom_operation_id.clone(),
                    operation.is_payment(),
                ));
            }
        }
        for (order, operation, is_payment) in settled {
            if is_payment {
                self.conclude(&order, &operation, now);
            } else {
                self.conclude_refund(&order, &operation, now);
            }
        }
    }

    fn expire(&mut self, now: Timestamp) {
        let cancel = self.switches.cancel_expired;
        let mut cancelled = Vec::new();
        for order in self.orders.iter_mut().filter(|order| !order.expiry_seen && order.expired(now)) {
            order.expiry_seen = true;
            if cancel && order.open_attempt().is_none() {
                order.status = OrderStatus::Canceled;
                cancelled.push(order.hpp_order_id.clone());
            }
        }
        for id in cancelled {
            self.announce(&id, None, now);
        }
    }
}
