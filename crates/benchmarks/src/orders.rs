//! The list of orders on a SQLite ledger of many: a seeder, the questions staff ask, and the time each takes in the store.

mod questions;
mod seed;

use std::time::{Duration, Instant};

use merchant_backend::store::orders_list::OrdersListStore;
use merchant_backend::store::sqlite::SqliteStore;

pub use questions::{Question, questions};
pub use seed::{Dice, seed};

/// What a question may take, 95 of 100 times.
pub const LIMIT: Duration = Duration::from_millis(100);

/// What a question took.
#[derive(Debug, Clone)]
pub struct Took {
    /// Half took no longer.
    pub p50: Duration,
    /// 95 of 100 took no longer.
    pub p95: Duration,
    /// The most orders one answer had.
    pub rows: usize,
}

/// Asks a question so many times, each time about something else. The first few only warm up.
pub async fn ask(
    store: &SqliteStore,
    question: &Question,
    runs: usize,
    dice: &mut Dice,
) -> anyhow::Result<Took> {
    const WARM_UP: usize = 2;
    let (mut times, mut rows) = (Vec::with_capacity(runs), 0);
    for run in 0..runs + WARM_UP {
        let asked = (question.ask)(dice);
        let begun = Instant::now();
        let page = store.orders(asked).await?;
        if run >= WARM_UP {
            times.push(begun.elapsed());
        }
        rows = rows.max(page.orders.len());
    }
    times.sort_unstable();
    let at = |percent: usize| times[(times.len() * percent).div_ceil(100).saturating_sub(1)];
    Ok(Took { p50: at(50), p95: at(95), rows })
}
