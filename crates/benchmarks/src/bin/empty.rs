//! `bench-empty`: the peer, an axum handler that does nothing and says as much as a session's answer does, at once or,
//! where a page would wait for news, after the longest wait.

use std::time::Duration;

use axum::extract::RawQuery;
use axum::routing::get;
use axum::{Json, Router};
use serde_json::json;
use tokio::net::TcpListener;

const LONGEST_WAIT: Duration = Duration::from_secs(25);

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    merchant_backend::open_files::raise_limit();
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("{}", json!({"url": format!("http://{}", listener.local_addr()?)}));
    let answer = json!({
        "session": "AAAAAAAAAAAAAAAAAAAAAA", "order": "B-1", "state": "REDIRECTED", "reason": null, "revision": 2,
        "amount": {"minor": 10_000, "currency": "UAH"}, "page": "http://127.0.0.1:1/pay?hpp_id=1",
        "expiresAt": "2026-11-22T00:00:00Z", "outcome": "awaiting", "anomalies": [], "canRetry": false,
    });
    let waiting = answer.clone();
    let read_or_wait = async move |RawQuery(query): RawQuery| {
        if query.is_some() {
            tokio::time::sleep(LONGEST_WAIT).await;
        }
        Json(waiting)
    };
    let router = Router::new()
        .route("/", get(async move || Json(answer)))
        .route("/v1/payment-sessions/{session}", get(read_or_wait));
    axum::serve(listener, router).await?;
    Ok(())
}
