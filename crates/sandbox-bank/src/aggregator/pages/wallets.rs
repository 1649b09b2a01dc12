//! The wallet page: a QR code for the phone, a button for each wallet, and the other endings for tests.

use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::{Markup, html};
use qrcode::QrCode;
use qrcode::render::svg;

use super::layout::View;
use crate::aggregator::products;

pub(super) fn page(view: &View) -> Response {
    let language = view.language;
    let main = html! {
        h1 { (if view.on_phone { language.phone_heading() } else { language.choose_heading() }) }
        p { (if view.on_phone { language.phone_lead() } else { language.choose_lead() }) }
        div.ways {
            form method="post" action={ "/wallet/" (view.payment.code) } {
                (view.hidden())
                div.wallets {
                    @for (code, name) in products::wallets(&view.payment.currency) {
                        button type="submit" name="wallet" value=(code) data-wallet=(code) {
                            i aria-hidden="true" { (name.chars().next().unwrap_or('?')) }
                            (name)
                        }
                    }
                }
            }
            @if !view.on_phone { (scan(view)) }
        }
        form.ends method="post" action={ "/wallet/" (view.payment.code) } aria-label=(language.other_ends()) {
            (view.hidden())
            @for (action, text) in
                [("cancel", language.cancel()), ("decline", language.decline()), ("pending", language.pending())]
            {
                button.quiet type="submit" name="action" value=(action) data-action=(action) { (text) }
            }
        }
    };
    view.page(None, &main)
}

fn scan(view: &View) -> Markup {
    let picture = qr(&format!("{}?on=phone", view.payment.page_url(&view.origin)));
    html! {
        figure.scan {
            @if let Some(picture) = picture {
                img src=(picture) alt=(view.language.qr_label()) width="220" height="220";
            }
            figcaption { (view.language.qr_caption()) }
            iframe.live src=(view.address("/live")) title=(view.language.waiting()) {}
        }
    }
}

fn qr(address: &str) -> Option<String> {
    let code = QrCode::new(address).ok()?;
    let drawing = code.render::<svg::Color<'_>>().min_dimensions(220, 220).quiet_zone(true).build();
    Some(format!("data:image/svg+xml;base64,{}", STANDARD.encode(drawing)))
}
