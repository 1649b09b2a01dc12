//! The card form.

use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};

use super::amount;
use super::layout::{Frame, hidden};
use super::texts::{Language, form_error};
use crate::bank::cards::FormError;
use crate::bank::order::Order;

/// `declined`: an earlier attempt in this order failed and another may follow.
pub(crate) fn page(frame: &Frame<'_>, order: &Order, errors: &[FormError], declined: bool) -> Response {
    let language = frame.language;
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let main = html! {
        h1 { (language.card_heading()) }
        @if declined { p.notice.bad role="alert" { (language.retry_lead()) } }
        @if !errors.is_empty() { p.notice.bad role="alert" { (language.fix_form()) } }
        form method="post" action="/pay" novalidate autocomplete="off" {
            (hidden(order, language))
            (field(language.pan(), "pan", "4111 1111 1111 1111", 23, error(language, errors, is_pan)))
            div.pair {
                (field(language.expiry(), "expiry", "12/30", 7, error(language, errors, is_expiry)))
                (field(language.cvv(), "cvv", "123", 3, error(language, errors, is_cvv)))
            }
            button.primary type="submit" name="action" value="pay" data-action="pay" {
                (language.pay()) " " (amount::shown(order.request.coin_amount, order.request.currency, language))
            }
            button.quiet type="submit" name="action" value="cancel" data-action="cancel" { (language.cancel()) }
        }
        (test_cards(language))
    };
    frame.page(status, &main)
}

fn field(label: &str, name: &str, example: &str, length: usize, error: Option<&str>) -> Markup {
    let kind = if name == "cvv" { "password" } else { "text" };
    let note = format!("{name}-error");
    html! {
        div.field {
            label for=(name) { (label) }
            input id=(name) name=(name) type=(kind) inputmode="numeric" autocomplete="off" spellcheck="false"
                placeholder=(example) maxlength=(length)
                aria-invalid=[error.map(|_| "true")] aria-describedby=[error.map(|_| note.as_str())];
            @if let Some(error) = error { p.error id=(note) { (error) } }
        }
    }
}

fn test_cards(language: Language) -> Markup {
    let cards = [
        ("4111 1111 1111 1111", language.card_ok()),
        ("4000 0000 0000 0002", language.card_declined()),
        ("4000 0000 0000 3220", language.card_three_ds()),
        ("4000 0000 0000 0259", language.card_pending()),
    ];
    html! {
        details {
            summary { (language.test_cards()) }
            dl { @for (number, outcome) in cards { dt.mono { (number) } dd { (outcome) } } }
        }
    }
}

fn error(language: Language, errors: &[FormError], of_field: fn(FormError) -> bool) -> Option<&'static str> {
    errors.iter().find(|error| of_field(**error)).map(|error| form_error(language, *error))
}

fn is_pan(error: FormError) -> bool {
    matches!(error, FormError::Pan | FormError::UnknownCard)
}

fn is_expiry(error: FormError) -> bool {
    matches!(error, FormError::Expiry | FormError::ExpiryPast)
}

fn is_cvv(error: FormError) -> bool {
    matches!(error, FormError::Cvv)
}
