//! Bank tokens kept in memory: for tests and for a single process that may authorize at each start.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use tokio::sync::Mutex;

use super::{Authorize, BankToken, TokenStore};
use crate::error::Error;

type Slot = Arc<Mutex<Option<BankToken>>>;

/// A [`TokenStore`] of one process. `load` waits for a renewal under way, so nobody starts with a dying token.
#[derive(Default)]
pub struct MemoryTokenStore {
    slots: Mutex<HashMap<String, Slot>>,
}

impl MemoryTokenStore {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }

    async fn slot(&self, service_code: &str) -> Slot {
        self.slots.lock().await.entry(service_code.to_owned()).or_default().clone()
    }
}

#[async_trait]
impl TokenStore for MemoryTokenStore {
    async fn load(&self, service_code: &str) -> Result<Option<BankToken>, Error> {
        Ok(self.slot(service_code).await.lock().await.clone())
    }

    async fn renew(
        &self,
        service_code: &str,
        stale: Option<&BankToken>,
        authorize: &dyn Authorize,
    ) -> Result<BankToken, Error> {
        let slot = self.slot(service_code).await;
        let mut stored = slot.lock().await;
        if let Some(token) = stored.as_ref().filter(|token| Some(*token) != stale) {
            return Ok(token.clone());
        }
        let token = authorize.authorize().await?;
        *stored = Some(token.clone());
        Ok(token)
    }
}

impl fmt::Debug for MemoryTokenStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryTokenStore").finish_non_exhaustive()
    }
}
