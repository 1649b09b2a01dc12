//! Every sentence on the wallet pages, in Ukrainian and English.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    Uk,
    En,
}

impl Language {
    /// The page's own choice first, then the payment's locale, such as `uk_UA`.
    pub(super) fn pick(chosen: Option<&str>, locale: &str) -> Self {
        let wanted = chosen.unwrap_or(locale);
        if wanted.starts_with("uk") { Self::Uk } else { Self::En }
    }

    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Uk => "uk",
            Self::En => "en",
        }
    }

    /// A sum of hundredths: `10,99 EUR` or `EUR 10.99`.
    pub(super) fn amount(self, minor: i64, currency: &str) -> String {
        let (whole, rest) = (minor / 100, minor % 100);
        match self {
            Self::Uk => format!("{whole},{rest:02}\u{a0}{currency}"),
            Self::En => format!("{currency}\u{a0}{whole}.{rest:02}"),
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
            $(pub(super) fn $name(self) -> &'static str { self.say($uk, $en) })*
        }
    };
}

texts! {
    title: "Alipay+ Sandbox — тестова сторінка гаманців", "Alipay+ Sandbox — test wallet page";
    sandbox_note: "Це пісочниця: грошей не буде списано.", "This is a sandbox: no money moves.";
    to_pay: "До сплати", "Amount to pay";
    sum: "Сума", "Amount";
    merchant: "Продавець", "Merchant";
    reference: "Платіж", "Payment";
    valid_until: "Сплатити до", "Pay before";
    choose_heading: "Оберіть гаманець", "Choose your wallet";
    choose_lead: "Відскануйте код телефоном або оберіть гаманець тут.",
        "Scan the code with your phone, or choose a wallet here.";
    phone_heading: "Підтвердьте оплату", "Confirm the payment";
    phone_lead: "Оберіть гаманець на цьому телефоні.", "Choose the wallet on this phone.";
    qr_label: "QR-код цього платежу", "QR code of this payment";
    qr_caption: "Скануйте застосунком гаманця. Цю сторінку можна закрити.",
        "Scan with your wallet app. You may close this page.";
    waiting: "Чекаємо на ваш гаманець…", "Waiting for your wallet…";
    ended: "Гаманець відповів.", "Your wallet has answered.";
    go_on: "Далі", "Continue";
    other_ends: "Інші завершення для перевірки", "Other endings, for tests";
    decline: "Відхилити", "Decline";
    pending: "Обробляється, потім успіх", "Pending, then succeeds";
    cancel: "Скасувати", "Cancel";
    paid_heading: "Платіж успішний", "Payment successful";
    paid_lead: "Гаманець підтвердив оплату.", "Your wallet has confirmed the payment.";
    declined_heading: "Платіж відхилено", "Payment declined";
    declined_lead: "Гаманець відмовив. Гроші не списано.", "The wallet said no. No money was taken.";
    cancelled_heading: "Оплату скасовано", "Payment cancelled";
    cancelled_lead: "Гроші не списано.", "No money was taken.";
    pending_heading: "Гаманець обробляє платіж", "Your wallet is working on it";
    pending_lead: "Сторінка оновлюється сама. Можна й повернутися до магазину.",
        "This page refreshes by itself. You may also return to the shop.";
    expired_heading: "Час на оплату минув", "The time to pay is over";
    expired_lead: "Поверніться до магазину й почніть оплату знову.", "Return to the shop and start again.";
    returned_heading: "Гроші повернуто", "The money went back";
    returned_lead: "Цей платіж було повернено.", "This payment was given back.";
    unknown_heading: "Платіж не знайдено", "Payment not found";
    unknown_lead: "Посилання неповне або застаріле.", "The link is incomplete or out of date.";
    back: "Повернутися до магазину", "Return to the shop";
    soon_back: "Ми самі повернемо вас до магазину.", "We will take you back to the shop.";
    look_there: "Поверніться до екрана, з якого скануєте: там з’явиться результат.",
        "Go back to the screen you scanned: it will show the result.";
    wallet: "Гаманець", "Wallet";
}
