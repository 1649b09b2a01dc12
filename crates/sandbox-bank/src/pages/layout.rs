//! The frame of every page: head, brand, the order's summary on one side, the page's own part on the other.

use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::amount;
use super::texts::Language;
use crate::bank::dates;
use crate::bank::order::Order;

const STYLE: &str = include_str!("style.css");
/// No `form-action`: after a form the bank sends the buyer to the shop's own address.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; base-uri 'none'";

/// What a page tells the frame.
pub(crate) struct Frame<'a> {
    pub language: Language,
    pub merchant: &'a str,
    pub order: Option<&'a Order>,
    /// `/pay` or `/status`: where the language switch leads.
    pub path: &'static str,
    /// Seconds and address of an automatic change of page.
    pub refresh: Option<(u32, String)>,
}

impl Frame<'_> {
    pub(crate) fn page(&self, status: StatusCode, main: &Markup) -> Response {
        let language = self.language;
        let page = html! {
            (DOCTYPE)
            html lang=(language.code()) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="robots" content="noindex";
                    @if let Some((seconds, address)) = &self.refresh {
                        meta http-equiv="refresh" content={ (seconds) ";url=" (address) };
                    }
                    title { (language.title()) }
                    style { (PreEscaped(STYLE)) }
                }
                body {
                    p.ribbon { (language.sandbox_note()) }
                    div.sheet {
                        aside { (self.brand()) (self.summary()) }
                        main { (main) }
                    }
                }
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

    fn brand(&self) -> Markup {
        html! {
            header {
                p.brand { span.mark aria-hidden="true" { "S" } "Sandbox Bank" }
                nav aria-label="Мова / Language" {
                    @for other in [Language::Uk, Language::En] {
                        @let current = (other == self.language).then_some("true");
                        a lang=(other.code()) hreflang=(other.code()) aria-current=[current] href=(self.in_language(other)) {
                            (other.code().to_uppercase())
                        }
                    }
                }
            }
        }
    }

    fn in_language(&self, language: Language) -> String {
        let id = self.order.map_or("", |order| order.hpp_order_id.as_str());
        format!("{}?hpp_id={id}&lang={}", self.path, language.code())
    }

    fn summary(&self) -> Markup {
        let Some(order) = self.order else { return html! {} };
        let (language, request) = (self.language, &order.request);
        html! {
            p.due { (if order.status.is_final() { language.sum() } else { language.to_pay() }) }
            p.amount { (amount::shown(request.coin_amount, request.currency, language)) }
            dl {
                dt { (language.merchant()) } dd { (self.merchant) }
                @if let Some(purpose) = &request.purpose {
                    dt { (language.description()) } dd { (purpose) }
                }
                dt { (language.order_number()) } dd.mono { (order.hpp_order_id) }
                @if !order.status.is_final() {
                    dt { (language.valid_until()) } dd { (dates::for_people(order.expires)) }
                }
            }
        }
    }
}

/// The hidden fields every form of an order carries.
pub(crate) fn hidden(order: &Order, language: Language) -> Markup {
    html! {
        input type="hidden" name="hpp_id" value=(order.hpp_order_id);
        input type="hidden" name="lang" value=(language.code());
    }
}

/// A form with the one button back to the shop.
pub(crate) fn back(order: &Order, language: Language, class: &str) -> Markup {
    html! {
        form method="post" action="/pay" {
            (hidden(order, language))
            button class=(class) type="submit" name="action" value="return" data-action="return" { (language.back()) }
        }
    }
}
