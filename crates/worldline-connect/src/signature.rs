//! The two signatures of the platform, both HMAC-SHA256 in base64: `GCS v1HMAC` over a request's head, and the one over
//! a webhook's body (Connect docs: authentication, webhooks; the canonical form of headers: SDK).
//!
//! A request's body is not signed. Keys are the bytes of their text, not decoded from base64 or hex.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac as _};
use sha2::Sha256;

use crate::secret::Secret;

/// The parts of a request that its signature covers.
#[derive(Debug, Clone, Copy)]
pub struct Signed<'a> {
    /// `GET`, `POST`, …, in upper case.
    pub method: &'a str,
    /// The `Content-Type` header as it is sent; `None` when it is not.
    pub content_type: Option<&'a str>,
    /// The `Date` header as it is sent, RFC 1123 in GMT.
    pub date: &'a str,
    /// Name and value of each `X-GCS-*` header, in any order.
    pub gcs_headers: &'a [(&'a str, &'a str)],
    /// Path and query as they are on the wire.
    pub path_and_query: &'a str,
}

impl Signed<'_> {
    /// The text that is signed: each part ends with a line feed, the last one too.
    pub fn text(&self) -> String {
        let mut headers: Vec<(String, String)> = self
            .gcs_headers
            .iter()
            .map(|(name, value)| (name.to_ascii_lowercase(), canonical_value(value)))
            .collect();
        headers.sort();
        let mut text = format!("{}\n{}\n{}\n", self.method, self.content_type.unwrap_or_default(), self.date);
        for (name, value) in headers {
            text.extend([name.as_str(), ":", &value, "\n"]);
        }
        text.push_str(self.path_and_query);
        text.push('\n');
        text
    }

    /// The value of the `Authorization` header.
    pub fn authorization(&self, api_key_id: &str, secret_api_key: &Secret) -> String {
        format!("GCS v1HMAC:{api_key_id}:{}", of(self.text().as_bytes(), secret_api_key))
    }
}

/// HMAC-SHA256 of `message`, in base64.
pub fn of(message: &[u8], secret: &Secret) -> String {
    STANDARD.encode(mac(message, secret).finalize().into_bytes())
}

/// Whether `signature` (base64) is that of `message`; compared in constant time.
pub fn is_of(signature: &str, message: &[u8], secret: &Secret) -> bool {
    STANDARD.decode(signature).is_ok_and(|bytes| mac(message, secret).verify_slice(&bytes).is_ok())
}

/// A header's value as it is signed: a line end with the white space after it is one space, the ends are trimmed.
pub fn canonical_value(value: &str) -> String {
    let mut lines = value.split('\n');
    let mut text = lines.next().unwrap_or_default().trim_end_matches('\r').to_owned();
    for line in lines {
        text.push(' ');
        text.push_str(line.trim_end_matches('\r').trim_start());
    }
    text.trim().to_owned()
}

fn mac(message: &[u8], secret: &Secret) -> Hmac<Sha256> {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.expose().as_bytes()) else {
        unreachable!("HMAC takes keys of any length")
    };
    mac.update(message);
    mac
}

#[cfg(test)]
mod tests {
    use super::*;

    const DATE: &str = "Fri, 06 Jun 2014 13:39:43 GMT";

    #[test]
    fn a_request_with_headers_is_signed_as_the_sdks_do() {
        let signed = Signed {
            method: "DELETE",
            content_type: Some("application/json"),
            date: DATE,
            gcs_headers: &[
                ("X-GCS-ServerMetaInfo", "processed header value"),
                ("X-GCS-CustomerHeader", "processed header\r\n   value"),
                ("X-GCS-ClientMetaInfo", " processed header value "),
            ],
            path_and_query: "/v1/9991/tokens/123456789",
        };
        assert_eq!(
            signed.text(),
            "DELETE\napplication/json\nFri, 06 Jun 2014 13:39:43 GMT\n\
             x-gcs-clientmetainfo:processed header value\nx-gcs-customerheader:processed header value\n\
             x-gcs-servermetainfo:processed header value\n/v1/9991/tokens/123456789\n"
        );
        assert_eq!(
            of(signed.text().as_bytes(), &Secret::new("secretApiKey")),
            "VfnXpPBQQoHZivTcAg0JvOWkhnzlPnaCPKpTQn/uMJM="
        );
    }

    #[test]
    fn a_request_without_a_body_signs_an_empty_content_type() {
        let signed = Signed {
            method: "GET",
            content_type: None,
            date: DATE,
            gcs_headers: &[],
            path_and_query: "/v1/9991/tokens/123456789",
        };
        let secret = Secret::new("6Kj5HT0MQKC6D8eb7W3lTg71kVKVDSt1");
        assert_eq!(
            signed.authorization("key-id", &secret),
            "GCS v1HMAC:key-id:9ond5EIN05dBXJGCLRK5om9pxHsyrh/12pZJ7bvmwNM="
        );
    }

    #[test]
    fn the_idempotence_key_is_signed_with_the_rest() {
        let signed = Signed {
            method: "POST",
            content_type: Some("application/json"),
            date: "Mon, 06 Oct 2025 10:00:00 GMT",
            gcs_headers: &[("X-GCS-Idempotence-Key", "0f0e5f3c-demo")],
            path_and_query: "/v1/9991/payments",
        };
        let secret = Secret::new("6Kj5HT0MQKC6D8eb7W3lTg71kVKVDSt1");
        let signature = of(signed.text().as_bytes(), &secret);
        assert_eq!(signature, "bxoJTtMY/i+luuH3Qk/GIp2aiar/hNhUwmAkkh1ky0Y=");
        assert!(is_of(&signature, signed.text().as_bytes(), &secret));
        assert!(!is_of(&signature, b"something else", &secret));
    }

    #[test]
    fn a_folded_header_is_signed_on_one_line() {
        assert_eq!(canonical_value("aap\nnoot  "), "aap noot");
        assert_eq!(canonical_value(" aap\r\n  noot"), "aap noot");
    }
}
