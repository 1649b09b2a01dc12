//! Randomness for idempotency keys and for spreading retries.

use checkout_api::IdempotencyKey;

use super::window::window;

/// A fresh key of 128 random bits. `randomUUID` would not do: pages served over plain http have none.
pub fn idempotency_key() -> IdempotencyKey {
    const DIGITS: [char; 16] =
        ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    let digit = |nibble: u8| DIGITS.get(usize::from(nibble)).copied().unwrap_or_default();
    let text: String =
        bytes::<16>().into_iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect();
    IdempotencyKey::new(text)
}

/// A number that differs from tab to tab.
pub fn seed() -> u32 {
    u32::from_le_bytes(bytes())
}

fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    if let Ok(crypto) = window().crypto() {
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    bytes
}
