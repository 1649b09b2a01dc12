//! The page of banks: pay from an account, or scan the NBU QR.

use axum::http::StatusCode;
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::html;
use qrcode::QrCode;
use qrcode::render::svg;

use super::layout::{Frame, hidden};
use crate::bank::messages;
use crate::bank::order::Order;

const BANKS: [(&str, &str); 10] = [
    ("MONO_BANK", "monobank"),
    ("PRIVAT_BANK", "ПриватБанк"),
    ("A_BANK", "А-Банк"),
    ("SENSE_BANK", "Sense Bank"),
    ("RAIFFEISEN_BANK", "Raiffeisen Bank"),
    ("OTP_BANK", "OTP Bank"),
    ("UKRSIB_BANK", "UKRSIBBANK"),
    ("PIVDENNY_BANK", "Південний"),
    ("CREDIT_AGRICOLE_BANK", "Crédit Agricole"),
    ("GLOBUS_BANK", "Глобус"),
];

pub(crate) fn page(frame: &Frame<'_>, order: &Order, declined: bool) -> Response {
    let language = frame.language;
    let preferred = order.request.priority_bank.as_deref();
    let (first, rest): (Vec<_>, Vec<_>) = BANKS.iter().partition(|(code, _)| Some(*code) == preferred);
    let main = html! {
        h1 { (language.account_heading()) }
        @if declined { p.notice.bad role="alert" { (language.retry_lead()) } }
        p { (language.account_lead()) }
        div.choose {
            form method="post" action="/pay" {
                (hidden(order, language))
                div.banks {
                    @for (code, name) in first.iter().chain(&rest) {
                        button type="submit" name="bank" value=(code) data-bank=(code) { (name) }
                    }
                }
                button.quiet type="submit" name="action" value="cancel" data-action="cancel" { (language.cancel()) }
            }
            @if let Some(picture) = qr(order) {
                figure { img src=(picture) alt=(language.qr_label()) width="200" height="200"; figcaption { "NBU QR" } }
            }
        }
    };
    frame.page(StatusCode::OK, &main)
}

fn qr(order: &Order) -> Option<String> {
    let code = QrCode::new(messages::qr_link(order)).ok()?;
    let drawing = code.render::<svg::Color<'_>>().min_dimensions(200, 200).quiet_zone(true).build();
    Some(format!("data:image/svg+xml;base64,{}", STANDARD.encode(drawing)))
}
