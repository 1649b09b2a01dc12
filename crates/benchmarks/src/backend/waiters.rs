//! Pages that wait: each holds a long-poll and asks again when it ends, as the widget does.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use serde_json::Value;
use tokio::task::JoinSet;

use super::connection::Connection;
use super::stage::Stage;

/// Connections opened at once while the waiters come.
const AT_ONCE: usize = 100;

/// Waiting pages; they go when this value does.
#[derive(Debug)]
pub struct Waiters {
    _all: JoinSet<()>,
    failed: Arc<AtomicUsize>,
}

impl Waiters {
    /// Lets so many pages wait, spread over the sessions, and returns once all of them have asked.
    pub async fn come(stage: &Stage, sessions: &[String], count: usize) -> anyhow::Result<Self> {
        let mut all = JoinSet::new();
        let (failed, asking) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        for number in 0..count {
            let mut connection = Connection::open(&stage.backend).await?;
            let session = sessions[number % sessions.len()].clone();
            let (failed, asking) = (failed.clone(), asking.clone());
            all.spawn(async move {
                asking.fetch_add(1, Ordering::Relaxed);
                if wait_on(&mut connection, &session).await.is_err() {
                    failed.fetch_add(1, Ordering::Relaxed);
                }
            });
            if number % AT_ONCE == 0 {
                tokio::task::yield_now().await;
            }
        }
        while asking.load(Ordering::Relaxed) < count {
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

async fn wait_on(connection: &mut Connection, session: &str) -> anyhow::Result<()> {
    let mut revision = read(connection, &format!("/v1/payment-sessions/{session}")).await?;
    loop {
        revision =
            read(connection, &format!("/v1/payment-sessions/{session}?after={revision}&wait=25")).await?;
    }
}

async fn read(connection: &mut Connection, path: &str) -> anyhow::Result<u64> {
    let answer: Value = serde_json::from_slice(&connection.get(path).await?)?;
    Ok(answer["revision"].as_u64().unwrap_or_default())
}
