//! What an order tells the bank about its buyer. Only the shop's customer id is mandatory.
//!
//! The bank refuses a whole order over one ill-formed optional field, so the setters drop what the bank would not
//! take: a payment matters more than a city name (AlliancePay docs: recommendations on request parameters).

mod person_name;

use std::fmt;

use serde::Serialize;

use person_name::person_name;

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
    sender_middle_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sender_email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sender_country: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sender_region: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sender_city: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sender_street: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sender_additional_address: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sender_zip_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sender_ip: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sender_phone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sender_itn: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sender_passport: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sender_gender: Option<Gender>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sender_birthday: Option<String>,
}

/// A gender as the bank writes it (`senderGender`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Gender {
    /// `Male`.
    Male,
    /// `Female`.
    Female,
}

impl CustomerData {
    /// A buyer known only by the shop's own id of them (1 to 255 characters; the order's check refuses others).
    pub fn new(customer_id: impl Into<String>) -> Self {
        Self {
            sender_customer_id: customer_id.into(),
            sender_first_name: None,
            sender_last_name: None,
            sender_middle_name: None,
            sender_email: None,
            sender_country: None,
            sender_region: None,
            sender_city: None,
            sender_street: None,
            sender_additional_address: None,
            sender_zip_code: None,
            sender_ip: None,
            sender_phone: None,
            sender_itn: None,
            sender_passport: None,
            sender_gender: None,
            sender_birthday: None,
        }
    }

    /// First and last name, up to 30 characters each.
    #[must_use]
    pub fn name(mut self, first: &str, last: &str) -> Self {
        self.sender_first_name = person_name(first);
        self.sender_last_name = person_name(last);
        self
    }

    /// Middle name or patronymic, up to 30 characters.
    #[must_use]
    pub fn middle_name(mut self, middle: &str) -> Self {
        self.sender_middle_name = person_name(middle);
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

    /// Region, up to 255 characters.
    #[must_use]
    pub fn region(mut self, region: &str) -> Self {
        self.sender_region = fits(region, 255);
        self
    }

    /// The rest of the address (floor, house, flat), up to 255 characters.
    #[must_use]
    pub fn additional_address(mut self, text: &str) -> Self {
        self.sender_additional_address = fits(text, 255);
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

    /// Individual tax number: digits, up to 20.
    #[must_use]
    pub fn itn(mut self, itn: &str) -> Self {
        self.sender_itn = fits(itn, 20).filter(|itn| all_digits(itn));
        self
    }

    /// Passport, up to 255 characters.
    #[must_use]
    pub fn passport(mut self, passport: &str) -> Self {
        self.sender_passport = fits(passport, 255);
        self
    }

    /// Gender.
    #[must_use]
    pub const fn gender(mut self, gender: Gender) -> Self {
        self.sender_gender = Some(gender);
        self
    }

    /// Date of birth; goes out as `31.12.2000`, the form of the docs' table and of the official library.
    #[must_use]
    pub fn birthday(mut self, day: jiff::civil::Date) -> Self {
        self.sender_birthday = Some(day.strftime("%d.%m.%Y").to_string());
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
            .phone("ask me")
            .middle_name("-")
            .region(" ")
            .itn("AB12")
            .passport(&"x".repeat(256));
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
