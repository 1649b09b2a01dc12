//! What every call goes through: it is counted, faults may slow it, fail it or lose its answer, its token is checked.

use std::time::Duration;

use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};

use super::answer;
use crate::bank::faults::{Call, Kind};
use crate::bank::refusal::{self, Refusal};
use crate::bank::tokens::BankSession;
use crate::shared::Shared;

const DEFAULT_SLOW_MS: u64 = 3_000;

/// One call in progress.
pub(crate) struct InCall {
    shared: Shared,
    call: Call,
    /// Every name the order has in this call.
    ids: Vec<String>,
}

impl InCall {
    /// Counts the call and lets faults act that come before any work.
    pub(crate) async fn begin(
        shared: &Shared,
        call: Call,
        ids: Vec<String>,
        headers: &HeaderMap,
    ) -> Result<Self, Refusal> {
        let this = Self { shared: shared.clone(), call, ids };
        let request_id = this.shared.look(|bank| {
            bank.orders
                .iter()
                .find(|order| this.ids.iter().any(|id| order.is_named(id)))
                .map(|order| order.request.merchant_request_id.clone())
        });
        let request_id = request_id.or_else(|| this.ids.first().cloned());
        shared.look(|bank| bank.calls.count(call, request_id.as_deref()));
        if let Some(fault) = this.take(Kind::Slow) {
            let ms = fault.ms.and_then(|ms| u64::try_from(ms).ok()).unwrap_or(DEFAULT_SLOW_MS);
            tokio::time::sleep(Duration::from_millis(ms)).await;
        }
        if this.take(Kind::Http500).is_some() {
            return Err(refusal::unknown_error());
        }
        if call != Call::Authorize && this.take(Kind::TokenKilled).is_some() {
            shared.look(|bank| {
                let now = bank.clock.now();
                bank.tokens.kill(header(headers, "x-device_id"), now);
            });
        }
        version(headers)?;
        Ok(this)
    }

    /// The caller's session, or the documented refusal.
    pub(crate) fn session(&self, headers: &HeaderMap) -> Result<BankSession, Refusal> {
        self.shared.look(|bank| {
            let now = bank.clock.now();
            bank.tokens
                .check(header(headers, "x-device_id"), header(headers, "x-refresh_token"), now)
                .cloned()
        })
    }

    pub(crate) fn take(&self, kind: Kind) -> Option<crate::bank::faults::Fault> {
        let ids: Vec<&str> = self.ids.iter().map(String::as_str).collect();
        self.shared.look(|bank| bank.faults.take(self.call, kind, &ids))
    }

    /// Sends the answer, unless it is to be lost.
    pub(crate) fn end(mut self, answer: impl IntoResponse, also_called: Option<&str>) -> Response {
        self.ids.extend(also_called.map(str::to_owned));
        if self.take(Kind::AnswerLost).is_some() { answer::lost() } else { answer.into_response() }
    }
}

pub(crate) fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// The documents write `V1`, `v1` and `1`; all are taken.
fn version(headers: &HeaderMap) -> Result<(), Refusal> {
    let known = |word: &str| matches!(word, "V1" | "v1" | "1");
    header(headers, "x-api_version").filter(|word| known(word)).map(|_| ()).ok_or_else(refusal::api_version)
}
