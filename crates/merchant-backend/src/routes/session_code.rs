//! The code that leads a phone to a payment page, as a picture. A page shows it as an image: no script draws it, and the
//! address in it goes to no third party.

use axum::extract::{Path, State};
use axum::http::{HeaderName, header};
use axum::response::{IntoResponse, Response};
use checkout_api::SessionId;
use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};

use super::App;
use super::payment_sessions::read;
use crate::error::ApiError;

/// A camera reads it from a screen at arm's length.
const LEAST_SIDE: u32 = 256;
/// A drawing that runs and loads nothing, also when it is opened by itself.
const POLICY: &str = "default-src 'none'";

/// The code for the phone
///
/// For a buyer who sits at a desktop and pays on the phone: a QR code, as an SVG picture, that leads to the payment page.
/// There is one as long as the page takes money.
#[utoipa::path(
    get,
    path = "/v1/payment-sessions/{session}/qr",
    tag = "Paying",
    params(("session" = String, Path, description = "The session's id", example = "ps_0a1b2c")),
    responses((status = 200, description = "The picture", body = String, content_type = "image/svg+xml")),
    extensions(("x-problems" = json!(["not_found", "rate_limited"])))
)]
pub(super) async fn code(State(app): State<App>, Path(session): Path<String>) -> Result<Response, ApiError> {
    let view = read(&app, &SessionId::new(session)).await?;
    let page = view.page.filter(|_| !view.can_retry && !view.order_is_paid);
    let picture = page.and_then(|page| drawn(&page)).ok_or_else(|| ApiError::not_found("payment page"))?;
    let headers = [
        (header::CONTENT_TYPE, "image/svg+xml"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        // Shops that isolate their pages may show it too.
        (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
    ];
    Ok((headers, picture).into_response())
}

/// `None` for an address that is too long for any code.
fn drawn(address: &str) -> Option<String> {
    let code = QrCode::with_error_correction_level(address, EcLevel::M).ok()?;
    Some(code.render::<svg::Color<'_>>().min_dimensions(LEAST_SIDE, LEAST_SIDE).quiet_zone(true).build())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_becomes_a_drawing_and_one_that_fits_no_code_becomes_none() {
        let picture = drawn("https://pay.alb.ua/?hpp_id=1762952514564YK07ZIElutD").unwrap();
        assert!(picture.contains("<svg") && !picture.contains("hpp_id"), "{picture}");
        assert!(drawn(&"x".repeat(4_000)).is_none());
    }
}
