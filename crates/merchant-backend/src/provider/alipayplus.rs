//! Alipay+ through Worldline Connect as a payment provider: our words to the platform's and back.
//!
//! The platform's status is read as movements of money, so that the ledger decides about both providers by one rule:
//! CAPTURED, PAID and what follows them are a capture that succeeded; PAID is also the word that the money was collected.

mod answer;
mod availability;
mod locale;
mod reference;
mod refunds;
pub mod wx;

use std::time::Duration;

use async_trait::async_trait;
use checkout_api::WALLET_PAGE_HOSTS;
use jiff::Timestamp;
use money::Currency;
use serde_json::json;
use url::Url;
use worldline_connect::{
    AmountOfMoney, Client, ClientConfig, CreatePayment, Error, Event, IdempotenceKey, Payment, PaymentStatus,
    Secret, Timeouts, WebhookError, WebhookKeys, WhoActs,
};

use super::page_hosts::page_is_at;
use super::{
    Answer, AskError, CreateError, CreateOrder, Hint, Limits, MalformedNotification, OpenedPage,
    PaymentProvider, Question, RefundOrder, RefundQuestion, RefundSent, RefundTold,
};
use crate::country::Country;
use crate::payments::product::Product;
use availability::Availability;

/// How Alipay+ is switched on.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The platform's API.
    pub api: Url,
    /// The platform's id of the merchant.
    pub merchant_id: String,
    /// The id of the API key.
    pub api_key_id: String,
    /// The secret of the API key.
    pub secret_api_key: Secret,
    /// The webhook keys by their ids; none: only the schedule asks.
    pub webhook_keys: Vec<(String, Secret)>,
    /// Where the buyer of an order is that names no country.
    pub home: Country,
    /// The countries it may be offered to, `home` among them.
    pub countries: Vec<Country>,
    /// The currencies it may be offered in.
    pub currencies: Vec<Currency>,
    /// The least and the largest sum in minor units; none: the platform is asked.
    pub sums: Option<(i64, i64)>,
    /// Hosts of wallet pages beside the known ones.
    pub page_hosts: Vec<String>,
    /// How long a wallet page is taken to live; none: as long as the bank's pages.
    pub page_lifetime: Option<Duration>,
}

/// Alipay+.
#[derive(Debug)]
pub struct AlipayPlus {
    client: Client,
    keys: WebhookKeys,
    settings: Settings,
    availability: Availability,
}

impl AlipayPlus {
    /// Speaks to the platform with these settings. Nothing is sent yet.
    pub fn new(settings: Settings, timeout: Duration) -> Result<Self, Error> {
        let client = Client::new(ClientConfig {
            api_url: settings.api.clone(),
            merchant_id: settings.merchant_id.clone(),
            api_key_id: settings.api_key_id.clone(),
            secret_api_key: settings.secret_api_key.clone(),
            timeouts: Timeouts { call: timeout, ..Timeouts::default() },
        })?;
        let keys = WebhookKeys::new(settings.webhook_keys.clone());
        let availability = Availability::new(&settings);
        Ok(Self { client, keys, settings, availability })
    }

    /// Learns which orders are taken now, where the configuration leaves that to the platform.
    pub async fn learn_limits(&self) -> bool {
        self.availability.learn(&self.client, &self.settings).await
    }

    /// Checks a webhook's signature over the bytes as they came. Nothing in it is believed beyond that.
    pub fn verified<'a>(
        &self,
        headers: impl IntoIterator<Item = (&'a str, &'a [u8])>,
        body: &[u8],
    ) -> Result<Event, WebhookError> {
        self.keys.open(headers, body)
    }

    fn page_is_allowed(&self, text: &str) -> bool {
        page_is_at(text, &WALLET_PAGE_HOSTS, &self.settings.page_hosts)
    }
}

#[async_trait]
impl PaymentProvider for AlipayPlus {
    fn products(&self) -> Vec<Product> {
        vec![Product::AlipayPlus]
    }

    fn merchant_id(&self, _product: Product) -> Option<&str> {
        Some(&self.settings.merchant_id)
    }

    fn limits(&self, _product: Product) -> Limits {
        self.availability.now()
    }

    fn page_lifetime(&self, _product: Product, wanted: Duration) -> Duration {
        self.settings.page_lifetime.unwrap_or(wanted)
    }

    async fn create(&self, request: &CreateOrder) -> Result<OpenedPage, CreateError> {
        let key = key(&request.merchant_request_id)?;
        let mut wish = CreatePayment::new(
            AmountOfMoney::from(request.amount),
            request.country.unwrap_or(self.settings.home).code(),
            reference::of(&request.merchant_request_id),
            request.return_url.clone(),
        );
        wish.locale = request.locale.as_deref().and_then(locale::of);
        let created =
            self.client.create_payment(&wish, &key).await.map_err(|error| create_error(&error))?.answer;
        let Some(page) = created.redirect_url().map(str::to_owned) else {
            return Err(without_page(&created.payment));
        };
        if !self.page_is_allowed(&page) {
            return Err(CreateError::Refused {
                code: "page_host_not_allowed".to_owned(),
                message: "the wallet page is on a host that is not in alipayplus.page_hosts".to_owned(),
            });
        }
        // Not the page's address: whoever has it may pay there.
        let raw = json!({
            "payment": created.payment.id,
            "status": created.payment.status.as_str(),
            "additionalReference": created.creation_output.additional_reference,
        });
        Ok(OpenedPage {
            raw: raw.to_string(),
            bank_order: created.payment.id,
            bank_reference: created.creation_output.additional_reference,
            page,
            status_page: None,
            expires_at: None,
        })
    }

    async fn ask(&self, question: &Question) -> Result<Answer, AskError> {
        let payment = self.client.payment(&question.bank_order).await.map_err(|error| ask_error(&error))?;
        let refunds = if answer::has_refunds(&payment) {
            // The payment is there, whatever is said of its refunds.
            let refunds = self.client.refunds_of(&payment.id).await;
            refunds.map_err(|error| AskError::Silent(error.to_string()))?
        } else {
            Vec::new()
        };
        Ok(answer::read(&payment, &refunds, &self.settings.merchant_id))
    }

    async fn refund(&self, order: &RefundOrder) -> RefundSent {
        refunds::send(&self.client, order).await
    }

    async fn find_refund(&self, question: &RefundQuestion) -> Result<Option<RefundTold>, AskError> {
        refunds::find(&self.client, question).await
    }

    /// Its webhooks are signed and come on an address of their own: [`AlipayPlus::verified`].
    fn hint(&self, _body: &[u8]) -> Result<Hint, MalformedNotification> {
        Err(MalformedNotification("Alipay+ tells by signed webhooks".to_owned()))
    }

    async fn authorize(&self, _: Product) -> Result<(), String> {
        self.client.test_connection().await.map_err(|error| error.to_string())
    }
}

/// What a verified webhook is good for: a question about the payment it names.
pub fn hint(event: &Event) -> Option<Hint> {
    let (id, reference, status) = match (&event.payment, &event.refund) {
        (Some(payment), _) => (
            payment.id.clone(),
            payment.payment_output.references.merchant_reference.as_deref(),
            payment.status.as_str(),
        ),
        // A refund names its own id and reference; its payment's id begins alike.
        (None, Some(refund)) => (answer::payment_of_refund(&refund.id)?, None, refund.status.as_str()),
        (None, None) => return None,
    };
    let raw = json!({
        "event": event.id,
        "type": event.kind.as_str(),
        "payment": id,
        "status": status,
        "at": event.created,
    });
    Some(Hint {
        bank_order: id,
        merchant_request_id: reference.map(reference::request_id),
        merchant_id: event.merchant_id.clone(),
        raw: raw.to_string(),
    })
}

/// The key that makes a request happen once: our own id of it.
fn key(merchant_request_id: &str) -> Result<IdempotenceKey, CreateError> {
    IdempotenceKey::new(merchant_request_id)
        .map_err(|error| CreateError::Refused { code: "request_id".to_owned(), message: error.to_string() })
}

fn create_error(error: &Error) -> CreateError {
    if let Error::PaymentDeclined(declined) = error {
        let bank_order = declined.result.payment.id.clone();
        return CreateError::Declined { bank_order, code: code(error), message: error.to_string() };
    }
    match error.who_acts() {
        WhoActs::Time => CreateError::Unclear(error.to_string()),
        WhoActs::Caller | WhoActs::Administrator => {
            CreateError::Refused { code: code(error), message: error.to_string() }
        }
    }
}

/// A payment that ended at once has no wallet page. Of one that has not, or that somebody paid all the same, nobody can
/// tell here where the buyer pays: it stays unclear, and the platform's webhook leads to it.
fn without_page(payment: &Payment) -> CreateError {
    let bank_order = payment.id.clone();
    let message = format!("the payment was made, and is {} at once", payment.status.as_str());
    match payment.status {
        PaymentStatus::Rejected | PaymentStatus::RejectedCapture => {
            CreateError::Declined { bank_order, code: answer::refusal_code(payment), message }
        }
        PaymentStatus::Cancelled => CreateError::Cancelled { bank_order, message },
        PaymentStatus::Created
        | PaymentStatus::Redirected
        | PaymentStatus::PendingPayment
        | PaymentStatus::AccountVerified
        | PaymentStatus::PendingFraudApproval
        | PaymentStatus::PendingApproval
        | PaymentStatus::PendingCompletion
        | PaymentStatus::PendingCapture
        | PaymentStatus::AuthorizationRequested
        | PaymentStatus::CaptureRequested
        | PaymentStatus::Captured
        | PaymentStatus::Paid
        | PaymentStatus::Refunded
        | PaymentStatus::Reversed
        | PaymentStatus::ChargebackNotification
        | PaymentStatus::Chargebacked
        | PaymentStatus::Unrecognized(_) => {
            CreateError::Unclear("the answer names no wallet page".to_owned())
        }
    }
}

/// Only that there is no such payment says that nothing came. Whatever else is refused leaves the question open.
fn ask_error(error: &Error) -> AskError {
    if matches!(error, Error::NotFound(_)) {
        AskError::Refused { code: code(error), message: error.to_string() }
    } else {
        AskError::Silent(error.to_string())
    }
}

fn code(error: &Error) -> String {
    let code = error.refusal().and_then(|refusal| refusal.code()).filter(|code| !code.is_empty());
    code.unwrap_or("configuration").to_owned()
}

/// `YYYYMMDDHHMMSS` names no time zone, so it orders changes and is shown to nobody as a time of day.
fn changed_at(text: Option<&str>) -> Option<Timestamp> {
    let civil = jiff::civil::DateTime::strptime("%Y%m%d%H%M%S", text?).ok()?;
    civil.to_zoned(jiff::tz::TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
}

#[cfg(test)]
mod tests;
