//! What every call goes through: it is counted, faults may slow it, fail it or lose its answer, and one with an
//! idempotence key is done once.

use std::time::Duration;

use axum::Json;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde_json::Value;

use crate::aggregator::idempotence::Begun;
use crate::aggregator::trouble::Trouble;
use crate::api::answer;
use crate::bank::faults::{Call, Fault, Kind};
use crate::shared::Shared;

const DEFAULT_SLOW_MS: u64 = 3_000;
const FIRST_ASKED: &str = "X-GCS-Idempotence-Request-Timestamp";

/// What a call answers: a status and a body.
pub(super) type Answer = Result<(u16, Value), Trouble>;

/// One call in progress.
pub(super) struct InCall {
    shared: Shared,
    call: Call,
    /// Every name the payment has in this call.
    names: Vec<String>,
}

impl InCall {
    /// Counts the call and lets faults act that come before any work.
    pub(super) async fn begin(shared: &Shared, call: Call, name: String) -> Result<Self, Trouble> {
        let names = shared.with(|bank| {
            let found = bank.aggregator.payment(&name);
            let names = found.map(|payment| vec![payment.id.clone(), payment.reference.clone()]);
            let names = names.unwrap_or_else(|| vec![name.clone()]);
            bank.aggregator.calls.count(call, names.last().map(String::as_str));
            names
        });
        let this = Self { shared: shared.clone(), call, names };
        if let Some(fault) = this.take(Kind::Slow) {
            let ms = fault.ms.and_then(|ms| u64::try_from(ms).ok()).unwrap_or(DEFAULT_SLOW_MS);
            tokio::time::sleep(Duration::from_millis(ms)).await;
        }
        if this.take(Kind::Http500).is_some() {
            return Err(Trouble::server());
        }
        // Here it is the API key that stops working for one call.
        if this.take(Kind::TokenKilled).is_some() {
            return Err(Trouble::signature());
        }
        Ok(this)
    }

    pub(super) fn take(&self, kind: Kind) -> Option<Fault> {
        let names: Vec<&str> = self.names.iter().map(String::as_str).collect();
        self.shared.look(|bank| bank.faults.take(self.call, kind, &names))
    }

    /// Whether the answer is to be lost.
    pub(super) fn loses_answer(&self) -> bool {
        self.take(Kind::AnswerLost).is_some()
    }
}

/// Does `work` once for each idempotence key of `path`, and answers alike for a day. The work goes on when the caller
/// hangs up, as it does at the platform.
pub(super) async fn once(
    shared: Shared,
    call: Call,
    path: &str,
    name: String,
    headers: &HeaderMap,
    work: impl FnOnce(&Shared, &InCall) -> Answer + Send + 'static,
) -> Response {
    let key = headers.get("x-gcs-idempotence-key").and_then(|key| key.to_str().ok());
    let key = key.map(|key| format!("{path} {key}"));
    if let Some(key) = &key {
        match shared.with(|bank| bank.aggregator.remembered.begin(key, bank.clock.now())) {
            Begun::First => {}
            Begun::Running => return Trouble::in_progress().into_response(),
            Begun::Again(first, http, body) => {
                let refused = InCall { shared: shared.clone(), call, names: vec![name] };
                if refused.take(Kind::DuplicateRefused).is_some() {
                    return Trouble::in_progress().into_response();
                }
                refused.take(Kind::DuplicateReplayed);
                let first = [(FIRST_ASKED, first.as_millisecond().to_string())];
                return (first, json(http, body)).into_response();
            }
        }
    }
    let done = tokio::spawn(async move {
        let begun = InCall::begin(&shared, call, name).await;
        let (answer, lost) = match begun {
            Ok(begun) => (work(&shared, &begun), begun.loses_answer()),
            Err(trouble) => (Err(trouble), false),
        };
        let (http, body) = answer.unwrap_or_else(|trouble| (trouble.http, trouble.body()));
        if let Some(key) = key {
            shared.look(|bank| match http {
                401 | 500.. => bank.aggregator.remembered.forget(&key),
                _ => bank.aggregator.remembered.finish(&key, http, &body),
            });
        }
        if lost { answer::lost() } else { json(http, body) }
    });
    done.await.unwrap_or_else(|_| Trouble::server().into_response())
}

/// A question: nothing to remember.
pub(super) async fn ask(
    shared: Shared,
    call: Call,
    name: String,
    work: impl FnOnce(&Shared, &InCall) -> Answer,
) -> Response {
    let begun = match InCall::begin(&shared, call, name).await {
        Ok(begun) => begun,
        Err(trouble) => return trouble.into_response(),
    };
    let answer = work(&shared, &begun);
    if begun.loses_answer() {
        return answer::lost();
    }
    match answer {
        Ok((http, body)) => json(http, body),
        Err(trouble) => trouble.into_response(),
    }
}

pub(super) fn json(http: u16, body: Value) -> Response {
    let status = StatusCode::from_u16(http).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if body.is_null() { status.into_response() } else { (status, Json(body)).into_response() }
}

/// An empty body is an empty object.
pub(super) fn read(body: &[u8]) -> Result<Value, Trouble> {
    if body.iter().all(u8::is_ascii_whitespace) {
        return Ok(Value::Object(serde_json::Map::new()));
    }
    serde_json::from_slice(body).map_err(|_| Trouble::field("body", "INVALID_JSON"))
}
