//! What every view works with: the backend, who is signed in, the language, the page shown, and the one voice that
//! speaks to screen readers. Small and copied everywhere.

use console_api::Role;
use leptos::prelude::*;
use money::Amount;
use web_sys::HtmlElement;

use crate::api::Api;
use crate::browser::intl::{self, Moment};
use crate::browser::{address, page};
use crate::failure::Failure;
use crate::filters::Filters;
use crate::route::Route;
use crate::session::Session;
use crate::text::{Language, Words};

/// Where the views are shown.
#[derive(Debug, Clone)]
pub enum Place {
    /// The console's own page.
    Page,
    /// An element in a shop's admin.
    Element {
        /// The element.
        host: HtmlElement,
        /// The admin's own page of an order, `{order}` to be filled.
        order_url: Option<String>,
        /// Whether it has a list to go back to.
        has_list: bool,
    },
}

/// See the file's head.
#[derive(Debug, Clone, Copy)]
pub struct Desk {
    api: StoredValue<Api, LocalStorage>,
    place: StoredValue<Place, LocalStorage>,
    /// Who it is.
    pub session: RwSignal<Session>,
    /// The language; everything is drawn anew when it changes.
    pub language: RwSignal<Language>,
    /// The page.
    pub route: RwSignal<Route>,
    /// What the live region says.
    pub spoken: RwSignal<String>,
    /// The filters with which the list was left, for the way back.
    pub last_list: RwSignal<Filters>,
}

impl Desk {
    /// A desk for one tree of views.
    pub fn new(api: Api, place: Place, session: RwSignal<Session>, language: Language, route: Route) -> Self {
        Self {
            api: StoredValue::new_local(api),
            place: StoredValue::new_local(place),
            session,
            language: RwSignal::new(language),
            route: RwSignal::new(route),
            spoken: RwSignal::new(String::new()),
            last_list: RwSignal::new(Filters::default()),
        }
    }

    /// The backend.
    pub fn api(self) -> Option<Api> {
        self.api.try_get_value()
    }

    /// The words.
    pub fn words(self) -> &'static Words {
        self.lang().words()
    }

    /// The language, as it is while a view is drawn.
    pub fn lang(self) -> Language {
        self.language.try_get_untracked().unwrap_or(Language::English)
    }

    /// Whether these views are the console's own page.
    pub fn is_page(self) -> bool {
        self.place.try_with_value(|place| matches!(place, Place::Page)).unwrap_or_default()
    }

    /// Whether there is a list to go back to.
    pub fn has_list(self) -> bool {
        self.place
            .try_with_value(|place| matches!(place, Place::Page | Place::Element { has_list: true, .. }))
            == Some(true)
    }

    /// An amount for people.
    pub fn amount(self, amount: Amount) -> String {
        intl::amount(amount, self.lang())
    }

    /// A sum that may be below zero, in a currency named by its letters.
    pub fn signed(self, minor: i64, currency: &str) -> String {
        let sign = if minor < 0 { "−" } else { "" };
        let known = currency.parse().ok().and_then(|known| Amount::new(minor.saturating_abs(), known).ok());
        match known {
            Some(amount) => [sign, &self.amount(amount)].concat(),
            None => format!("{sign}{} {currency}", minor.saturating_abs()),
        }
    }

    /// A number for people.
    pub fn count(self, number: u64) -> String {
        intl::count(number, self.lang())
    }

    /// A moment for people.
    pub fn moment(self, rfc3339: &str, how: Moment) -> String {
        intl::moment(rfc3339, how, self.lang())
    }

    /// Whether the role reaches at least this far; tracked.
    pub fn reaches(self, role: Role) -> bool {
        self.session.try_with(|session| session.reaches(role)).unwrap_or_default()
    }

    /// Asks who it is where nobody has asked yet. Views of a list ask only when something is to be done.
    pub async fn learns_who(self) {
        let Some(api) = self.api() else { return };
        if self.session.try_get_untracked() == Some(Session::Asking) {
            let session = match api.begin().await {
                Ok(()) => {
                    api.who().await.map_or(Session::Unnamed, |signed_in| Session::Staff(signed_in.staff))
                }
                // The views say what is wrong when they ask.
                Err(_) => Session::Unnamed,
            };
            self.session.try_set(session);
        }
    }

    /// Says something to screen readers.
    pub fn say(self, words: impl Into<String>) {
        self.spoken.try_set(words.into());
    }

    /// A failure for people.
    pub fn failure(self, failure: &Failure) -> String {
        failure.words(&self.words().problems)
    }

    /// Goes to a page.
    pub fn go(self, route: Route) {
        if self.is_page() {
            address::go(&route);
            return;
        }
        let taken_over =
            route.order().is_some_and(|order| self.tell("alliancepay:order", &[("order", order)]));
        if !taken_over {
            self.route.try_set(route);
        }
    }

    /// The address of an order's page: ours, the admin's, or none.
    pub fn order_address(self, order: &str) -> Option<String> {
        self.place.try_with_value(|place| match place {
            Place::Page => Some(Route::Order(order.to_owned()).hash()),
            Place::Element { order_url, .. } => {
                order_url.as_ref().map(|url| url.replace("{order}", &crate::percent::encode(order)))
            }
        })?
    }

    /// Tells the host page; says whether the page has taken it over.
    pub fn tell(self, name: &str, detail: &[(&str, &str)]) -> bool {
        self.place
            .try_with_value(|place| match place {
                Place::Page => false,
                Place::Element { host, .. } => page::tell(host, name, detail),
            })
            .unwrap_or_default()
    }
}
