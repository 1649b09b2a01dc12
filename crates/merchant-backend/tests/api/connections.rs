//! Half-sent requests are cut off, long waits are not, and a stop waits for neither too long.

use std::time::{Duration, Instant};

use reqwest::Method;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::{QUIET, World, eventually};

#[tokio::test]
async fn a_request_whose_head_does_not_come_is_cut_off() {
    let world = impatient().await;
    for begin in ["", "GET /healthz HTTP/1.1\r\nHost: shop"] {
        let mut stream = connect(&world).await;
        stream.write_all(begin.as_bytes()).await.unwrap();
        let begun = Instant::now();
        let mut answer = Vec::new();
        // Closed: the end, or a reset where our bytes were never read.
        let _ = stream.read_to_end(&mut answer).await;
        assert!(begun.elapsed() < Duration::from_secs(5), "{begin:?}");
    }
}

#[tokio::test]
async fn a_body_that_does_not_come_is_a_problem() {
    let world = impatient().await;
    let mut stream = connect(&world).await;
    let head = "POST /v1/notifications/abc HTTP/1.1\r\nHost: shop\r\nContent-Length: 1000\r\n\r\n{\"h";
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut answer = [0; 1024];
    let read = stream.read(&mut answer).await.unwrap();
    let text = String::from_utf8_lossy(&answer[..read]);
    assert!(text.starts_with("HTTP/1.1 408") && text.contains("request_timeout"), "{text}");
}

#[tokio::test]
async fn waiting_for_news_may_take_longer_than_sending_a_request() {
    let world = impatient().await;
    let token = world.put("C-1").await;
    let session = world.open(&token, "key-1").await;
    let path = format!("/v1/payment-sessions/{}", session["session"].as_str().unwrap());
    let begun = Instant::now();
    let waiting = format!("{path}?after={}&wait=2", session["revision"]);
    assert_eq!(world.request(Method::GET, &waiting).send().await.unwrap().status(), 200);
    assert!(begun.elapsed() >= Duration::from_secs(2));
}

#[tokio::test]
async fn more_connections_than_allowed_wait_for_their_turn() {
    let mut world = World::with_shop(QUIET, 0, "[limits]\nconnections = 1\nhead_timeout = \"1s\"").await;
    world.start_backend().await;
    let _idle = connect(&world).await;
    eventually(|| async {
        let answer = world.request(Method::GET, "/healthz").send().await.ok()?;
        answer.status().is_success().then_some(())
    })
    .await;
}

#[tokio::test]
async fn a_half_sent_request_does_not_keep_the_backend_from_stopping() {
    let mut world = impatient().await;
    let mut stream = connect(&world).await;
    stream.write_all(b"GET /healthz HT").await.unwrap();
    let begun = Instant::now();
    world.backend.take().unwrap().stop().await;
    assert!(begun.elapsed() < Duration::from_secs(10));
}

async fn impatient() -> World {
    let limits = "[limits]\nhead_timeout = \"300ms\"\nbody_timeout = \"300ms\"";
    let mut world = World::with_shop(QUIET, 0, limits).await;
    world.start_backend().await;
    world
}

async fn connect(world: &World) -> TcpStream {
    TcpStream::connect(world.base.trim_start_matches("http://")).await.unwrap()
}
