//! A bank that answers what is no answer: pages, floods, drips, half an answer. Nothing of it moves money, and the next real
//! answer counts.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Json, Router};
use futures_util::stream;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{GOOD_CARD, QUIET, World, eventually, text};

const OPERATIONS: &str = "/ecom/execute_request/hpp/v1/operations";
const CREATE: &str = "/ecom/execute_request/hpp/v1/create-order";

/// What comes instead of the bank's answer. The bank has done what it was asked to.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Strange {
    Page,
    Empty,
    Flood,
    Drip,
    Torn,
    Redirect,
    Deep,
    /// A real answer with a character that PostgreSQL cannot store.
    Nul,
    /// An error object as the bank writes it, with HTTP 200: its code.
    Code(&'static str),
}

const NO_ANSWERS: [Strange; 7] = [
    Strange::Page,
    Strange::Empty,
    Strange::Flood,
    Strange::Drip,
    Strange::Torn,
    Strange::Redirect,
    Strange::Deep,
];

#[derive(Clone)]
struct Between {
    bank: String,
    client: reqwest::Client,
    strange: Arc<Mutex<Option<(&'static str, Strange)>>>,
}

impl Between {
    /// A world whose bank is reached through this.
    async fn world() -> (World, Self) {
        Self::world_with(&QUIET.replace("\"2s\"", "\"700ms\"")).await
    }

    async fn world_with(timing: &str) -> (World, Self) {
        let mut world = World::without_backend(timing, 0).await;
        let between = Self {
            bank: world.bank.url.trim_end_matches('/').to_owned(),
            client: world.client.clone(),
            strange: Arc::default(),
        };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let ours = format!("http://{}", listener.local_addr().unwrap());
        let routes = Router::new().fallback(pass_on).with_state(between.clone());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        let config = std::fs::read_to_string(world.config_file()).unwrap();
        let (head, bank) = config.split_once("[bank]").unwrap();
        let bank = bank.replacen(&world.bank.url, &ours, 1);
        std::fs::write(world.config_file(), format!("{head}[bank]{bank}")).unwrap();
        world.start_backend().await;
        (world, between)
    }

    fn answers(&self, call: &'static str, strange: Strange) {
        *self.strange.lock().unwrap() = Some((call, strange));
    }

    fn is_itself_again(&self) {
        *self.strange.lock().unwrap() = None;
    }
}

async fn pass_on(State(between): State<Between>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    let url = format!("{}{}", between.bank, head.uri);
    let mut headers = head.headers;
    headers.remove(header::HOST);
    let answer = between.client.request(head.method, url).headers(headers).body(body).send().await.unwrap();
    let (status, answer) = (answer.status(), answer.bytes().await.unwrap());
    let strange = *between.strange.lock().unwrap();
    match strange.filter(|(call, _)| *call == head.uri.path()) {
        Some((_, strange)) => instead(strange, &answer),
        None => (status, [(header::CONTENT_TYPE, "application/json")], answer).into_response(),
    }
}

fn instead(strange: Strange, answer: &Bytes) -> Response {
    match strange {
        Strange::Page => "<html><body>Log in to the hotel's network</body></html>".into_response(),
        Strange::Empty => StatusCode::OK.into_response(),
        Strange::Flood => vec![b' '; 3 * 1024 * 1024].into_response(),
        Strange::Drip => Body::from_stream(stream::unfold((), async |()| {
            tokio::time::sleep(Duration::from_millis(50)).await;
            Some((Ok::<_, std::io::Error>(" "), ()))
        }))
        .into_response(),
        Strange::Torn => {
            let (half, broken) = (answer.slice(..answer.len() / 2), std::io::Error::other("torn"));
            Body::from_stream(stream::iter([Ok(half), Err(broken)])).into_response()
        }
        Strange::Redirect => {
            (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, "http://127.0.0.1:1/")]).into_response()
        }
        Strange::Deep => "[".repeat(200_000).into_response(),
        Strange::Nul => {
            let answer = String::from_utf8_lossy(answer).replace("\"rrn\":\"", "\"rrn\":\"\\u0000");
            assert!(answer.contains("\\u0000"), "the bank names no rrn: {answer}");
            answer.into_response()
        }
        Strange::Code(code) => {
            Json(json!({"msgType": "ERROR", "msgCode": code, "msgText": "No"})).into_response()
        }
    }
}

#[tokio::test]
async fn what_is_no_answer_captures_nothing_and_the_next_answer_counts() {
    let (world, bank) = Between::world().await;
    for (number, strange) in NO_ANSWERS.into_iter().enumerate() {
        let order = format!("X-{number}");
        let token = world.put(&order).await;
        let session = world.open(&token, "key-1").await;
        bank.answers(OPERATIONS, strange);
        world.pay_by_card(&session["page"], GOOD_CARD).await;
        let begun = Instant::now();
        let checked = world.as_shop(Method::POST, &format!("/v1/orders/{order}/check")).send().await.unwrap();
        assert_eq!(checked.status(), 503, "{strange:?}");
        assert!(checked.headers().contains_key("retry-after"), "{strange:?}");
        assert!(begun.elapsed() < Duration::from_secs(8), "{strange:?}: {:?}", begun.elapsed());
        assert_eq!(checked.json::<Value>().await.unwrap()["code"], "bank_unavailable", "{strange:?}");
        let seen = world.status(text(&session["session"])).await;
        assert_eq!((&seen["state"], &seen["outcome"]), (&json!("REDIRECTED"), &json!("awaiting")));
        // A second page is not opened while nobody knows of the first.
        assert_eq!(world.open(&token, "key-2").await["session"], session["session"], "{strange:?}");
        bank.is_itself_again();
        assert_eq!(world.check(&order).await["order"]["state"], "CAPTURED", "{strange:?}");
    }
}

#[tokio::test]
async fn an_error_that_says_nothing_of_the_order_opens_no_second_page_and_ends_none() {
    // Past the page's time at once, and given up at the first answer that comes after it.
    let timing = "min_gap = \"20ms\"\nwhile_open = [\"1h\"]\nafter_expiry = [\"1ms\"]\nbank_timeout = \"2s\"";
    let (world, bank) = Between::world_with(timing).await;
    for (number, code) in ["b_cannot_process_logic_transaction", "b_new_code"].into_iter().enumerate() {
        let order = format!("W-{number}");
        let token = world.put(&order).await;
        world.page_lives(800).await;
        bank.answers(OPERATIONS, Strange::Code(code));
        world.fault(json!({"on": "notification", "kind": "lost", "times": 9})).await;
        let session = world.open(&token, "key-1").await;
        world.pay_by_card(&session["page"], GOOD_CARD).await;
        eventually(|| async {
            (world.status(text(&session["session"])).await["canRetry"] == true).then_some(())
        })
        .await;
        let again = world.try_open(&token, "key-2").await;
        assert_eq!(again.status(), 503, "{code}");
        assert_eq!(again.json::<Value>().await.unwrap()["code"], "bank_unavailable", "{code}");
        assert_eq!(world.bank_orders().await.len(), number + 1, "{code}");
        let seen = world.status(text(&session["session"])).await;
        assert_eq!((&seen["state"], &seen["outcome"]), (&json!("REDIRECTED"), &json!("awaiting")), "{code}");
        bank.is_itself_again();
        world.until(text(&session["session"]), "CAPTURED").await;
    }
}

#[tokio::test]
async fn an_order_that_the_bank_calls_expired_is_paid_by_a_new_page() {
    let timing = "min_gap = \"20ms\"\nwhile_open = [\"1h\"]\nafter_expiry = [\"1h\"]\nbank_timeout = \"2s\"";
    let (world, bank) = Between::world_with(timing).await;
    let token = world.put("X-1").await;
    world.page_lives(800).await;
    bank.answers(OPERATIONS, Strange::Code("b_hpp_order_expired"));
    let session = world.open(&token, "key-1").await;
    eventually(|| async {
        (world.status(text(&session["session"])).await["canRetry"] == true).then_some(())
    })
    .await;
    let again = world.open(&token, "key-2").await;
    assert_ne!(again["session"], session["session"]);
    assert_eq!(world.bank_orders().await.len(), 2);
}

#[tokio::test]
async fn a_page_whose_address_never_came_is_followed_by_one_that_did() {
    let (world, bank) = Between::world().await;
    for (number, strange) in NO_ANSWERS.into_iter().enumerate() {
        let order = format!("Y-{number}");
        let token = world.put(&order).await;
        bank.answers(CREATE, strange);
        let silent = world.try_open(&token, "key-1").await;
        assert_eq!(silent.status(), 503, "{strange:?}");
        assert!(silent.headers().contains_key("retry-after"), "{strange:?}");
        assert_eq!(silent.json::<Value>().await.unwrap()["code"], "bank_unavailable", "{strange:?}");
        bank.is_itself_again();
        let session = world.open(&token, "key-1").await;
        world.pay_by_card(&session["page"], GOOD_CARD).await;
        world.until(text(&session["session"]), "CAPTURED").await;
        let attempts = world.order(&order).await["attempts"].clone();
        assert_eq!(attempts[0]["anomalies"], json!(["unreachable"]), "{strange:?}: {attempts}");
        assert_eq!(attempts.as_array().unwrap().len(), 2, "{strange:?}");
    }
}

#[tokio::test]
async fn an_answer_with_a_character_no_database_takes_is_stored_all_the_same() {
    let (world, bank) = Between::world().await;
    let token = world.put("Z-1").await;
    let session = world.open(&token, "key-1").await;
    bank.answers(OPERATIONS, Strange::Nul);
    world.pay_by_card(&session["page"], GOOD_CARD).await;
    world.until(text(&session["session"]), "CAPTURED").await;
    let rrn = world.order("Z-1").await["operations"][0]["rrn"].clone();
    assert!(text(&rrn).starts_with('\u{fffd}'), "{rrn}");
}
