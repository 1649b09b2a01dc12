//! The small frame beside the QR code: it alone refreshes, so that a button of the page is never pulled from under a
//! finger. When the phone has paid, it offers the way on.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use maud::html;

use super::layout::{self, document};
use super::{Language, Visit, view};
use crate::shared::Shared;

const REFRESH_SECONDS: u32 = 1;

pub(super) async fn page(
    State(shared): State<Shared>,
    Path(code): Path<String>,
    Query(visit): Query<Visit>,
) -> Response {
    let Some(view) = view(&shared, &code, &visit) else {
        return layout::unknown(Language::pick(visit.lang.as_deref(), ""));
    };
    let language = view.language;
    let waits = view.open || view.payment.capturing.is_some();
    let refresh = waits.then(|| (REFRESH_SECONDS, view.address("/live")));
    let body = html! {
        p.bar role="status" data-live=(if waits { "waiting" } else { "ended" }) {
            @if waits {
                (language.waiting())
            } @else {
                (language.ended())
                a.go href=(view.address("")) target="_top" { (language.go_on()) }
            }
        }
    };
    document(StatusCode::OK, language, refresh.as_ref(), &body)
}
