//! The frame of the wallet pages: head, brand, the payment's summary beside the page's own part.

use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse as _, Response};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::texts::Language;
use crate::aggregator::payment::Payment;
use crate::bank::clock::Pace;
use crate::bank::dates;

const STYLE: &str = concat!(include_str!("../../pages/style.css"), include_str!("wallet.css"));
/// No `form-action`: after a form the buyer is sent to the shop's own address.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-src 'self'; \
     frame-ancestors 'self'; base-uri 'none'";

/// What a page shows, taken in one look.
pub(super) struct View {
    pub(super) payment: Payment,
    pub(super) merchant: String,
    pub(super) language: Language,
    pub(super) on_phone: bool,
    /// Whether it still takes money.
    pub(super) open: bool,
    pub(super) origin: String,
    pub(super) pace: Pace,
}

impl View {
    pub(super) fn address(&self, below: &str) -> String {
        self.address_in(self.language, below)
    }

    fn address_in(&self, language: Language, below: &str) -> String {
        let phone = if self.on_phone { "&on=phone" } else { "" };
        format!("/wallet/{}{below}?lang={}{phone}", self.payment.code, language.code())
    }

    /// The fields every form carries.
    pub(super) fn hidden(&self) -> Markup {
        html! {
            input type="hidden" name="lang" value=(self.language.code());
            @if self.on_phone { input type="hidden" name="on" value="phone"; }
        }
    }

    /// `refresh`: seconds and address of an automatic change of page.
    pub(super) fn page(&self, refresh: Option<&(u32, String)>, main: &Markup) -> Response {
        let language = self.language;
        let body = html! {
            p.ribbon { (language.sandbox_note()) }
            div.sheet {
                aside { (self.brand()) (self.summary()) }
                main { (main) }
            }
        };
        document(StatusCode::OK, language, refresh, &body)
    }

    fn brand(&self) -> Markup {
        html! {
            header {
                p.brand { span.mark aria-hidden="true" { "A+" } "Alipay+ Sandbox" }
                nav aria-label="Мова / Language" {
                    @for other in [Language::Uk, Language::En] {
                        @let current = (other == self.language).then_some("true");
                        a lang=(other.code()) hreflang=(other.code()) aria-current=[current] href=(self.address_in(other, "")) {
                            (other.code().to_uppercase())
                        }
                    }
                }
            }
        }
    }

    fn summary(&self) -> Markup {
        let (language, payment) = (self.language, &self.payment);
        html! {
            p.due { (if self.open { language.to_pay() } else { language.sum() }) }
            p.amount { (language.amount(payment.amount, &payment.currency)) }
            dl {
                dt { (language.merchant()) } dd { (self.merchant) }
                dt { (language.reference()) } dd.mono { (payment.reference) }
                @if self.open {
                    dt { (language.valid_until()) } dd { (dates::for_people(payment.expires)) }
                }
            }
        }
    }
}

pub(super) fn unknown(language: Language) -> Response {
    let body = html! {
        p.ribbon { (language.sandbox_note()) }
        div.sheet {
            aside { header { p.brand { span.mark aria-hidden="true" { "A+" } "Alipay+ Sandbox" } } }
            main {
                section.outcome.plain data-status="UNKNOWN" {
                    h1 { (language.unknown_heading()) }
                    p { (language.unknown_lead()) }
                }
            }
        }
    };
    document(StatusCode::NOT_FOUND, language, None, &body)
}

pub(super) fn document(
    status: StatusCode,
    language: Language,
    refresh: Option<&(u32, String)>,
    body: &Markup,
) -> Response {
    let page = html! {
        (DOCTYPE)
        html lang=(language.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                @if let Some((seconds, address)) = refresh {
                    meta http-equiv="refresh" content={ (seconds) ";url=" (address) };
                }
                title { (language.title()) }
                style { (PreEscaped(STYLE)) }
            }
            body { (body) }
        }
    };
    let headers = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (status, headers, Html(page.into_string())).into_response()
}
