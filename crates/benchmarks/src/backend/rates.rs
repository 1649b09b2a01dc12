//! How much the backend does in a second, and how much an empty handler does with the same client.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::Context;
use serde_json::Value;
use tokio::task::JoinSet;

use super::Pair;
use super::connection::Connection;
use super::seeded;
use super::stage::Stage;
use crate::report::median;

const CONNECTIONS: usize = 32;
const ROUND: Duration = Duration::from_secs(2);

/// Sessions opened in a second, each a new attempt and a call to the bank; and the ids of all that were opened.
pub async fn opened_per_second(stage: &Stage, count: usize) -> anyhow::Result<(Pair, Vec<String>)> {
    let tokens = Arc::new(seeded::put_orders(stage, "B", count).await?);
    let (ours, sessions) = {
        let begun = Instant::now();
        let next = Arc::new(AtomicUsize::new(0));
        let mut workers = JoinSet::new();
        for _ in 0..CONNECTIONS {
            let (tokens, next) = (tokens.clone(), next.clone());
            let mut connection = Connection::open(&stage.backend).await?;
            workers.spawn(async move {
                let mut sessions = Vec::new();
                while let Some(token) = tokens.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let authorization = format!("Bearer {token}");
                    let headers =
                        [("authorization", authorization.as_str()), ("idempotency-key", &token[..20])];
                    let body = connection.post("/v1/payment-sessions", &headers, "{}").await?;
                    let answer: Value = serde_json::from_slice(&body)?;
                    sessions.push(answer["session"].as_str().context("no session")?.to_owned());
                }
                anyhow::Ok(sessions)
            });
        }
        let mut sessions = Vec::new();
        while let Some(opened) = workers.join_next().await {
            sessions.extend(opened??);
        }
        (per_second(sessions.len(), begun.elapsed()), sessions)
    };
    let peer = round(&stage.empty, Arc::new(vec!["/".to_owned()])).await?;
    Ok((Pair { ours, peer }, sessions))
}

/// Status reads in a second, in turns with the empty handler; medians of all rounds.
pub async fn reads_per_second(stage: &Stage, sessions: &[String], rounds: usize) -> anyhow::Result<Pair> {
    let paths = Arc::new(sessions.iter().map(|id| format!("/v1/payment-sessions/{id}")).collect::<Vec<_>>());
    let empty = Arc::new(vec!["/".to_owned()]);
    let (mut ours, mut peer) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        ours.push(round(&stage.backend, paths.clone()).await?);
        peer.push(round(&stage.empty, empty.clone()).await?);
    }
    Ok(Pair { ours: median(&ours), peer: median(&peer) })
}

async fn round(origin: &str, paths: Arc<Vec<String>>) -> anyhow::Result<f64> {
    let mut workers = JoinSet::new();
    let begun = Instant::now();
    for worker in 0..CONNECTIONS {
        let (mut connection, paths) = (Connection::open(origin).await?, paths.clone());
        workers.spawn(async move {
            let mut done = 0;
            while begun.elapsed() < ROUND {
                connection.get(&paths[(worker + done * CONNECTIONS) % paths.len()]).await?;
                done += 1;
            }
            anyhow::Ok(done)
        });
    }
    let mut done = 0;
    while let Some(count) = workers.join_next().await {
        done += count??;
    }
    Ok(per_second(done, begun.elapsed()))
}

fn per_second(count: usize, time: Duration) -> f64 {
    count as f64 / time.as_secs_f64()
}
