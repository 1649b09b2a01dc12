//! The status page, rendered by the server: it works without scripts and refreshes itself until the outcome is
//! final. It shows state, amount and order number; nothing personal.

mod texts;

use std::fmt::Write;

use checkout_api::Outcome;
use url::Url;

use crate::error::ApiError;
use crate::payments::return_url::with_session;
use crate::store::records::SessionView;
pub(crate) use texts::{Language, Occasion};
use texts::{Texts, texts};

/// The pages' one stylesheet.
pub(crate) const STYLESHEET: &str = include_str!("status_page/status.css");

const REFRESH_SECONDS: u8 = 3;

/// The page of a session.
pub(crate) fn render(view: &SessionView, language: Language, shop: Option<&str>) -> String {
    let texts = texts(language);
    let outcome = view.state.outcome(view.reason.as_deref());
    let (class, title, explanation) = telling(&outcome, view, texts);
    let mut body = format!(
        "<h1>{}</h1><p role=\"status\">{}</p><dl><dt>{}</dt><dd>{}</dd><dt>{}</dt><dd>{}</dd></dl>",
        escape(title),
        escape(explanation),
        escape(texts.order),
        escape(view.order.as_str()),
        escape(texts.amount),
        escape(&amount(view, language)),
    );
    if let Some(page) = view
        .page
        .as_deref()
        .filter(|_| !view.can_retry && !view.order_is_paid && outcome == Outcome::Awaiting)
    {
        // Writing into a String cannot fail.
        let _ = write!(body, "<p><a href=\"{}\">{}</a></p>", escape(page), escape(texts.to_the_payment_page));
    }
    if let Some(back) = view.return_url.as_deref().and_then(|url| Url::parse(url).ok()) {
        let back = with_session(&back, &view.session);
        // The session in this page's address is the right to read; the right to pay is the shop's page's.
        let (class, words) = if view.can_retry && outcome != Outcome::Paid {
            ("button", texts.pay_again)
        } else {
            ("", texts.back_to_the_shop)
        };
        let _ = write!(
            body,
            "<p><a class=\"{class}\" href=\"{}\">{}</a></p>",
            escape(back.as_str()),
            escape(words)
        );
    }
    let refresh =
        if outcome == Outcome::Awaiting { refresh_in(REFRESH_SECONDS.into()) } else { String::new() };
    document(language, class, title, shop, &refresh, &body)
}

/// The page of a request that was not done.
pub(crate) fn render_problem(error: &ApiError, occasion: Occasion, language: Language) -> String {
    let told = texts(language).problem(occasion, error.code);
    let body = format!("<h1>{}</h1><p role=\"alert\">{}</p>", escape(told.title), escape(told.text));
    let seconds = error.retry_after.unwrap_or_default().max(REFRESH_SECONDS.into());
    let refresh = if told.again { refresh_in(seconds) } else { String::new() };
    document(language, "problem", told.title, None, &refresh, &body)
}

fn refresh_in(seconds: u32) -> String {
    format!("<meta http-equiv=\"refresh\" content=\"{seconds}\">")
}

fn telling<'a>(outcome: &Outcome, view: &SessionView, texts: &'a Texts) -> (&'static str, &'a str, &'a str) {
    match outcome {
        Outcome::Awaiting if view.order_is_paid => ("awaiting", texts.awaiting, texts.paid_otherwise),
        Outcome::Awaiting if view.can_retry => ("awaiting", texts.page_expired, texts.page_expired_more),
        Outcome::Awaiting | Outcome::Unrecognized(_) => ("awaiting", texts.awaiting, texts.awaiting_more),
        Outcome::Paid => ("paid", texts.paid, texts.paid_more),
        Outcome::Refunded => ("refunded", texts.refunded, texts.refunded_more),
        Outcome::Declined => ("declined", texts.declined, texts.declined_more),
        Outcome::Expired => ("expired", texts.expired, texts.expired_more),
        Outcome::Cancelled => ("cancelled", texts.cancelled, texts.cancelled_more),
    }
}

fn document(
    language: Language,
    class: &str,
    title: &str,
    shop: Option<&str>,
    head: &str,
    body: &str,
) -> String {
    let shop = shop.map(|shop| format!("<header>{}</header>", escape(shop))).unwrap_or_default();
    format!(
        "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">{head}<title>{}</title>\
         <link rel=\"stylesheet\" href=\"/pay/status.css\"></head>\
         <body class=\"{class}\">{shop}<main>{body}</main></body></html>\n",
        language.tag(),
        escape(title),
    )
}

/// `1 290,50 UAH` in Ukrainian, `UAH 1,290.50` in English.
fn amount(view: &SessionView, language: Language) -> String {
    let minor = view.amount.minor();
    let (major, cents) = (minor / 100, minor % 100);
    let (group, point) = match language {
        Language::Ukrainian => ('\u{a0}', ','),
        Language::English => (',', '.'),
    };
    let digits = major.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            grouped.push(group);
        }
        grouped.push(digit);
    }
    let code = view.amount.currency().code();
    match language {
        Language::Ukrainian => format!("{grouped}{point}{cents:02}\u{a0}{code}"),
        Language::English => format!("{code}\u{a0}{grouped}{point}{cents:02}"),
    }
}

fn escape(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut escaped, c| {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => escaped.push(c),
        }
        escaped
    })
}
