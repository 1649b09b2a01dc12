//! What an order tells the bank about its buyer. Only the shop's customer id is mandatory.
//!
//! The bank refuses a whole order over one ill-formed optional field, so the setters drop what the bank would not
//! take: a payment matters more than a city name (AlliancePay docs: recommendations on request parameters).

use std::fmt;

use serde::Serialize;

/// `customerData` of an order (AlliancePay docs: create order page). `Debug` prints nothing personal.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[expect(clippy::struct_field_names, reason = "the names are the bank's")]
#[serde(rename_all = "camelCase")]
pub struct CustomerData {
    sender_customer_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    sender_first_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sender_last_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sender_email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sender_country: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sender_city: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sender_street: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sender_zip_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sender_ip: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sender_phone: Option<String>,
}

const STOP_WORDS: [&str; 5] = ["NULL", "3D SECURE", "SURNAME", "CARDHOLDER", "UNKNOWN"];

impl CustomerData {
    /// A buyer known only by the shop's own id of them (1 to 255 characters; the order's check refuses others).
    pub fn new(customer_id: impl Into<String>) -> Self {
        Self {
            sender_customer_id: customer_id.into(),
            sender_first_name: None,
            sender_last_name: None,
            sender_email: None,
            sender_country: None,
            sender_city: None,
            sender_street: None,
            sender_zip_code: None,
            sender_ip: None,
            sender_phone: None,
        }
    }

    /// First and last name, up to 30 characters each.
    #[must_use]
    pub fn name(mut self, first: &str, last: &str) -> Self {
        self.sender_first_name = name(first);
        self.sender_last_name = name(last);
        self
    }

    /// E-mail address, up to 256 characters.
    #[must_use]
    pub fn email(mut self, email: &str) -> Self {
        self.sender_email = fits(email, 256).filter(|email| email.contains('@') && !email.contains(' '));
        self
    }

    /// Country as its ISO 3166-1 number: `804`.
    #[must_use]
    pub fn country(mut self, numeric: &str) -> Self {
        self.sender_country = fits(numeric, 3).filter(|text| text.len() == 3 && all_digits(text));
        self
    }

    /// City (25 characters), street (35) and postal code (50).
    #[must_use]
    pub fn address(mut self, city: &str, street: &str, zip_code: &str) -> Self {
        self.sender_city = fits(city, 25);
        self.sender_street = fits(street, 35);
        self.sender_zip_code = fits(zip_code, 50);
        self
    }

    /// The buyer's network address.
    #[must_use]
    pub fn ip(mut self, ip: std::net::IpAddr) -> Self {
        self.sender_ip = Some(ip.to_string());
        self
    }

    /// Phone as digits with the country code: `380630000000`; spaces, brackets, hyphens and the plus are taken out.
    #[must_use]
    pub fn phone(mut self, phone: &str) -> Self {
        let digits: String = phone.chars().filter(|c| !matches!(c, ' ' | '(' | ')' | '-' | '+')).collect();
        self.sender_phone = fits(&digits, 20).filter(|digits| all_digits(digits));
        self
    }

    pub(crate) fn customer_id(&self) -> &str {
        &self.sender_customer_id
    }
}

impl fmt::Debug for CustomerData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CustomerData").finish_non_exhaustive()
    }
}

fn fits(text: &str, limit: usize) -> Option<String> {
    let text = text.trim();
    (!text.is_empty() && text.chars().count() <= limit).then(|| text.to_owned())
}

/// Letters and digits with single inner spaces, hyphens and U+0027; not digits alone; no stop word.
fn name(text: &str) -> Option<String> {
    let text = fits(&text.replace(['\u{2019}', '\u{02BC}'], "'"), 30)?;
    let allowed = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '\'');
    let upper = text.to_uppercase();
    let taken = text.chars().all(allowed)
        && !text.starts_with('-')
        && !text.ends_with('-')
        && text.chars().any(char::is_alphabetic)
        && !STOP_WORDS.iter().any(|word| upper.contains(word));
    taken.then_some(text)
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_bank_would_refuse_is_left_out() {
        let customer = CustomerData::new("c-1")
            .name("Unknown", "12345")
            .email("nobody")
            .country("UA")
            .address("a city whose name is far too long for the bank", "", "01001")
            .phone("ask me");
        let json = serde_json::to_value(&customer).unwrap();
        assert_eq!(json, serde_json::json!({"senderCustomerId": "c-1", "senderZipCode": "01001"}));
    }

    #[test]
    fn names_keep_their_apostrophe_in_the_only_form_the_bank_takes() {
        let json =
            serde_json::to_value(CustomerData::new("c").name("Дем\u{2019}ян", "Нечуй-Левицький")).unwrap();
        assert_eq!(json["senderFirstName"], "Дем'ян");
        assert_eq!(json["senderLastName"], "Нечуй-Левицький");
    }

    #[test]
    fn nothing_personal_prints() {
        let customer = CustomerData::new("c-1").name("Olha", "Test").phone("+38 (063) 000-00-00");
        assert_eq!(format!("{customer:?}"), "CustomerData { .. }");
    }
}
