//! Each effect, carried out. An exhaustive match: a new effect does not compile until it is done here.

use checkout_api::{OpenSession, OrderRef, Product};
use checkout_core::{Effect, ErrorCode, Event, Failure, Hook, HostEvent, RequestId, Screen};
use js_sys::JSON;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

use super::Driver;
use crate::browser::backend::{self, Question};
use crate::browser::clock::Timer;
use crate::browser::host::{self, Detail};
use crate::browser::navigation;
use crate::text::Text;
use crate::wire::Json;

/// What a request asked for, to read its answer by.
#[derive(Debug, Clone, Copy)]
enum Asked {
    Order,
    Session,
    Status,
    Token,
}

impl Driver {
    pub(super) fn carry_out(&self, effect: Effect) {
        match effect {
            Effect::FetchOrder { request } => {
                let question = Question::order(&self.backend, &self.token.borrow());
                self.call(request, Asked::Order, question);
            }
            Effect::OpenSession { request, key, product } => {
                let locale = Some(self.look.borrow().words.get(Text::Lang).to_owned());
                let body = OpenSession { product, locale };
                let question = Question::open(&self.backend, &self.token.borrow(), &key, &body);
                self.call(request, Asked::Session, question);
            }
            Effect::FetchStatus { request, session, after, wait_seconds } => {
                let question = Question::status(&self.backend, &session, after, wait_seconds);
                self.call(request, Asked::Status, question);
            }
            Effect::RefreshToken { request } => {
                self.call(request, Asked::Token, Question::token(&self.token_url));
            }
            Effect::Abandon { request } => self.forget_request(request),
            Effect::WakeAfter { wake, millis } => {
                let report = self.reporter();
                #[cfg(feature = "trap")]
                let report = {
                    let me = self.me.clone();
                    move |event| {
                        me.upgrade().inspect(|driver| driver.trap("timer"));
                        report(event);
                    }
                };
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

    /// Runs one request; its answer comes back as an event, unless it was given up.
    fn call(&self, request: RequestId, asked: Asked, question: Question) {
        let Some((pending, signal)) = backend::abortable() else { return };
        self.pending.borrow_mut().push((request, pending));
        let me = self.me.clone();
        spawn_local(async move {
            let answer = question.ask(signal).await;
            if let Some(driver) = me.upgrade() {
                #[cfg(feature = "trap")]
                if answer.is_ok() {
                    driver.trap(match asked {
                        Asked::Session => "answer",
                        Asked::Order | Asked::Status | Asked::Token => "",
                    });
                }
                driver.forget_request(request);
                driver.report(driver.read(request, asked, answer));
            }
        });
    }

    fn forget_request(&self, request: RequestId) {
        self.pending.borrow_mut().retain(|(pending, _)| *pending != request);
    }

    /// An answer that cannot be read is one that did not come.
    fn read(&self, request: RequestId, asked: Asked, answer: Result<Json, Failure>) -> Event {
        let unreadable = Failure::Network;
        match asked {
            Asked::Order => match answer.and_then(|json| json.checkout().ok_or(unreadable)) {
                Ok(order) => Event::OrderFetched { request, order },
                Err(failure) => Event::OrderFailed { request, failure },
            },
            Asked::Session => match answer.and_then(|json| json.payment_session().ok_or(unreadable)) {
                Ok(session) => {
                    let page = session.page.as_deref().and_then(navigation::page_address);
                    Event::SessionOpened { request, session, page }
                }
                Err(failure) => Event::OpenFailed { request, failure },
            },
            Asked::Status => match answer.and_then(|json| json.payment_session().ok_or(unreadable)) {
                Ok(session) => Event::StatusFetched { request, session },
                Err(failure) => Event::StatusFailed { request, failure },
            },
            Asked::Token => match answer.and_then(|json| json.order_token().ok_or(unreadable)) {
                Ok(token) => {
                    *self.token.borrow_mut() = token;
                    Event::TokenRefreshed { request }
                }
                Err(failure) => Event::TokenRefreshFailed { request, failure },
            },
        }
    }

    fn ask_host(&self, request: RequestId, hook: Hook) {
        let Ok(checkout) = &self.checkout else { return };
        let model = checkout.borrow().view();
        let amount = model.amount.map(|amount| {
            Detail::default()
                .with("minor", &integer(amount.minor()))
                .text("currency", Some(amount.currency().code()))
        });
        let detail = Detail::default()
            .text("order", model.order.as_ref().map(OrderRef::as_str))
            .with("amount", amount.as_ref().map_or(&JsValue::NULL, AsRef::as_ref))
            .text("product", model.product.as_ref().map(Product::as_str));
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
            self.log_setup_error(&error);
        }
        // A token that stays stale is the merchant's to mend; the buyer is only asked to reload.
        if matches!(event, HostEvent::Error { code: ErrorCode::TokenStale, .. }) {
            super::log(host::message(ErrorCode::TokenStale));
        }
        host::tell(&self.host, event);
    }
}

/// Exact: an amount is never larger than JavaScript's largest exact integer.
fn integer(number: i64) -> JsValue {
    JSON::parse(&money::written(number.unsigned_abs(), 0)).unwrap_or_default()
}
