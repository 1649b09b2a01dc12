//! The 3-D Secure step: one code, three tries.

use axum::http::StatusCode;
use axum::response::Response;
use maud::html;

use super::layout::{Frame, hidden};
use crate::bank::order::Order;

pub(crate) fn page(frame: &Frame<'_>, order: &Order, wrong: bool) -> Response {
    let language = frame.language;
    let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let main = html! {
        h1 { (language.three_ds_heading()) }
        p { (language.three_ds_lead()) }
        form method="post" action="/pay" novalidate autocomplete="off" {
            (hidden(order, language))
            div.field {
                label for="threeds" { (language.three_ds_code()) }
                input.code id="threeds" name="threeds" type="text" inputmode="numeric" autocomplete="one-time-code"
                    maxlength="6" aria-invalid=[wrong.then_some("true")]
                    aria-describedby=[wrong.then_some("threeds-error")];
                @if wrong { p.error id="threeds-error" role="alert" { (language.three_ds_wrong()) } }
            }
            button.primary type="submit" name="action" value="confirm" data-action="confirm" { (language.confirm()) }
            button.quiet type="submit" name="action" value="cancel" data-action="cancel" { (language.cancel()) }
        }
    };
    frame.page(status, &main)
}
