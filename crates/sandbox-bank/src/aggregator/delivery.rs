//! Sends one webhook and notes what came back.

use super::letters::Letter;
use super::signature;
use crate::shared::Shared;

pub(crate) async fn send(shared: Shared, client: reqwest::Client, letter: Letter) {
    let http = post(&shared, &client, &letter).await;
    tracing::info!(payment = letter.payment, kind = letter.kind, http, "webhook sent");
    shared.with(|bank| {
        let (pace, now) = (bank.pace, bank.clock.now());
        bank.aggregator.letters.record(letter.number, http, pace, now);
    });
}

/// The status of the answer, if there was one.
async fn post(shared: &Shared, client: &reqwest::Client, letter: &Letter) -> Option<u16> {
    let account = shared.look(|bank| bank.aggregator.account.clone());
    let request = client
        .post(&letter.url)
        .header("content-type", "application/json")
        .header("X-GCS-KeyId", &account.webhook_key_id)
        .header("X-GCS-Signature", signature::of_body(&account, letter.body.as_bytes()))
        .body(letter.body.clone());
    request.send().await.ok().map(|answer| answer.status().as_u16())
}
