//! What each phase shows. Only the core says which phase it is, and what may be offered.

use checkout_api::Product;
use checkout_core::{Notice, PageRefusal, Pause, PhaseName, Screen, SetupError, ViewModel};

use super::picture::{Action, Icon, Layout, Line, Picture, Way};
use crate::text::{Text, Words};

/// A sum with more letters than this is written smaller: it may not break, and must fit a phone.
const LONG: usize = 13;

/// What the buyer sees; `amount` is already written for the buyer's locale, empty when unknown.
pub fn picture(model: &ViewModel, words: &Words, amount: &str) -> Picture {
    let common = Common { model, words, amount };
    let mut picture = match &model.screen {
        Screen::Option => common.option(),
        Screen::Ready { resuming, notice } => common.ready(*resuming, *notice),
        Screen::Opening { pause } => common.opening(*pause),
        Screen::Redirecting { page, refused } => common.redirecting(page, *refused),
        Screen::Awaiting { pause } => common.awaiting(*pause),
        Screen::Paid => common.outcome(PhaseName::Paid, Icon::Tick, Text::Paid, Text::PaidText, None),
        Screen::Refunded => {
            common.outcome(PhaseName::Refunded, Icon::Back, Text::Refunded, Text::RefundedText, None)
        }
        Screen::Declined { reason, can_retry } => common.declined(reason.as_deref(), *can_retry),
        Screen::Expired { can_retry } => {
            let button = can_retry.then_some(Text::PayAgain);
            common.outcome(PhaseName::Expired, Icon::Clock, Text::Expired, Text::ExpiredText, button)
        }
        Screen::Cancelled { can_retry } => {
            let button = can_retry.then_some(Text::PayAgain);
            common.outcome(PhaseName::Cancelled, Icon::Cross, Text::Cancelled, Text::CancelledText, button)
        }
        Screen::Unresolved => common.unresolved(),
        Screen::SetupError(error) => setup_error(words, error),
    };
    if picture.action == Action::Pay && picture.takes_press() {
        if !model.can_pay {
            // A page without the right to pay is shown what happened, and no button that could not be meant.
            picture.set(Line::Button, "");
        } else if picture.phase != PhaseName::Awaiting {
            picture.set(Line::Phone, words.get(Text::Phone));
        }
    }
    picture
}

/// The page is set up wrongly: names the option for the merchant, and leaves the buyer a calm word.
pub fn setup_error(words: &Words, error: &SetupError) -> Picture {
    let mut picture = Picture::bare(PhaseName::SetupError, Layout::Outcome);
    picture.set(Line::Icon, Icon::Mark.path());
    picture.set(Line::Heading, words.get(Text::SetupError));
    picture.set(Line::Text, words.get(Text::SetupErrorText));
    picture.set(Line::Detail, &mistake(words, error));
    picture
}

/// What the merchant has to mend.
pub fn mistake(words: &Words, error: &SetupError) -> String {
    let (text, value) = match error {
        SetupError::Missing { option } => (Text::SetupMissing, *option),
        SetupError::Invalid { option } => (Text::SetupInvalid, *option),
        SetupError::PaymentPage(PageRefusal::Unreadable) => (Text::SetupPageUnreadable, ""),
        SetupError::PaymentPage(PageRefusal::NotHttps) => (Text::SetupPageNotHttps, ""),
        SetupError::PaymentPage(PageRefusal::HostNotAllowed { host }) => (Text::SetupPageHost, host.as_str()),
    };
    words.fill(text, value)
}

/// What every phase draws from.
struct Common<'a> {
    model: &'a ViewModel,
    words: &'a Words,
    amount: &'a str,
}

impl Common<'_> {
    /// Beside other methods: brand and instruments, no button. The page's own button pays.
    fn option(&self) -> Picture {
        let mut picture = Picture::bare(PhaseName::Option, Layout::Option);
        picture.set(Line::Text, self.words.get(Text::Instruments));
        picture.set(Line::Amount, self.amount);
        picture.set(Line::Chips, "true");
        picture
    }

    /// The button, with a word on what went wrong just before.
    fn ready(&self, resuming: bool, notice: Option<Notice>) -> Picture {
        let mut picture = self.pay_card(PhaseName::Ready);
        if let Some(notice) = notice {
            picture.set(Line::Notice, self.words.get(text_of(notice)));
        }
        if notice == Some(Notice::TokenStale) {
            picture.action = Action::Reload;
            picture.set(Line::Button, self.words.get(Text::Reload));
        } else if resuming {
            picture.set(Line::Button, self.words.get(Text::GoOn));
            if !picture.ways.is_empty() {
                // The payment begun keeps its way: a choice would be offered and not taken.
                picture.ways.clear();
                picture.set(Line::Ways, "");
                picture.set(Line::Text, self.words.get(Text::Begun));
            }
        } else if self.amount.is_empty() {
            picture.set(Line::Button, self.words.get(Text::Pay));
        } else {
            picture.set(Line::Button, &self.words.fill(Text::PayAmount, self.amount));
        }
        picture
    }

    /// The session is being opened. It goes on by itself, and says why it takes long.
    fn opening(&self, pause: Option<Pause>) -> Picture {
        let mut picture = self.busy(PhaseName::Opening, Text::Opening);
        match pause {
            None | Some(Pause::Hidden) => {}
            Some(Pause::Offline) => picture.set(Line::Notice, self.words.get(Text::AwaitingOffline)),
            Some(Pause::Retrying) => picture.set(Line::Notice, self.words.get(Text::OpeningSlow)),
        }
        picture
    }

    /// The browser is leaving; where it refuses, a link does it.
    fn redirecting(&self, page: &str, refused: bool) -> Picture {
        if !refused {
            return self.busy(PhaseName::Redirecting, Text::Redirecting);
        }
        let mut picture = self.pay_card(PhaseName::Redirecting);
        picture.set(Line::Notice, self.words.get(Text::RedirectRefused));
        picture.set(Line::Link, self.words.get(Text::OpenPage));
        picture.set(Line::Page, page);
        picture
    }

    /// What is being waited for, and why nothing is asked right now.
    fn awaiting(&self, pause: Option<Pause>) -> Picture {
        let text = match pause {
            None | Some(Pause::Hidden) => Text::AwaitingText,
            Some(Pause::Offline) => Text::AwaitingOffline,
            Some(Pause::Retrying) => Text::AwaitingRetrying,
        };
        if self.model.scan.is_some() {
            let text = if pause.is_some_and(|it| it != Pause::Hidden) { text } else { Text::ScanText };
            let mut picture =
                self.outcome(PhaseName::Awaiting, Icon::Turning, Text::Scan, text, Some(Text::PayHere));
            picture.set(Line::Icon, "");
            return picture;
        }
        let button = self.model.can_continue.then_some(Text::GoOn);
        self.outcome(PhaseName::Awaiting, Icon::Turning, Text::Awaiting, text, button)
    }

    /// Refused by the bank.
    fn declined(&self, reason: Option<&str>, can_retry: bool) -> Picture {
        let text = if can_retry { Text::DeclinedText } else { Text::DeclinedFinal };
        let button = can_retry.then_some(Text::TryAgain);
        let mut picture = self.outcome(PhaseName::Declined, Icon::Cross, Text::Declined, text, button);
        if let Some(code) = reason {
            picture.set(Line::Detail, &self.words.fill(Text::BankCode, code));
        }
        picture
    }

    /// Waiting ended without an answer. Never offers to pay again: the money may be on its way.
    fn unresolved(&self) -> Picture {
        let (heading, text) = (Text::Unresolved, Text::UnresolvedText);
        let mut picture =
            self.outcome(PhaseName::Unresolved, Icon::Clock, heading, text, Some(Text::CheckAgain));
        picture.action = Action::Check;
        picture
    }

    /// The pay card with a button that says what is under way.
    fn busy(&self, phase: PhaseName, button: Text) -> Picture {
        let mut picture = self.pay_card(phase);
        picture.set(Line::Button, self.words.get(button));
        picture.set(Line::Busy, "true");
        picture
    }

    /// The pay card: amount, ways to pay.
    fn pay_card(&self, phase: PhaseName) -> Picture {
        let mut picture = self.bare(phase, Layout::Pay, Text::ToPay);
        let ways = self.ways();
        if ways.len() > 1 {
            picture.set(Line::Ways, self.words.get(Text::Ways));
            picture.ways = ways;
            return picture;
        }
        // Nothing to choose: what will happen stands above the button.
        let (promise, chips) = match &self.model.product {
            Some(Product::A2a) => (Text::WayA2aText, ""),
            Some(Product::AlipayPlus) => (Text::WayAlipayplusText, ""),
            Some(Product::Card | Product::Unrecognized(_)) | None => (Text::Assurance, "true"),
        };
        picture.set(Line::Assurance, self.words.get(promise));
        picture.set(Line::Chips, chips);
        picture
    }

    /// The screen of what happened.
    fn outcome(
        &self,
        phase: PhaseName,
        icon: Icon,
        heading: Text,
        text: Text,
        button: Option<Text>,
    ) -> Picture {
        let mut picture = self.bare(phase, Layout::Outcome, heading);
        picture.set(Line::Icon, icon.path());
        picture.set(Line::Text, self.words.get(text));
        if let Some(button) = button {
            picture.set(Line::Button, self.words.get(button));
        }
        picture
    }

    fn bare(&self, phase: PhaseName, layout: Layout, heading: Text) -> Picture {
        let mut picture = Picture::bare(phase, layout);
        picture.set(Line::Heading, self.words.get(heading));
        picture.set(Line::Amount, self.amount);
        if self.amount.chars().count() > LONG {
            picture.set(Line::Long, "true");
        }
        if let Some(order) = &self.model.order {
            picture.set(Line::Order, &self.words.fill(Text::Order, order.as_str()));
        }
        picture
    }

    fn ways(&self) -> Vec<Way> {
        let mut ways = Vec::new();
        for product in &self.model.products {
            let (name, promise, icon) = match product {
                Product::Card => (Text::WayCard, Text::Assurance, Icon::Card),
                Product::A2a => (Text::WayA2a, Text::WayA2aText, Icon::Bank),
                Product::AlipayPlus => (Text::WayAlipayplus, Text::WayAlipayplusText, Icon::Wallet),
                Product::Unrecognized(_) => continue,
            };
            let [name, promise] = [name, promise].map(|text| self.words.get(text).to_owned());
            let chosen = self.model.product.as_ref() == Some(product);
            ways.push(Way { product: product.clone(), name, promise, icon, chosen });
        }
        ways
    }
}

const fn text_of(notice: Notice) -> Text {
    match notice {
        Notice::Network => Text::NoticeNetwork,
        Notice::Busy => Text::NoticeBusy,
        Notice::TokenStale => Text::NoticeTokenStale,
        Notice::HostStopped => Text::NoticeHostStopped,
        Notice::Refused => Text::NoticeRefused,
        Notice::SessionNotFound => Text::NoticeSessionNotFound,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tests::words;
    use checkout_api::OrderRef;

    const SUM: &str = "₴1,299.05";

    #[test]
    fn the_button_says_the_amount_and_the_order_is_named() {
        let picture = drawn(ready(None), vec![Product::Card, Product::A2a]);
        assert_eq!(picture.line(Line::Button), "Pay ₴1,299.05");
        assert_eq!(picture.line(Line::Order), "Order 1042");
        assert_eq!(picture.ways.len(), 2);
    }

    #[test]
    fn one_known_way_is_nothing_to_choose() {
        let products = vec![Product::Card, Product::Unrecognized("barter".to_owned())];
        let picture = drawn(ready(None), products);
        assert!(picture.ways.is_empty() && picture.line(Line::Ways).is_empty());
    }

    #[test]
    fn each_way_says_what_will_happen() {
        let picture = drawn(ready(None), Product::KNOWN.to_vec());
        assert_eq!(picture.ways.len(), 3);
        assert!(picture.ways.iter().all(|way| !way.name.is_empty() && !way.promise.is_empty()));
        assert!(picture.line(Line::Assurance).is_empty(), "said by the ways themselves");
    }

    #[test]
    fn the_only_way_says_what_will_happen_above_the_button() {
        let said = |product| drawn(ready(None), vec![product]).line(Line::Assurance).to_owned();
        assert!(said(Product::Card).contains("card details"));
        assert!(said(Product::A2a).contains("bank"));
        assert!(said(Product::AlipayPlus).contains("wallet"));
        assert!(drawn(ready(None), vec![Product::A2a]).line(Line::Chips).is_empty());
    }

    #[test]
    fn a_payment_begun_keeps_its_way_and_the_buyer_is_told_so() {
        let resuming = Screen::Ready { resuming: true, notice: None };
        let picture = drawn(resuming.clone(), vec![Product::Card, Product::A2a]);
        assert!(picture.ways.is_empty() && picture.line(Line::Ways).is_empty());
        assert!(picture.line(Line::Text).contains("already begun"));
        assert!(drawn(resuming, vec![Product::Card]).line(Line::Text).is_empty(), "there was no choice");
    }

    #[test]
    fn the_phone_is_offered_beside_every_button_that_pays_and_no_other() {
        let offered = |screen: Screen| !drawn(screen, vec![]).line(Line::Phone).is_empty();
        assert!(offered(ready(None)) && offered(Screen::Declined { reason: None, can_retry: true }));
        for screen in [
            ready(Some(Notice::TokenStale)),
            Screen::Opening { pause: None },
            Screen::Declined { reason: None, can_retry: false },
            Screen::Unresolved,
            Screen::Paid,
            Screen::SetupError(SetupError::Missing { option: "backend" }),
        ] {
            assert!(!offered(screen.clone()), "{screen:?}");
        }
    }

    #[test]
    fn a_payment_page_that_is_long_in_coming_says_why() {
        let said = |pause| drawn(Screen::Opening { pause }, vec![]).line(Line::Notice).to_owned();
        assert_eq!(said(None), "");
        assert!(said(Some(Pause::Offline)).contains("offline"));
        assert!(said(Some(Pause::Retrying)).contains("will not pay twice"));
    }

    #[test]
    fn a_code_to_scan_comes_with_words_and_the_way_to_pay_here() {
        let scanning = ViewModel {
            scan: Some(checkout_api::SessionId::new("s1")),
            can_continue: true,
            ..model(Screen::Awaiting { pause: None }, vec![])
        };
        let picture = picture(&scanning, &words("en"), SUM);
        assert!(picture.line(Line::Heading).contains("Scan") && picture.line(Line::Text).contains("result"));
        assert!(picture.takes_press() && picture.line(Line::Phone).is_empty());
    }

    #[test]
    fn a_page_that_is_too_old_offers_a_reload() {
        let picture = drawn(ready(Some(Notice::TokenStale)), Vec::new());
        assert_eq!(picture.action, Action::Reload);
        assert!(picture.takes_press() && !picture.line(Line::Notice).is_empty());
    }

    #[test]
    fn a_page_without_the_right_to_pay_has_no_pay_button_but_may_check() {
        let without = |screen: Screen| ViewModel { can_pay: false, ..model(screen, vec![]) };
        let declined = without(Screen::Declined { reason: None, can_retry: true });
        assert_eq!(picture(&declined, &words("en"), SUM).line(Line::Button), "");
        assert_eq!(
            picture(&without(Screen::Unresolved), &words("en"), SUM).line(Line::Button),
            "Check again"
        );
    }

    #[test]
    fn a_sum_too_long_for_a_small_phone_is_marked_as_long() {
        let model = model(ready(None), vec![]);
        assert_eq!(picture(&model, &words("en"), SUM).line(Line::Long), "");
        assert_eq!(picture(&model, &words("en"), "₴9,999,999,999.99").line(Line::Long), "true");
    }

    #[test]
    fn the_wrong_option_is_named_in_every_language() {
        for language in ["uk", "en", "de"] {
            let picture = setup_error(&words(language), &SetupError::Missing { option: "backend" });
            assert!(picture.line(Line::Detail).contains("backend"), "{language}");
        }
    }

    fn ready(notice: Option<Notice>) -> Screen {
        Screen::Ready { resuming: false, notice }
    }

    fn drawn(screen: Screen, products: Vec<Product>) -> Picture {
        picture(&model(screen, products), &words("en"), SUM)
    }

    fn model(screen: Screen, products: Vec<Product>) -> ViewModel {
        ViewModel {
            screen,
            order: Some(OrderRef::new("1042")),
            amount: None,
            can_pay: true,
            can_continue: false,
            scan: None,
            product: products.first().cloned(),
            products,
        }
    }
}
