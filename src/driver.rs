//! Owns the core: feeds it events with the time, carries out its effects in order, publishes the picture.
//!
//! Effects are carried out here and nowhere else. What an effect brings back is an event like any other; everything
//! under way (requests, the wake-up, listeners) is owned here and ends when the driver is dropped.

mod effects;
mod presenter;

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use checkout_api::{OrderRef, OrderToken, SessionId};
use checkout_core::{
    Checkout, Config, Effect, ErrorCode, Event, HostEvent, RequestId, SetupError, ViewModel, Visit,
};
use money::Amount;
use web_sys::HtmlElement;

use crate::browser::backend::{self, Pending};
use crate::browser::clock::{self, Timer};
use crate::browser::lifecycle::Listeners;
use crate::browser::storage::NotePlace;
use crate::browser::{host, navigation, random, script};
use crate::options::{self, Look, Options};
use crate::text::Text;
use crate::view;
use crate::view::picture::{Action, Line, Picture};
use crate::view::screen::{Said, Shown};

pub use presenter::Presenter;

/// One widget's checkout under way.
pub struct Driver {
    host: HtmlElement,
    look: RefCell<Look>,
    checkout: Result<RefCell<Checkout>, SetupError>,
    /// The options' attributes, as written.
    written: String,
    backend: String,
    token_url: String,
    token: RefCell<OrderToken>,
    note_place: NotePlace,
    inbox: RefCell<Vec<Event>>,
    draining: Cell<bool>,
    ended: Cell<bool>,
    pending: RefCell<Vec<(RequestId, Pending)>>,
    wake: RefCell<Option<Timer>>,
    listeners: RefCell<Option<Listeners>>,
    presenter: RefCell<Option<Presenter>>,
    me: Weak<Self>,
}

impl core::fmt::Debug for Driver {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Driver").field("backend", &self.backend).finish_non_exhaustive()
    }
}

impl Driver {
    /// A checkout that has not begun: [`Driver::begin`] starts it once its first picture is on the page.
    pub fn new(
        host: HtmlElement,
        options: Result<Options, SetupError>,
        look: Look,
    ) -> (Rc<Self>, Vec<Effect>) {
        let (mut written, mut backend, mut token_url) = (String::new(), String::new(), String::new());
        let (mut token, mut note_place) = (OrderToken::new(""), NotePlace::default());
        let (checkout, effects) = match options {
            Ok(options) => {
                let Options { config, session, .. } = options;
                written = options.written;
                backend = options.backend.unwrap_or_default();
                token_url = options.token_url.unwrap_or_default();
                note_place =
                    NotePlace::of(config.order.as_ref().map(OrderRef::as_str), options.token.as_ref());
                token = options.token.unwrap_or(token);
                let visit = visit(session, &note_place);
                let (checkout, effects) = Checkout::start(seeded(config), visit, clock::now());
                (Ok(RefCell::new(checkout)), effects)
            }
            Err(error) => (Err(error), Vec::new()),
        };
        let driver = Rc::new_cyclic(|me| Self {
            host,
            look: RefCell::new(look),
            checkout,
            written,
            backend,
            token_url,
            token: RefCell::new(token),
            note_place,
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
            self.log_setup_error(error);
            let told = HostEvent::Error { code: ErrorCode::SetupError, retryable: false, support_id: None };
            host::tell(&self.host, &told);
            return;
        }
        *self.listeners.borrow_mut() = Some(Listeners::new(self.reporter()));
        self.draining.set(true);
        self.carry_out_all(effects);
        self.drain();
    }

    /// Something happened. Events during an effect wait their turn, so that effects are never reordered.
    pub fn report(&self, event: Event) {
        self.inbox.borrow_mut().push(event);
        if !self.draining.replace(true) {
            self.drain();
        }
    }

    /// What the view starts from: the picture now, and the way back to this driver.
    pub fn shown(&self) -> Shown {
        let me = self.me.clone();
        Shown::new(self.picture(), move |said| {
            if let Some(driver) = me.upgrade() {
                driver.hear(said);
            }
        })
    }

    /// Whether these options would start another checkout than the one under way.
    pub fn differs_from(&self, options: &Result<Options, SetupError>) -> bool {
        match (&self.checkout, options) {
            (Ok(_), Ok(options)) => self.written != options.written,
            (Err(before), Err(now)) => before != now,
            (Ok(_), Err(_)) | (Err(_), Ok(_)) => true,
        }
    }

    /// Another language, locale or logo: the checkout goes on.
    pub fn restyle(&self, look: Look) {
        *self.look.borrow_mut() = look;
        self.publish();
    }

    /// Stops everything: nothing is carried out and nothing is heard after this.
    pub fn end(&self) {
        self.ended.set(true);
        self.inbox.borrow_mut().clear();
        self.pending.borrow_mut().clear();
        *self.listeners.borrow_mut() = None;
        *self.wake.borrow_mut() = None;
        *self.presenter.borrow_mut() = None;
    }

    fn hear(&self, said: Said) {
        match said {
            Said::Chose(product) => self.report(Event::ProductChosen(product)),
            Said::Pressed => {
                #[cfg(feature = "trap")]
                self.trap("click");
                self.pressed();
            }
            Said::PressedForPhone => self.report(Event::PhonePressed { key: random::idempotency_key() }),
        }
    }

    fn pressed(&self) {
        let picture = self.picture();
        match picture.action {
            _ if !picture.takes_press() => {}
            Action::Pay => self.report(Event::PayPressed { key: random::idempotency_key() }),
            Action::Check => self.report(Event::CheckPressed),
            Action::Reload => navigation::reload(),
        }
    }

    fn picture(&self) -> Picture {
        let look = self.look.borrow();
        let mut picture = match &self.checkout {
            Ok(checkout) => {
                let model = checkout.borrow().view();
                let mut picture = draw(&model, &look);
                if let Some(session) = &model.scan {
                    picture.set(Line::Code, &backend::code(&self.backend, session));
                }
                picture
            }
            Err(error) => view::setup_error(&look.words, error),
        };
        picture.set(Line::Lang, look.words.get(Text::Lang));
        picture.set(Line::Logo, look.logo.as_deref().unwrap_or_default());
        picture
    }

    fn drain(&self) {
        loop {
            let (Ok(checkout), false) = (&self.checkout, self.ended.get() || self.inbox.borrow().is_empty())
            else {
                break;
            };
            let event = self.inbox.borrow_mut().remove(0);
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
            presenter.show(self.picture());
        }
    }

    /// Reports to this driver for as long as it lives.
    fn reporter(&self) -> impl Fn(Event) + 'static {
        let me = self.me.clone();
        move |event| {
            if let Some(driver) = me.upgrade() {
                driver.report(event);
            }
        }
    }

    /// Panics if the page asks for it at this moment.
    #[cfg(feature = "trap")]
    fn trap(&self, moment: &str) {
        assert!(self.host.get_attribute("data-trap").as_deref() != Some(moment), "the page asked for it");
    }

    /// For the merchant, in the browser's console.
    fn log_setup_error(&self, error: &SetupError) {
        log(&view::mistake(&self.look.borrow().words, error));
    }
}

fn draw(model: &ViewModel, look: &Look) -> Picture {
    let written = |amount: Amount| script::amount(&amount.decimal(), amount.currency().code(), &look.locale);
    let amount = model.amount.map(written).unwrap_or_default();
    view::picture(model, &look.words, &amount)
}

/// Into the browser's console.
fn log(text: &str) {
    web_sys::console::error_1(&["<alliancepay-checkout> ", text].concat().into());
}

fn seeded(mut config: Config) -> Config {
    config.policy.jitter_seed = random::seed();
    config
}

fn visit(session: Option<SessionId>, note_place: &NotePlace) -> Visit {
    let returned = navigation::returned();
    let named = returned.as_deref().and_then(options::session);
    Visit {
        returned: returned.is_some(),
        session: named.or(session),
        note: note_place.read(),
        hidden: script::is_hidden(),
        offline: script::is_offline(),
    }
}
