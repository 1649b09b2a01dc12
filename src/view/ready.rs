//! The pay button is offered, with a word on what went wrong just before.

use checkout_core::{Notice, PhaseName};

use super::picture::{Action, Button, Common, Picture};
use crate::text::Words;

/// The pay card with its button.
pub fn picture(common: &Common<'_>, resuming: bool, notice: Option<Notice>) -> Picture {
    let notice_text = notice.map(|notice| words_of(notice, common.words)).unwrap_or_default();
    Picture {
        notice: notice_text.to_owned(),
        ..common.pay_card(PhaseName::Ready, button(common, resuming, notice))
    }
}

fn button(common: &Common<'_>, resuming: bool, notice: Option<Notice>) -> Button {
    let words = common.words;
    if notice == Some(Notice::TokenStale) {
        Button::ready(words.reload, Action::Reload)
    } else if resuming {
        Button::ready(words.go_on, Action::Pay)
    } else {
        Button::ready(words.pay_amount(common.amount), Action::Pay)
    }
}

const fn words_of(notice: Notice, words: &Words) -> &'static str {
    match notice {
        Notice::Network => words.notice_network,
        Notice::Busy => words.notice_busy,
        Notice::TokenStale => words.notice_token_stale,
        Notice::HostStopped => words.notice_host_stopped,
        Notice::Refused => words.notice_refused,
        Notice::SessionNotFound => words.notice_session_not_found,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;
    use checkout_api::{OrderRef, Product};
    use checkout_core::{Screen, ViewModel};

    #[test]
    fn the_button_says_the_amount_and_the_order_is_named() {
        let model = model(vec![Product::Card, Product::A2a]);
        let picture = picture(&common(&model), false, None);
        assert_eq!(picture.button, Some(Button::ready("Pay ₴1,299.05", Action::Pay)));
        assert_eq!(picture.order, "Order 1042");
        assert_eq!(picture.ways.len(), 2);
    }

    #[test]
    fn one_known_way_is_nothing_to_choose() {
        let model = model(vec![Product::Card, Product::Unrecognized("barter".to_owned())]);
        assert!(picture(&common(&model), false, None).ways.is_empty());
    }

    #[test]
    fn a_page_that_is_too_old_offers_a_reload() {
        let model = model(Vec::new());
        let picture = picture(&common(&model), true, Some(Notice::TokenStale));
        assert_eq!(picture.button.map(|button| button.action), Some(Action::Reload));
        assert!(!picture.notice.is_empty());
    }

    fn common(model: &ViewModel) -> Common<'_> {
        Common { model, words: Language::English.words(), amount: "₴1,299.05" }
    }

    fn model(products: Vec<Product>) -> ViewModel {
        ViewModel {
            screen: Screen::Ready { resuming: false, notice: None },
            order: Some(OrderRef::new("1042")),
            amount: None,
            can_pay: true,
            can_continue: false,
            product: products.first().cloned(),
            products,
        }
    }
}
