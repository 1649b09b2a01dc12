//! Creating an order: whose terminal it is, duplicates, and the faults that act at birth.

use jiff::SignedDuration;
use serde_json::{Map, Value};

use super::Bank;
use super::clock::later;
use super::faults::{Call, Kind};
use super::order::Order;
use super::refusal::{self, Refusal};
use super::{messages, order_check};

const DEFAULT_PENDING_MS: i64 = 5_000;

impl Bank {
    /// The answer to create-order for the terminal that owns the token.
    pub(crate) fn create_order(
        &mut self,
        service_code: &str,
        body: &Map<String, Value>,
    ) -> Result<Value, Refusal> {
        let now = self.clock.now();
        let request = order_check::check(body).map_err(refusal::validation)?;
        let terminal =
            self.merchant.by_merchant_id(&request.merchant_id).ok_or_else(refusal::merchant_not_found)?;
        if terminal.service_code != service_code || terminal.pay_type != request.pay_type.wire() {
            return Err(refusal::terminal_not_found());
        }
        let id = request.merchant_request_id.clone();
        if let Some(at) = self.orders.iter().position(|order| order.request.merchant_request_id == id) {
            return self.duplicate(at);
        }
        let life = SignedDuration::from_mins(request.lifetime_minutes);
        let mut order = Order::new(request, now, later(now, life));
        let ids = [order.hpp_order_id.clone(), id];
        let ids = ids.each_ref().map(String::as_str);
        if let Some(fault) = self.faults.take(Call::CreateOrder, Kind::Expired, &ids) {
            order.expires =
                later(now, fault.ms.map_or(SignedDuration::from_secs(-1), SignedDuration::from_millis));
        }
        if let Some(fault) = self.faults.take(Call::CreateOrder, Kind::Pending, &ids) {
            let default = self.pace.wait(SignedDuration::from_millis(DEFAULT_PENDING_MS));
            order.slow_settling_ms = fault.ms.or_else(|| i64::try_from(default.as_millis()).ok());
        }
        let answer = messages::created(&order, &self.origin);
        self.orders.push(order);
        Ok(answer)
    }

    /// The documents don't say whether the bank replays or refuses; refusing is the default, faults choose.
    fn duplicate(&mut self, at: usize) -> Result<Value, Refusal> {
        let refused = || Err(refusal::duplicate("merchantRequestId"));
        let Some(order) = self.orders.get(at) else { return refused() };
        let ids = [order.hpp_order_id.as_str(), order.request.merchant_request_id.as_str()];
        if self.faults.take(Call::CreateOrder, Kind::DuplicateRefused, &ids).is_some() {
            return refused();
        }
        match self.faults.take(Call::CreateOrder, Kind::DuplicateReplayed, &ids) {
            Some(_) => Ok(messages::created(order, &self.origin)),
            None => refused(),
        }
    }
}
