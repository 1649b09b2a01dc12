//! The state all routes share, and the routes together.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::extract::DefaultBodyLimit;
use tokio::sync::Notify;

use crate::bank::Bank;
use crate::{aggregator, api, pages, sandbox_routes};

const MAX_BODY: usize = 256 * 1024;

/// A handle to one bank; clones share it.
#[derive(Clone)]
pub struct Shared(Arc<Inner>);

struct Inner {
    bank: Mutex<Bank>,
    changed: Notify,
}

impl Shared {
    pub(crate) fn new(bank: Bank) -> Self {
        Self(Arc::new(Inner { bank: Mutex::new(bank), changed: Notify::new() }))
    }

    /// Runs `action` on the bank, alone and up to date, and wakes the delivery loop to look for new work.
    pub(crate) fn with<T>(&self, action: impl FnOnce(&mut Bank) -> T) -> T {
        let answer = self.look(|bank| {
            bank.catch_up();
            let answer = action(bank);
            bank.catch_up();
            answer
        });
        self.0.changed.notify_one();
        answer
    }

    /// The same without moving time and without waking anybody.
    pub(crate) fn look<T>(&self, action: impl FnOnce(&mut Bank) -> T) -> T {
        action(&mut self.0.bank.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) async fn changed(&self) {
        self.0.changed.notified().await;
    }
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Shared(..)")
    }
}

/// Every route of the sandbox: the merchant's calls, the buyer's pages, the test switches.
pub fn router(shared: Shared) -> Router {
    Router::new()
        .merge(api::routes())
        .merge(pages::routes())
        .merge(sandbox_routes::routes())
        .merge(aggregator::routes(&shared))
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .with_state(shared)
}
