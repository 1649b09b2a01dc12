//! What the buyer sees at Alipay+: the wallet page with a QR code, on this device or on the phone that scanned it, and
//! how it ended. Plain forms, no scripts; which page is shown is decided by the payment alone, so that Back, reload and
//! a second device are harmless.

mod layout;
mod live;
mod outcome;
mod texts;
mod wallets;

use axum::Router;
use axum::extract::{Form, Path, Query, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::get;
use serde::Deserialize;

use self::layout::View;
use self::texts::Language;
use super::time::Button;
use crate::shared::Shared;

pub(super) fn routes() -> Router<Shared> {
    Router::new().route("/wallet/{code}", get(page).post(press)).route("/wallet/{code}/live", get(live::page))
}

#[derive(Debug, Deserialize)]
pub(super) struct Visit {
    lang: Option<String>,
    /// `phone`: opened by scanning the code shown on another screen.
    on: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Pressed {
    lang: Option<String>,
    on: Option<String>,
    wallet: Option<String>,
    action: Option<String>,
}

async fn page(
    State(shared): State<Shared>,
    Path(code): Path<String>,
    Query(visit): Query<Visit>,
) -> Response {
    match view(&shared, &code, &visit) {
        Some(view) if view.open => wallets::page(&view),
        Some(view) => outcome::page(&view),
        None => layout::unknown(Language::pick(visit.lang.as_deref(), "")),
    }
}

/// Every press answers with a redirect, so that reload and Back repeat nothing.
async fn press(
    State(shared): State<Shared>,
    Path(code): Path<String>,
    Form(pressed): Form<Pressed>,
) -> Response {
    let Pressed { lang, on, wallet, action } = pressed;
    let button = match (wallet, action.as_deref()) {
        (Some(wallet), _) => Some(Button::Wallet(wallet)),
        (None, Some("pending")) => Some(Button::Pending),
        (None, Some("decline")) => Some(Button::Decline),
        (None, Some("cancel")) => Some(Button::Cancel),
        (None, _) => None,
    };
    if let Some(button) = button {
        shared.with(|bank| bank.press(&code, &button));
    }
    let visit = Visit { lang, on };
    let Some(view) = view(&shared, &code, &visit) else {
        return layout::unknown(Language::pick(visit.lang.as_deref(), ""));
    };
    match action.as_deref() {
        Some("cancel") if !view.on_phone => Redirect::to(&view.payment.back_url()).into_response(),
        Some("return") => Redirect::to(&view.payment.back_url()).into_response(),
        _ => Redirect::to(&view.address("")).into_response(),
    }
}

fn view(shared: &Shared, code: &str, visit: &Visit) -> Option<View> {
    shared.with(|bank| {
        let payment = bank.aggregator.payments.iter().find(|payment| payment.code == code)?.clone();
        Some(View {
            language: Language::pick(visit.lang.as_deref(), &payment.locale),
            on_phone: visit.on.as_deref() == Some("phone"),
            open: payment.is_open(bank.clock.now()),
            merchant: bank.merchant.name.clone(),
            origin: bank.origin.clone(),
            pace: bank.pace,
            payment,
        })
    })
}
