//! The elements for a shop's admin: the same views, opened by a token of the shop's server.

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::HtmlElement;

use super::parts::{Tone, failed, loaded, notice};
use super::payment::status_dialog;
use super::status_button::status_cell;
use super::{order, orders};
use crate::api::{Access, Api};
use crate::browser::memory::language;
use crate::desk::{Desk, Place};
use crate::filters::Filters;
use crate::route::Route;
use crate::session::Session;
use crate::text::Language;

/// Which element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Orders,
    Status,
    Order,
}

/// An element's attributes.
#[derive(Debug, Clone)]
pub struct Options {
    kind: Kind,
    backend: String,
    token: String,
    token_url: Option<String>,
    order: String,
    order_url: Option<String>,
    language: Language,
}

impl Options {
    /// Reads them.
    pub fn of(host: &HtmlElement) -> Self {
        let attribute = |name: &str| host.get_attribute(name).filter(|text| !text.is_empty());
        let kind = match host.local_name().as_str() {
            "alliancepay-order-status" => Kind::Status,
            "alliancepay-order" => Kind::Order,
            _ => Kind::Orders,
        };
        let around = host.closest("[lang]").ok().flatten().and_then(|element| element.get_attribute("lang"));
        Self {
            kind,
            backend: attribute("backend").unwrap_or_default(),
            token: attribute("token").unwrap_or_default(),
            token_url: attribute("token-url"),
            order: attribute("order").unwrap_or_default(),
            order_url: attribute("order-url"),
            language: Language::of_tag(&around.unwrap_or_else(language)),
        }
    }

    /// The word for whoever put the element on the page and forgot something.
    fn mistake(&self) -> Option<&'static str> {
        let words = &self.language.words().problems;
        if self.backend.is_empty() {
            Some(words.setup_backend)
        } else if self.token.is_empty() && self.token_url.is_none() {
            Some(words.setup_token)
        } else if self.order.is_empty() && self.kind != Kind::Orders {
            Some(words.setup_order)
        } else {
            None
        }
    }
}

/// The element.
pub fn element(host: HtmlElement, options: &Options) -> AnyView {
    if let Some(mistake) = options.mistake() {
        return notice(Tone::Bad, mistake);
    }
    let session = RwSignal::new(Session::Asking);
    let access = Access::Token { url: options.token_url.clone() };
    let api = Api::new(&options.backend, access, options.token.clone(), session);
    let route = match options.kind {
        Kind::Order => Route::Order(options.order.clone()),
        Kind::Orders | Kind::Status => Route::Orders(Filters::default()),
    };
    let place =
        Place::Element { host, order_url: options.order_url.clone(), has_list: options.kind == Kind::Orders };
    let desk = Desk::new(api.clone(), place, session, options.language, route);
    let inside = match options.kind {
        Kind::Status => cell(desk, &api, options),
        Kind::Orders | Kind::Order => whole(desk),
    };
    let spoken = html::div().class("unseen").attr("role", "status").child(move || desk.spoken.get());
    html::div().class("app embedded").attr("lang", options.language.tag()).child((inside, spoken)).into_any()
}

/// List and details.
fn whole(desk: Desk) -> AnyView {
    spawn_local(desk.learns_who());
    let known = Memo::new(move |_| desk.session.get() != Session::Asking);
    let chosen = Memo::new(move |_| desk.route.with(|route| route.order().cloned()));
    (move || match (known.get(), chosen.get()) {
        (false, _) => loaded::waiting(desk),
        (true, None) => orders::page(desk),
        (true, Some(order)) => order::page(desk, &order),
    })
    .into_any()
}

/// The cell of a list. Its button stays while its words change: a live update takes no focus.
fn cell(desk: Desk, api: &Api, options: &Options) -> AnyView {
    let order = options.order.clone();
    let filled = RwSignal::new(None);
    let access = [options.token.as_str(), " ", options.token_url.as_deref().unwrap_or_default()].concat();
    api.keep_filled(&access, &order, filled);
    let dialog = status_dialog(desk);
    let failure = Memo::new(move |_| filled.with(|filled| filled.clone()?.err()));
    let is_there = Memo::new(move |_| filled.with(Option::is_some));
    let summary = Memo::new(move |_| filled.with(|filled| filled.clone()?.ok()?));
    let is_ours = Memo::new(move |_| summary.with(Option::is_some));
    let content = move || {
        if let Some(failure) = failure.get() {
            return failed(desk, &failure);
        }
        match (is_there.get(), is_ours.get()) {
            (false, _) => html::span().class("bone").attr("aria-busy", "true").into_any(),
            (true, false) => ().into_any(),
            (true, true) => {
                let order = order.clone();
                status_cell(desk, summary.into(), move || dialog.open(order.clone()))
            }
        }
    };
    html::div().class("cell").child((content, dialog.view())).into_any()
}
