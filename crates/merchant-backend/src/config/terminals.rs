//! The bank's terminals: one per product. Pay types this backend does not offer are refused by name.

use std::path::{Path, PathBuf};

use alliancepay::PrivateJwk;
use serde::Deserialize;

use super::{ConfigError, secret_file, wrong};
use crate::payments::product::Product;
use crate::provider::alliancepay::TerminalSettings;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TerminalTable {
    pay_type: String,
    merchant_id: String,
    service_code: String,
    pub(super) key_file: PathBuf,
}

/// Checks the list and reads the keys.
pub(super) fn check(tables: Vec<TerminalTable>, folder: &Path) -> Result<Vec<TerminalSettings>, ConfigError> {
    if tables.is_empty() {
        return Err(wrong("terminals", "give at least one [[terminals]] with pay_type = \"PURCHASE\""));
    }
    let mut terminals: Vec<TerminalSettings> = Vec::new();
    for (index, table) in tables.into_iter().enumerate() {
        let key = |name: &str| format!("terminals[{index}].{name}");
        let product = product(&table.pay_type).map_err(|problem| wrong(&key("pay_type"), problem))?;
        if terminals.iter().any(|terminal| terminal.product == product) {
            let problem = format!("a second terminal for {}: one each", table.pay_type);
            return Err(wrong(&key("pay_type"), problem));
        }
        for (name, value) in [("merchant_id", &table.merchant_id), ("service_code", &table.service_code)] {
            if value.trim().is_empty() {
                return Err(wrong(&key(name), "is empty: the bank gives it with the terminal"));
            }
        }
        let jwk = secret_file(&key("key_file"), &folder.join(&table.key_file))?;
        terminals.push(TerminalSettings {
            product,
            merchant_id: table.merchant_id,
            service_code: table.service_code,
            key: PrivateJwk::from_json(&jwk).map_err(|error| wrong(&key("key_file"), error))?,
        });
    }
    Ok(terminals)
}

fn product(pay_type: &str) -> Result<Product, String> {
    match pay_type {
        "PURCHASE" => Ok(Product::Card),
        "A2A" => Ok(Product::A2a),
        "PREAUTH" => Err("PREAUTH only holds money and is not offered: use PURCHASE or A2A".to_owned()),
        "VERIFICATION" => {
            Err("VERIFICATION moves no money and is not offered: use PURCHASE or A2A".to_owned())
        }
        other => Err(format!("`{other}` is no pay type of the bank: use PURCHASE or A2A")),
    }
}
