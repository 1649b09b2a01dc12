//! The list of orders on a SQLite ledger of many: a seeder, a backend that serves it, the questions staff ask over HTTP, and
//! the time until each answer is here.

mod desk;
mod questions;
mod seed;

use std::time::Duration;

pub use desk::Desk;
pub use questions::{Question, questions};
pub use seed::{Dice, day_of, seed};

/// What a question may take, 95 of 100 times.
pub const LIMIT: Duration = Duration::from_millis(100);

/// What a question took.
#[derive(Debug, Clone)]
pub struct Took {
    /// Half took no longer.
    pub p50: Duration,
    /// 95 of 100 took no longer.
    pub p95: Duration,
    /// The most that one answer found.
    pub rows: u64,
}

/// Asks a question so many times, each time about something else. The first few only warm up.
pub async fn ask(desk: &Desk, question: &Question, runs: usize, dice: &mut Dice) -> anyhow::Result<Took> {
    const WARM_UP: usize = 2;
    let (mut times, mut rows) = (Vec::with_capacity(runs), 0);
    for run in 0..runs + WARM_UP {
        let mut path = (question.ask)(dice);
        if question.next_page {
            let (_, first) = desk.get(&path).await?;
            let next = first["next"].as_str().unwrap_or_default();
            path = format!("{path}&cursor={next}");
        }
        let (time, answer) = desk.get(&path).await?;
        if run >= WARM_UP {
            times.push(time);
        }
        rows = rows.max((question.found)(&answer));
    }
    times.sort_unstable();
    let at = |percent: usize| times[(times.len() * percent).div_ceil(100).saturating_sub(1)];
    Ok(Took { p50: at(50), p95: at(95), rows })
}
