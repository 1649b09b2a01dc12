//! Randomness for idempotency keys.

use super::window;

/// A fresh key of 128 random bits. `randomUUID` would not do: pages served over plain http have none.
pub fn idempotency_key() -> String {
    let mut bytes = [0_u8; 16];
    if let Ok(crypto) = window().crypto() {
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
