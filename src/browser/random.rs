//! Randomness for idempotency keys and for spreading retries.

use checkout_api::IdempotencyKey;

use super::script;

/// A fresh key of 128 random bits.
pub fn idempotency_key() -> IdempotencyKey {
    IdempotencyKey::new(script::random())
}

/// A number that differs from tab to tab.
pub fn seed() -> u32 {
    script::random().bytes().fold(0, |seed: u32, byte| seed.rotate_left(4) ^ u32::from(byte))
}
