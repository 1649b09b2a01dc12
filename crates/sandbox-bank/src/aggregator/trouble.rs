//! A refusal in the platform's shape. The numbers are ours where the platform's are not public: nobody may decide by
//! them.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use uuid::Uuid;

#[derive(Debug, Clone)]
pub(crate) struct Trouble {
    pub(crate) http: u16,
    code: &'static str,
    id: &'static str,
    property: Option<&'static str>,
    /// What was made and declined all the same: name in the body, and the object.
    result: Option<(&'static str, Value)>,
}

impl Trouble {
    const fn new(http: u16, code: &'static str, id: &'static str) -> Self {
        Self { http, code, id, property: None, result: None }
    }

    pub(crate) const fn signature() -> Self {
        Self::new(401, "9002", "MISSING_OR_INVALID_AUTHORIZATION")
    }

    pub(crate) const fn merchant() -> Self {
        Self::new(403, "9007", "MERCHANT_NOT_ALLOWED")
    }

    pub(crate) const fn in_progress() -> Self {
        Self::new(409, "1409", "DUPLICATE REQUEST IN PROGRESS")
    }

    pub(crate) const fn server() -> Self {
        Self::new(500, "9999", "UNKNOWN_SERVER_ERROR")
    }

    pub(crate) const fn unknown(id: &'static str) -> Self {
        Self::new(404, "1002", id)
    }

    pub(crate) const fn field(property: &'static str, id: &'static str) -> Self {
        let mut this = Self::new(400, "21000020", id);
        this.property = Some(property);
        this
    }

    pub(crate) const fn not_possible(id: &'static str) -> Self {
        Self::new(402, "410110", id)
    }

    pub(crate) fn declined(name: &'static str, result: Value) -> Self {
        Self { result: Some((name, result)), ..Self::new(402, "430330", "NOT AUTHORISED") }
    }

    pub(crate) fn body(&self) -> Value {
        let category = if self.http < 402 { "CONNECT_PLATFORM_ERROR" } else { "PAYMENT_PLATFORM_ERROR" };
        let mut error = json!({
            "code": self.code,
            "id": self.id,
            "category": category,
            "httpStatusCode": self.http,
            "message": self.id,
            "requestId": Uuid::new_v4().to_string(),
        });
        if let Some(property) = self.property {
            error["propertyName"] = json!(property);
        }
        let mut body = json!({"errorId": Uuid::new_v4().to_string(), "errors": [error]});
        if let Some((name, result)) = &self.result {
            body[*name] = result.clone();
        }
        body
    }
}

impl IntoResponse for Trouble {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.http).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        (status, Json(self.body())).into_response()
    }
}
