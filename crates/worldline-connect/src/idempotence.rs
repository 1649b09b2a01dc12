//! Idempotence: a key makes the platform do a request once and answer it alike for 24 hours (Connect docs: idempotent
//! requests).

use jiff::Timestamp;

use crate::error::{Error, refuse};

/// The key of one request; the same for each time it is sent. A UUID is advised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotenceKey(String);

impl IdempotenceKey {
    /// A key of 1 to 40 visible ASCII characters: it travels in a header. The length is our own bound; a UUID has 36.
    pub fn new(key: impl Into<String>) -> Result<Self, Error> {
        let key = key.into();
        if (1..=40).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic()) {
            Ok(Self(key))
        } else {
            refuse("X-GCS-Idempotence-Key", "1 to 40 visible ASCII characters")
        }
    }

    /// The key as it is sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An answer, and whether it is the first one to its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repeatable<T> {
    /// The answer.
    pub answer: T,
    /// When the first request of this key came, if this answer only repeats its answer. The status inside may be
    /// fresher than the first answer's.
    pub repeats: Option<Timestamp>,
}
