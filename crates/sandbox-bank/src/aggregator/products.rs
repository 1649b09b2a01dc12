//! Payment product 866: which currencies, which sums, which wallets.

use serde_json::{Value, json};

use super::trouble::Trouble;

pub(crate) const ALIPAY_PLUS: u64 = 866;

/// A wallet the page offers: the word for it in answers, and its name.
pub(crate) type Wallet = (&'static str, &'static str);

const ALIPAY_HK: Wallet = ("ALIPAY_HK", "AlipayHK");
const FOR_EURO: [Wallet; 7] = [
    ("ALIPAY_CN", "Alipay"),
    ALIPAY_HK,
    ("KAKAOPAY", "KakaoPay"),
    ("GCASH", "GCash"),
    ("TNG", "Touch ’n Go eWallet"),
    ("DANA", "DANA"),
    ("TRUEMONEY", "TrueMoney"),
];

/// The countries whose buyers the sandbox's account was boarded for.
const COUNTRIES: [&str; 10] = ["AT", "BE", "CZ", "DE", "ES", "HK", "IT", "NL", "PL", "RO"];

pub(crate) fn is_boarded(country: &str) -> bool {
    COUNTRIES.contains(&country)
}

/// The wallets of a currency; none: Alipay+ is not offered in it.
pub(crate) fn wallets(currency: &str) -> &'static [Wallet] {
    match currency {
        "EUR" => &FOR_EURO,
        "HKD" => &[ALIPAY_HK],
        _ => &[],
    }
}

/// What people call a wallet; the word for it where it has no name here.
pub(crate) fn name(currency: &str, wallet: &'static str) -> &'static str {
    wallets(currency).iter().find(|(word, _)| *word == wallet).map_or(wallet, |(_, name)| *name)
}

/// The least and the largest sum in hundredths.
pub(crate) fn limits(currency: &str) -> (i64, i64) {
    if currency == "HKD" { (1, 5_000_000) } else { (1, 1_000_000) }
}

/// What the product lookup answers.
pub(crate) fn lookup(country: &str, currency: &str, amount: Option<i64>) -> Result<Value, Trouble> {
    if country.len() != 2 || !country.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return Err(Trouble::field("countryCode", "INVALID_COUNTRY_CODE"));
    }
    let (least, most) = limits(currency);
    let offered = is_boarded(country) && !wallets(currency).is_empty();
    if !offered || amount.is_some_and(|amount| !(least..=most).contains(&amount)) {
        return Err(Trouble::unknown("UNKNOWN_PRODUCT_ID"));
    }
    Ok(json!({
        "id": ALIPAY_PLUS,
        "paymentMethod": "redirect",
        "paymentProductGroup": "eWallet",
        "minAmount": least,
        "maxAmount": most,
        "allowsRecurring": false,
        "allowsTokenization": false,
        "usesRedirectionTo3rdParty": true,
        "canBeIframed": false,
        "mobileIntegrationLevel": "OPTIMISED_SUPPORT",
        "displayHints": {"displayOrder": 1, "label": "Alipay+"},
        "fields": [],
    }))
}
