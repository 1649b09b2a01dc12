//! The backend's API as the console asks it: one file for each part, and the way a request goes here.
//!
//! Pages are signed in by a cookie and send the CSRF token with whatever changes something; embedded elements carry a
//! token that the shop's server fetched, and get a fresh one from the shop when it has run out.

mod orders;
mod overview;
mod settlement;
mod staff;
mod status;

pub use settlement::Upload;

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;
use web_sys::AbortSignal;

use crate::browser::http::{self, Answer, Ask};
use crate::failure::Failure;
use crate::session::Session;

/// What opens the backend's door.
#[derive(Debug)]
pub enum Access {
    /// The cookie of somebody who has signed in.
    Cookie,
    /// A token from the shop's server.
    Token {
        /// Where a fresh one comes from.
        url: Option<String>,
    },
}

/// The backend. Clones are the same.
#[derive(Debug, Clone)]
pub struct Api {
    inner: Rc<Inner>,
    /// Whether nobody has asked for it: the page looks by itself.
    unattended: bool,
}

#[derive(Debug)]
struct Inner {
    base: String,
    access: Access,
    /// The CSRF token, or the bearer token.
    secret: RefCell<String>,
    session: RwSignal<Session>,
}

impl Api {
    /// The backend at `base`, without a slash at its end.
    pub fn new(base: &str, access: Access, secret: String, session: RwSignal<Session>) -> Self {
        let base = base.trim_end_matches('/').to_owned();
        let inner = Inner { base, access, secret: RefCell::new(secret), session };
        Self { inner: Rc::new(inner), unattended: false }
    }

    /// The same for what the page asks without anybody having done something: it keeps nobody signed in.
    #[must_use]
    pub fn unattended(self) -> Self {
        Self { unattended: true, ..self }
    }

    /// Where the backend is.
    pub fn base(&self) -> &str {
        &self.inner.base
    }

    /// Whether a cookie opens the door, so that plain links do too.
    pub fn has_cookie(&self) -> bool {
        matches!(self.inner.access, Access::Cookie)
    }

    pub(super) fn keep_secret(&self, secret: &str) {
        secret.clone_into(&mut self.inner.secret.borrow_mut());
    }

    /// `GET`, answered with JSON.
    pub async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, Failure> {
        read(&self.ask("GET", path, None, &[], None).await?)
    }

    /// `GET` that can be ended early.
    pub async fn get_until<T: DeserializeOwned>(
        &self,
        path: &str,
        abort: Option<AbortSignal>,
    ) -> Result<T, Failure> {
        read(&self.ask("GET", path, None, &[], abort).await?)
    }

    /// `GET`, answered with a text.
    pub async fn text(&self, path: &str) -> Result<String, Failure> {
        Ok(self.ask("GET", path, None, &[], None).await?.text)
    }

    /// Sends JSON, answered with JSON.
    pub async fn send<T: DeserializeOwned>(
        &self,
        method: &str,
        path: &str,
        body: &impl Serialize,
        headers: &[(&str, &str)],
    ) -> Result<T, Failure> {
        read(&self.ask(method, path, Some(json(body)?), headers, None).await?)
    }

    /// Sends JSON; the answer is that it was done.
    pub async fn order(&self, method: &str, path: &str, body: &impl Serialize) -> Result<(), Failure> {
        self.ask(method, path, Some(json(body)?), &[], None).await.map(drop)
    }

    async fn ask(
        &self,
        method: &str,
        path: &str,
        body: Option<String>,
        headers: &[(&str, &str)],
        abort: Option<AbortSignal>,
    ) -> Result<Answer, Failure> {
        let first = self.once(method, path, body.as_deref(), headers, abort.clone()).await?;
        let answer = match (&self.inner.access, first.status) {
            // The token has run out: the shop gives a fresh one, once.
            (Access::Token { url: Some(url) }, 401) => {
                self.renew(url).await?;
                self.once(method, path, body.as_deref(), headers, abort).await?
            }
            (_, _) => first,
        };
        if answer.is_good() {
            return Ok(answer);
        }
        let failure = Failure::refused(answer.status, &answer.text, answer.retry_after.clone());
        if failure.is_signed_out() && self.has_cookie() {
            self.inner.session.try_update(Session::ends);
        }
        Err(failure)
    }

    async fn once(
        &self,
        method: &str,
        path: &str,
        body: Option<&str>,
        headers: &[(&str, &str)],
        abort: Option<AbortSignal>,
    ) -> Result<Answer, Failure> {
        let url = [self.base(), path].concat();
        let secret = self.inner.secret.borrow().clone();
        let bearer = ["Bearer ", &secret].concat();
        let mut all: Vec<(&str, &str)> = headers.to_vec();
        if body.is_some() {
            all.push(("Content-Type", "application/json"));
        }
        match &self.inner.access {
            Access::Cookie if method != "GET" && !secret.is_empty() => all.push(("X-CSRF-Token", &secret)),
            Access::Cookie if self.unattended => all.push(("X-Unattended", "1")),
            Access::Cookie => {}
            Access::Token { .. } => all.push(("Authorization", &bearer)),
        }
        let body = body.map(JsValue::from);
        let cookies = self.has_cookie();
        let ask = Ask { method, url: &url, headers: &all, body, cookies, abort: abort.clone() };
        match http::send(ask).await {
            Some(answer) => Ok(answer),
            None if abort.is_some_and(|abort| abort.aborted()) => Err(Failure::Ended),
            None => Err(Failure::Network),
        }
    }

    async fn renew(&self, url: &str) -> Result<(), Failure> {
        #[derive(serde::Deserialize)]
        struct Fresh {
            token: String,
        }
        let ask = Ask { method: "GET", url, headers: &[], body: None, cookies: true, abort: None };
        let answer = http::send(ask).await.filter(Answer::is_good).ok_or(Failure::TokenOver)?;
        let fresh: Fresh = serde_json::from_str(&answer.text).map_err(|_| Failure::TokenOver)?;
        self.keep_secret(&fresh.token);
        Ok(())
    }

    /// The first token, where only its address is known.
    pub async fn begin(&self) -> Result<(), Failure> {
        match &self.inner.access {
            Access::Token { url: Some(url) } if self.inner.secret.borrow().is_empty() => {
                self.renew(url).await
            }
            Access::Token { .. } | Access::Cookie => Ok(()),
        }
    }
}

fn json(body: &impl Serialize) -> Result<String, Failure> {
    serde_json::to_string(body).map_err(|error| Failure::Unreadable(error.to_string()))
}

fn read<T: DeserializeOwned>(answer: &Answer) -> Result<T, Failure> {
    serde_json::from_str(&answer.text).map_err(|error| Failure::Unreadable(error.to_string()))
}
