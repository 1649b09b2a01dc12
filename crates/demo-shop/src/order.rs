//! The shop's orders, in memory: number, key, way of paying, what the backend said of the payment. Nothing about the buyer is kept.
//!
//! The number is for people and may be seen by anyone; the key is what opens the order's pages.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use checkout_api::PaymentState;
use money::Currency;
use rand::Rng;
use subtle::ConstantTimeEq;

use crate::preferences::Language;

/// How the buyer chose to pay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Method {
    /// Now, by the widget or its plain form.
    #[serde(rename = "alliancepay")]
    AlliancePay,
    /// At the post office.
    OnDelivery,
    /// By a bank transfer.
    Transfer,
}

/// One placed order.
#[derive(Clone)]
pub(crate) struct Order {
    pub(crate) number: String,
    pub(crate) key: String,
    pub(crate) method: Method,
    /// The language it was placed in.
    pub(crate) language: Language,
    pub(crate) currency: Currency,
    pub(crate) payment: Option<Payment>,
}

/// What the backend last said about the order's payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Payment {
    pub(crate) revision: u64,
    pub(crate) state: PaymentState,
    /// An anomaly stands: nothing is shipped before a person has looked.
    pub(crate) needs_a_person: bool,
}

/// All orders of this process.
#[derive(Default)]
pub(crate) struct Orders(Mutex<HashMap<String, Order>>);

impl Orders {
    /// Places a new order under a fresh number and key.
    pub(crate) fn place(&self, method: Method, language: Language, currency: Currency) -> Order {
        let mut orders = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut number = new_number();
        while orders.contains_key(&number) {
            number = new_number();
        }
        let order = Order { number, key: new_key(), method, language, currency, payment: None };
        orders.insert(order.number.clone(), order.clone());
        order
    }

    /// Keeps what the backend says, if it is newer than what is known: webhooks come more than once, in any order.
    pub(crate) fn told(&self, number: &str, payment: Payment) {
        let mut orders = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(order) = orders.get_mut(number) else { return };
        if order.payment.as_ref().is_none_or(|known| known.revision < payment.revision) {
            order.payment = Some(payment);
        }
    }

    /// The order with this number, if the key is its own. A wrong key looks like an order that is not there.
    pub(crate) fn open(&self, number: &str, key: &str) -> Option<Order> {
        let orders = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let order = orders.get(number)?;
        bool::from(order.key.as_bytes().ct_eq(key.as_bytes())).then(|| order.clone())
    }
}

/// Letters and digits that cannot be taken for one another when read aloud.
const READABLE: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

pub(crate) fn new_number() -> String {
    let mut random = rand::rng();
    let tail = (0..8).map(|_| char::from(READABLE[random.random_range(0..READABLE.len())]));
    std::iter::once('Z').chain(std::iter::once('-')).chain(tail).collect()
}

fn new_key() -> String {
    format!("{:032x}", rand::rng().random::<u128>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_opens_with_its_own_key_only() {
        let orders = Orders::default();
        let one = orders.place(Method::AlliancePay, Language::Uk, Currency::Uah);
        let other = orders.place(Method::Transfer, Language::Uk, Currency::Uah);
        assert!(orders.open(&one.number, &one.key).is_some());
        assert!(orders.open(&one.number, &other.key).is_none());
        assert!(orders.open(&one.number, "").is_none());
        assert!(orders.open("Z-00000000", &one.key).is_none());
    }

    #[test]
    fn the_highest_revision_stands() {
        let orders = Orders::default();
        let order = orders.place(Method::AlliancePay, Language::Uk, Currency::Uah);
        let payment = |revision, state| Payment { revision, state, needs_a_person: false };
        orders.told(&order.number, payment(5, PaymentState::Captured));
        orders.told(&order.number, payment(3, PaymentState::Redirected));
        orders.told("Z-00000000", payment(9, PaymentState::Captured));
        let known = orders.open(&order.number, &order.key).unwrap().payment;
        assert_eq!(known, Some(payment(5, PaymentState::Captured)));
    }

    #[test]
    fn keys_are_long_and_never_repeat() {
        let keys: std::collections::HashSet<_> = (0..1_000).map(|_| new_key()).collect();
        assert_eq!(keys.len(), 1_000);
        assert!(keys.iter().all(|key| key.len() == 32));
    }
}
