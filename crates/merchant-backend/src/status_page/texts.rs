//! The words of the server's pages, in Ukrainian and English.

use checkout_api::code;

/// A language of the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    Ukrainian,
    English,
}

/// Every sentence of the pages. They fit every way to pay: none of them names a bank or a card.
#[derive(Debug)]
pub(super) struct Texts {
    pub(super) order: &'static str,
    pub(super) amount: &'static str,
    pub(super) pay_again: &'static str,
    pub(super) to_the_payment_page: &'static str,
    pub(super) back_to_the_shop: &'static str,
    pub(super) awaiting: &'static str,
    pub(super) awaiting_more: &'static str,
    pub(super) page_expired: &'static str,
    pub(super) page_expired_more: &'static str,
    pub(super) paid_otherwise: &'static str,
    pub(super) paid: &'static str,
    pub(super) paid_more: &'static str,
    pub(super) refunded: &'static str,
    pub(super) refunded_more: &'static str,
    pub(super) declined: &'static str,
    pub(super) declined_more: &'static str,
    pub(super) expired: &'static str,
    pub(super) expired_more: &'static str,
    pub(super) cancelled: &'static str,
    pub(super) cancelled_more: &'static str,
    problem_title: &'static str,
    problem_token: &'static str,
    problem_refused: &'static str,
    problem_try_again: &'static str,
    not_found_title: &'static str,
    not_found: &'static str,
    unknown_title: &'static str,
    unknown: &'static str,
}

/// What the buyer was about when something went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Occasion {
    /// To pay.
    Paying,
    /// To see how a payment stands: whether money came is not known then.
    Looking,
}

/// What a buyer is told of a problem.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) title: &'static str,
    pub(super) text: &'static str,
    /// Whether the same address may soon answer.
    pub(super) again: bool,
}

impl Language {
    /// The first language that one of the wishes names, the first wish first; Ukrainian if none does.
    pub(crate) fn choose<const N: usize>(wishes: [Option<&str>; N]) -> Self {
        let named = |tag: &str| {
            let tag = tag.trim().to_ascii_lowercase();
            if tag.starts_with("uk") {
                Some(Self::Ukrainian)
            } else if tag.starts_with("en") {
                Some(Self::English)
            } else {
                None
            }
        };
        let mut tags = wishes.into_iter().flatten().flat_map(|wish| wish.split(','));
        tags.find_map(named).unwrap_or(Self::Ukrainian)
    }

    pub(crate) const fn tag(self) -> &'static str {
        match self {
            Self::Ukrainian => "uk",
            Self::English => "en",
        }
    }
}

impl Texts {
    /// What a buyer is told of a problem. None of it says that no money was taken: an earlier attempt may have.
    pub(super) fn problem(&self, occasion: Occasion, problem: &str) -> Told {
        let (title, text) = match (occasion, problem) {
            (_, code::NOT_FOUND) | (Occasion::Looking, code::INVALID_REQUEST) => {
                (self.not_found_title, self.not_found)
            }
            (Occasion::Looking, _) => (self.unknown_title, self.unknown),
            (Occasion::Paying, code::ORDER_TOKEN_INVALID) => (self.problem_title, self.problem_token),
            (Occasion::Paying, code::BANK_REFUSED | "product_not_offered") => {
                (self.problem_title, self.problem_refused)
            }
            (Occasion::Paying, _) => (self.problem_title, self.problem_try_again),
        };
        Told { title, text, again: text == self.unknown }
    }
}

pub(super) const fn texts(language: Language) -> &'static Texts {
    match language {
        Language::Ukrainian => &UKRAINIAN,
        Language::English => &ENGLISH,
    }
}

static UKRAINIAN: Texts = Texts {
    order: "Замовлення",
    amount: "Сума",
    pay_again: "Повернутися до магазину й сплатити ще раз",
    to_the_payment_page: "Повернутися на сторінку оплати",
    back_to_the_shop: "Повернутися до магазину",
    awaiting: "Очікуємо підтвердження платежу",
    awaiting_more: "Сторінка оновлюється сама. Двічі кошти не спишуться.",
    page_expired: "Час на оплату вийшов",
    page_expired_more: "Якщо ви вже сплатили, ми побачимо платіж, щойно його буде підтверджено. Якщо ні, сплатіть ще раз.",
    paid_otherwise: "Це замовлення вже сплачено іншою спробою. Не платіть ще раз.",
    paid: "Сплачено",
    paid_more: "Платіж підтверджено. Дякуємо!",
    refunded: "Кошти повернено",
    refunded_more: "Усю суму повернено.",
    declined: "Платіж відхилено",
    declined_more: "Кошти не списано. Спробуйте ще раз або сплатіть іншим способом.",
    expired: "Час на оплату вийшов",
    expired_more: "Оплата не надійшла. Можна сплатити ще раз.",
    cancelled: "Платіж скасовано",
    cancelled_more: "Кошти не списано. Можна сплатити ще раз.",
    problem_title: "Не вдалося почати оплату",
    problem_token: "Сторінка магазину застаріла. Поверніться до магазину, оновіть сторінку і спробуйте ще раз.",
    problem_refused: "Зараз оплатити це замовлення тут не можна. Поверніться до магазину й оберіть інший спосіб.",
    problem_try_again: "Сторінку оплати зараз не вдається відкрити. Якщо ви вже сплатили, не платіть ще раз: магазин про це дізнається. Якщо ні, поверніться назад і спробуйте за хвилину.",
    not_found_title: "Такого платежу немає",
    not_found: "Перевірте адресу або поверніться до магазину.",
    unknown_title: "Зараз невідомо, як пройшов платіж",
    unknown: "Сторінка невдовзі спитає ще раз сама. Двічі кошти не спишуться.",
};

static ENGLISH: Texts = Texts {
    order: "Order",
    amount: "Amount",
    pay_again: "Back to the shop to pay again",
    to_the_payment_page: "Go back to the payment page",
    back_to_the_shop: "Back to the shop",
    awaiting: "Waiting for the payment to be confirmed",
    awaiting_more: "This page refreshes by itself. You will not be charged twice.",
    page_expired: "The time to pay ran out",
    page_expired_more: "If you have paid, we will see it as soon as the payment is confirmed. If not, pay again.",
    paid_otherwise: "This order was already paid by another attempt. Do not pay again.",
    paid: "Paid",
    paid_more: "Your payment was confirmed. Thank you!",
    refunded: "Refunded",
    refunded_more: "The whole sum was returned.",
    declined: "The payment was declined",
    declined_more: "You were not charged. Try again or pay another way.",
    expired: "The time to pay ran out",
    expired_more: "No payment came. You can pay again.",
    cancelled: "The payment was cancelled",
    cancelled_more: "You were not charged. You can pay again.",
    problem_title: "The payment could not be started",
    problem_token: "The shop's page is out of date. Go back to the shop, reload the page and try again.",
    problem_refused: "This order cannot be paid here right now. Go back to the shop and choose another way to pay.",
    problem_try_again: "The payment page cannot be opened right now. If you have paid already, do not pay again: the shop will hear of it. If not, go back and try again in a minute.",
    not_found_title: "There is no such payment",
    not_found: "Check the address or go back to the shop.",
    unknown_title: "How your payment stands is not known right now",
    unknown: "This page will soon ask again by itself. You will not be charged twice.",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_never_says_that_nothing_was_charged() {
        for texts in [&UKRAINIAN, &ENGLISH] {
            for problem in [code::BANK_UNAVAILABLE, "unavailable", code::RATE_LIMITED, "method_not_allowed"] {
                let looking = texts.problem(Occasion::Looking, problem);
                assert!(looking.again && looking.title == texts.unknown_title, "{problem}");
                let paying = texts.problem(Occasion::Paying, problem);
                assert!(!paying.again && paying.text == texts.problem_try_again, "{problem}");
                for text in [looking.text, paying.text] {
                    assert!(!text.contains("not charged") && !text.contains("не списано"), "{text}");
                }
            }
            assert!(!texts.problem(Occasion::Looking, code::NOT_FOUND).again);
        }
    }

    #[test]
    fn no_sentence_is_for_one_way_to_pay_alone() {
        for texts in [&UKRAINIAN, &ENGLISH] {
            let said = format!("{texts:?}").to_lowercase();
            for word in ["bank", "банк", "card", "картк", "wallet", "гаман"] {
                assert!(!said.contains(word), "{word}: {said}");
            }
        }
    }

    #[test]
    fn the_first_wish_with_a_known_language_wins() {
        assert_eq!(Language::choose([None, Some("en"), Some("uk")]), Language::English);
        assert_eq!(Language::choose([Some("fr"), Some("de, en;q=0.8, uk;q=0.5")]), Language::English);
        assert_eq!(Language::choose([Some("fr")]), Language::Ukrainian);
    }
}
