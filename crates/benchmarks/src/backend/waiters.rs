//! Pages that wait: each holds a long-poll and asks again when it ends, as the widget does.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::{Context, bail, ensure};
use serde_json::Value;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::connection::Connection;

/// Pages that come at the same time: a crowd, and fewer than any server's queue of connections.
const AT_ONCE: usize = 128;
/// How long all of them may take to come.
const COMING: Duration = Duration::from_mins(2);
/// How often is told how many have come.
const TOLD: Duration = Duration::from_secs(5);

/// Waiting pages; they go when this value does.
#[derive(Debug)]
pub struct Waiters {
    all: JoinSet<()>,
    come: Arc<Come>,
}

#[derive(Debug, Default)]
struct Come {
    waiting: AtomicUsize,
    failed: AtomicUsize,
    problem: std::sync::Mutex<Option<String>>,
}

impl Waiters {
    /// Lets so many pages wait at a server, spread over the sessions, and returns once all of them have asked.
    pub async fn come(origin: &str, sessions: &[String], count: usize) -> anyhow::Result<Self> {
        let (mut all, come) = (JoinSet::new(), Arc::new(Come::default()));
        let at_once = Arc::new(Semaphore::new(AT_ONCE));
        for number in 0..count {
            let (origin, session) = (origin.to_owned(), sessions[number % sessions.len()].clone());
            let (come, at_once) = (come.clone(), at_once.clone());
            all.spawn(async move {
                if let Err(error) = wait_on(&origin, number, &session, &come, &at_once).await {
                    come.fail(&error);
                }
            });
        }
        let (begun, mut told) = (Instant::now(), Instant::now());
        loop {
            let waiting = come.waiting.load(Ordering::Relaxed);
            if let Some(problem) = come.problem() {
                bail!("with {waiting} of {count} pages waiting, one more cannot: {problem}");
            }
            if waiting == count {
                break;
            }
            ensure!(begun.elapsed() < COMING, "after {COMING:?} only {waiting} of {count} pages wait");
            if told.elapsed() > TOLD {
                told = Instant::now();
                eprintln!("  {waiting} of {count} pages wait");
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        // The last requests are on their way.
        tokio::time::sleep(Duration::from_secs(2)).await;
        Ok(Self { all, come })
    }

    /// All of them go; returns once they have.
    pub async fn go(mut self) {
        self.all.shutdown().await;
    }

    /// How many pages got an error instead of an answer.
    pub fn failed(&self) -> usize {
        self.come.failed.load(Ordering::Relaxed)
    }
}

impl Come {
    fn fail(&self, error: &anyhow::Error) {
        self.failed.fetch_add(1, Ordering::Relaxed);
        if let Ok(mut problem) = self.problem.lock() {
            problem.get_or_insert_with(|| format!("{error:#}"));
        }
    }

    fn problem(&self) -> Option<String> {
        self.problem.lock().ok()?.clone()
    }
}

/// Never ends well: a page waits until it goes.
async fn wait_on(
    origin: &str,
    number: usize,
    session: &str,
    come: &Come,
    at_once: &Semaphore,
) -> anyhow::Result<()> {
    let turn = at_once.acquire().await?;
    let opened = Connection::open_one_of_many(origin, number).await;
    let mut connection = opened.with_context(|| format!("page {number}"))?;
    let mut revision = read(&mut connection, &format!("/v1/payment-sessions/{session}")).await?;
    drop(turn);
    come.waiting.fetch_add(1, Ordering::Relaxed);
    loop {
        revision = read(&mut connection, &format!("/v1/payment-sessions/{session}?after={revision}&wait=25"))
            .await?;
    }
}

async fn read(connection: &mut Connection, path: &str) -> anyhow::Result<u64> {
    let answer: Value = serde_json::from_slice(&connection.get(path).await?)?;
    Ok(answer["revision"].as_u64().unwrap_or_default())
}
