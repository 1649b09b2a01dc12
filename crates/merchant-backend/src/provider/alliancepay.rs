//! AlliancePay as a payment provider: our words to the bank's and back. The only file of the backend that names the
//! bank's fields.

mod bank_tokens;
mod comment;
mod refunds;
pub mod register;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use alliancepay::{
    Client, ClientConfig, CreateOrder as BankOrder, Currency, CustomerData, Error, Notification,
    Operation as BankOperation, OperationStatus as BankOperationStatus, OperationType, OrderOperations,
    OrderStatus, PayType, PaymentMethod, PrivateJwk, StatusPageType, Terminal, Timeouts, TokenStore, WhoActs,
};
use async_trait::async_trait;
use checkout_api::BANK_PAGE_HOSTS;
use serde_json::{Value, json};
use url::Url;

use super::page_hosts::page_is_at;
use super::{
    Answer, AskError, CreateError, CreateOrder, Hint, MalformedNotification, OpenedPage, Operation,
    OperationKind, OperationStatus, OrderWord, PaymentProvider, Question, RefundOrder, RefundQuestion,
    RefundSent, RefundTold,
};
use crate::payments::product::Product;

pub(crate) use bank_tokens::LedgerTokens;

/// What the hosted page speaks.
const PAGE_LANGUAGES: [&str; 10] = ["uk", "en", "es", "de", "pl", "fr", "tr", "it", "nl", "pt"];
/// The bank's least lifetime of an A2A page.
const LEAST_A2A: Duration = Duration::from_hours(1);
const LONGEST: Duration = Duration::from_hours(24);
const LONGEST_TEXT: usize = 255;

/// A terminal as configured.
#[derive(Debug)]
pub struct TerminalSettings {
    /// The product it is for.
    pub product: Product,
    /// The bank's id of the merchant.
    pub merchant_id: String,
    /// The code that authorizes.
    pub service_code: String,
    /// The merchant's private key.
    pub key: PrivateJwk,
}

/// The bank's hosted page.
#[derive(Debug)]
pub struct AlliancePay {
    terminals: BTreeMap<Product, (String, Client)>,
    keys: Vec<PrivateJwk>,
    page_hosts: Vec<String>,
}

impl AlliancePay {
    /// Speaks to the bank at `api` for each terminal. `page_hosts` are hosts of payment pages beside the bank's
    /// own; `tokens` keeps the bank tokens, for every process that uses the same service codes.
    pub fn new(
        api: &Url,
        terminals: Vec<TerminalSettings>,
        page_hosts: Vec<String>,
        timeout: Duration,
        tokens: &Arc<dyn TokenStore>,
    ) -> Result<Self, Error> {
        let keys = terminals.iter().map(|terminal| terminal.key.clone()).collect();
        let mut clients = BTreeMap::new();
        for terminal in terminals {
            let TerminalSettings { product, merchant_id, service_code, key } = terminal;
            let config = ClientConfig {
                api_url: api.clone(),
                terminal: Terminal { merchant_id: merchant_id.clone(), service_code, key },
                timeouts: Timeouts { call: timeout, ..Timeouts::default() },
            };
            clients.insert(product, (merchant_id, Client::new(config, Arc::clone(tokens))?));
        }
        Ok(Self { terminals: clients, keys, page_hosts })
    }

    fn client(&self, product: Product) -> Option<&Client> {
        self.terminals.get(&product).map(|(_, client)| client)
    }

    fn page_is_allowed(&self, text: &str) -> bool {
        page_is_at(text, &BANK_PAGE_HOSTS, &self.page_hosts)
    }
}

#[async_trait]
impl PaymentProvider for AlliancePay {
    fn products(&self) -> Vec<Product> {
        self.terminals.keys().copied().collect()
    }

    fn merchant_id(&self, product: Product) -> Option<&str> {
        self.terminals.get(&product).map(|(merchant_id, _)| merchant_id.as_str())
    }

    fn page_lifetime(&self, product: Product, wanted: Duration) -> Duration {
        match product {
            Product::A2a => wanted.clamp(LEAST_A2A, LONGEST),
            Product::Card | Product::AlipayPlus => wanted.min(LONGEST),
        }
    }

    async fn create(&self, request: &CreateOrder) -> Result<OpenedPage, CreateError> {
        let client = self.client(request.product).ok_or_else(|| CreateError::Refused {
            code: "no_terminal".to_owned(),
            message: format!("there is no terminal for {}", request.product.word()),
        })?;
        let created =
            client.create_order(&bank_order(request)).await.map_err(|error| create_error(&error))?;
        if !self.page_is_allowed(&created.redirect_url) {
            return Err(CreateError::Refused {
                code: "page_host_not_allowed".to_owned(),
                message: "the payment page is on a host that is not in bank.page_hosts".to_owned(),
            });
        }
        // Not the page's address: whoever has it may pay there.
        let raw = json!({
            "hppOrderId": created.hpp_order_id,
            "ecomOrderId": created.ecom_order_id,
            "expiredOrderDate": created.expired_order_date.map(|at| at.timestamp().to_string()),
        });
        Ok(OpenedPage {
            raw: raw.to_string(),
            bank_order: created.hpp_order_id,
            bank_reference: created.ecom_order_id,
            page: created.redirect_url,
            status_page: created.status_url.filter(|url| !url.is_empty()),
            expires_at: created.expired_order_date.map(alliancepay::BankTime::timestamp),
        })
    }

    async fn ask(&self, question: &Question) -> Result<Answer, AskError> {
        let client = self.client(question.product).ok_or_else(|| no_terminal(question.product))?;
        client.operations(&question.bank_order).await.map(answer).map_err(|error| ask_error(&error))
    }

    async fn refund(&self, order: &RefundOrder) -> RefundSent {
        match self.client(order.product) {
            Some(client) => refunds::send(client, order).await,
            None => RefundSent::Answered(RefundTold::not_sent()),
        }
    }

    async fn find_refund(&self, question: &RefundQuestion) -> Result<Option<RefundTold>, AskError> {
        let client = self.client(question.product).ok_or_else(|| no_terminal(question.product))?;
        refunds::find(client, question).await
    }

    fn hint(&self, body: &[u8]) -> Result<Hint, MalformedNotification> {
        let mut read = Notification::from_body(body, None);
        for key in &self.keys {
            if read.is_ok() {
                break;
            }
            read = Notification::from_body(body, Some(key));
        }
        let notification = read.map_err(|error| MalformedNotification(error.to_string()))?;
        let raw = json!({
            "hppOrderId": notification.hpp_order_id,
            "merchantId": notification.merchant_id,
            "merchantRequestId": notification.merchant_request_id,
            "orderStatus": notification.order_status.as_str(),
            "operation": notification.operation.as_ref().map(masked),
        });
        Ok(Hint {
            bank_order: notification.hpp_order_id,
            merchant_request_id: notification.merchant_request_id,
            merchant_id: notification.merchant_id,
            raw: raw.to_string(),
        })
    }

    async fn authorize(&self, product: Product) -> Result<(), String> {
        let client = self.client(product).ok_or_else(|| no_terminal(product).to_string())?;
        client.authorize().await.map(drop).map_err(|error| error.to_string())
    }
}

fn bank_order(request: &CreateOrder) -> BankOrder {
    let pay_type = PayType::from(request.product.pay_type());
    let mut order = BankOrder::new(
        request.merchant_request_id.clone(),
        pay_type,
        request.amount,
        request.return_url.clone(),
        request.return_url.clone(),
        CustomerData::new(request.customer_id.chars().take(LONGEST_TEXT).collect::<String>()),
    );
    match request.product {
        Product::Card => {
            order.payment_methods =
                vec![PaymentMethod::Card, PaymentMethod::ApplePay, PaymentMethod::GooglePay];
        }
        Product::A2a => {
            order.priority_bank_code = Some("ALL_BANKS".to_owned());
            order.nbu_qr = true;
        }
        // Has no terminal at the bank.
        Product::AlipayPlus => {}
    }
    order.status_page = StatusPageType::Timer;
    let minutes = request.lifetime.as_secs().div_ceil(60).max(1);
    order.expiration_minutes = u16::try_from(minutes).ok();
    // A language the page does not speak would fail the order: without one the bank takes Ukrainian.
    order.language = request.locale.clone().filter(|locale| PAGE_LANGUAGES.contains(&locale.as_str()));
    order.notification_url = Some(request.notification_url.clone());
    order.purpose = request
        .description
        .as_ref()
        .map(|text| text.chars().take(LONGEST_TEXT).collect::<String>())
        .filter(|text| !text.trim().is_empty());
    order.merchant_comment = Some(comment::write(&request.order, &request.merchant_request_id));
    order
}

fn create_error(error: &Error) -> CreateError {
    if error.is_duplicate() {
        return CreateError::Duplicate;
    }
    match error.who_acts() {
        WhoActs::Time => CreateError::Unclear(error.to_string()),
        WhoActs::Caller | WhoActs::Administrator => {
            CreateError::Refused { code: code(error), message: error.to_string() }
        }
    }
}

/// Only an order that the bank does not know, or calls expired, brings no news. Any other code leaves open what happened
/// (AlliancePay docs: error codes): taken for "nothing came", it would open a second page beside a payment that is under way.
fn ask_error(error: &Error) -> AskError {
    // The docs do not say which call answers "expired". Left open, a buyer whose page ran out could never pay again; what came
    // before is asked about as after any expiry, and counts when it is told.
    if matches!(error, Error::OrderNotFound(_) | Error::OrderExpired(_)) {
        AskError::Refused { code: code(error), message: error.to_string() }
    } else {
        AskError::Silent(error.to_string())
    }
}

/// Taken out of the configuration, which says nothing of what happened at the bank: every question stays open.
fn no_terminal(product: Product) -> AskError {
    AskError::Silent(format!("there is no terminal for {}", product.word()))
}

fn code(error: &Error) -> String {
    let code = error.bank_error().map(|error| error.msg_code.clone()).filter(|code| !code.is_empty());
    code.unwrap_or_else(|| "configuration".to_owned())
}

fn answer(bank: OrderOperations) -> Answer {
    let raw = json!({
        "hppOrderId": bank.hpp_order_id,
        "merchantId": bank.merchant_id,
        "merchantRequestId": bank.merchant_request_id,
        "orderStatus": bank.order_status.as_str(),
        "coinAmount": bank.coin_amount,
        "operations": bank.operations.iter().map(masked).collect::<Vec<_>>(),
    });
    let order = match bank.order_status {
        OrderStatus::Success | OrderStatus::PartialRefund => OrderWord::Succeeded,
        OrderStatus::Fail => OrderWord::Failed,
        OrderStatus::Pending | OrderStatus::Required3ds => OrderWord::Open,
        OrderStatus::Canceled => OrderWord::Cancelled,
        OrderStatus::Unrecognized(word) => OrderWord::Unknown(word),
    };
    let operations = bank
        .operations
        .iter()
        .enumerate()
        .map(|(index, bank_operation)| operation(&bank.hpp_order_id, index, bank_operation));
    Answer {
        operations: operations.collect(),
        bank_order: bank.hpp_order_id,
        bank_reference: bank.ecom_order_id,
        merchant_id: bank.merchant_id.unwrap_or_default(),
        merchant_request_id: bank.merchant_request_id.unwrap_or_default(),
        order,
        raw: raw.to_string(),
    }
}

fn operation(order: &str, index: usize, bank: &BankOperation) -> Operation {
    let word = bank.kind.as_str().to_owned();
    let kind = match &bank.kind {
        OperationType::Purchase | OperationType::AccountToAccount | OperationType::Completion => {
            OperationKind::Capture(word)
        }
        OperationType::Refund => OperationKind::Refund(word),
        OperationType::Preauth
        | OperationType::Verification
        | OperationType::CardToAccount
        | OperationType::AccountToCard
        | OperationType::Unrecognized(_) => OperationKind::Other(word),
    };
    let status = match &bank.status {
        BankOperationStatus::Success => OperationStatus::Success,
        BankOperationStatus::Fail | BankOperationStatus::ThreeDsModeError => {
            OperationStatus::Failed(bank.status.as_str().to_owned())
        }
        BankOperationStatus::Pending
        | BankOperationStatus::Required3ds
        | BankOperationStatus::Unrecognized(_) => OperationStatus::Undecided(bank.status.as_str().to_owned()),
    };
    // A sum in no currency we know is kept for the eye and matches no order.
    let (amount_minor, currency) = bank.amount().map_or_else(
        || (bank.coin_amount.unwrap_or(0), bank.transaction_currency.clone().unwrap_or_default()),
        |amount| (amount.minor(), amount.currency().code().to_owned()),
    );
    // A refund may carry the number of its payment: taken for its id, it would take the payment's place.
    let (number, gives_back) = if matches!(kind, OperationKind::Refund(_)) {
        let payment = bank.original_ecom_operation_id.as_ref().or(bank.original_operation_id.as_ref());
        (&bank.merchant_request_id, payment)
    } else {
        (&bank.operation_id, None)
    };
    let id = bank.ecom_operation_id.clone().or_else(|| number.clone());
    Operation {
        id: id.unwrap_or_else(|| format!("{order}#{index}")),
        reason: matches!(status, OperationStatus::Failed(_)).then(|| reason(bank)),
        kind,
        status,
        amount_minor,
        currency,
        charged_minor: bank.coin_amount.unwrap_or(0),
        operation_id: bank.operation_id.clone(),
        merchant_request_id: bank.merchant_request_id.clone(),
        gives_back: gives_back.cloned(),
        // Refunds are sent in kopecks: a payment charged in anything else cannot be given back by a call.
        refundable: !bank.known_as_not_refundable() && bank.transaction_currency() == Some(Currency::Uah),
        rrn: bank.rrn.clone(),
        instrument: bank.card_number_mask.clone(),
        payment_service: bank.payment_service_type.clone(),
        receipt: bank.receipt_url.clone(),
        created_at: bank.creation_date_time.map(alliancepay::BankTime::timestamp),
        modified_at: bank.modification_date_time.map(alliancepay::BankTime::timestamp),
    }
}

/// `ACTION/RESPONSE`, such as `1/16`: what the bank's list of decline reasons is sorted by. Else its words, but not a page of
/// them: orders are found by this.
fn reason(bank: &BankOperation) -> String {
    let info = &bank.transaction_response_info;
    let reason = match (&info.action_code, &info.response_code) {
        (Some(action), Some(response)) => format!("{action}/{response}"),
        (Some(code), None) | (None, Some(code)) => code.clone(),
        (None, None) => bank.error_details.clone().unwrap_or_else(|| bank.status.as_str().to_owned()),
    };
    reason.chars().take(LONGEST_TEXT).collect()
}

/// What the history keeps of an operation: only what is named here, so nothing personal can slip in.
fn masked(bank: &BankOperation) -> Value {
    json!({
        "type": bank.kind.as_str(),
        "status": bank.status.as_str(),
        "operationId": bank.operation_id,
        "ecomOperationId": bank.ecom_operation_id,
        "coinAmount": bank.coin_amount,
        "transactionCurrency": bank.transaction_currency,
        "sourceAmount": bank.source_amount,
        "sourceCurrencyCode": bank.source_currency_code,
        "rrn": bank.rrn,
        "cardNumberMask": bank.card_number_mask,
        "actionCode": bank.transaction_response_info.action_code,
        "responseCode": bank.transaction_response_info.response_code,
        "errorDetails": bank.error_details,
        "repeatedPayment": bank.repeated_payment,
    })
}

#[cfg(test)]
mod tests;
