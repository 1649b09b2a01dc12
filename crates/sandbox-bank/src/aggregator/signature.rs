//! `GCS v1HMAC` as the platform checks it, and the signature of webhooks. Written from the documents, apart from the
//! client's own.

use axum::http::{HeaderMap, Method};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac as _};
use jiff::{SignedDuration, Timestamp};
use sha2::Sha256;

use super::account::Account;

/// The accepted difference of clocks is not public; this is generous.
const SKEW: SignedDuration = SignedDuration::from_mins(15);

pub(crate) fn hmac(secret: &[u8], message: &[u8]) -> Vec<u8> {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret) else {
        unreachable!("HMAC takes keys of any length")
    };
    mac.update(message);
    mac.finalize().into_bytes().to_vec()
}

pub(crate) fn of_body(account: &Account, body: &[u8]) -> String {
    STANDARD.encode(hmac(account.webhook_secret.as_bytes(), body))
}

/// Whether the head of a request is signed by the account's key, now.
pub(crate) fn is_signed(
    account: &Account,
    method: &Method,
    path_and_query: &str,
    headers: &HeaderMap,
    now: Timestamp,
) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let (Some(date), Some(authorization)) = (text("date"), text("authorization")) else { return false };
    let Some(sent) = date_of(date) else { return false };
    // The sandbox's clock may be far ahead of the caller's: real time is as good.
    if [now, Timestamp::now()].iter().all(|now| sent.duration_since(*now).abs() > SKEW) {
        return false;
    }
    let mut names: Vec<&str> =
        headers.keys().map(axum::http::HeaderName::as_str).filter(|name| name.starts_with("x-gcs")).collect();
    names.sort_unstable();
    let mut head = format!("{method}\n{}\n{date}\n", text("content-type").unwrap_or_default());
    for name in names {
        head.extend([name, ":", text(name).unwrap_or_default().trim(), "\n"]);
    }
    // The official SDKs disagree on whether the query is signed as sent or decoded: both are taken.
    let forms = [path_and_query.to_owned(), decoded(path_and_query)];
    forms.iter().any(|form| {
        let signed = hmac(account.secret_api_key.as_bytes(), format!("{head}{form}\n").as_bytes());
        authorization == format!("GCS v1HMAC:{}:{}", account.api_key_id, STANDARD.encode(signed))
    })
}

fn date_of(text: &str) -> Option<Timestamp> {
    jiff::fmt::rfc2822::parse(text).ok().map(|zoned| zoned.timestamp())
}

fn decoded(path_and_query: &str) -> String {
    let Some((path, query)) = path_and_query.split_once('?') else { return path_and_query.to_owned() };
    let bytes = query.as_bytes();
    let (mut plain, mut at) = (Vec::new(), 0);
    while let Some(byte) = bytes.get(at) {
        let escaped = query.get(at + 1..at + 3).filter(|_| *byte == b'%');
        if let Some(letter) = escaped.and_then(|two| u8::from_str_radix(two, 16).ok()) {
            plain.push(letter);
            at += 3;
        } else {
            plain.push(*byte);
            at += 1;
        }
    }
    format!("{path}?{}", String::from_utf8_lossy(&plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documented_signature_is_taken_and_any_change_refused() {
        let account = Account {
            merchant_id: "9991".to_owned(),
            api_key_id: "id".to_owned(),
            secret_api_key: "6Kj5HT0MQKC6D8eb7W3lTg71kVKVDSt1".to_owned(),
            webhook_key_id: "dummy-key-id".to_owned(),
            webhook_secret: "hello+world".to_owned(),
        };
        let date = "Fri, 06 Jun 2014 13:39:43 GMT";
        let now = date_of(date).unwrap();
        let mut headers = HeaderMap::new();
        headers.insert("date", date.parse().unwrap());
        let signed = "GCS v1HMAC:id:9ond5EIN05dBXJGCLRK5om9pxHsyrh/12pZJ7bvmwNM=";
        headers.insert("authorization", signed.parse().unwrap());
        let path = "/v1/9991/tokens/123456789";
        assert!(is_signed(&account, &Method::GET, path, &headers, now));
        assert!(!is_signed(&account, &Method::DELETE, path, &headers, now));
        assert!(!is_signed(&account, &Method::GET, "/v1/9991/tokens/1", &headers, now));
        let later = now + SignedDuration::from_mins(16);
        assert!(!is_signed(&account, &Method::GET, path, &headers, later));
        headers.insert("x-gcs-idempotence-key", "1".parse().unwrap());
        assert!(!is_signed(&account, &Method::GET, path, &headers, now));
    }

    #[test]
    fn a_query_reads_the_same_signed_either_way() {
        assert_eq!(decoded("/v1/1/payments?a=no%20bar&b=%"), "/v1/1/payments?a=no bar&b=%");
    }
}
