//! What the platform posts: checked over the bytes as they came, then read. An event is good for a question, for
//! nothing else: events repeat, overtake each other and get lost (Connect docs: webhooks, event structure).

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;

use crate::lenient;
use crate::payment::Payment;
use crate::refund::Refund;
use crate::secret::Secret;
use crate::signature;
use crate::vocabulary::EventKind;

/// When an endpoint is entered in the Configuration Center, the platform sends a GET with this header; the answer is
/// 200 with the header's value as the plain body.
pub const CHALLENGE_HEADER: &str = "X-GCS-Webhooks-Endpoint-Verification";

const SIGNATURE: &str = "X-GCS-Signature";
const KEY_ID: &str = "X-GCS-KeyId";
const API_VERSION: &str = "v1";

/// The webhook keys of the Configuration Center; several may be in use while one is replaced.
#[derive(Clone)]
pub struct WebhookKeys(BTreeMap<String, Secret>);

/// An event. The object inside is the one a question would be answered with, as it was when the event was written.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Event {
    /// The event's id: the same each time the event is sent.
    pub id: String,
    /// When it was written, such as `2017-02-02T11:24:14.040+0100`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub created: Option<String>,
    /// Whose event it is.
    #[serde(default, deserialize_with = "lenient::text")]
    pub merchant_id: Option<String>,
    /// What it is about.
    #[serde(default, rename = "type")]
    pub kind: EventKind,
    /// The payment, in `payment.*` events.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub payment: Option<Payment>,
    /// The refund, in `refund.*` events.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub refund: Option<Refund>,
    api_version: String,
}

/// Why a body is no event. Holds no part of the body.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WebhookError {
    /// The header is absent or there twice.
    #[error("the webhook must have the header {0} exactly once")]
    Header(&'static str),
    /// No secret of this key id: a key that was replaced, or a stranger.
    #[error("the webhook names a key that is not configured; compare with the Configuration Center")]
    UnknownKey,
    /// The signature is not that of these bytes.
    #[error("the webhook's signature is not that of its body")]
    Signature,
    /// Another version of the API.
    #[error("the webhook is of another version of the API than v1; set the endpoint to v1")]
    Version,
    /// Signed, and not as documented.
    #[error("the webhook is signed, but is not the documented event: {0}")]
    Unreadable(String),
}

impl WebhookKeys {
    /// Keys by their ids.
    pub fn new(keys: impl IntoIterator<Item = (String, Secret)>) -> Self {
        Self(keys.into_iter().collect())
    }

    /// Checks the signature, then reads the event. `headers` are all of the request's; `body` the bytes as they came.
    ///
    /// ```
    /// # fn handle(keys: &worldline_connect::WebhookKeys, headers: &[(String, Vec<u8>)], body: &[u8]) {
    /// let headers = headers.iter().map(|(name, value)| (name.as_str(), value.as_slice()));
    /// match keys.open(headers, body) {
    ///     Ok(event) => println!("ask about {:?}", event.payment.map(|payment| payment.id)),
    ///     Err(refused) => eprintln!("{refused}"), // answer 400: nothing changes
    /// }
    /// # }
    /// ```
    pub fn open<'a>(
        &self,
        headers: impl IntoIterator<Item = (&'a str, &'a [u8])>,
        body: &[u8],
    ) -> Result<Event, WebhookError> {
        let (mut signatures, mut key_ids) = (Vec::new(), Vec::new());
        for (name, value) in headers {
            if name.eq_ignore_ascii_case(SIGNATURE) {
                signatures.push(value);
            } else if name.eq_ignore_ascii_case(KEY_ID) {
                key_ids.push(value);
            }
        }
        let (signature, key_id) = (only(&signatures, SIGNATURE)?, only(&key_ids, KEY_ID)?);
        let secret = self.0.get(key_id).ok_or(WebhookError::UnknownKey)?;
        if !signature::is_of(signature, body, secret) {
            return Err(WebhookError::Signature);
        }
        let event: Event = serde_json::from_slice(body).map_err(|error| {
            let what =
                if error.is_data() { "a field is missing or of another kind" } else { "it is no JSON" };
            WebhookError::Unreadable(what.to_owned())
        })?;
        if event.api_version == API_VERSION { Ok(event) } else { Err(WebhookError::Version) }
    }
}

impl fmt::Debug for WebhookKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("WebhookKeys").field(&self.0.keys()).finish()
    }
}

fn only<'a>(values: &[&'a [u8]], header: &'static str) -> Result<&'a str, WebhookError> {
    match values {
        [value] => std::str::from_utf8(value).map_err(|_| WebhookError::Header(header)),
        _ => Err(WebhookError::Header(header)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::PaymentStatus;

    const BODY: &[u8] = include_bytes!("../tests/vectors/webhook-body");
    const OF_BODY: &str = "2S7doBj/GnJnacIjSJzr5fxGM5xmfQyFAwxv1I53ZEk=";

    fn keys() -> WebhookKeys {
        WebhookKeys::new([("dummy-key-id".to_owned(), Secret::new("hello+world"))])
    }

    fn open(headers: &[(&str, &str)], body: &[u8]) -> Result<Event, WebhookError> {
        keys().open(headers.iter().map(|(name, value)| (*name, value.as_bytes())), body)
    }

    #[test]
    fn the_sdks_sample_is_verified_and_read() {
        assert_eq!(BODY.len(), 765);
        let event = open(&[("x-gcs-signature", OF_BODY), ("X-GCS-KeyId", "dummy-key-id")], BODY).unwrap();
        assert_eq!(event.kind, EventKind::PaymentPaid);
        assert_eq!(event.id, "8ee793f6-4553-4749-85dc-f2ef095c5ab0");
        let payment = event.payment.unwrap();
        assert_eq!((payment.id.as_str(), payment.status), ("00000200000143570012", PaymentStatus::Paid));
        assert_eq!(payment.status_output.status_code, Some(1000));
    }

    #[test]
    fn a_changed_minute_breaks_the_signature() {
        let changed =
            String::from_utf8(BODY.to_vec()).unwrap().replace(":14.", ":25.").replace("2414", "2425");
        assert_ne!(changed.as_bytes(), BODY);
        let headers = [("X-GCS-Signature", OF_BODY), ("X-GCS-KeyId", "dummy-key-id")];
        assert_eq!(open(&headers, changed.as_bytes()), Err(WebhookError::Signature));
    }

    #[test]
    fn a_stranger_is_told_nothing_but_no() {
        let (signature, key) = (("X-GCS-Signature", OF_BODY), ("X-GCS-KeyId", "dummy-key-id"));
        assert_eq!(open(&[key], BODY), Err(WebhookError::Header("X-GCS-Signature")));
        assert_eq!(open(&[signature], BODY), Err(WebhookError::Header("X-GCS-KeyId")));
        assert_eq!(open(&[signature, signature, key], BODY), Err(WebhookError::Header("X-GCS-Signature")));
        assert_eq!(open(&[signature, ("X-GCS-KeyId", "another")], BODY), Err(WebhookError::UnknownKey));
        assert_eq!(open(&[("X-GCS-Signature", "not base64"), key], BODY), Err(WebhookError::Signature));
    }

    #[test]
    fn another_version_of_the_api_is_named() {
        let body = br#"{"apiVersion":"v2","id":"1","type":"payment.paid"}"#;
        let signature = signature::of(body, &Secret::new("hello+world"));
        let headers = [("X-GCS-Signature", signature.as_str()), ("X-GCS-KeyId", "dummy-key-id")];
        assert_eq!(open(&headers, body), Err(WebhookError::Version));
    }

    #[test]
    fn keys_do_not_print() {
        let printed = format!("{:?}", keys());
        assert!(printed.contains("dummy-key-id") && !printed.contains("hello+world"), "{printed}");
    }
}
