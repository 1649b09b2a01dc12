//! What the backend tells the shop: believed only with the backend's signature, fresh, and newer than what is known.

use hmac::{Hmac, Mac};
use sha2::Sha256;

/// How far a webhook's time may be from ours, in seconds.
const TOLERANCE: u64 = 300;

/// The secret that the backend signs with. It does not print.
#[derive(Clone)]
pub struct WebhookSecret(String);

impl WebhookSecret {
    /// Takes the secret as it stands in its file, without the line end.
    pub fn new(text: &str) -> Self {
        Self(text.trim().to_owned())
    }

    /// Whether `signature`, the header `AlliancePay-Signature`, is the backend's for `body`, made within five minutes
    /// of `now`.
    pub(crate) fn signed(&self, signature: &str, body: &[u8], now: i64) -> bool {
        let Some((time, code)) = signature.strip_prefix("t=").and_then(|rest| rest.split_once(",v1=")) else {
            return false;
        };
        let Some(code) = bytes(code) else { return false };
        if !time.parse::<i64>().is_ok_and(|time| now.abs_diff(time) <= TOLERANCE) {
            return false;
        }
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(self.0.as_bytes()) else { return false };
        mac.update(time.as_bytes());
        mac.update(b".");
        mac.update(body);
        // Takes the same time whatever is wrong.
        mac.verify_slice(&code).is_ok()
    }
}

impl std::fmt::Debug for WebhookSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("WebhookSecret(…)")
    }
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    let pairs = hex.as_bytes().chunks(2);
    pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    // printf '1800000000.{"id":"wh_1"}' | openssl dgst -sha256 -hmac whsec-0123456789abcdef
    const SIGNATURE: &str =
        "t=1800000000,v1=dbb3202e535e64ef91f8d0b57baa11bca3a0e5499d10a10039f1ebb669af4b32";
    const BODY: &[u8] = br#"{"id":"wh_1"}"#;

    #[test]
    fn only_the_backends_own_fresh_words_are_believed() {
        let secret = WebhookSecret::new("whsec-0123456789abcdef\n");
        assert!(secret.signed(SIGNATURE, BODY, 1_800_000_000));
        assert!(secret.signed(SIGNATURE, BODY, 1_800_000_300));
        assert!(!secret.signed(SIGNATURE, BODY, 1_800_000_301));
        assert!(!secret.signed(SIGNATURE, BODY, 1_799_999_699));
        assert!(!secret.signed(SIGNATURE, br#"{"id":"wh_2"}"#, 1_800_000_000));
        assert!(!WebhookSecret::new("another-secret").signed(SIGNATURE, BODY, 1_800_000_000));
        for wrong in ["", "t=1800000000", "t=1800000000,v1=", "t=,v1=00", "t=1800000000,v1=zz"] {
            assert!(!secret.signed(wrong, BODY, 1_800_000_000), "{wrong}");
        }
        // Another time under the same code.
        assert!(!secret.signed(&SIGNATURE.replace("t=18", "t=1800"), BODY, 180_000_000_000));
    }
}
