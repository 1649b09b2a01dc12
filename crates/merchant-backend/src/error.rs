//! What the API answers when it does not do what was asked: `application/problem+json` with a stable code. Causes
//! are logged under the request id, never sent.

mod access;
pub(crate) mod catalogue;

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use checkout_api::{Problem, SessionId, code};

use crate::payments::opening::OpenError;
use crate::payments::refund::Refusal;
use crate::payments::refunding::RefundError;
use crate::provider::alliancepay::register::NotARegister;
use crate::settlement::importing::ImportError;
use crate::settlement::upload::UploadError;
use crate::store::StoreError;

/// A request was not done.
#[derive(Debug, Clone)]
pub(crate) struct ApiError {
    pub(crate) status: StatusCode,
    pub(crate) code: &'static str,
    pub(crate) title: &'static str,
    pub(crate) detail: String,
    pub(crate) session: Option<SessionId>,
    pub(crate) retry_after: Option<u32>,
}

/// Codes beside those that the widget decides by.
mod more_codes {
    pub(super) const SHOP_KEY_INVALID: &str = "shop_key_invalid";
    pub(super) const PRODUCT_NOT_OFFERED: &str = "product_not_offered";
    pub(super) const RETURN_URL_REFUSED: &str = "return_url_refused";
    pub(super) const TOO_LARGE: &str = "too_large";
    pub(super) const REQUEST_TIMEOUT: &str = "request_timeout";
    pub(super) const METHOD_NOT_ALLOWED: &str = "method_not_allowed";
    pub(super) const UNAVAILABLE: &str = "unavailable";
    pub(super) const NOT_A_REGISTER: &str = "not_a_register";
    pub(super) const NOT_PAID: &str = "not_paid";
    pub(super) const NOTHING_LEFT: &str = "nothing_left";
    pub(super) const REFUND_TOO_LARGE: &str = "refund_too_large";
    pub(super) const REFUND_CHANGED: &str = "refund_changed";
    pub(super) const SEVERAL_PAYMENTS: &str = "several_payments";
    pub(super) const REFUND_NOT_SUPPORTED: &str = "refund_not_supported";
    pub(super) const WAITS_FOR_SETTLEMENT: &str = "waits_for_settlement";
    pub(super) const SECOND_FACTOR_ON: &str = "second_factor_on";
}

impl ApiError {
    fn new(status: StatusCode, code: &'static str, title: &'static str, detail: impl Into<String>) -> Self {
        Self { status, code, title, detail: detail.into(), session: None, retry_after: None }
    }

    /// 400: the request cannot be read or breaks a rule.
    pub(crate) fn invalid(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code::INVALID_REQUEST, "The request cannot be read", detail)
    }

    /// 404.
    pub(crate) fn not_found(what: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, code::NOT_FOUND, "Not found", format!("There is no such {what}."))
    }

    /// 405.
    pub(crate) fn method_not_allowed() -> Self {
        let detail = "This address does not take this method.";
        let status = StatusCode::METHOD_NOT_ALLOWED;
        Self::new(status, more_codes::METHOD_NOT_ALLOWED, "Method not allowed", detail)
    }

    /// 413.
    pub(crate) fn too_large() -> Self {
        let detail = "The body is larger than this address takes.";
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, more_codes::TOO_LARGE, "The body is too large", detail)
    }

    /// 408: the body did not come.
    pub(crate) fn request_timeout() -> Self {
        let detail = "The body did not arrive in time. Send it again.";
        Self::new(
            StatusCode::REQUEST_TIMEOUT,
            more_codes::REQUEST_TIMEOUT,
            "The body came too slowly",
            detail,
        )
    }

    /// 429, and when to come again.
    pub(crate) fn rate_limited(seconds: u32) -> Self {
        let detail = format!("Too many requests. Come again in {seconds} s.");
        let status = StatusCode::TOO_MANY_REQUESTS;
        Self {
            retry_after: Some(seconds),
            ..Self::new(status, code::RATE_LIMITED, "Too many requests", detail)
        }
    }

    /// 401 for a missing or wrong order token.
    pub(crate) fn order_token() -> Self {
        let detail = "The order token is unknown or older than 24 hours: the shop gets a new one by putting the order.";
        let status = StatusCode::UNAUTHORIZED;
        Self::new(status, code::ORDER_TOKEN_INVALID, "The order token is not valid", detail)
    }

    /// 401 for a missing or wrong shop key.
    pub(crate) fn shop_key() -> Self {
        let detail = "Send the shop key as `Authorization: Bearer KEY`.";
        Self::new(StatusCode::UNAUTHORIZED, more_codes::SHOP_KEY_INVALID, "The shop key is not valid", detail)
    }

    /// 409: the sum is fixed.
    pub(crate) fn order_locked() -> Self {
        let detail = "The sum cannot change while an attempt to pay lives or after money came. \
            Wait until the attempt has ended, or use a new order number.";
        Self::new(StatusCode::CONFLICT, code::ORDER_LOCKED, "The order's sum is fixed", detail)
    }

    /// 422: the return URL is not one of the shop's.
    pub(crate) fn return_url(detail: impl Into<String>) -> Self {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        Self::new(status, more_codes::RETURN_URL_REFUSED, "The return URL is refused", detail)
    }

    /// 422: no such product here.
    pub(crate) fn product(detail: impl Into<String>) -> Self {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        Self::new(status, more_codes::PRODUCT_NOT_OFFERED, "The product is not offered", detail)
    }

    /// 503: the bank did not answer a question.
    pub(crate) fn bank_silent() -> Self {
        let detail = "The bank did not answer. Nothing is lost: send the same request again.";
        let status = StatusCode::SERVICE_UNAVAILABLE;
        Self {
            retry_after: Some(2),
            ..Self::new(status, code::BANK_UNAVAILABLE, "The bank does not answer", detail)
        }
    }

    /// 503: the ledger did not say that it is done. Where the connection to it broke it may be all the same.
    pub(crate) fn unavailable() -> Self {
        let detail = "The ledger cannot be used right now. Send the same request again: what is done is not done twice.";
        let status = StatusCode::SERVICE_UNAVAILABLE;
        Self {
            retry_after: Some(2),
            ..Self::new(status, more_codes::UNAVAILABLE, "Not available right now", detail)
        }
    }

    /// 422: the key came with another body before.
    fn key_reused() -> Self {
        Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            code::IDEMPOTENCY_KEY_REUSED,
            "The idempotency key came with another body",
            "Send a new key for a new wish, or the old body with the old key.",
        )
    }

    /// 409: another request about the order is running.
    fn busy() -> Self {
        let detail = "Another request about this order is still running. Send the same request again.";
        let (status, code) = (StatusCode::CONFLICT, code::IDEMPOTENCY_KEY_IN_USE);
        Self { retry_after: Some(2), ..Self::new(status, code, "Still working on it", detail) }
    }

    /// The body on the wire.
    pub(crate) fn problem(&self, request_id: &str) -> Problem {
        Problem {
            kind: format!("about:blank#{}", self.code),
            title: self.title.to_owned(),
            status: self.status.as_u16(),
            code: self.code.to_owned(),
            detail: self.detail.clone(),
            request_id: request_id.to_owned(),
            session: self.session.clone(),
        }
    }

    /// The whole answer, once the request id is known.
    pub(crate) fn respond(&self, request_id: &str) -> Response {
        debug_assert!(
            catalogue::is_known(self.code, self.status.as_u16()),
            "{} {} is not in error/catalogue.rs",
            self.status,
            self.code
        );
        let mut response = (self.status, Json(self.problem(request_id))).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

/// The body is written by the request-id middleware, which alone knows the id.
impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "the ledger could not do it");
        Self::unavailable()
    }
}

impl From<OpenError> for ApiError {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::KeyReused => Self::key_reused(),
            OpenError::Busy => Self::busy(),
            OpenError::AlreadyPaid(session) => Self {
                session: Some(session),
                ..Self::new(
                    StatusCode::CONFLICT,
                    code::ORDER_ALREADY_PAID,
                    "The order is paid",
                    "The bank has this order's money. Show its session.",
                )
            },
            OpenError::NotOffered => {
                Self::product("Neither this order nor this backend's terminals offer that way to pay.")
            }
            OpenError::NoOrder => Self::not_found("order"),
            OpenError::Refused { code: bank } => Self::new(
                StatusCode::BAD_GATEWAY,
                code::BANK_REFUSED,
                "The bank refused the order",
                format!("The bank's code is {bank}. The merchant must act; the log has the bank's words."),
            ),
            OpenError::BankSilent => Self::bank_silent(),
            OpenError::Store(error) => error.into(),
        }
    }
}

impl From<UploadError> for ApiError {
    fn from(error: UploadError) -> Self {
        match error {
            UploadError::BrokeOff => {
                Self::invalid("The file broke off. None of it was imported: send it again.")
            }
            UploadError::TooLarge => Self::too_large(),
            UploadError::NoRoom(cause) => cut_off(&cause),
        }
    }
}

impl From<ImportError> for ApiError {
    fn from(error: ImportError) -> Self {
        match error {
            ImportError::Unreadable(cause) if cause.kind() == std::io::ErrorKind::InvalidData => Self::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                more_codes::NOT_A_REGISTER,
                "The file is not whole",
                format!(
                    "{}. What was read of it is stored: send the whole file.",
                    sentence(&cause.to_string())
                ),
            ),
            ImportError::NotARegister(NotARegister::Unreadable(cause)) | ImportError::Unreadable(cause) => {
                cut_off(&cause)
            }
            ImportError::NotARegister(refusal) => Self::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                more_codes::NOT_A_REGISTER,
                "The file is no register",
                sentence(&refusal.to_string()),
            ),
            ImportError::Store(cause) => cut_off(&cause),
            ImportError::Stopped => cut_off(&error),
        }
    }
}

/// 503: an import was not brought to its end.
fn cut_off(cause: &dyn std::error::Error) -> ApiError {
    tracing::error!(error = %cause, "an import was cut off");
    let detail = "The file was not imported to its end. What was stored is whole: send the same file again, and it goes on.";
    let status = StatusCode::SERVICE_UNAVAILABLE;
    ApiError {
        retry_after: Some(2),
        ..ApiError::new(status, more_codes::UNAVAILABLE, "Not available right now", detail)
    }
}

impl From<RefundError> for ApiError {
    fn from(error: RefundError) -> Self {
        match error {
            RefundError::NoOrder => Self::not_found("order"),
            RefundError::NoSession => Self::not_found("payment session of this order"),
            RefundError::KeyReused => Self::key_reused(),
            RefundError::Busy => Self::busy(),
            RefundError::Refused(refusal) => refused(&refusal),
            RefundError::BankSilent => Self::bank_silent(),
            RefundError::Store(error) => error.into(),
        }
    }
}

fn refused(refusal: &Refusal) -> ApiError {
    let (status, code) = match refusal {
        Refusal::NotPaid(_) => (StatusCode::CONFLICT, more_codes::NOT_PAID),
        Refusal::NothingLeft => (StatusCode::CONFLICT, more_codes::NOTHING_LEFT),
        Refusal::Changed { .. } => (StatusCode::CONFLICT, more_codes::REFUND_CHANGED),
        Refusal::SeveralPayments { .. } => (StatusCode::CONFLICT, more_codes::SEVERAL_PAYMENTS),
        Refusal::TooMuch { .. } | Refusal::TooMuchOfLine { .. } | Refusal::TooMuchShipping { .. } => {
            (StatusCode::CONFLICT, more_codes::REFUND_TOO_LARGE)
        }
        Refusal::OverLimit { .. } | Refusal::OverDailyLimit { .. } | Refusal::LimitsElsewhere(_) => {
            (StatusCode::FORBIDDEN, console_api::code::REFUND_LIMIT)
        }
        Refusal::NotAtBank | Refusal::NotByProvider => {
            (StatusCode::CONFLICT, more_codes::REFUND_NOT_SUPPORTED)
        }
        Refusal::WaitsForSettlement => (StatusCode::CONFLICT, more_codes::WAITS_FOR_SETTLEMENT),
        Refusal::NoLine(_) | Refusal::Nothing => (StatusCode::BAD_REQUEST, code::INVALID_REQUEST),
    };
    ApiError::new(status, code, "The refund cannot be made", sentence(&refusal.to_string()))
}

/// An error's words as a sentence.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}
