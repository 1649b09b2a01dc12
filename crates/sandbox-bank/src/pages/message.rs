//! Pages that only say why there is nothing to do here.

use axum::http::StatusCode;
use axum::response::Response;
use maud::html;

use super::layout::{Frame, back};
use super::texts::Language;
use crate::bank::order::Order;

pub(crate) fn expired(frame: &Frame<'_>, order: &Order) -> Response {
    let language = frame.language;
    let main = html! {
        section.outcome.plain data-status="EXPIRED" {
            p.seal aria-hidden="true" {}
            h1 { (language.expired_heading()) }
            p { (language.expired_lead()) }
            (back(order, language, "primary"))
        }
    };
    frame.page(StatusCode::OK, &main)
}

pub(crate) fn unknown(language: Language, merchant: &str) -> Response {
    let frame = Frame { language, merchant, order: None, path: "/pay", refresh: None };
    let main = html! {
        section.outcome.plain data-status="UNKNOWN" {
            h1 { (language.unknown_heading()) }
            p { (language.unknown_lead()) }
        }
    };
    frame.page(StatusCode::NOT_FOUND, &main)
}
