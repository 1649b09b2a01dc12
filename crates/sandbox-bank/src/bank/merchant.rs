//! The sandbox's one merchant: two terminals, each with its own identifiers and key. Made at start or read from a
//! file; never part of the sources.

use std::path::Path;

use alliancepay::{PrivateJwk, PublicJwk};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::order::PayType;

/// What the bank knows of a terminal, plus the merchant's private key: the sandbox made it, so it can hand it out.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Terminal {
    pub merchant_id: String,
    pub service_code: String,
    /// The merchant's private JWK.
    pub authentication_key: Value,
    pub pay_type: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Merchant {
    pub name: String,
    pub terminals: Vec<Terminal>,
}

#[derive(Debug, thiserror::Error)]
pub enum MerchantFileError {
    #[error(
        "the merchant file {path} can't be read or written: {source}; check the path and its permissions"
    )]
    File { path: String, source: std::io::Error },
    #[error("the merchant file {path} is not a sandbox merchant: {reason}; delete it to have a new one made")]
    Content { path: String, reason: String },
}

impl Merchant {
    pub fn generate() -> Self {
        let terminal = |pay_type: PayType| Terminal {
            merchant_id: Uuid::new_v4().to_string(),
            service_code: Uuid::new_v4().to_string(),
            authentication_key: serde_json::to_value(PrivateJwk::generate()).unwrap_or_default(),
            pay_type: pay_type.wire().to_owned(),
        };
        Self {
            name: "Sandbox merchant".to_owned(),
            terminals: vec![terminal(PayType::Purchase), terminal(PayType::A2a)],
        }
    }

    /// Reads the file; if there is none, makes a merchant and writes it, so that a restart keeps the keys.
    pub fn from_file(path: &Path) -> Result<Self, MerchantFileError> {
        let shown = || path.display().to_string();
        let file = |source| MerchantFileError::File { path: shown(), source };
        let content = |reason: String| MerchantFileError::Content { path: shown(), reason };
        if !path.exists() {
            let merchant = Self::generate();
            let text = serde_json::to_string_pretty(&merchant).map_err(|error| content(error.to_string()))?;
            write_private(path, &text).map_err(file)?;
            return Ok(merchant);
        }
        let text = std::fs::read_to_string(path).map_err(file)?;
        let merchant: Self = serde_json::from_str(&text).map_err(|error| content(error.to_string()))?;
        for terminal in &merchant.terminals {
            if terminal.public_key().is_none() {
                return Err(content(format!("the key of merchantId {} is unusable", terminal.merchant_id)));
            }
        }
        Ok(merchant)
    }

    pub(crate) fn by_service_code(&self, service_code: &str) -> Option<&Terminal> {
        self.terminals.iter().find(|terminal| terminal.service_code == service_code)
    }

    pub(crate) fn by_merchant_id(&self, merchant_id: &str) -> Option<&Terminal> {
        self.terminals.iter().find(|terminal| terminal.merchant_id == merchant_id)
    }
}

impl Terminal {
    /// The public half: all the real bank has.
    pub(crate) fn public_key(&self) -> Option<PublicJwk> {
        PrivateJwk::from_json(&self.authentication_key.to_string()).ok().map(|key| key.public())
    }
}

fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    use std::io::Write as _;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(text.as_bytes())
}
