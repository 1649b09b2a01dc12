//! What a pressed button does. Every success answers with a redirect, so that reload and Back repeat nothing.

use std::fmt;

use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;

use super::open::{self, Word};
use crate::bank::cards::CardForm;
use crate::bank::payment::PageError;
use crate::shared::Shared;

/// All the fields any page sends. Holds a card number until the answer is written, so `Debug` shows nothing.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Pressed {
    hpp_id: String,
    lang: Option<String>,
    action: String,
    bank: Option<String>,
    pan: String,
    expiry: String,
    cvv: String,
    threeds: String,
}

impl fmt::Debug for Pressed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pressed(..)")
    }
}

pub(crate) async fn handle(State(shared): State<Shared>, Form(pressed): Form<Pressed>) -> Response {
    let Pressed { hpp_id, lang, action, bank, pan, expiry, cvv, threeds } = pressed;
    let done = match (bank, action.as_str()) {
        (Some(bank), _) => shared.with(|state| state.pay_from_account(&hpp_id, &bank)),
        (None, "pay") => shared.with(|state| state.pay_by_card(&hpp_id, &CardForm { pan, expiry, cvv })),
        (None, "confirm") => shared.with(|state| state.confirm(&hpp_id, &threeds)),
        (None, "cancel") => shared.with(|state| state.cancel(&hpp_id)),
        (None, _) => Ok(()),
    };
    let Some(seen) = open::see(&shared, &hpp_id, lang.as_deref()) else {
        return open::unknown(lang.as_deref());
    };
    let back = || Redirect::to(open::return_url(&seen.order)).into_response();
    match done {
        Err(PageError::Form(errors)) => open::form(&seen, &Word::Form(&errors)),
        Err(PageError::WrongCode) => open::form(&seen, &Word::WrongCode),
        Ok(()) if action == "cancel" || action == "return" => back(),
        // Too late or pressed twice: the page for the order's state says so.
        Ok(()) | Err(PageError::NotFound | PageError::Expired | PageError::Closed) => {
            Redirect::to(&seen.address("/pay")).into_response()
        }
    }
}
