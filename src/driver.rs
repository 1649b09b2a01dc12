//! Owns the core: feeds it events with the time, carries out its effects in order, publishes the picture.
//!
//! Effects are carried out here and nowhere else. What an effect brings back is an event like any other; everything
//! under way (requests, the wake-up, listeners) is owned here and ends when the driver is dropped.

mod effects;
mod presenter;

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};

use checkout_api::OrderToken;
use checkout_core::{
    Checkout, Config, Effect, ErrorCode, Event, HostEvent, Policy, RequestId, SetupError, ViewModel, Visit,
};
use web_sys::HtmlElement;

use crate::browser::backend::Pending;
use crate::browser::clock::{self, Timer};
use crate::browser::lifecycle::{self, Listener};
use crate::browser::storage::NotePlace;
use crate::browser::{host, intl, navigation, random};
use crate::options::{Look, Options};
use crate::text::Language;
use crate::view::picture::{Action, Picture};
use crate::view::screen::{Said, Shown};
use crate::view::{self, setup_error};

pub use presenter::Presenter;

/// One widget's checkout under way.
pub struct Driver {
    host: HtmlElement,
    options: Result<Options, SetupError>,
    look: RefCell<Look>,
    checkout: Result<RefCell<Checkout>, SetupError>,
    note_place: NotePlace,
    token: RefCell<Option<OrderToken>>,
    inbox: RefCell<VecDeque<Event>>,
    draining: Cell<bool>,
    ended: Cell<bool>,
    pending: RefCell<Vec<(RequestId, Pending)>>,
    wake: RefCell<Option<Timer>>,
    listeners: RefCell<Vec<Listener>>,
    presenter: RefCell<Option<Presenter>>,
    me: Weak<Self>,
}

impl core::fmt::Debug for Driver {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Driver").field("options", &self.options).finish_non_exhaustive()
    }
}

impl Driver {
    /// A checkout that has not begun: [`Driver::begin`] starts it once its first picture is on the page.
    pub fn new(
        host: HtmlElement,
        options: Result<Options, SetupError>,
        look: Look,
    ) -> (Rc<Self>, Vec<Effect>) {
        let token = options.as_ref().ok().and_then(|options| options.token.clone());
        let order = options.as_ref().ok().and_then(|options| options.config.order.clone());
        let note_place = NotePlace::of(order.as_ref().map(checkout_api::OrderRef::as_str), token.as_ref());
        let (checkout, effects) = match &options {
            Ok(options) => {
                let (checkout, effects) =
                    Checkout::start(config(options), visit(options, &note_place), clock::now());
                (Ok(RefCell::new(checkout)), effects)
            }
            Err(error) => (Err(error.clone()), Vec::new()),
        };
        let driver = Rc::new_cyclic(|me| Self {
            host,
            options,
            look: RefCell::new(look),
            checkout,
            note_place,
            token: RefCell::new(token),
            inbox: RefCell::default(),
            draining: Cell::new(false),
            ended: Cell::new(false),
            pending: RefCell::default(),
            wake: RefCell::default(),
            listeners: RefCell::default(),
            presenter: RefCell::default(),
            me: me.clone(),
        });
        (driver, effects)
    }

    /// Carries out the first effects and begins to listen; `presenter` shows every later picture.
    pub fn begin(&self, effects: Vec<Effect>, presenter: Presenter) {
        *self.presenter.borrow_mut() = Some(presenter);
        if let Err(error) = &self.checkout {
            log_setup_error(error);
            let told = HostEvent::Error { code: ErrorCode::SetupError, retryable: false, support_id: None };
            host::tell(&self.host, &told);
            return;
        }
        *self.listeners.borrow_mut() = lifecycle::listen(self.reporter());
        self.draining.set(true);
        self.carry_out_all(effects);
        self.drain();
    }

    /// Something happened. Events during an effect wait their turn, so that effects are never reordered.
    pub fn report(&self, event: Event) {
        self.inbox.borrow_mut().push_back(event);
        if !self.draining.replace(true) {
            self.drain();
        }
    }

    /// What the view starts from: the picture now, and the way back to this driver.
    pub fn shown(&self) -> Shown {
        let look = self.look.borrow();
        let me = self.me.clone();
        Shown::new(presenter::scene(self.picture(), &look, String::new()), move |said| {
            if let Some(driver) = me.upgrade() {
                driver.hear(said);
            }
        })
    }

    /// Whether these options would start another checkout than the one under way.
    pub fn differs_from(&self, options: &Result<Options, SetupError>) -> bool {
        self.options != *options
    }

    /// Another language, locale or logo: the checkout goes on.
    pub fn restyle(&self, look: Look) {
        *self.look.borrow_mut() = look;
        self.publish();
    }

    /// The look now.
    pub fn look(&self) -> Look {
        self.look.borrow().clone()
    }

    /// Stops everything: nothing is carried out and nothing is heard after this.
    pub fn end(&self) {
        self.ended.set(true);
        self.inbox.borrow_mut().clear();
        self.pending.borrow_mut().clear();
        self.listeners.borrow_mut().clear();
        *self.wake.borrow_mut() = None;
        *self.presenter.borrow_mut() = None;
    }

    fn hear(&self, said: Said) {
        match said {
            Said::Pressed(Action::Pay) => self.report(Event::PayPressed { key: random::idempotency_key() }),
            Said::Pressed(Action::Check) => self.report(Event::CheckPressed),
            Said::Pressed(Action::Reload) => navigation::reload(),
            Said::Chose(product) => self.report(Event::ProductChosen(product)),
        }
    }

    fn picture(&self) -> Picture {
        let look = self.look.borrow();
        match &self.checkout {
            Ok(checkout) => draw(&checkout.borrow().view(), &look),
            Err(error) => setup_error::picture(look.language.words(), error),
        }
    }

    fn drain(&self) {
        loop {
            let event = self.inbox.borrow_mut().pop_front();
            let (Some(event), Ok(checkout), false) = (event, &self.checkout, self.ended.get()) else {
                break;
            };
            let effects = checkout.borrow_mut().handle(event, clock::now());
            // First the screen, then the effects: a page that is left shows where the buyer is going.
            self.publish();
            self.carry_out_all(effects);
        }
        self.draining.set(false);
    }

    fn carry_out_all(&self, effects: Vec<Effect>) {
        for effect in effects {
            if self.ended.get() {
                return;
            }
            self.carry_out(effect);
        }
    }

    fn publish(&self) {
        if let Some(presenter) = &*self.presenter.borrow() {
            presenter.show(self.picture(), &self.look.borrow());
        }
    }

    /// Reports to this driver for as long as it lives.
    fn reporter(&self) -> impl Fn(Event) + Clone + 'static {
        let me = self.me.clone();
        move |event| {
            if let Some(driver) = me.upgrade() {
                driver.report(event);
            }
        }
    }
}

fn draw(model: &ViewModel, look: &Look) -> Picture {
    let amount = model.amount.map(|amount| intl::amount(amount, &look.locale)).unwrap_or_default();
    view::picture(model, look.language.words(), &amount)
}

/// For the merchant, in the browser's console.
fn log_setup_error(error: &SetupError) {
    let text = Language::English.words().setup(error);
    web_sys::console::error_1(&["<alliancepay-checkout> ", &text].concat().into());
}

/// A token that stays stale is the merchant's to mend; the buyer is only asked to reload.
fn log_stale_token() {
    web_sys::console::error_1(
        &"<alliancepay-checkout> `order-token` is unknown to the backend or older than 24 hours: put the order again \
          and render its new token, or give `token-url`."
            .into(),
    );
}

fn config(options: &Options) -> Config {
    let policy = Policy { jitter_seed: random::seed(), ..Policy::default() };
    Config { policy, ..options.config.clone() }
}

fn visit(options: &Options, note_place: &NotePlace) -> Visit {
    let returned = navigation::returned_session();
    Visit {
        returned: returned.is_some(),
        session: returned.or_else(|| options.session.clone()),
        note: note_place.read(),
        hidden: lifecycle::hidden(),
        offline: lifecycle::offline(),
    }
}
