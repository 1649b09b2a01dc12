//! The platform's error body: what was refused, and the payment or refund that was made and declined all the same
//! (Connect docs: response codes; the two shapes: SDK).

use std::fmt;

use serde::Deserialize;

use crate::create_payment::CreatedPayment;
use crate::lenient;
use crate::refund::Refund;
use crate::vocabulary::ErrorCategory;

/// One error of the platform. Its texts are for the merchant's log: shown to a buyer they help fraudsters.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ApiError {
    /// The code, such as `21000020`. Those of Alipay+ refusals are not documented: show it, do not decide by it.
    #[serde(deserialize_with = "lenient::text")]
    pub code: Option<String>,
    /// The code's name, where there is one.
    #[serde(deserialize_with = "lenient::text")]
    pub id: Option<String>,
    /// Who it comes from.
    pub category: ErrorCategory,
    /// The HTTP status that belongs to it.
    #[serde(deserialize_with = "lenient::integer")]
    pub http_status_code: Option<i64>,
    /// The platform's sentence.
    #[serde(deserialize_with = "lenient::text")]
    pub message: Option<String>,
    /// Which field it is about, as a path.
    #[serde(deserialize_with = "lenient::text")]
    pub property_name: Option<String>,
}

/// A refusal: nothing was made.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Refusal {
    /// HTTP status of the answer.
    pub http: u16,
    /// The platform's number of this refusal: what its support asks for.
    pub error_id: Option<String>,
    /// The errors; none when something in front of the platform answered.
    pub errors: Vec<ApiError>,
}

/// Something was made and declined: it has an id, and is to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declined<T> {
    /// What was made.
    pub result: T,
    /// Why it was declined.
    pub refusal: Refusal,
}

impl Refusal {
    /// The first code, if there is one.
    pub fn code(&self) -> Option<&str> {
        self.errors.first()?.code.as_deref()
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HTTP {}", self.http)?;
        for error in &self.errors {
            let (code, message) = (error.code.as_deref(), error.message.as_deref());
            write!(f, ", {} {}", code.unwrap_or("no code"), message.unwrap_or("without words"))?;
        }
        if let Some(id) = &self.error_id {
            write!(f, " (error id {id})")?;
        }
        Ok(())
    }
}

/// The body as it comes.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct ErrorBody {
    #[serde(deserialize_with = "lenient::text")]
    error_id: Option<String>,
    #[serde(deserialize_with = "lenient::or_default")]
    errors: Vec<ApiError>,
    #[serde(deserialize_with = "lenient::or_default")]
    pub(crate) payment_result: Option<CreatedPayment>,
    #[serde(deserialize_with = "lenient::or_default")]
    pub(crate) refund_result: Option<Refund>,
}

impl ErrorBody {
    /// Empty when the body is no JSON: 404 and 405 may be HTML (SDK).
    pub(crate) fn read(body: &[u8]) -> Self {
        serde_json::from_slice(body).unwrap_or_default()
    }

    pub(crate) fn refusal(&mut self, http: u16) -> Refusal {
        Refusal { http, error_id: self.error_id.take(), errors: std::mem::take(&mut self.errors) }
    }
}
