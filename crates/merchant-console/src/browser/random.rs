//! Randomness for idempotency keys.

use super::window;

/// A fresh key of 128 random bits. `randomUUID` would not do: pages served over plain http have none.
pub fn idempotency_key() -> String {
    let mut bytes = [0_u8; 16];
    if let Ok(crypto) = window().crypto() {
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16);
    bytes.into_iter().flat_map(|byte| [byte >> 4, byte & 15]).filter_map(digit).collect()
}
