//! `alliancepay:*` events to the merchant's page, and its answers to the two that may be refused.

use checkout_core::{ErrorCode, Hook, HostEvent};
use js_sys::{Array, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CustomEvent, CustomEventInit, HtmlElement};

use super::clock::Timer;

/// How long the page may think about a cancellable event.
const PATIENCE_MILLIS: u64 = 10_000;

/// What comes with an event.
#[derive(Debug, Clone, Default)]
pub struct Detail(Object);

impl Detail {
    /// Adds a field; `None` becomes null.
    #[must_use]
    pub fn with(self, field: &str, value: Option<impl Into<JsValue>>) -> Self {
        let value = value.map_or(JsValue::NULL, Into::into);
        // A plain object of our own takes every field.
        let _ = Reflect::set(&self.0, &field.into(), &value);
        self
    }
}

impl From<Detail> for JsValue {
    fn from(detail: Detail) -> Self {
        detail.0.into()
    }
}

/// Tells the page.
pub fn tell(host: &HtmlElement, event: &HostEvent) {
    let detail = Detail::default();
    let (name, detail) = match event {
        HostEvent::Ready => ("ready", detail),
        HostEvent::Change { phase } => ("change", detail.with("phase", Some(phase.as_str()))),
        HostEvent::Outcome { order, session, state, outcome } => {
            let outcome = outcome.as_ref().map_or("unresolved", |outcome| outcome.as_str());
            let detail = detail
                .with("outcome", Some(outcome))
                .with("state", Some(state.as_str()))
                .with("order", Some(order.as_str()))
                .with("session", Some(session.as_str()));
            ("outcome", detail)
        }
        HostEvent::Error { code, retryable, support_id } => {
            let detail = detail
                .with("code", Some(code.as_str()))
                .with("retryable", Some(*retryable))
                .with("message", Some(message(*code)))
                .with("supportId", support_id.as_deref());
            ("error", detail)
        }
    };
    dispatch(host, name, &detail, false);
}

/// Asks the page; the answer is `true` when the payment may go on. Silence for ten seconds is consent.
pub async fn ask(host: HtmlElement, hook: Hook, detail: Detail) -> bool {
    let name = match hook {
        Hook::BeforeSubmit => "before-submit",
        Hook::BeforeRedirect => "before-redirect",
    };
    let promises = Array::new();
    let kept = promises.clone();
    let wait_until = Closure::<dyn FnMut(JsValue)>::new(move |promise: JsValue| {
        kept.push(&promise);
    });
    // The page may keep the function; the browser's collector frees it then.
    let detail = detail.with("waitUntil", Some(wait_until.into_js_value()));
    if !dispatch(&host, name, &detail, true) {
        return false;
    }
    if promises.length() == 0 {
        return true;
    }
    let mut timer = None;
    let patience = Promise::new(&mut |resolve, _reject| {
        timer = Some(Timer::after(PATIENCE_MILLIS, move || {
            let _ = resolve.call0(&JsValue::UNDEFINED);
        }));
    });
    let race = Promise::race(&Array::of2(&Promise::all(&promises), &patience));
    let proceed = JsFuture::from(race).await.is_ok();
    drop(timer);
    proceed
}

/// Sends the event; `false` when the page called `preventDefault`.
fn dispatch(host: &HtmlElement, name: &str, detail: &Detail, cancelable: bool) -> bool {
    let init = CustomEventInit::new();
    init.set_bubbles(true);
    init.set_composed(true);
    init.set_cancelable(cancelable);
    init.set_detail(detail.0.unchecked_ref());
    CustomEvent::new_with_event_init_dict(&["alliancepay:", name].concat(), &init)
        .and_then(|event| host.dispatch_event(&event))
        .unwrap_or(true)
}

/// For the merchant's developer; the buyer's words are in `text/`.
const fn message(code: ErrorCode) -> &'static str {
    match code {
        ErrorCode::SetupError => {
            "An option of <alliancepay-checkout> is missing or wrong; the widget names it."
        }
        ErrorCode::NetworkError => "The merchant backend could not be reached.",
        ErrorCode::Unavailable => "The merchant backend or the bank cannot do it now.",
        ErrorCode::TokenStale => "The order token is stale: render a fresh page or give `token-url`.",
        ErrorCode::Refused => "The merchant backend refused; its log knows the support id.",
        ErrorCode::PageNotAllowed => "The payment page is not on an allowed host: see `payment-hosts`.",
        ErrorCode::NavigationRefused => "The browser did not leave for the payment page; a link is shown.",
        ErrorCode::SessionNotFound => "The payment session of the address does not exist.",
    }
}
