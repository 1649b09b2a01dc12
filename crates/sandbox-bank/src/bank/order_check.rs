//! What create-order accepts: the documented fields, their limits and formats.

use serde_json::{Map, Value};

use super::customer_check;
use super::fields::Fields;
use super::order::{Currency, OrderRequest, PayType, StatusPage, TryMode};

pub(crate) const BANKS: [&str; 21] = [
    "ALL_BANKS",
    "QR_BANK_GOV",
    "BANK_GOV",
    "A_BANK",
    "ACCORD_BANK",
    "BANK_34",
    "CREDIT_AGRICOLE_BANK",
    "CREDIT_DNEPR",
    "GLOBUS_BANK",
    "MONO_BANK",
    "MTB_BANK",
    "OTP_BANK",
    "PIVDENNY_BANK",
    "PRAVEX_BANK",
    "PRIVAT_BANK",
    "RADA_BANK",
    "SENSE_BANK",
    "UKRSIB_BANK",
    "UNEX_BANK",
    "VST_BANK",
    "RAIFFEISEN_BANK",
];

const LANGUAGES: [&str; 10] = ["uk", "en", "es", "de", "pl", "fr", "tr", "it", "nl", "pt"];
/// The documents name no default; their newest example shows a day.
const DEFAULT_LIFETIME_MINUTES: i64 = 1440;
const A2A_MIN_MINUTES: i64 = 60;
const A2A_MIN_COMMENT: usize = 14;

/// Every mistake at once, or the request.
pub(crate) fn check(body: &Map<String, Value>) -> Result<OrderRequest, Vec<String>> {
    let mut fields = Fields::of(body, "");
    let pay_type = pay_type(&mut fields);
    let direct = ["REDIRECT", "BANK_LINK", "STATIC_LINK"].map(|word| (word, word));
    let request = OrderRequest {
        merchant_request_id: fields.required("merchantRequestId", 36),
        merchant_id: fields.required("merchantId", 36),
        pay_type,
        direct_type: fields.choice("directType", &direct).unwrap_or("REDIRECT").to_owned(),
        try_mode: fields
            .choice("hppTryMode", &[("ONE_TRY", TryMode::OneTry), ("MULTI_PAYMENT", TryMode::MultiPayment)]),
        lifetime_minutes: lifetime(&mut fields, pay_type),
        coin_amount: coin_amount(&mut fields),
        currency: fields
            .choice("currencyCode", &[("980", Currency::Uah), ("840", Currency::Usd), ("978", Currency::Eur)])
            .unwrap_or(Currency::Uah),
        payment_methods: fields.words("paymentMethods", &["CARD", "APPLE_PAY", "GOOGLE_PAY"]),
        language: language(&mut fields),
        notification_url: fields.checked("notificationUrl", 255, "must be a URL", is_url),
        notification_encryption: fields.flag("notificationEncryption"),
        success_url: required_url(&mut fields, "successUrl"),
        fail_url: required_url(&mut fields, "failUrl"),
        status_page: status_page(&mut fields),
        purpose: fields.optional("purpose", 255),
        merchant_comment: merchant_comment(&mut fields, pay_type),
        priority_bank: fields.choice("priorityBankCode", &BANKS.map(|bank| (bank, bank))).map(str::to_owned),
        wants_qr: fields.flag("generateQrNbu"),
        customer: fields.object("customerData"),
    };
    fields.flag("editableAmount");
    fields.flag("neverExpire");
    fields.optional("paymentCategoryGoal", 64);
    let mut errors = fields.errors;
    if body.contains_key("customerData") {
        errors.extend(customer_check::check(&request.customer));
    }
    if errors.is_empty() { Ok(request) } else { Err(errors) }
}

/// Only letters, digits and a few signs reach the bank's registers.
pub(crate) fn is_comment(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_alphanumeric() || " ,.;:@#$%'-=+".contains(c))
}

pub(crate) fn is_url(text: &str) -> bool {
    reqwest::Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

fn pay_type(fields: &mut Fields<'_>) -> PayType {
    if !fields.has("hppPayType") {
        fields.wrong("hppPayType", "must not be null");
    }
    // PREAUTH and VERIFICATION exist at the bank; the sandbox has no terminal for them.
    fields
        .choice("hppPayType", &[("PURCHASE", PayType::Purchase), ("A2A", PayType::A2a)])
        .unwrap_or(PayType::Purchase)
}

fn lifetime(fields: &mut Fields<'_>, pay_type: PayType) -> i64 {
    let minutes =
        fields.whole("expirationTimeMinutes", 1, 1440).and_then(|minutes| i64::try_from(minutes).ok());
    if pay_type == PayType::A2a && minutes.is_some_and(|minutes| minutes < A2A_MIN_MINUTES) {
        fields.wrong("expirationTimeMinutes", "must be greater than or equal to 60 for A2A");
    }
    minutes.unwrap_or(DEFAULT_LIFETIME_MINUTES)
}

fn coin_amount(fields: &mut Fields<'_>) -> u64 {
    if !fields.has("coinAmount") {
        fields.wrong("coinAmount", "must not be null");
    }
    fields.whole("coinAmount", 1, 999_999_999_999).unwrap_or_default()
}

fn language(fields: &mut Fields<'_>) -> String {
    let known = |text: &str| LANGUAGES.contains(&text);
    fields.checked("language", 50, "must be a supported language", known).unwrap_or_else(|| "uk".to_owned())
}

fn required_url(fields: &mut Fields<'_>, name: &str) -> String {
    if !fields.has(name) {
        fields.wrong(name, "must not be null");
    }
    fields.checked(name, 1000, "must be a URL", is_url).unwrap_or_default()
}

fn status_page(fields: &mut Fields<'_>) -> StatusPage {
    if !fields.has("statusPageType") {
        fields.wrong("statusPageType", "must not be null");
    }
    let choices = [
        ("STATUS_TIMER_PAGE", StatusPage::Timer),
        ("STATUS_PAGE", StatusPage::Staying),
        ("STATUS_REDIRECT_MERCHANT_PAGE", StatusPage::MerchantPage),
    ];
    fields.choice("statusPageType", &choices).unwrap_or(StatusPage::Timer)
}

fn merchant_comment(fields: &mut Fields<'_>, pay_type: PayType) -> Option<String> {
    let comment =
        fields.checked("merchantComment", 255, "contains characters that are not allowed", is_comment);
    if pay_type == PayType::A2a && comment.as_deref().is_none_or(|text| text.len() < A2A_MIN_COMMENT) {
        fields.wrong("merchantComment", "size must be between 14 and 255 for A2A");
    }
    comment
}
