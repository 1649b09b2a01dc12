//! `bench-empty`: the peer, an axum handler that does nothing and says as much as a session's answer does.

use axum::Json;
use axum::Router;
use axum::routing::get;
use serde_json::json;
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    benchmarks::backend::raise_file_limit()?;
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("{}", json!({"url": format!("http://{}", listener.local_addr()?)}));
    let answer = json!({
        "session": "AAAAAAAAAAAAAAAAAAAAAA", "order": "B-1", "state": "REDIRECTED", "reason": null, "revision": 2,
        "amount": {"minor": 10_000, "currency": "UAH"}, "page": "http://127.0.0.1:1/pay?hpp_id=1",
        "expiresAt": "2026-11-22T00:00:00Z", "outcome": "awaiting", "anomalies": [], "canRetry": false,
    });
    axum::serve(listener, Router::new().route("/", get(async move || Json(answer)))).await?;
    Ok(())
}
