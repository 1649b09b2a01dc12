//! What `customerData` may hold.

use serde_json::{Map, Value};

use super::fields::Fields;

const STOP_WORDS: [&str; 5] = ["NULL", "3D SECURE", "SURNAME", "CARDHOLDER", "UNKNOWN"];

/// Every mistake in the buyer's data.
pub(crate) fn check(customer: &Map<String, Value>) -> Vec<String> {
    let mut fields = Fields::of(customer, "customerData.");
    fields.required("senderCustomerId", 255);
    fields.checked("senderFirstName", 30, "is not a valid name", |name| {
        is_name(name) && !STOP_WORDS.iter().any(|word| name.to_uppercase().contains(word))
    });
    for name in ["senderLastName", "senderMiddleName"] {
        fields.checked(name, 30, "is not a valid name", is_name);
    }
    fields.checked("senderEmail", 256, "must be a well-formed email address", |email| {
        email.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.'))
    });
    fields.checked("senderCountry", 3, "must be an ISO 3166-1 numeric code", |code| {
        code.len() == 3 && digits_only(code)
    });
    for (name, max) in [
        ("senderRegion", 255),
        ("senderCity", 25),
        ("senderStreet", 35),
        ("senderAdditionalAddress", 255),
        ("senderZipCode", 50),
        ("senderItn", 20),
        ("senderPassport", 255),
        ("senderBirthday", 50),
    ] {
        fields.optional(name, max);
    }
    fields.checked("senderGender", 50, "must be Male or Female", |word| matches!(word, "Male" | "Female"));
    fields.checked("senderIp", 50, "must be an IP address", |ip| ip.parse::<std::net::IpAddr>().is_ok());
    fields.checked("senderPhone", 20, "must hold digits only", digits_only);
    fields.errors
}

fn digits_only(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

/// Letters and digits with inner spaces, hyphens and apostrophes (U+0027 only); not digits alone.
fn is_name(name: &str) -> bool {
    let edge = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '\'');
    name.chars().all(|c| c.is_alphanumeric() || " -'".contains(c))
        && edge(name.chars().next())
        && edge(name.chars().next_back())
        && !digits_only(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn errors(json: &str) -> Vec<String> {
        check(&serde_json::from_str(json).expect("an object"))
    }

    #[test]
    fn an_identifier_is_enough() {
        assert_eq!(errors(r#"{"senderCustomerId":"guest-1"}"#), Vec::<String>::new());
    }

    #[test]
    fn an_optional_field_that_is_null_or_empty_is_an_error() {
        assert_eq!(
            errors(r#"{"senderCustomerId":"1","senderEmail":null,"senderCity":""}"#),
            ["customerData.senderEmail must not be null", "customerData.senderCity must not be empty"]
        );
    }

    #[test]
    fn names_follow_the_banks_rules() {
        for good in ["Олена", "Д'Артаньян", "Anna-Maria", "Van Der 2"] {
            assert!(is_name(good), "{good}");
        }
        for bad in ["12", "-Anna", "Anna ", "O\u{2019}Neil", "J. Smith"] {
            assert!(!is_name(bad), "{bad}");
        }
        assert_eq!(errors(r#"{"senderCustomerId":"1","senderFirstName":"Unknown"}"#).len(), 1);
    }
}
