//! Idempotency keys of payment sessions: a key names one attempt of one order.

use std::time::Duration;

use sha2::{Digest, Sha256};

use super::attempt::AttemptId;
use super::product::Product;

/// How long a key of a payment session is kept.
pub const KEPT: Duration = Duration::from_hours(7 * 24);

/// A key and what it came with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyedBody {
    /// The caller's key.
    pub key: String,
    /// The body's meaning, hashed: spaces and the order of fields do not matter.
    pub body_hash: Vec<u8>,
}

/// What the store knows of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownKey {
    /// The body it came with first.
    pub body_hash: Vec<u8>,
    /// The attempt it names.
    pub attempt: AttemptId,
}

/// What a key means now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recall {
    /// Not seen before.
    New,
    /// The same wish again.
    Same(AttemptId),
    /// The key with another body.
    Reused,
}

/// Compares a key's body with the one stored.
pub fn recall(known: Option<&KnownKey>, body_hash: &[u8]) -> Recall {
    match known {
        None => Recall::New,
        Some(known) if known.body_hash == body_hash => Recall::Same(known.attempt),
        Some(_) => Recall::Reused,
    }
}

/// Hashes what the body of `POST /v1/payment-sessions` asks for.
pub fn body_hash(product: Option<Product>, locale: Option<&str>) -> Vec<u8> {
    let mut hasher = Sha256::new();
    hasher.update(product.map_or("", Product::word));
    hasher.update([0]);
    hasher.update(locale.unwrap_or_default());
    hasher.finalize().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_body_recalls_the_attempt_and_another_is_refused() {
        let card = body_hash(Some(Product::Card), Some("uk"));
        let known = KnownKey { body_hash: card.clone(), attempt: AttemptId(7) };
        assert_eq!(recall(None, &card), Recall::New);
        assert_eq!(recall(Some(&known), &card), Recall::Same(AttemptId(7)));
        for other in [body_hash(Some(Product::A2a), Some("uk")), body_hash(Some(Product::Card), None)] {
            assert_eq!(recall(Some(&known), &other), Recall::Reused);
        }
    }
}
