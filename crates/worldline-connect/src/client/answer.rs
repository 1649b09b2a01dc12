//! What an answer means. A result inside an error body comes first: something was made, whatever HTTP's word for it.

use jiff::Timestamp;
use serde::de::DeserializeOwned;

use super::call::Call;
use crate::api_error::{Declined, ErrorBody};
use crate::error::Error;

/// The code of "the first request with this key is still being worked on".
const IN_PROGRESS: &str = "1409";

/// A whole answer, not yet understood.
#[derive(Debug)]
pub(super) struct Answer {
    head: Head,
    body: Vec<u8>,
}

/// What is known of an answer beside its body.
#[derive(Debug, Clone, Copy)]
pub(super) struct Head {
    pub(super) call: Call,
    pub(super) http: u16,
    /// Whether the request carried an idempotence key.
    pub(super) with_key: bool,
    /// When the first request with the key came, if there was one before.
    pub(super) repeats: Option<Timestamp>,
}

impl Answer {
    pub(super) const fn new(head: Head, body: Vec<u8>) -> Self {
        Self { head, body }
    }

    pub(super) const fn repeats(&self) -> Option<Timestamp> {
        self.head.repeats
    }

    /// The documented message, or the error it holds instead.
    pub(super) fn read<T: DeserializeOwned>(self) -> Result<T, Error> {
        if !self.is_success() {
            return Err(self.refusal());
        }
        serde_json::from_slice(&self.body).map_err(|error| self.unreadable(&error))
    }

    /// An answer whose body says nothing.
    pub(super) fn done(self) -> Result<(), Error> {
        if self.is_success() { Ok(()) } else { Err(self.refusal()) }
    }

    fn is_success(&self) -> bool {
        (200..300).contains(&self.head.http)
    }

    fn refusal(&self) -> Error {
        let http = self.head.http;
        let mut body = ErrorBody::read(&self.body);
        let refusal = body.refusal(http);
        if let Some(result) = body.payment_result {
            return Error::PaymentDeclined(Box::new(Declined { result, refusal }));
        }
        if let Some(result) = body.refund_result {
            return Error::RefundDeclined(Box::new(Declined { result, refusal }));
        }
        let refusal = Box::new(refusal);
        match http {
            401 | 403 => Error::NotAuthorized(refusal),
            404 | 410 if !refusal.errors.is_empty() => Error::NotFound(refusal),
            // Not the API speaking, but something in front of it.
            404 | 405 => Error::Configuration(format!(
                "HTTP {http} instead of an answer to {}; check the API address and the merchant id",
                self.head.call.name()
            )),
            409 if self.head.with_key && refusal.errors.len() == 1 && refusal.code() == Some(IN_PROGRESS) => {
                Error::InProgress
            }
            400 | 402 | 409 | 410 => Error::Refused(refusal),
            // Too slow, or too many at once: nothing is said about the request itself.
            408 | 429 => Error::Unavailable(refusal),
            400..=499 if !refusal.errors.is_empty() => Error::Refused(refusal),
            _ => Error::Unavailable(refusal),
        }
    }

    /// Which field is missing may be said; other messages of serde repeat the value they stumbled over.
    fn unreadable(&self, error: &serde_json::Error) -> Error {
        let text = error.to_string();
        let reason = if text.starts_with("missing field") {
            text
        } else if error.is_data() {
            "a field is not as documented".to_owned()
        } else {
            "it is not JSON".to_owned()
        };
        Error::Unreadable { call: self.head.call.name(), http: self.head.http, reason }
    }
}
