//! The pages that take the place of the checkout: pay, return, placed, trouble. Plain pages; the widget sits on top.

use checkout_api::{OrderToken, PaymentState};
use maud::{Markup, html};
use money::Currency;

use crate::Config;
use crate::backend::base;
use crate::catalogue::{self, BASKET};
use crate::order::{Method, Order, Payment};
use crate::page::Inset;
use crate::preferences::{Language, Preferences};
use crate::sum::written;
use crate::text::words;

/// The pay page. Inside the widget is the plain form, which pays when the widget is not there.
pub(crate) fn pay(config: &Config, seen: &Preferences, order: &Order, token: &OrderToken) -> Inset {
    let words = words(seen.language);
    let backend = base(&config.backend);
    beside_the_basket(
        seen.language,
        words.pay_title,
        order,
        &html! {
            alliancepay-checkout view="pay" backend=(backend) order=(order.number)
                order-token=(token.reveal()) token-url=(token_url(order))
                lang=(seen.language.code()) theme=(seen.theme.code()) {
                form method="post" action={ (backend) "/pay" } {
                    input type="hidden" name="order_token" value=(token.reveal());
                    button.button type="submit" {
                        (words.pay) " " (written(catalogue::total(order.currency), seen.language))
                    }
                }
                p.fine-print { (words.pay_note) }
            }
        },
    )
}

/// The page the bank sends the buyer back to. Inside the widget is a link to the backend's status page.
///
/// The token lets the widget find the payment when the address has lost it, and pay again after a refusal.
pub(crate) fn returned(
    config: &Config,
    seen: &Preferences,
    order: &Order,
    session: Option<&str>,
    token: Option<&OrderToken>,
) -> Inset {
    let words = words(seen.language);
    let backend = base(&config.backend);
    let pay_page = pay_page(order);
    beside_the_basket(
        seen.language,
        words.return_title,
        order,
        &html! {
            alliancepay-checkout view="status" backend=(backend) order=(order.number)
                session=[session] order-token=[token.map(OrderToken::reveal)] token-url=(token_url(order))
                lang=(seen.language.code()) theme=(seen.theme.code()) {
                @if let Some(session) = session {
                    p { a.button href={ (backend) "/pay/" (session) } { (words.see_status) } }
                    p.fine-print { (words.status_note) }
                    p { a.link href=(pay_page) { (words.pay_again) } }
                } @else {
                    p { (words.no_session) }
                    p { a.button href=(pay_page) { (words.to_payment) } }
                }
            }
        },
    )
}

/// The order's own page: what to do next, or the mark of what the backend said of its payment.
pub(crate) fn placed(seen: &Preferences, order: &Order) -> Inset {
    let words = words(seen.language);
    let what_next = match (order.method, &order.payment) {
        (Method::AlliancePay, Some(payment)) => return marked(seen, order, payment),
        (Method::AlliancePay, None) => words.pay_note,
        (Method::OnDelivery, _) => words.placed_on_delivery,
        (Method::Transfer, _) => words.placed_transfer,
    };
    beside_the_basket(
        seen.language,
        words.placed_title,
        order,
        &html! {
            p { (what_next) }
            p { a.button href="/" { (words.to_shop) } }
        },
    )
}

fn marked(seen: &Preferences, order: &Order, payment: &Payment) -> Inset {
    let words = words(seen.language);
    let (mark, text) = match payment.state {
        PaymentState::Captured | PaymentState::Paid if payment.needs_a_person => {
            ("checking", words.mark_checking)
        }
        PaymentState::Captured | PaymentState::Paid => ("paid", words.mark_paid),
        PaymentState::PartiallyRefunded => ("partly-refunded", words.mark_partly_refunded),
        PaymentState::Refunded => ("refunded", words.mark_refunded),
        PaymentState::Created
        | PaymentState::Redirected
        | PaymentState::Rejected
        | PaymentState::Cancelled
        | PaymentState::Unrecognized(_) => ("unpaid", words.mark_unpaid),
    };
    let main = html! {
        p.payment-mark data-mark=(mark) { strong { (text) } }
        @if mark == "unpaid" {
            p { a.button href=(pay_page(order)) { (words.to_payment) } }
        }
        p { a.link href="/" { (words.to_shop) } }
    };
    beside_the_basket(seen.language, words.return_title, order, &main)
}

/// The pay page while the backend does not give a token.
pub(crate) fn unavailable(seen: &Preferences, order: &Order) -> Inset {
    let words = words(seen.language);
    inset(
        seen.language,
        words.unavailable_title,
        html! {
            (headline(words.unavailable_title, seen.language, order))
            section.card.message {
                p { (words.unavailable) }
                p {
                    a.button href=(pay_page(order)) { (words.try_again) }
                }
            }
        },
    )
}

/// No such page, or an order without its key: both look the same.
pub(crate) fn missing(seen: &Preferences) -> Inset {
    let words = words(seen.language);
    message(seen, words.missing_title, words.missing)
}

/// A form that the checkout page would not have sent.
pub(crate) fn refused(seen: &Preferences) -> Inset {
    let words = words(seen.language);
    message(seen, words.refused_title, words.refused)
}

fn message(seen: &Preferences, title: &'static str, text: &'static str) -> Inset {
    let words = words(seen.language);
    inset(
        seen.language,
        title,
        html! {
            h1 { (title) }
            section.card.message {
                p { (text) }
                p { a.button href="/" { (words.to_shop) } }
            }
        },
    )
}

fn inset(language: Language, title: &str, main: Markup) -> Inset {
    Inset { title: format!("{title} — {}", words(language).shop), main }
}

fn beside_the_basket(language: Language, title: &str, order: &Order, payment: &Markup) -> Inset {
    inset(
        language,
        title,
        html! {
            (headline(title, language, order))
            div.columns {
                section.card.payment { (payment) }
                (basket(language, order.currency))
            }
        },
    )
}

fn headline(title: &str, language: Language, order: &Order) -> Markup {
    html! {
        p.eyebrow { (words(language).order) " " span.number { (order.number) } }
        h1 { (title) }
    }
}

fn basket(language: Language, currency: Currency) -> Markup {
    let words = words(language);
    let sum = |name: &str| catalogue::sum(name, currency).map(|amount| written(amount, language));
    html! {
        aside.summary.card aria-label=(words.order) {
            dl.totals {
                @for product in BASKET {
                    div {
                        dt { (words.product(product.id)) @if product.quantity > 1 { " × " (product.quantity) } }
                        dd.sum { @if let Some(sum) = sum(product.id) { (sum) } }
                    }
                }
                div {
                    dt { (words.shipping) }
                    dd.sum { @if let Some(sum) = sum("shipping") { (sum) } }
                }
                div.total {
                    dt { (words.total) }
                    dd.sum { (written(catalogue::total(currency), language)) }
                }
            }
        }
    }
}

fn pay_page(order: &Order) -> String {
    format!("/orders/{}/pay?key={}", order.number, order.key)
}

fn token_url(order: &Order) -> String {
    format!("/orders/{}/token?key={}", order.number, order.key)
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, Uri};

    use super::*;
    use crate::ShopKey;

    #[test]
    fn the_plain_form_inside_the_widget_pays_at_the_backend() {
        let url = |text: &str| url::Url::parse(text).unwrap();
        let config = Config {
            public_url: url("http://127.0.0.1:8083"),
            backend: url("http://127.0.0.1:8080"),
            bank: url("http://127.0.0.1:8081"),
            bank_page: None,
            page_dir: "target/shop".into(),
            shop_key: ShopKey::new("the-shop-key"),
            webhook_secret: None,
            allow_wasm: true,
        };
        let order = Order {
            number: "Z-1".into(),
            key: "k".into(),
            method: Method::AlliancePay,
            language: Language::Uk,
            currency: Currency::Uah,
            payment: None,
        };
        let seen = Preferences::read(&Uri::from_static("/?lang=en"), &HeaderMap::new());

        let page = pay(&config, &seen, &order, &OrderToken::new("a\"b<c"));

        let html = page.main.into_string();
        let (_, inside) = html.split_once("<alliancepay-checkout").unwrap();
        let (inside, _) = inside.split_once("</alliancepay-checkout>").unwrap();
        assert!(inside.contains(r#"<form method="post" action="http://127.0.0.1:8080/pay">"#), "{inside}");
        assert!(inside.contains(r#"name="order_token" value="a&quot;b&lt;c""#), "{inside}");
        assert!(inside.contains(r#"token-url="/orders/Z-1/token?key=k""#), "{inside}");
        assert!(!html.contains("the-shop-key"));
    }
}
