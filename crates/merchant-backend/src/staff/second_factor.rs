//! The second factor: six digits of a clock and a secret (RFC 6238), as authenticator apps make them.

use console_api::SecondFactorSetup;
use jiff::Timestamp;
use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};
use rand::TryRngCore;
use rand::rngs::OsRng;
use subtle::ConstantTimeEq;
use totp_rs::{Algorithm, Secret, TOTP};

const DIGITS: usize = 6;
const STEP_SECONDS: u64 = 30;
/// A clock may be one step off.
const SKEW: u64 = 1;
const SECRET_BYTES: usize = 20;
const LEAST_QR: u32 = 220;

/// A new secret; `None` only when the machine has no randomness.
pub(crate) fn fresh_secret() -> Option<Vec<u8>> {
    let mut bytes = vec![0; SECRET_BYTES];
    OsRng.try_fill_bytes(&mut bytes).ok()?;
    Some(bytes)
}

/// What an authenticator app is told of a secret.
pub(crate) fn setup(secret: &[u8], issuer: &str, login: &str) -> Option<SecondFactorSetup> {
    let totp = totp(secret, issuer, login)?;
    let uri = totp.get_url();
    let code = QrCode::with_error_correction_level(&uri, EcLevel::M).ok()?;
    Some(SecondFactorSetup {
        secret: Secret::Raw(secret.to_vec()).to_encoded().to_string(),
        qr: code.render::<svg::Color<'_>>().min_dimensions(LEAST_QR, LEAST_QR).build(),
        uri,
    })
}

/// The step whose code this is, if it is one that counts now.
pub(crate) fn step_of(code: &str, secret: &[u8], now: Timestamp) -> Option<i64> {
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let totp = totp(secret, "", "")?;
    let step = u64::try_from(now.as_second()).ok()? / STEP_SECONDS;
    let mut found = None;
    for step in step.saturating_sub(SKEW)..=step + SKEW {
        // Every step is compared: the time taken tells nothing.
        if bool::from(totp.generate(step * STEP_SECONDS).as_bytes().ct_eq(code.as_bytes())) {
            found = i64::try_from(step).ok();
        }
    }
    found
}

fn totp(secret: &[u8], issuer: &str, login: &str) -> Option<TOTP> {
    // A colon separates the two in the address; neither may have one.
    let plain = |text: &str| text.replace(':', " ");
    let issuer = Some(plain(issuer)).filter(|issuer| !issuer.is_empty());
    TOTP::new(Algorithm::SHA1, DIGITS, 0, STEP_SECONDS, secret.to_vec(), issuer, plain(login)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_codes_are_those_of_the_standard() {
        // RFC 6238, appendix B, cut to six digits.
        let secret = b"12345678901234567890";
        for (second, code) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            let now = Timestamp::from_second(second).unwrap();
            assert_eq!(step_of(code, secret, now), Some(second / 30), "{second}");
            assert_eq!(step_of(&format!("{} {}", &code[..3], &code[3..]), secret, now), Some(second / 30));
            assert_eq!(step_of("000000", secret, now), None);
        }
    }

    #[test]
    fn a_code_counts_one_step_early_and_late_and_no_more() {
        let secret = b"12345678901234567890";
        let step = 1_111_111_109 / 30;
        let steps = |off: i64| {
            step_of("081804", secret, Timestamp::from_second((step + off) * 30).unwrap())
                .map(|found| found - step)
        };
        assert_eq!([-2, -1, 0, 1, 2].map(steps), [None, Some(0), Some(0), Some(0), None]);
    }

    #[test]
    fn an_app_is_told_secret_issuer_and_login() {
        let setup = setup(&fresh_secret().unwrap(), "Крамниця: книги", "anna").unwrap();
        assert!(setup.uri.starts_with("otpauth://totp/"), "{}", setup.uri);
        assert!(setup.uri.contains(&setup.secret) && setup.uri.contains("issuer="), "{}", setup.uri);
        assert!(setup.qr.contains("<svg"), "{}", setup.qr);
    }
}
