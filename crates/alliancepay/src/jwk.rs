//! The two EC P-384 keys of the JWE exchange, read from and written as JWK (RFC 7517, RFC 7518 section 6.2).
//!
//! Reading checks everything once: curve, lengths, that the point is on the curve, that `d` fits `x` and `y`.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p384::elliptic_curve::rand_core::OsRng;
use p384::elliptic_curve::sec1::{FromEncodedPoint as _, ToEncodedPoint as _};
use p384::{EncodedPoint, FieldBytes, PublicKey, SecretKey};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use zeroize::Zeroizing;

/// Bytes of one P-384 coordinate, and of the private number.
const FIELD_BYTES: usize = 48;

/// A public key: the merchant's (given to the bank) or the bank's `serverPublic`.
///
/// Written as `{kty, crv, x, y}`; members the exchange does not need (`use`, `alg`, `kid`) are ignored on reading.
/// (AlliancePay docs: authorization page.)
#[derive(Clone, PartialEq, Eq)]
pub struct PublicJwk(pub(crate) PublicKey);

/// The merchant's private key. `Debug` never prints `d`; the number is wiped from memory when dropped.
#[derive(Clone)]
pub struct PrivateJwk(pub(crate) SecretKey);

impl PrivateJwk {
    /// A fresh key from the operating system's randomness.
    pub fn generate() -> Self {
        Self(SecretKey::random(&mut OsRng))
    }

    /// The part that may be given away.
    pub fn public(&self) -> PublicJwk {
        PublicJwk(self.0.public_key())
    }

    /// Reads the JSON text of a private JWK.
    pub fn from_json(text: &str) -> Result<Self, JwkError> {
        serde_json::from_str::<Wire>(text).map_err(|_| JwkError::NotAJwk)?.into_private()
    }
}

/// Why a text is no usable key. No variant repeats key material.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum JwkError {
    /// Not a JSON object with the members of an EC key.
    #[error("the key is not a JSON Web Key of an elliptic curve (members kty, crv, x, y)")]
    NotAJwk,
    /// Another key type or curve.
    #[error("the key must have kty EC and crv P-384")]
    WrongCurve,
    /// A member of the wrong length or alphabet.
    #[error("member `{0}` of the key must be 64 base64url characters (48 bytes) without padding")]
    Member(&'static str),
    /// `x` and `y` are no point of P-384.
    #[error("members x and y of the key are not a point of P-384")]
    NotOnCurve,
    /// The private member is missing, zero or too large.
    #[error("the private member d of the key is missing or out of range")]
    NoPrivatePart,
    /// `d` belongs to another `x` and `y`.
    #[error("the private member d of the key does not belong to its x and y")]
    Mismatch,
}

#[derive(Serialize, Deserialize)]
struct Wire {
    kty: String,
    crv: String,
    x: String,
    y: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    d: Option<Zeroizing<String>>,
    #[serde(rename = "use", skip_serializing_if = "Option::is_none", skip_deserializing)]
    purpose: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none", skip_deserializing)]
    alg: Option<&'static str>,
}

impl Wire {
    fn of(key: &PublicKey) -> Self {
        let point = key.to_encoded_point(false);
        let member = |bytes: Option<&FieldBytes>| URL_SAFE_NO_PAD.encode(bytes.map_or(&[][..], |b| &b[..]));
        Self {
            kty: "EC".to_owned(),
            crv: "P-384".to_owned(),
            x: member(point.x()),
            y: member(point.y()),
            d: None,
            purpose: None,
            alg: None,
        }
    }

    fn public(&self) -> Result<PublicKey, JwkError> {
        if self.kty != "EC" || self.crv != "P-384" {
            return Err(JwkError::WrongCurve);
        }
        let (x, y) = (member("x", &self.x)?, member("y", &self.y)?);
        let point = EncodedPoint::from_affine_coordinates(&x, &y, false);
        Option::from(PublicKey::from_encoded_point(&point)).ok_or(JwkError::NotOnCurve)
    }

    fn into_private(self) -> Result<PrivateJwk, JwkError> {
        let public = self.public()?;
        let d = Zeroizing::new(member("d", self.d.as_ref().ok_or(JwkError::NoPrivatePart)?)?);
        let secret = SecretKey::from_bytes(&d).map_err(|_| JwkError::NoPrivatePart)?;
        if secret.public_key() != public {
            return Err(JwkError::Mismatch);
        }
        Ok(PrivateJwk(secret))
    }
}

fn member(name: &'static str, text: &str) -> Result<FieldBytes, JwkError> {
    let bytes = Zeroizing::new(URL_SAFE_NO_PAD.decode(text).map_err(|_| JwkError::Member(name))?);
    if bytes.len() != FIELD_BYTES {
        return Err(JwkError::Member(name));
    }
    Ok(FieldBytes::clone_from_slice(&bytes))
}

impl Serialize for PublicJwk {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Wire::of(&self.0).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for PublicJwk {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Wire::deserialize(deserializer)?.public().map(Self).map_err(de::Error::custom)
    }
}

impl Serialize for PrivateJwk {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let d = Zeroizing::new(URL_SAFE_NO_PAD.encode(Zeroizing::new(self.0.to_bytes())));
        let public = Wire::of(&self.0.public_key());
        Wire { d: Some(d), purpose: Some("enc"), alg: Some("ECDH-ES+A256KW"), ..public }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for PrivateJwk {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Wire::deserialize(deserializer)?.into_private().map_err(de::Error::custom)
    }
}

impl fmt::Debug for PublicJwk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PublicJwk").field("x", &Wire::of(&self.0).x).finish_non_exhaustive()
    }
}

impl fmt::Debug for PrivateJwk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PrivateJwk").field("public", &self.public()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_private_key_survives_its_json_and_never_prints_its_number() {
        let key = PrivateJwk::generate();
        let json = serde_json::to_value(&key).unwrap();
        let again = PrivateJwk::from_json(&json.to_string()).unwrap();
        assert_eq!(again.public(), key.public());
        let d = json["d"].as_str().unwrap();
        assert!(!format!("{key:?} {key:#?}").contains(d));
        assert_eq!(json["alg"], "ECDH-ES+A256KW");
    }

    #[test]
    fn a_public_key_has_exactly_the_four_members_of_the_docs() {
        let json = serde_json::to_value(PrivateJwk::generate().public()).unwrap();
        let members: Vec<_> = json.as_object().unwrap().keys().cloned().collect();
        assert_eq!(members, ["crv", "kty", "x", "y"]);
    }

    #[test]
    fn broken_keys_are_refused_with_the_member_named() {
        let good = serde_json::to_value(PrivateJwk::generate()).unwrap();
        let other = serde_json::to_value(PrivateJwk::generate()).unwrap();
        let broken = |member: &str, value: serde_json::Value| {
            let mut key = good.clone();
            key[member] = value;
            PrivateJwk::from_json(&key.to_string()).map(|_| ()).unwrap_err()
        };
        let short = good["x"].as_str().unwrap()[1..].to_owned();
        assert_eq!(broken("x", short.into()), JwkError::Member("x"));
        assert_eq!(broken("crv", "P-256".into()), JwkError::WrongCurve);
        assert_eq!(broken("y", good["x"].clone()), JwkError::NotOnCurve);
        assert_eq!(broken("d", other["d"].clone()), JwkError::Mismatch);
        assert_eq!(broken("d", serde_json::Value::Null), JwkError::NoPrivatePart);
        assert_eq!(broken("d", "A".repeat(64).into()), JwkError::NoPrivatePart);
    }
}
