//! What the shop is told: signed, retried, replayed, and not lost in a crash.

use std::sync::{Arc, Mutex};

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use reqwest::Method;
use ring::hmac;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::restart::{free_port, spawn};
use crate::support::{QUIET, WEBHOOK_SECRET, World, eventually, text};

#[tokio::test]
async fn every_change_is_told_signed_and_whole() {
    let ear = Ear::open().await;
    let world = ear.world().await;
    world.paid("W-1").await;
    let heard = ear.until(|one| one["order"]["state"] == "CAPTURED").await;
    let order = world.order("W-1").await;
    let told: Value = serde_json::from_str(&heard.body).unwrap();
    assert_eq!((&told["type"], &told["order"]), (&json!("order.updated"), &order));
    for one in ear.heard() {
        one.verify(WEBHOOK_SECRET.as_bytes()).unwrap();
        assert!(one.verify(b"another-secret-of-some-length").is_err());
    }
    let golden = include_str!("../../../checkout-api/tests/golden/webhook/order-updated.json");
    let golden: Value = serde_json::from_str(golden).unwrap();
    assert_eq!((names(&told), names(&told["order"])), (names(&golden), names(&golden["order"])));
}

#[tokio::test]
async fn a_refused_webhook_is_sent_again_under_the_same_id_and_signed_anew() {
    let ear = Ear::open().await;
    ear.answer([503, 302, 500]);
    let world = ear.world().await;
    world.put("W-2").await;
    let token = world.put("W-2").await;
    world.open(&token, "key-1").await;
    let list = delivered(&world, "W-2").await;
    let heard = ear.heard();
    let mut ids: Vec<&str> = list.iter().map(|one| text(&one["id"])).collect();
    ids.sort_unstable();
    let mut heard_ids: Vec<String> = heard.iter().map(Heard::id).collect();
    assert_eq!(heard_ids.len(), ids.len() + 3);
    heard_ids.sort_unstable();
    heard_ids.dedup();
    assert_eq!(heard_ids, ids);
    for one in &heard {
        one.verify(WEBHOOK_SECRET.as_bytes()).unwrap();
    }
}

#[tokio::test]
async fn a_webhook_is_replayed_on_demand() {
    let ear = Ear::open().await;
    let world = ear.world().await;
    world.paid("W-3").await;
    let list = delivered(&world, "W-3").await;
    let id = text(&list[0]["id"]);
    let before = ear.heard().len();
    let replayed = world.as_shop(Method::POST, &format!("/v1/webhooks/{id}/replay")).send().await.unwrap();
    assert_eq!(replayed.status(), StatusCode::ACCEPTED);
    eventually(|| async { (ear.heard().len() > before).then_some(()) }).await;
    assert_eq!(ear.heard()[before].id(), id);
    let absent = world.as_shop(Method::POST, "/v1/webhooks/wh_none/replay").send().await.unwrap();
    assert_eq!(absent.status(), StatusCode::NOT_FOUND);
    let stranger = world.request(Method::POST, &format!("/v1/webhooks/{id}/replay")).send().await.unwrap();
    assert_eq!(stranger.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_webhook_that_stood_in_the_outbox_when_the_backend_was_killed_is_delivered_after_it() {
    // Nobody listens while the order is paid.
    let port = free_port().await;
    let shop = target(&format!("http://127.0.0.1:{port}/webhook"));
    let world = World::with_shop(QUIET, free_port().await, &shop).await;
    let mut backend = spawn(&world).await;
    world.paid("W-4").await;
    backend.kill().await.unwrap();

    let ear = Ear::listen(TcpListener::bind(("127.0.0.1", port)).await.unwrap());
    let mut backend = spawn(&world).await;
    let told = ear.until(|one| one["order"]["state"] == "CAPTURED").await;
    told.verify(WEBHOOK_SECRET.as_bytes()).unwrap();
    let list = delivered(&world, "W-4").await;
    let heard: Vec<String> = ear.heard().iter().map(Heard::id).collect();
    assert!(list.iter().all(|one| heard.contains(&text(&one["id"]).to_owned())), "{list:?} {heard:?}");
    backend.kill().await.unwrap();
}

#[tokio::test]
async fn a_webhook_whose_delivery_was_cut_off_is_delivered_again() {
    // The shop's machine takes the connection and never answers: the backend dies in the middle of it.
    let address = ("127.0.0.1", free_port().await);
    let silent = TcpListener::bind(address).await.unwrap();
    let world = World::with_shop(
        QUIET,
        free_port().await,
        &target(&format!("http://127.0.0.1:{}/webhook", address.1)),
    )
    .await;
    let mut backend = spawn(&world).await;
    let token = world.put("W-7").await;
    world.open(&token, "key-1").await;
    let (connection, _) = silent.accept().await.unwrap();
    backend.kill().await.unwrap();
    drop((connection, silent));

    let ear = Ear::listen(TcpListener::bind(address).await.unwrap());
    let mut backend = spawn(&world).await;
    ear.until(|one| one["order"]["state"] == "REDIRECTED").await;
    delivered(&world, "W-7").await;
    backend.kill().await.unwrap();
}

#[tokio::test]
async fn a_refund_is_told_as_it_develops() {
    let ear = Ear::open().await;
    let world = ear.world().await;
    world.paid("W-5").await;
    world.refund("W-5", "key-1", json!({"amountMinor": 100, "offline": false})).await;
    let told = ear.until(|one| one["order"]["state"] == "PARTIALLY_REFUNDED").await;
    let told: Value = serde_json::from_str(&told.body).unwrap();
    assert_eq!(told["order"]["refunds"][0]["state"], "SUCCESS");
}

#[tokio::test]
async fn without_a_listening_shop_nothing_is_kept() {
    let world = World::start().await;
    world.paid("W-6").await;
    assert_eq!(deliveries(&world, "W-6").await, Vec::<Value>::new());
}

fn names(object: &Value) -> Vec<&String> {
    object.as_object().unwrap().keys().collect()
}

/// Waits until the shop has taken all webhooks of an order.
pub(crate) async fn delivered(world: &World, order: &str) -> Vec<Value> {
    eventually(|| async {
        let list = deliveries(world, order).await;
        (!list.is_empty() && list.iter().all(|one| one["state"] == "delivered")).then_some(list)
    })
    .await
}

async fn deliveries(world: &World, order: &str) -> Vec<Value> {
    let answer = world.as_shop(Method::GET, &format!("/v1/webhooks?order={order}")).send().await.unwrap();
    let list: Value = answer.json().await.unwrap();
    list["webhooks"].as_array().unwrap().clone()
}

pub(crate) fn target(url: &str) -> String {
    format!("webhook_url = \"{url}\"\nwebhook_secret_file = \"webhook-secret\"")
}

/// The shop's end: keeps what it hears and answers as told, 204 when told nothing.
pub(crate) struct Ear {
    shared: Arc<Shared>,
    pub(crate) url: String,
}

#[derive(Default)]
struct Shared {
    heard: Mutex<Vec<Heard>>,
    answers: Mutex<Vec<u16>>,
}

#[derive(Clone)]
pub(crate) struct Heard {
    signature: String,
    body: String,
}

impl Heard {
    pub(crate) fn id(&self) -> String {
        let body: Value = serde_json::from_str(&self.body).unwrap();
        text(&body["id"]).to_owned()
    }

    /// As a receiver does it, by another implementation of HMAC than the sender's.
    fn verify(&self, secret: &[u8]) -> Result<(), ring::error::Unspecified> {
        let (time, hex) = self.signature.strip_prefix("t=").unwrap().split_once(",v1=").unwrap();
        let age = jiff::Timestamp::now().as_second() - time.parse::<i64>().unwrap();
        assert!(age.abs() <= 300, "{age}");
        let bytes: Vec<u8> =
            (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect();
        let key = hmac::Key::new(hmac::HMAC_SHA256, secret);
        hmac::verify(&key, format!("{time}.{}", self.body).as_bytes(), &bytes)
    }
}

impl Ear {
    pub(crate) async fn open() -> Self {
        Self::listen(TcpListener::bind("127.0.0.1:0").await.unwrap())
    }

    fn listen(listener: TcpListener) -> Self {
        let shared = Arc::new(Shared::default());
        let url = format!("http://{}/webhook", listener.local_addr().unwrap());
        let router = axum::Router::new().route("/webhook", post(hear)).with_state(shared.clone());
        tokio::spawn(axum::serve(listener, router).into_future());
        Self { shared, url }
    }

    async fn world(&self) -> World {
        let mut world = World::with_shop(QUIET, 0, &target(&self.url)).await;
        world.start_backend().await;
        world
    }

    fn answer<const N: usize>(&self, answers: [u16; N]) {
        *self.shared.answers.lock().unwrap() = answers.into_iter().rev().collect();
    }

    pub(crate) fn heard(&self) -> Vec<Heard> {
        self.shared.heard.lock().unwrap().clone()
    }

    async fn until(&self, fits: impl Fn(&Value) -> bool) -> Heard {
        eventually(|| async {
            let heard = self.heard();
            heard.into_iter().find(|one| fits(&serde_json::from_str(&one.body).unwrap()))
        })
        .await
    }
}

async fn hear(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    body: String,
) -> (StatusCode, HeaderMap) {
    let signature = headers["AlliancePay-Signature"].to_str().unwrap().to_owned();
    shared.heard.lock().unwrap().push(Heard { signature, body });
    let answer = shared.answers.lock().unwrap().pop().unwrap_or(204);
    let mut headers = HeaderMap::new();
    if answer == 302 {
        headers.insert("location", "/elsewhere".parse().unwrap());
    }
    (StatusCode::from_u16(answer).unwrap(), headers)
}
