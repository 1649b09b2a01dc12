//! The JOSE envelope around bodies only the receiver may read: compact JWE, ECDH-ES+A256KW, A256GCM, P-384.
//!
//! Only the envelope (RFC 7516, RFC 7518 section 4.6) is put together here; every primitive comes from RustCrypto.
//! A JWE proves nothing about its sender: anybody who has the public key can make one.

use aes_gcm::aead::{Aead as _, AeadCore as _, KeyInit as _, OsRng, Payload};
use aes_gcm::{Aes256Gcm, Key, Nonce};
use aes_kw::KekAes256;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p384::ecdh::{EphemeralSecret, SharedSecret, diffie_hellman};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use zeroize::Zeroizing;

pub use crate::jwk::{JwkError, PrivateJwk, PublicJwk};

const ALG: &str = "ECDH-ES+A256KW";
const ENC: &str = "A256GCM";
const TAG_BYTES: usize = 16;
const NONCE_BYTES: usize = 12;

/// Why an envelope could not be made or opened. No variant repeats what was inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum JweError {
    /// Not five base64url parts with a readable header.
    #[error("the text is not a compact JWE with a P-384 ephemeral key")]
    Malformed,
    /// Readable, but not the one combination the bank uses.
    #[error("the JWE header asks for something other than ECDH-ES+A256KW with A256GCM")]
    Unsupported,
    /// Made for another key, or changed on the way.
    #[error("the JWE was made for another key or was changed on the way")]
    NotForThisKey,
    /// A primitive refused to encrypt.
    #[error("encryption failed")]
    Encrypt,
}

/// Result of opening or making an envelope.
pub type Result<T> = std::result::Result<T, JweError>;

#[derive(Serialize)]
struct Header<'a> {
    alg: &'a str,
    enc: &'a str,
    epk: &'a PublicJwk,
}

/// `kid`, `typ` and `cty` change nothing about opening and are let through; any other extra member
/// (`zip`, `crit`, `apu`, `apv`) would, and is refused.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReadHeader {
    alg: String,
    enc: String,
    epk: PublicJwk,
    #[serde(rename = "kid")]
    _kid: Option<serde::de::IgnoredAny>,
    #[serde(rename = "typ")]
    _typ: Option<serde::de::IgnoredAny>,
    #[serde(rename = "cty")]
    _cty: Option<serde::de::IgnoredAny>,
}

/// Encrypts `plaintext` for `recipient`; the header holds exactly `alg`, `enc` and `epk`.
/// (AlliancePay docs: authorization page, cipher examples.)
pub fn encrypt(plaintext: &[u8], recipient: &PublicJwk) -> Result<String> {
    let ephemeral = EphemeralSecret::random(&mut OsRng);
    let epk = PublicJwk(ephemeral.public_key());
    let header =
        serde_json::to_vec(&Header { alg: ALG, enc: ENC, epk: &epk }).map_err(|_| JweError::Encrypt)?;
    let protected = URL_SAFE_NO_PAD.encode(header);

    let content_key = Zeroizing::new(Aes256Gcm::generate_key(&mut OsRng));
    let wrapping_key = wrapping_key(&ephemeral.diffie_hellman(&recipient.0)).ok_or(JweError::Encrypt)?;
    let wrapped = wrapping_key.wrap_vec(&content_key).map_err(|_| JweError::Encrypt)?;

    let nonce = Aes256Gcm::generate_nonce(&mut OsRng);
    let sealed = Aes256Gcm::new(&content_key)
        .encrypt(&nonce, Payload { msg: plaintext, aad: protected.as_bytes() })
        .map_err(|_| JweError::Encrypt)?;
    let (ciphertext, tag) = sealed.split_at(sealed.len() - TAG_BYTES);

    let part = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    Ok([protected, part(&wrapped), part(&nonce), part(ciphertext), part(tag)].join("."))
}

/// Opens a compact JWE with the receiver's private key; a changed header, key, text or tag is refused.
pub fn decrypt(compact: &str, key: &PrivateJwk) -> Result<Vec<u8>> {
    let mut parts = compact.trim().split('.');
    let mut next = || parts.next().ok_or(JweError::Malformed);
    let [protected, wrapped, nonce, ciphertext, tag] = [next()?, next()?, next()?, next()?, next()?];
    if parts.next().is_some() {
        return Err(JweError::Malformed);
    }
    let header: ReadHeader = serde_json::from_slice(&unpart(protected)?).map_err(|_| JweError::Malformed)?;
    if header.alg != ALG || header.enc != ENC {
        return Err(JweError::Unsupported);
    }
    let (nonce, tag) = (unpart(nonce)?, unpart(tag)?);
    if nonce.len() != NONCE_BYTES || tag.len() != TAG_BYTES {
        return Err(JweError::Malformed);
    }

    let shared = diffie_hellman(key.0.to_nonzero_scalar(), header.epk.0.as_affine());
    let wrapping_key = wrapping_key(&shared).ok_or(JweError::NotForThisKey)?;
    let content_key =
        Zeroizing::new(wrapping_key.unwrap_vec(&unpart(wrapped)?).map_err(|_| JweError::NotForThisKey)?);
    if content_key.len() != 32 {
        return Err(JweError::Malformed);
    }

    let mut sealed = unpart(ciphertext)?;
    sealed.extend_from_slice(&tag);
    Aes256Gcm::new(Key::<Aes256Gcm>::from_slice(&content_key))
        .decrypt(Nonce::from_slice(&nonce), Payload { msg: &sealed, aad: protected.as_bytes() })
        .map_err(|_| JweError::NotForThisKey)
}

/// The key-wrapping key of RFC 7518 section 4.6.2, with empty `apu` and `apv`.
fn wrapping_key(shared: &SharedSecret) -> Option<KekAes256> {
    let mut info = Vec::with_capacity(30);
    info.extend_from_slice(&14_u32.to_be_bytes());
    info.extend_from_slice(ALG.as_bytes());
    info.extend_from_slice(&0_u32.to_be_bytes());
    info.extend_from_slice(&0_u32.to_be_bytes());
    info.extend_from_slice(&256_u32.to_be_bytes());
    let mut key = Zeroizing::new([0_u8; 32]);
    concat_kdf::derive_key_into::<Sha256>(shared.raw_secret_bytes(), &info, &mut *key).ok()?;
    Some(KekAes256::from(*key))
}

fn unpart(text: &str) -> Result<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).map_err(|_| JweError::Malformed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_encrypted_for_a_key_opens_with_it_and_with_no_other() {
        let key = PrivateJwk::generate();
        for text in [&b""[..], b"{}", &[0xff; 5000]] {
            let compact = encrypt(text, &key.public()).unwrap();
            assert_eq!(decrypt(&compact, &key).unwrap(), text);
            assert_eq!(decrypt(&compact, &PrivateJwk::generate()), Err(JweError::NotForThisKey));
        }
    }

    #[test]
    fn the_header_holds_exactly_what_the_bank_sends() {
        let compact = encrypt(b"{}", &PrivateJwk::generate().public()).unwrap();
        let header = unpart(compact.split('.').next().unwrap()).unwrap();
        let header: serde_json::Value = serde_json::from_slice(&header).unwrap();
        let members: Vec<_> = header.as_object().unwrap().keys().cloned().collect();
        assert_eq!(members, ["alg", "enc", "epk"]);
        assert_eq!(header["epk"].as_object().unwrap().len(), 4);
    }

    #[test]
    fn a_change_anywhere_is_refused() {
        let key = PrivateJwk::generate();
        let compact = encrypt(b"{\"amount\":1}", &key.public()).unwrap();
        let parts: Vec<_> = compact.split('.').collect();
        for place in 1..5 {
            let mut bytes = unpart(parts[place]).unwrap();
            bytes[0] ^= 1;
            let changed = URL_SAFE_NO_PAD.encode(bytes);
            let mut forged = parts.clone();
            forged[place] = &changed;
            assert_eq!(decrypt(&forged.join("."), &key), Err(JweError::NotForThisKey), "part {place}");
        }
    }

    #[test]
    fn a_changed_header_is_refused() {
        let key = PrivateJwk::generate();
        let compact = encrypt(b"{}", &key.public()).unwrap();
        let (protected, rest) = compact.split_once('.').unwrap();
        let header: serde_json::Value = serde_json::from_slice(&unpart(protected).unwrap()).unwrap();
        let with = |member: &str, value: serde_json::Value| {
            let mut header = header.clone();
            header[member] = value;
            let forged = format!("{}.{rest}", URL_SAFE_NO_PAD.encode(header.to_string()));
            decrypt(&forged, &key).unwrap_err()
        };
        let other = serde_json::to_value(PrivateJwk::generate().public()).unwrap();
        assert_eq!(with("alg", "dir".into()), JweError::Unsupported);
        assert_eq!(with("enc", "A128GCM".into()), JweError::Unsupported);
        assert_eq!(with("epk", other), JweError::NotForThisKey);
        assert_eq!(with("zip", "DEF".into()), JweError::Malformed);
        assert_eq!(with("kid", "another".into()), JweError::NotForThisKey);
    }

    #[test]
    fn texts_that_are_no_envelope_are_refused() {
        let key = PrivateJwk::generate();
        for wrong in ["", "....", "a.b.c", "a.b.c.d.e.f", "{}", "é.é.é.é.é"] {
            assert_eq!(decrypt(wrong, &key), Err(JweError::Malformed), "{wrong}");
        }
    }
}
