//! The body of a notification: whatever anybody posts to a notification address, in clear or encrypted.

use alliancepay::Notification;
use alliancepay::jwe::PrivateJwk;

/// Must not panic; and what can be read in clear is read the same with a key and without one.
pub(crate) fn run(data: &[u8]) {
    let with_key = Notification::from_body(data, Some(&key()));
    if let Ok(clear) = Notification::from_body(data, None) {
        assert_eq!(with_key.as_ref(), Ok(&clear), "a key changes nothing about a body in clear");
        assert!(format!("{clear:?}").len() > 1);
    }
}

/// The key of the interoperability vectors; it opens nothing else.
fn key() -> PrivateJwk {
    let vectors = include_str!("../../crates/alliancepay/tests/vectors/jwcrypto.json");
    let vectors: serde_json::Value = serde_json::from_str(vectors).expect("the vectors");
    PrivateJwk::from_json(&vectors["key"].to_string()).expect("the vectors' key")
}
