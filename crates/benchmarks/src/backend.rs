//! The merchant backend under load, beside an empty axum handler in the same run.

mod connection;
mod programs;
mod rates;
mod seeded;
mod stage;
mod waiters;
mod waking;

pub use rates::{opened_per_second, reads_per_second};
pub use stage::{Programs, Stage};
pub use waiters::Waiters;
pub use waking::notification_to_widget;

/// A rate or a latency of ours and of the empty handler's.
#[derive(Debug, Clone, Copy)]
pub struct Pair {
    /// The backend's.
    pub ours: f64,
    /// The empty handler's.
    pub peer: f64,
}
