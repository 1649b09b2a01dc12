//! The JWE envelope: a text from a stranger, and a true envelope changed at one place.

use alliancepay::jwe::{PrivateJwk, decrypt};
use serde_json::Value;

/// Must not panic; and a true envelope with any change either stays shut or still says what it said.
pub(crate) fn run(data: &[u8]) {
    let (key, envelope, plaintext) = vector();
    if let Ok(text) = std::str::from_utf8(data) {
        // A text that opens is one made for this key: the corpus has some.
        let _ = decrypt(text, &key);
    }
    if let [high, low, bits, ..] = data {
        let place = usize::from(u16::from_be_bytes([*high, *low])) % envelope.len();
        let mut changed = envelope.clone().into_bytes();
        changed[place] ^= bits & 0x7F;
        let changed = String::from_utf8(changed).expect("still ASCII");
        match decrypt(&changed, &key) {
            // Unused bits of a base64 letter, or a blank at an end, carry nothing.
            Ok(opened) => assert_eq!(opened, plaintext, "changed at {place} by {bits:#x}"),
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
}

fn vector() -> (PrivateJwk, String, Vec<u8>) {
    let vectors = include_str!("../../crates/alliancepay/tests/vectors/jwcrypto.json");
    let vectors: Value = serde_json::from_str(vectors).expect("the vectors");
    let key = PrivateJwk::from_json(&vectors["key"].to_string()).expect("the vectors' key");
    let first = &vectors["opens"][0];
    let text = |name: &str| first[name].as_str().expect("a text").to_owned();
    (key, text("jwe"), text("plaintext").into_bytes())
}
