//! `GET /`: the checkout page.

use axum::http::StatusCode;
use axum::response::Response;

use super::Visit;

pub(super) async fn show(visit: Visit) -> Response {
    visit.show(StatusCode::OK, None).await
}
