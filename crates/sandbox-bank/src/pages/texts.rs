//! Every sentence on the pages, in Ukrainian and English.

use crate::bank::cards::FormError;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    Uk,
    En,
}

impl Language {
    /// The page's own choice first, then the order's; other languages of the bank are shown in English.
    pub(crate) fn pick(chosen: Option<&str>, of_order: &str) -> Self {
        match chosen.unwrap_or(of_order) {
            "uk" => Self::Uk,
            _ => Self::En,
        }
    }

    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Uk => "uk",
            Self::En => "en",
        }
    }

    fn say(self, uk: &'static str, en: &'static str) -> &'static str {
        match self {
            Self::Uk => uk,
            Self::En => en,
        }
    }
}

macro_rules! texts {
    ($($name:ident: $uk:literal, $en:literal;)*) => {
        impl Language {
            $(pub(crate) fn $name(self) -> &'static str { self.say($uk, $en) })*
        }
    };
}

texts! {
    title: "Sandbox Bank — тестова сторінка оплати", "Sandbox Bank — test payment page";
    sandbox_note: "Це пісочниця: грошей не буде списано. Не вводьте справжню картку.",
        "This is a sandbox: no money moves. Do not type a real card.";
    to_pay: "До сплати", "Amount to pay";
    sum: "Сума", "Amount";
    order_number: "Номер замовлення", "Order number";
    merchant: "Продавець", "Merchant";
    description: "Призначення", "Description";
    valid_until: "Сплатити до", "Pay before";
    card_heading: "Оплата карткою", "Pay by card";
    pan: "Номер картки", "Card number";
    expiry: "Термін дії (ММ/РР)", "Expiry (MM/YY)";
    cvv: "CVV", "CVV";
    pay: "Сплатити", "Pay";
    cancel: "Скасувати оплату", "Cancel payment";
    test_cards: "Тестові картки (12/30, CVV 123)", "Test cards (12/30, CVV 123)";
    card_ok: "успіх", "succeeds";
    card_declined: "відмова", "declined";
    card_three_ds: "3-D Secure, код 1234", "3-D Secure, code 1234";
    card_pending: "обробка 5 с, потім успіх", "pending for 5 s, then succeeds";
    fix_form: "Перевірте виділені поля", "Check the marked fields";
    three_ds_heading: "Підтвердження платежу", "Confirm the payment";
    three_ds_lead: "Введіть код, який надіслав ваш банк. У пісочниці це 1234.",
        "Type the code your bank has sent. In the sandbox it is 1234.";
    three_ds_code: "Код підтвердження", "Confirmation code";
    three_ds_wrong: "Код не підходить. Спробуйте ще раз.", "This code is not right. Try again.";
    confirm: "Підтвердити", "Confirm";
    account_heading: "Оплата з рахунку", "Pay from your account";
    account_lead: "Оберіть свій банк або відскануйте код у його застосунку.",
        "Choose your bank, or scan the code in its app.";
    qr_label: "QR-код НБУ для оплати", "NBU QR code for this payment";
    receipt_heading: "Квитанція", "Receipt";
    paid_heading: "Платіж успішний", "Payment successful";
    paid_lead: "Банк прийняв оплату.", "The bank has taken the payment.";
    declined_heading: "Платіж відхилено", "Payment declined";
    declined_lead: "Банк картки відмовив. Гроші не списано.", "The card's bank said no. No money was taken.";
    retry_lead: "Попередню спробу відхилено. Спробуйте іншу картку.",
        "The last attempt was declined. Try another card.";
    cancelled_heading: "Оплату скасовано", "Payment cancelled";
    cancelled_lead: "Ви скасували цю оплату. Гроші не списано.",
        "This payment was cancelled. No money was taken.";
    pending_heading: "Платіж обробляється", "Payment is being processed";
    pending_lead: "Сторінка оновлюється сама. Можна й повернутися до магазину.",
        "This page refreshes by itself. You may also return to the shop.";
    expired_heading: "Час на оплату минув", "The time to pay is over";
    expired_lead: "Це замовлення прострочене. Поверніться до магазину й почніть оплату знову.",
        "This order has expired. Return to the shop and start the payment again.";
    unknown_heading: "Замовлення не знайдено", "Order not found";
    unknown_lead: "Посилання неповне або належить іншому банку.",
        "The link is incomplete or belongs to another bank.";
    back: "Повернутися до магазину", "Return to the shop";
    soon_back: "Ми самі повернемо вас до магазину.", "We will take you back to the shop.";
    reason: "Причина", "Reason";
    card_used: "Картка", "Card";
    approval: "Код авторизації", "Approval code";
}

pub(crate) fn form_error(language: Language, error: FormError) -> &'static str {
    let (uk, en) = match error {
        FormError::Pan => ("Введіть номер картки повністю", "Type the whole card number"),
        FormError::UnknownCard => {
            ("Пісочниця бере лише тестові картки зі списку", "The sandbox takes only the listed test cards")
        }
        FormError::Expiry => ("Введіть місяць і рік: ММ/РР", "Type month and year: MM/YY"),
        FormError::ExpiryPast => ("Термін дії картки минув", "The card has expired"),
        FormError::Cvv => ("Введіть три цифри зі звороту", "Type the three digits from the back"),
    };
    language.say(uk, en)
}
