//! Each effect, carried out. An exhaustive match: a new effect does not compile until it is done here.

use std::future::Future;

use checkout_api::{OpenSession, OrderToken};
use checkout_core::{Effect, ErrorCode, Event, Hook, HostEvent, RequestId, Screen};
use js_sys::JSON;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use web_sys::AbortSignal;

use super::Driver;
use crate::browser::clock::Timer;
use crate::browser::host::{self, Detail};
use crate::browser::{backend, navigation};

impl Driver {
    pub(super) fn carry_out(&self, effect: Effect) {
        match effect {
            Effect::FetchOrder { request } => {
                let (backend, token) = self.access();
                self.call(request, async move |signal| {
                    match backend::fetch_order(&backend, &token, &signal).await {
                        Ok(order) => Event::OrderFetched { request, order },
                        Err(failure) => Event::OrderFailed { request, failure },
                    }
                });
            }
            Effect::OpenSession { request, key, product } => {
                let (backend, token) = self.access();
                let locale = Some(self.look().language.tag().to_owned());
                let body = OpenSession { product, locale };
                self.call(request, async move |signal| {
                    match backend::open_session(&backend, &token, &key, &body, &signal).await {
                        Ok(session) => {
                            let page = session.page.as_deref().and_then(navigation::page_address);
                            Event::SessionOpened { request, session, page }
                        }
                        Err(failure) => Event::OpenFailed { request, failure },
                    }
                });
            }
            Effect::FetchStatus { request, session, after, wait_seconds } => {
                let (backend, _) = self.access();
                self.call(request, async move |signal| {
                    match backend::fetch_status(&backend, &session, after, wait_seconds, &signal).await {
                        Ok(session) => Event::StatusFetched { request, session },
                        Err(failure) => Event::StatusFailed { request, failure },
                    }
                });
            }
            Effect::RefreshToken { request } => self.refresh_token(request),
            Effect::Abandon { request } => {
                self.pending.borrow_mut().retain(|(pending, _)| *pending != request);
            }
            Effect::WakeAfter { wake, millis } => {
                let report = self.reporter();
                let timer = Timer::after(millis, move || report(Event::Woke { wake }));
                *self.wake.borrow_mut() = Some(timer);
            }
            Effect::Remember(note) => self.note_place.write(&note),
            Effect::Forget => self.note_place.clear(),
            Effect::TidyAddress => navigation::tidy_address(),
            Effect::AskHost { request, hook } => self.ask_host(request, hook),
            Effect::Navigate { page } => {
                if !navigation::leave(&page) {
                    self.report(Event::NavigationRefused);
                }
            }
            Effect::Tell(event) => self.tell(&event),
        }
    }

    fn refresh_token(&self, request: RequestId) {
        let token_url =
            self.options.as_ref().ok().and_then(|options| options.token_url.clone()).unwrap_or_default();
        let me = self.me.clone();
        self.call(request, async move |signal| match backend::fetch_token(&token_url, &signal).await {
            Ok(token) => {
                if let Some(driver) = me.upgrade() {
                    *driver.token.borrow_mut() = Some(token);
                }
                Event::TokenRefreshed { request }
            }
            Err(failure) => Event::TokenRefreshFailed { request, failure },
        });
    }

    fn ask_host(&self, request: RequestId, hook: Hook) {
        let Ok(checkout) = &self.checkout else { return };
        let model = checkout.borrow().view();
        let amount = model.amount.map(|amount| {
            Detail::default()
                .with("minor", integer(amount.minor()))
                .with("currency", Some(amount.currency().code()))
        });
        let detail = Detail::default()
            .with("order", model.order.as_ref().map(checkout_api::OrderRef::as_str))
            .with("amount", amount)
            .with("product", model.product.as_ref().map(checkout_api::Product::as_str));
        let report = self.reporter();
        let host = self.host.clone();
        spawn_local(async move {
            let proceed = host::ask(host, hook, detail).await;
            report(Event::HostAnswered { request, hook, proceed });
        });
    }

    fn tell(&self, event: &HostEvent) {
        if let (
            HostEvent::Error { code: ErrorCode::SetupError | ErrorCode::PageNotAllowed, .. },
            Ok(checkout),
        ) = (event, &self.checkout)
            && let Screen::SetupError(error) = checkout.borrow().view().screen
        {
            super::log_setup_error(&error);
        }
        if matches!(event, HostEvent::Error { code: ErrorCode::TokenStale, .. }) {
            super::log_stale_token();
        }
        host::tell(&self.host, event);
    }

    /// Runs one request; its answer comes back as an event, unless it was given up.
    fn call<F: Future<Output = Event> + 'static>(
        &self,
        request: RequestId,
        ask: impl FnOnce(AbortSignal) -> F + 'static,
    ) {
        let Some((pending, signal)) = backend::abortable() else { return };
        self.pending.borrow_mut().push((request, pending));
        let me = self.me.clone();
        spawn_local(async move {
            let event = ask(signal).await;
            if let Some(driver) = me.upgrade() {
                driver.pending.borrow_mut().retain(|(pending, _)| *pending != request);
                driver.report(event);
            }
        });
    }

    /// The backend and the token now in use; the core asks only where the options gave them.
    fn access(&self) -> (String, OrderToken) {
        let backend =
            self.options.as_ref().ok().and_then(|options| options.backend.clone()).unwrap_or_default();
        let token = self.token.borrow().clone().unwrap_or_else(|| OrderToken::new(""));
        (backend, token)
    }
}

/// Exact: an amount is never larger than JavaScript's largest exact integer.
fn integer(number: i64) -> Option<JsValue> {
    JSON::parse(&number.to_string()).ok()
}
