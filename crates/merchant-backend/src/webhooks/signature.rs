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
    use std::fs;
    use std::path::Path;

    use serde_json::Value;

    use super::*;

    /// Made by `printf 'TIME.BODY' | openssl dgst -sha256 -hmac SECRET`. The WooCommerce plugin checks the same ones.
    #[test]
    fn the_signatures_are_what_openssl_makes() {
        let folder =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../checkout-api/tests/golden/webhook-signature");
        let mut seen = 0;
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let golden: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
            let [secret, body, expected] =
                ["secret", "body", "header"].map(|name| golden[name].as_str().unwrap());
            let signed = header(&Secret::new(secret), golden["time"].as_i64().unwrap(), body);
            assert_eq!(signed, expected, "{}", path.display());
            seen += 1;
        }
        assert!(seen > 0, "no golden files");
    }
}
