//! How answers look: JSON, errors in the bank's shape, and the answer that never arrives.

use axum::Json;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::bank::refusal::Refusal;

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let validation = !self.validation.is_empty();
        let mut body = json!({
            "requestId": Uuid::new_v4().to_string(),
            "serviceId": "ecom",
            "msgCode": self.code,
            "msgType": if validation { "VALIDATION_ERROR" } else { "ERROR" },
            "msgText": self.text,
            "isLocalized": true,
            "msgAttrs": {},
            "errorCauses": [],
        });
        if validation {
            let errors: Vec<Value> =
                self.validation.iter().map(|message| json!({"message": message})).collect();
            body["validation"] = json!({"errors": errors});
        }
        let status = StatusCode::from_u16(self.http).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        (status, Json(body)).into_response()
    }
}

/// The connection breaks before a byte of the body: the caller can't know what was done.
pub(crate) fn lost() -> Response {
    let broken = futures_util::stream::once(async {
        Err::<axum::body::Bytes, _>(std::io::Error::other("the answer is lost on purpose"))
    });
    ([(header::CONTENT_LENGTH, "1")], Body::from_stream(broken)).into_response()
}

/// Answers carry the caller's request id, or one of the bank's.
pub(crate) async fn with_request_id(request: Request, next: Next) -> Response {
    let given = request.headers().get("x-request_id").cloned();
    let id = given.or_else(|| HeaderValue::from_str(&Uuid::new_v4().to_string()).ok());
    let mut response = next.run(request).await;
    if let Some(id) = id {
        response.headers_mut().insert("x-request_id", id);
    }
    response
}
