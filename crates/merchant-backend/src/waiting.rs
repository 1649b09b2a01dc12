//! Who waits for news of an order, and waking them. A wake-up carries nothing: whoever wakes reads the ledger.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

use crate::payments::attempt::OrderId;

const SHARDS: usize = 64;

/// The waiters of all orders. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Waiting {
    shards: Arc<[Shard]>,
    hasher: RandomState,
}

type Shard = Mutex<HashMap<OrderId, watch::Sender<()>>>;

/// One who waits for news of one order.
#[derive(Debug)]
pub struct Waiter {
    order: OrderId,
    news: watch::Receiver<()>,
    waiting: Waiting,
}

impl Default for Waiting {
    fn default() -> Self {
        Self { shards: (0..SHARDS).map(|_| Shard::default()).collect(), hasher: RandomState::new() }
    }
}

impl Waiting {
    /// Starts waiting. Read the ledger after this, then wait: no news gets lost between the two.
    pub fn join(&self, order: OrderId) -> Waiter {
        let mut orders = self.shard(order);
        let news = orders.entry(order).or_insert_with(|| watch::Sender::new(())).subscribe();
        Waiter { order, news, waiting: self.clone() }
    }

    /// Wakes everyone who waits for news of `order`.
    pub fn wake(&self, order: OrderId) {
        if let Some(news) = self.shard(order).get(&order) {
            news.send_replace(());
        }
    }

    /// Wakes everyone: any order may have changed.
    pub fn wake_all(&self) {
        for part in 0..SHARDS {
            self.wake_part(part);
        }
    }

    /// Wakes one part of all who wait, so that news that got lost on the way is found: parts follow one another.
    pub fn wake_part(&self, part: usize) {
        let orders = self.shards[part % SHARDS].lock().unwrap_or_else(PoisonError::into_inner);
        orders.values().for_each(|news| {
            news.send_replace(());
        });
    }

    /// How many parts there are.
    pub const PARTS: usize = SHARDS;

    /// How many wait.
    pub fn count(&self) -> usize {
        let lock = |shard: &Shard| {
            let orders = shard.lock().unwrap_or_else(PoisonError::into_inner);
            orders.values().map(watch::Sender::receiver_count).sum::<usize>()
        };
        self.shards.iter().map(lock).sum()
    }

    fn shard(&self, order: OrderId) -> MutexGuard<'_, HashMap<OrderId, watch::Sender<()>>> {
        let shards = u64::try_from(SHARDS).unwrap_or(1);
        let index = usize::try_from(self.hasher.hash_one(order) % shards).unwrap_or(0);
        self.shards[index].lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Waiter {
    /// Returns at the next news.
    pub async fn news(&mut self) {
        // The sender lives as long as this waiter: an error here can only mean news that nobody sends any more.
        let _ = self.news.changed().await;
    }
}

impl Drop for Waiter {
    fn drop(&mut self) {
        let mut orders = self.waiting.shard(self.order);
        if orders.get(&self.order).is_some_and(|news| news.receiver_count() <= 1) {
            orders.remove(&self.order);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn news_between_joining_and_waiting_is_not_lost() {
        let waiting = Waiting::default();
        let mut waiter = waiting.join(OrderId(1));
        waiting.wake(OrderId(2));
        waiting.wake(OrderId(1));
        waiter.news().await;
    }

    #[test]
    fn the_last_waiter_takes_the_entry_along() {
        let waiting = Waiting::default();
        let first = waiting.join(OrderId(1));
        let second = waiting.join(OrderId(1));
        assert_eq!(waiting.count(), 2);
        drop(first);
        assert_eq!(waiting.count(), 1);
        drop(second);
        assert_eq!(waiting.count(), 0);
        assert!(waiting.shard(OrderId(1)).is_empty());
    }
}
