//! Telling the shop that an order changed: what stands in the outbox is sent until the shop has taken it. At least once,
//! in any order: the receiver keeps the highest revision.

pub(crate) mod destination;
mod signature;

use std::sync::Arc;
use std::time::Duration;

use checkout_api::{DeliveryState, OrderWebhook, WebhookDelivery};
use jiff::Timestamp;
use reqwest::{Client, RequestBuilder, header, redirect};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval, timeout};

use crate::config::WebhookTarget;
use crate::orders;
use crate::payments::return_url::is_loopback;
use crate::payments::schedule::after;
use crate::provider::PaymentProvider;
use crate::sessions::rfc3339;
use crate::store::records::{ClaimedWebhook, Delivery, WebhookView};
use crate::store::{Store, StoreError};
use crate::telemetry::Metrics;
use destination::{Private, PublicOnly};

/// How often the outbox is looked at: one read by index.
const TICK: Duration = Duration::from_millis(200);
const AT_ONCE: usize = 16;
/// What a lease has beyond the longest delivery.
const BEYOND_THE_CALL: Duration = Duration::from_secs(2);
/// How long deliveries under way may take once the backend stops; the rest is sent again after the start.
const GRACE: Duration = Duration::from_secs(3);

const SIGNATURE: &str = "AlliancePay-Signature";
const KIND: &str = "order.updated";

/// Sends webhooks.
#[derive(Debug, Clone)]
pub(crate) struct Sender {
    store: Arc<dyn Store>,
    provider: Arc<dyn PaymentProvider>,
    metrics: Arc<Metrics>,
    client: Client,
    target: Arc<WebhookTarget>,
}

impl Sender {
    /// Sends what stands in `store` to `target`.
    pub(crate) fn new(
        store: Arc<dyn Store>,
        provider: Arc<dyn PaymentProvider>,
        metrics: Arc<Metrics>,
        target: WebhookTarget,
    ) -> Result<Self, reqwest::Error> {
        Ok(Self { store, provider, metrics, client: client(&target)?, target: Arc::new(target) })
    }

    /// Runs until `stop` changes.
    pub(crate) async fn run(self, mut stop: watch::Receiver<bool>) {
        let mut tick = interval(TICK);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut under_way = JoinSet::new();
        loop {
            tokio::select! {
                _ = tick.tick() => {}
                Some(_) = under_way.join_next() => {}
                _ = stop.changed() => break,
            }
            let room = u32::try_from(AT_ONCE.saturating_sub(under_way.len())).unwrap_or(0);
            if room == 0 {
                continue;
            }
            let now = Timestamp::now();
            let lease = after(now, self.target.timeout.saturating_add(BEYOND_THE_CALL));
            match self.store.claim_webhooks(lease, room, now).await {
                Ok(claimed) => {
                    for webhook in claimed {
                        under_way.spawn(self.clone().deliver(webhook));
                    }
                }
                Err(error) => tracing::error!(%error, "the outbox cannot be read"),
            }
        }
        let finished = async { while under_way.join_next().await.is_some() {} };
        if timeout(GRACE, finished).await.is_err() {
            tracing::info!("webhooks under way are sent again after the next start");
        }
    }

    async fn deliver(self, webhook: ClaimedWebhook) {
        let problem = match self.post(&webhook).await {
            Ok(()) => None,
            Err(error) => Some(error.to_string()),
        };
        let order = webhook.order.as_str();
        match &problem {
            None => self.metrics.webhooks.add(1),
            Some(problem) => {
                self.metrics.failed_webhooks.add(1);
                tracing::warn!(order, webhook = webhook.id, problem, "the shop did not take a webhook");
            }
        }
        let delivery = Delivery { id: webhook.id.clone(), problem, now: Timestamp::now() };
        // Not stored: the lease ends, and it is sent once more.
        if let Err(error) = self.store.record_delivery(delivery, self.target.plan.clone()).await {
            tracing::error!(order, webhook = webhook.id, %error, "a delivery is not stored");
        }
    }

    async fn post(&self, webhook: &ClaimedWebhook) -> Result<(), Undelivered> {
        let view = self.store.order(webhook.order.as_str().to_owned()).await?;
        let body = OrderWebhook {
            id: webhook.id.clone(),
            kind: KIND.to_owned(),
            created_at: rfc3339(webhook.created_at),
            order: orders::whole(view.ok_or(Undelivered::NoOrder)?, &*self.provider),
        };
        let body = serde_json::to_string(&body).map_err(|_| Undelivered::NoOrder)?;
        let answer = signed(&self.client, &self.target, &body).send().await?;
        let status = answer.status();
        if status.is_success() { Ok(()) } else { Err(Undelivered::Refused(status.as_u16())) }
    }
}

/// How the shop is spoken to. A redirect could lead anywhere, also into the merchant's own network: it counts as a failure.
pub(crate) fn client(target: &WebhookTarget) -> Result<Client, reqwest::Error> {
    let client = Client::builder()
        .redirect(redirect::Policy::none())
        .timeout(target.timeout)
        .connect_timeout(target.timeout)
        .user_agent(concat!("alliancepay-merchant-backend/", env!("CARGO_PKG_VERSION")));
    // The shop on this very machine was written into the configuration as such.
    let client = match (is_loopback(&target.url), target.allow_private) {
        (true, _) => client.no_proxy(),
        (false, true) => client,
        (false, false) => client.dns_resolver(Arc::new(PublicOnly)),
    };
    client.build()
}

/// A body on its way to the shop, signed now.
pub(crate) fn signed(client: &Client, target: &WebhookTarget, body: &str) -> RequestBuilder {
    let signature = signature::header(&target.secret, Timestamp::now().as_second(), body);
    let request = client.post(target.url.clone()).header(SIGNATURE, signature);
    request.header(header::CONTENT_TYPE, "application/json").body(body.to_owned())
}

/// A webhook on the wire.
pub(crate) fn on_the_wire(view: WebhookView) -> WebhookDelivery {
    let state = match (view.next_try_at, view.delivered_at) {
        (Some(_), _) => DeliveryState::Pending,
        (None, Some(_)) => DeliveryState::Delivered,
        (None, None) => DeliveryState::GivenUp,
    };
    WebhookDelivery {
        id: view.id,
        order: view.order,
        revision: view.revision,
        state,
        tries: view.tries,
        problem: view.problem,
        created_at: rfc3339(view.created_at),
        next_try_at: view.next_try_at.map(rfc3339),
        delivered_at: view.delivered_at.map(rfc3339),
    }
}

/// Why the shop has not taken a webhook. Names no address: it may carry a secret of the shop's.
#[derive(Debug, thiserror::Error)]
enum Undelivered {
    #[error("the shop answered {0}")]
    Refused(u16),
    #[error("{}", transport(.0))]
    Transport(#[from] reqwest::Error),
    #[error("the order cannot be shown")]
    NoOrder,
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn transport(error: &reqwest::Error) -> &'static str {
    if Private::caused(error) {
        "the shop's address is in a private network: shop.allow_private_webhooks allows it"
    } else if error.is_timeout() {
        "the shop did not answer in time"
    } else if error.is_connect() {
        "the shop cannot be reached"
    } else {
        "the connection to the shop broke"
    }
}
