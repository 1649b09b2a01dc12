//! The bank's error object. Many arrive with HTTP 200, so an answer is tested for one before anything else.

use std::fmt;

use serde::Deserialize;
use serde_json::Value;

use crate::lenient;
use crate::open_enum::open_enum;

open_enum! {
    /// The kind of an error object (`msgType`).
    MsgType {
        /// A refusal with a `msgCode`.
        Error = "ERROR",
        /// A request that breaks a rule of a field; `validation.errors[]` says which.
        ValidationError = "VALIDATION_ERROR",
    }
}

/// What the bank says when it refuses (AlliancePay docs: error codes page).
///
/// A code alone does not tell whether the transaction happened: see [`crate::Error::outcome_unknown`].
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct BankError {
    /// The bank's code, such as `b_hpp_order_not_found`; empty when it sent none.
    #[serde(deserialize_with = "word")]
    pub msg_code: String,
    /// The kind of the error.
    pub msg_type: MsgType,
    /// The bank's sentence, for the merchant's log; not for buyers.
    #[serde(deserialize_with = "lenient::text")]
    pub msg_text: Option<String>,
    /// The bank's number of this call: what its support asks for.
    #[serde(deserialize_with = "lenient::text")]
    pub request_id: Option<String>,
    /// The bank's service that refused.
    #[serde(deserialize_with = "lenient::text")]
    pub service_id: Option<String>,
    /// Whether the bank calls `msg_text` localized; the docs do not say into which language.
    #[serde(deserialize_with = "lenient::flag")]
    pub is_localized: bool,
    /// `msgAttrs` as it came: what the sentence is about. Null when absent; the docs describe no keys. It may repeat what
    /// was sent, so [`fmt::Display`] leaves it out.
    pub msg_attrs: Value,
    /// `errorCauses` as they came: further errors behind this one.
    #[serde(deserialize_with = "lenient::list")]
    pub error_causes: Vec<Value>,
    /// Which rules a `VALIDATION_ERROR` names, one sentence each.
    #[serde(rename = "validation", deserialize_with = "validation_messages")]
    pub validation: Vec<String>,
}

impl BankError {
    /// The error object in an answer, if it is one.
    ///
    /// `ok` tells whether HTTP called the answer a success: an unknown `msgType` without a code is then no error.
    pub(crate) fn find(answer: &Value, ok: bool) -> Option<Self> {
        answer.get("msgType").filter(|kind| !kind.is_null()).or_else(|| answer.get("msgCode"))?;
        let error: Self = serde_json::from_value(answer.clone()).ok()?;
        match error.msg_type {
            MsgType::Error | MsgType::ValidationError => Some(error),
            MsgType::Unrecognized(_) => (!ok || !error.msg_code.is_empty()).then_some(error),
        }
    }
}

impl fmt::Display for BankError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = self.msg_type.as_str();
        f.write_str(match (self.msg_code.as_str(), kind) {
            ("", "") => "no code given",
            ("", kind) => kind,
            (code, _) => code,
        })?;
        if let Some(text) = &self.msg_text {
            write!(f, " ({text})")?;
        }
        for message in &self.validation {
            write!(f, "; {message}")?;
        }
        match &self.request_id {
            Some(id) => write!(f, ", bank request {id}"),
            None => Ok(()),
        }
    }
}

fn word<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(lenient::text(deserializer)?.unwrap_or_default())
}

fn validation_messages<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let validation = Value::deserialize(deserializer)?;
    let errors = validation.get("errors").and_then(Value::as_array).cloned().unwrap_or_default();
    Ok(errors
        .into_iter()
        .map(|error| match error.get("message").and_then(Value::as_str) {
            Some(message) => message.to_owned(),
            None => error.to_string(),
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_answer_without_an_error_type_is_no_error() {
        assert_eq!(BankError::find(&json!({"orderStatus": "PENDING"}), true), None);
        assert_eq!(BankError::find(&json!({"msgType": null, "orderStatus": "PENDING"}), true), None);
        assert_eq!(BankError::find(&json!({"msgType": "INFO"}), true), None);
        assert_eq!(BankError::find(&json!([1]), true), None);
    }

    #[test]
    fn what_the_docs_leave_open_about_an_error_is_kept_and_hides_nothing() {
        let error = |more: Value| {
            let mut answer = json!({"msgType": "ERROR", "msgCode": "b_x"});
            answer.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            BankError::find(&answer, true).unwrap()
        };
        let full = error(json!({"isLocalized": "true", "msgAttrs": {"field": "x"}, "errorCauses": ["b_y"]}));
        assert!(full.is_localized);
        assert_eq!((full.msg_attrs, full.error_causes), (json!({"field": "x"}), vec![json!("b_y")]));
        let odd = error(json!({"isLocalized": null, "msgAttrs": null, "errorCauses": "b_y"}));
        assert_eq!((odd.is_localized, odd.msg_attrs, odd.error_causes), (false, Value::Null, vec![]));
    }

    #[test]
    fn an_error_object_is_found_whatever_http_says() {
        let error = BankError::find(&json!({"msgType": "ERROR", "msgCode": "b_x"}), true).unwrap();
        assert_eq!(error.to_string(), "b_x");
        assert!(BankError::find(&json!({"msgCode": "b_x"}), true).is_some());
        assert!(BankError::find(&json!({"msgType": "NEW_KIND"}), false).is_some());
    }
}
