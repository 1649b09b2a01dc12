//! `alliancepay:*` events to the merchant's page, and its answers to the two that may be refused.

use checkout_core::{ErrorCode, Hook, HostEvent};
use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlElement;

use super::script;

/// What comes with an event.
#[derive(Debug, Clone, Default)]
pub struct Detail(Object);

impl Detail {
    /// Adds a field.
    #[must_use]
    pub fn with(self, field: &str, value: &JsValue) -> Self {
        // A plain object of our own takes every field.
        let _ = Reflect::set(&self.0, &field.into(), value);
        self
    }

    /// Adds a text; `None` becomes null.
    #[must_use]
    pub fn text(self, field: &str, text: Option<&str>) -> Self {
        let value = text.map_or(JsValue::NULL, JsValue::from_str);
        self.with(field, &value)
    }
}

impl AsRef<JsValue> for Detail {
    fn as_ref(&self) -> &JsValue {
        &self.0
    }
}

/// Tells the page.
pub fn tell(host: &HtmlElement, event: &HostEvent) {
    let detail = Detail::default();
    let (name, detail) = match event {
        HostEvent::Ready => ("ready", detail),
        HostEvent::Change { phase } => ("change", detail.text("phase", Some(phase.as_str()))),
        HostEvent::Outcome { order, session, state, outcome } => {
            let outcome = outcome.as_ref().map_or("unresolved", |outcome| outcome.as_str());
            let detail = detail
                .text("outcome", Some(outcome))
                .text("state", Some(state.as_str()))
                .text("order", Some(order.as_str()))
                .text("session", Some(session.as_str()));
            ("outcome", detail)
        }
        HostEvent::Error { code, retryable, support_id } => {
            let detail = detail
                .text("code", Some(code.as_str()))
                .with("retryable", &JsValue::from_bool(*retryable))
                .text("message", Some(message(*code)))
                .text("supportId", support_id.as_deref());
            ("error", detail)
        }
    };
    script::tell(host, name, &detail.0, false);
}

/// Asks the page; the answer is `true` when the payment may go on. Silence for ten seconds is consent.
pub async fn ask(host: HtmlElement, hook: Hook, detail: Detail) -> bool {
    let name = match hook {
        Hook::BeforeSubmit => "before-submit",
        Hook::BeforeRedirect => "before-redirect",
    };
    JsFuture::from(script::ask(&host, name, &detail.0)).await.is_ok_and(|answer| answer.is_truthy())
}

/// For the merchant's developer; the buyer's words are in `texts/`.
pub const fn message(code: ErrorCode) -> &'static str {
    match code {
        ErrorCode::SetupError => {
            "An option of <alliancepay-checkout> is missing or wrong; the widget names it."
        }
        ErrorCode::NetworkError => "The merchant backend could not be reached.",
        ErrorCode::Unavailable => "The merchant backend or the bank cannot do it now.",
        ErrorCode::TokenStale => {
            "`order-token` is unknown to the backend or older than 24 hours: put the order again and render its new \
             token, or give `token-url`."
        }
        ErrorCode::Refused => "The merchant backend refused; its log knows the support id.",
        ErrorCode::PageNotAllowed => "The payment page is not on an allowed host: see `payment-hosts`.",
        ErrorCode::NavigationRefused => "The browser did not leave for the payment page; a link is shown.",
        ErrorCode::SessionNotFound => "The payment session of the address does not exist.",
    }
}
