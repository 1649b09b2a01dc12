//! Around every page of the console: who is signed in, where one can go, and the voice for screen readers.

use console_api::Role;
use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;

use super::parts::order_link;
use super::{account, audit, order, orders, overview, settlement, sign_in, staff};
use crate::browser::memory::remember;
use crate::browser::page::{focus_in, value_of};
use crate::desk::Desk;
use crate::filters::Filters;
use crate::route::Route;
use crate::session::Session;
use crate::text::{Language, fill};

/// The whole console.
pub fn console(desk: Desk) -> AnyView {
    (move || {
        let language = desk.language.get();
        let spoken = html::div().class("unseen").attr("role", "status").child(move || desk.spoken.get());
        let signed_in = Memo::new(move |_| match desk.session.get() {
            Session::Asking => None,
            Session::Nobody { .. } => Some(false),
            Session::Staff(_) | Session::Unnamed => Some(true),
        });
        let inside = move || match signed_in.get() {
            None => super::parts::loaded::waiting(desk),
            Some(false) => sign_in::page(desk),
            Some(true) => framed(desk),
        };
        html::div().class("app").attr("lang", language.tag()).child((inside, spoken)).into_any()
    })
    .into_any()
}

fn framed(desk: Desk) -> AnyView {
    let words = &desk.words().frame;
    Effect::new(move |_| super::super::surface::title(Some(&title(desk, &desk.route.get())), desk.lang()));
    let skip = html::a().class("skip").attr("href", "#main").child(words.skip).on(ev::click, |event| {
        event.prevent_default();
        focus_main();
    });
    let brand = html::div().class("brand").child((
        html::span().class("brand-mark").attr("aria-hidden", "true"),
        html::span().child(("AlliancePay", html::span().class("aside").child(words.place))),
    ));
    let side = html::header().class("side").child((brand, navigation(desk), foot(desk)));
    let main = html::main().attr("id", "main").attr("tabindex", "-1").child(pages(desk));
    html::div().class("frame").child((skip, side, main)).into_any()
}

fn navigation(desk: Desk) -> AnyView {
    let words = &desk.words().frame;
    let item = move |route: Route, label: &'static str| {
        let address = route.hash();
        let is_here = Memo::new(move |_| section(&desk.route.get()) == section(&route));
        let link = html::a()
            .attr("href", move || {
                // The list comes back with the filters it was left with.
                if address == "#/orders" {
                    Route::Orders(desk.last_list.get()).hash()
                } else {
                    address.clone()
                }
            })
            .attr("aria-current", move || is_here.get().then_some("page"))
            .child(label);
        html::li().child(link).into_any()
    };
    let for_all = vec![
        item(Route::Orders(Filters::default()), words.orders),
        item(Route::Overview, words.overview),
        item(Route::Settlement(None), words.settlement),
    ];
    let for_admins = move || {
        desk.reaches(Role::Admin)
            .then(|| vec![item(Route::Staff, words.staff), item(Route::Audit, words.audit)])
    };
    let list = html::ul().child((for_all, for_admins, item(Route::Account, words.account)));
    html::nav().attr("aria-label", words.navigation).child(list).into_any()
}

/// What a page is called in its tab.
fn title(desk: Desk, route: &Route) -> String {
    let words = desk.words();
    let name = match route {
        Route::Orders(_) => words.frame.orders,
        Route::Order(order) => return fill(words.order.title, "order", order),
        Route::Overview => words.frame.overview,
        Route::Settlement(_) => words.frame.settlement,
        Route::Staff => words.frame.staff,
        Route::Audit => words.frame.audit,
        Route::Account => words.frame.account,
        Route::Unknown => words.frame.not_found,
    };
    name.to_owned()
}

/// Which entry of the navigation a page belongs to.
const fn section(route: &Route) -> u8 {
    match route {
        Route::Orders(_) | Route::Order(_) => 0,
        Route::Overview => 1,
        Route::Settlement(_) => 2,
        Route::Staff => 3,
        Route::Audit => 4,
        Route::Account => 5,
        Route::Unknown => 6,
    }
}

fn foot(desk: Desk) -> AnyView {
    let words = &desk.words().frame;
    let who = move || desk.session.get().staff().map(|staff| staff.login.clone());
    let sign_out = html::button()
        .attr("type", "button")
        .class("button quiet")
        .attr("data-action", "sign-out")
        .on(ev::click, move |_| {
            spawn_local(async move {
                if let Some(api) = desk.api() {
                    let _ = api.sign_out().await;
                }
                desk.session.try_set(Session::Nobody { over: false });
            });
        })
        .child(words.sign_out);
    let me = html::div().class("me").child((html::span().class("login").child(who), sign_out));
    html::div().class("side-foot").child((looks(desk), me)).into_any()
}

/// Language and appearance.
pub fn looks(desk: Desk) -> AnyView {
    let words = &desk.words().frame;
    let language = choice(
        "language",
        words.language,
        &[("uk", "Українська"), ("en", "English")],
        desk.lang().tag(),
        move |word| {
            remember("language", &word);
            desk.language.set(Language::of_tag(&word));
        },
    );
    let themes = [("auto", words.theme_auto), ("light", words.theme_light), ("dark", words.theme_dark)];
    let theme = choice("theme", words.theme, &themes, &super::super::surface::theme(), |word| {
        remember("theme", &word);
        super::super::surface::apply_theme(&word);
    });
    html::div().class("looks").child((language, theme)).into_any()
}

fn choice(
    name: &'static str,
    label: &'static str,
    options: &[(&'static str, &'static str)],
    chosen: &str,
    choose: impl Fn(String) + 'static,
) -> AnyView {
    let options: Vec<_> = options
        .iter()
        .map(|(word, text)| {
            html::option().attr("value", *word).prop("selected", *word == chosen).child(*text)
        })
        .collect();
    html::select()
        .attr("name", name)
        .attr("aria-label", label)
        .on(ev::change, move |event| choose(value_of(&event)))
        .child(options)
        .into_any()
}

fn pages(desk: Desk) -> AnyView {
    // Other filters are the same page.
    let page = Memo::new(move |_| desk.route.get().page());
    Effect::new(move |before: Option<Route>| {
        let now = page.get();
        if before.is_some_and(|before| now.is_another_page_than(&before)) {
            spawn_local(async {
                crate::browser::clock::pause(0).await;
                focus_main();
            });
        }
        now
    });
    (move || match page.get() {
        Route::Overview => overview::page(desk),
        Route::Orders(_) => orders::page(desk),
        Route::Order(order) => order::page(desk, &order),
        Route::Settlement(register) => settlement::page(desk, register),
        Route::Staff => staff::page(desk),
        Route::Audit => audit::page(desk),
        Route::Account => account::page(desk),
        Route::Unknown => lost(desk),
    })
    .into_any()
}

fn lost(desk: Desk) -> AnyView {
    let words = &desk.words().frame;
    let back = html::a().class("button").attr("href", "#/orders").child(words.to_orders);
    html::div()
        .class("empty")
        .child((html::h1().attr("tabindex", "-1").child(words.not_found), back))
        .into_any()
}

/// The heading of the page that has just come takes the focus, so that a screen reader begins there.
fn focus_main() {
    let document = document();
    if let Some(main) = document.get_element_by_id("main") {
        window().scroll_to_with_x_and_y(0.0, 0.0);
        if main.query_selector("h1").ok().flatten().is_some() {
            focus_in(&main, "h1");
        } else if let Ok(main) = main.dyn_into::<web_sys::HtmlElement>() {
            let _ = main.focus();
        }
    }
}

/// A page's head: its heading and what stands beside it.
pub fn head(title: impl IntoAny, beside: impl IntoAny) -> AnyView {
    html::div()
        .class("head")
        .child((
            html::h1().attr("tabindex", "-1").child(title.into_any()),
            html::div().class("head-side").child(beside.into_any()),
        ))
        .into_any()
}

/// An order's number as a link.
pub fn number(desk: Desk, order: &str) -> AnyView {
    order_link(desk, order, "number", order.to_owned())
}
