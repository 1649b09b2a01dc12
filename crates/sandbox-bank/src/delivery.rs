//! Sends notifications when they fall due and lets time act on orders, for as long as the sandbox runs.

use std::time::Duration;

use alliancepay::jwe;
use tokio::sync::watch;

use crate::aggregator;
use crate::bank::notifier::Delivery;
use crate::shared::Shared;

const ANSWER_TIMEOUT: Duration = Duration::from_secs(15);
/// Long enough to cost nothing, short enough to notice that the machine slept.
const LONGEST_NAP: Duration = Duration::from_secs(30);

pub(crate) fn spawn(shared: Shared, mut stopped: watch::Receiver<bool>) -> Result<(), reqwest::Error> {
    let client = reqwest::Client::builder()
        .timeout(ANSWER_TIMEOUT)
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .build()?;
    tokio::spawn(async move {
        loop {
            for delivery in shared.look(crate::bank::Bank::turn) {
                tokio::spawn(send(shared.clone(), client.clone(), delivery));
            }
            for letter in shared.look(crate::bank::Bank::aggregator_turn) {
                tokio::spawn(aggregator::send(shared.clone(), client.clone(), letter));
            }
            let nap = shared.look(|bank| {
                let wait = bank.next_turn().map(|at| at.duration_since(bank.clock.now()));
                wait.map_or(LONGEST_NAP, |wait| Duration::try_from(wait).unwrap_or_default().min(LONGEST_NAP))
            });
            tokio::select! {
                () = shared.changed() => {}
                () = tokio::time::sleep(nap) => {}
                _ = stopped.wait_for(|stop| *stop) => return,
            }
        }
    });
    Ok(())
}

async fn send(shared: Shared, client: reqwest::Client, delivery: Delivery) {
    let http = post(&shared, &client, &delivery).await;
    tracing::info!(order = delivery.hpp_order_id, http, "notification {} sent", delivery.id);
    shared.with(|bank| {
        let (pace, now) = (bank.pace, bank.clock.now());
        bank.notifier.record(delivery.id, http, pace, now);
    });
}

/// The status of the answer, if there was one.
async fn post(shared: &Shared, client: &reqwest::Client, delivery: &Delivery) -> Option<u16> {
    let request = client.post(&delivery.url).header("x-request_id", uuid::Uuid::new_v4().to_string());
    let body = delivery.body.to_string();
    let request = if delivery.encrypted {
        let key = shared.look(|bank| bank.merchant.by_merchant_id(&delivery.merchant_id)?.public_key())?;
        let sealed = jwe::encrypt(body.as_bytes(), &key).ok()?;
        request.header("content-type", "text/plain").header("x-encrypted_body", "true").body(sealed)
    } else {
        request.header("content-type", "application/json").body(body)
    };
    request.send().await.ok().map(|answer| answer.status().as_u16())
}
