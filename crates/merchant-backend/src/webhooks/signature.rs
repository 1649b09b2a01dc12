//! The signature of a webhook: `t=UNIX,v1=HEX`, where HEX is the HMAC-SHA256 of `UNIX.BODY` under the shop's secret. The
//! time is signed too, so that an old message cannot be sent again by another.

use std::fmt::Write;

use alliancepay::Secret;
use hmac::{Hmac, Mac};
use sha2::Sha256;

/// The header's value.
pub(super) fn header(secret: &Secret, unix: i64, body: &str) -> String {
    // HMAC takes keys of any length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.expose().as_bytes()) else {
        unreachable!("HMAC takes keys of any length")
    };
    mac.update(format!("{unix}.").as_bytes());
    mac.update(body.as_bytes());
    let mut text = format!("t={unix},v1=");
    for byte in mac.finalize().into_bytes() {
        // Writing into a String cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_is_what_openssl_makes() {
        // printf '1800000000.{"id":"wh_1"}' | openssl dgst -sha256 -hmac whsec-0123456789abcdef
        let signed = header(&Secret::new("whsec-0123456789abcdef"), 1_800_000_000, r#"{"id":"wh_1"}"#);
        assert_eq!(
            signed,
            "t=1800000000,v1=dbb3202e535e64ef91f8d0b57baa11bca3a0e5499d10a10039f1ebb669af4b32"
        );
    }
}
