//! Pages that wait: each holds a long-poll and asks again when it ends, as the widget does.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::{Context, ensure};
use serde_json::Value;
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::connection::Connection;

/// Connections opened at once while the waiters come.
const AT_ONCE: usize = 100;

/// How long all of them may take to come.
const COMING: Duration = Duration::from_mins(2);

/// Waiting pages; they go when this value does.
#[derive(Debug)]
pub struct Waiters {
    _all: JoinSet<()>,
    failed: Arc<AtomicUsize>,
}

impl Waiters {
    /// Lets so many pages wait at a server, spread over the sessions, and returns once all of them have asked.
    pub async fn come(origin: &str, sessions: &[String], count: usize) -> anyhow::Result<Self> {
        let mut all = JoinSet::new();
        let (failed, asking) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        for number in 0..count {
            let mut connection = Connection::open(origin)
                .await
                .with_context(|| format!("page {number} of {count} found no connection"))?;
            let session = sessions[number % sessions.len()].clone();
            let (failed, asking) = (failed.clone(), asking.clone());
            all.spawn(async move {
                if wait_on(&mut connection, &session, &asking).await.is_err() {
                    failed.fetch_add(1, Ordering::Relaxed);
                }
            });
            if number % AT_ONCE == 0 {
                tokio::task::yield_now().await;
            }
        }
        let deadline = Instant::now() + COMING;
        while asking.load(Ordering::Relaxed) + failed.load(Ordering::Relaxed) < count {
            let waiting = asking.load(Ordering::Relaxed);
            ensure!(Instant::now() < deadline, "after {COMING:?} only {waiting} of {count} pages wait");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        // The last requests are on their way.
        tokio::time::sleep(Duration::from_secs(2)).await;
        Ok(Self { _all: all, failed })
    }

    /// How many pages got an error instead of an answer.
    pub fn failed(&self) -> usize {
        self.failed.load(Ordering::Relaxed)
    }
}

/// Never ends well: a page waits until it goes.
async fn wait_on(connection: &mut Connection, session: &str, asking: &AtomicUsize) -> anyhow::Result<()> {
    let mut revision = read(connection, &format!("/v1/payment-sessions/{session}")).await?;
    asking.fetch_add(1, Ordering::Relaxed);
    loop {
        revision =
            read(connection, &format!("/v1/payment-sessions/{session}?after={revision}&wait=25")).await?;
    }
}

async fn read(connection: &mut Connection, path: &str) -> anyhow::Result<u64> {
    let answer: Value = serde_json::from_slice(&connection.get(path).await?)?;
    Ok(answer["revision"].as_u64().unwrap_or_default())
}
