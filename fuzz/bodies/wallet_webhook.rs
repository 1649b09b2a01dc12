//! What anybody posts to the address of Worldline's webhooks.

use worldline_connect::{Secret, WebhookError, WebhookKeys, signature};

const KEY_ID: &str = "key-1";
const SIGNATURE: &str = "X-GCS-Signature";

/// Must not panic. Bytes whose signature is another's are never read; bytes that are signed are read or refused for what
/// they say.
pub(crate) fn run(data: &[u8]) {
    let secret = Secret::new("hello+world");
    let keys = WebhookKeys::new([(KEY_ID.to_owned(), secret.clone())]);
    let open = |signature: &[u8], key: &[u8], body: &[u8]| {
        keys.open([(SIGNATURE, signature), ("X-GCS-KeyId", key)], body)
    };
    let right = signature::of(data, &secret);
    match open(right.as_bytes(), KEY_ID.as_bytes(), data) {
        Ok(event) => assert!(format!("{event:?}").contains("id")),
        Err(WebhookError::Unreadable(what)) => assert!(!what.is_empty()),
        Err(WebhookError::Version) => {}
        Err(error) => panic!("signed as it should be, and refused: {error}"),
    }
    let mut changed = data.to_vec();
    changed.push(b' ');
    assert_eq!(open(right.as_bytes(), KEY_ID.as_bytes(), &changed), Err(WebhookError::Signature));
    if data != right.as_bytes() {
        assert!(open(data, KEY_ID.as_bytes(), b"{}").is_err(), "the headers are a stranger's too");
    }
    if data != KEY_ID.as_bytes() {
        assert!(open(right.as_bytes(), data, data).is_err(), "the headers are a stranger's too");
    }
}
