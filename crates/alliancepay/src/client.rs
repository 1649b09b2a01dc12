//! The calls. Each carries a bank token, is bounded in time, and is repeated only where that is safe.
//!
//! A call refused for its token is repeated once with a fresh one: the bank refused it before doing anything.
//! Questions only read and are repeated once after a broken connection. An order, a refund and a completion are never
//! repeated after anything else: whether to send the same `merchantRequestId` again is the caller's decision.

mod answer;
mod call;
mod closed_access;
mod config;
mod lookup;
mod money;
mod renewal_pace;
mod session;
mod transport;

use std::fmt;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde::de::DeserializeOwned;

use crate::error::Error;
use crate::order::CreateOrder;
use crate::order_created::OrderCreated;
use crate::token::{BankToken, TokenStore};
use answer::Answer;
use call::{Body, Call};
use closed_access::ClosedAccess;
use renewal_pace::RenewalPace;
use transport::Transport;

pub use config::{ClientConfig, Terminal, Timeouts};

/// The bank, as one terminal sees it. Cheap to clone.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
    store: Arc<dyn TokenStore>,
}

struct Inner {
    transport: Transport,
    terminal: Terminal,
    renew_ahead: SignedDuration,
    pace: RenewalPace,
    closed: ClosedAccess,
}

impl Client {
    /// A client of one terminal; clients of one service code must share the store. An address that is not https (but
    /// for loopback) is [`Error::Configuration`]. Nothing is sent yet.
    pub fn new(config: ClientConfig, store: Arc<dyn TokenStore>) -> Result<Self, Error> {
        let transport = Transport::new(&config)?;
        let renew_ahead = SignedDuration::try_from(config.timeouts.renew_ahead)
            .map_err(|_| Error::Configuration("renew_ahead is too long".to_owned()))?;
        let pace = RenewalPace::new(config.timeouts.renew_ahead);
        let closed = ClosedAccess::new(config.timeouts.closed_access_pause);
        let inner = Inner { transport, terminal: config.terminal, renew_ahead, pace, closed };
        Ok(Self { inner: Arc::new(inner), store })
    }

    /// Gets a new bank token now, whatever is stored; calls do this by themselves when they need to. Asks the bank
    /// also during the pause after [`Error::AccessClosed`]: this is how to find out that access is open again.
    pub async fn authorize(&self) -> Result<BankToken, Error> {
        let stored = self.store.load(&self.inner.terminal.service_code).await?;
        self.renew_now(stored.as_ref()).await
    }

    /// Makes an order. Store the attempt before calling; see [`Error::outcome_unknown`] for a lost answer: the bank
    /// documents no way to find an order by our handle.
    ///
    /// ```no_run
    /// # async fn example(client: alliancepay::Client) -> Result<(), alliancepay::Error> {
    /// use alliancepay::{Amount, CreateOrder, Currency, CustomerData, PayType, PaymentMethod};
    ///
    /// let mut order = CreateOrder::new(
    ///     "a0000000-0000-4000-8000-000000000001",
    ///     PayType::Purchase,
    ///     Amount::new(129_05, Currency::Uah).expect("a sum above zero"),
    ///     "https://shop.example/paid",
    ///     "https://shop.example/not-paid",
    ///     CustomerData::new("customer-1").email("buyer@shop.example"),
    /// );
    /// order.payment_methods = vec![PaymentMethod::Card, PaymentMethod::ApplePay, PaymentMethod::GooglePay];
    /// let created = client.create_order(&order).await?;
    /// println!("send the buyer to {}", created.redirect_url);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn create_order(&self, order: &CreateOrder) -> Result<OrderCreated, Error> {
        order.check_at(Timestamp::now())?;
        let body = order.body(&self.inner.terminal.merchant_id);
        self.call(Call::CreateOrder, |_| Body::json(&body)).await
    }

    async fn call<T: DeserializeOwned>(
        &self,
        call: Call,
        body: impl Fn(&BankToken) -> Result<Body, Error> + Sync,
    ) -> Result<T, Error> {
        self.call_renewing_once(call, &body, &mut false).await
    }

    /// One call with a token, and once more with a fresh one when the bank refused the first for its token and none was
    /// `renewed` for the same wish before. The body is made for each token: a sealed one fits only the session it was
    /// sealed for.
    async fn call_renewing_once<T: DeserializeOwned>(
        &self,
        call: Call,
        body: &(impl Fn(&BankToken) -> Result<Body, Error> + Sync),
        renewed: &mut bool,
    ) -> Result<T, Error> {
        let token = self.token().await?;
        match self.attempt(call, &token, body(&token)?).await {
            Err(error) if !*renewed && asks_for_a_new_token(call, &error) => {
                tracing::info!(%error, "the bank token is no longer taken");
                *renewed = true;
                let token = self.renew(Some(&token)).await?;
                self.attempt(call, &token, body(&token)?).await
            }
            answered => answered,
        }
    }

    async fn attempt<T: DeserializeOwned>(
        &self,
        call: Call,
        token: &BankToken,
        body: Body,
    ) -> Result<T, Error> {
        let answer = self.inner.transport.post(call, Some(token), body).await;
        let read = answer.and_then(|answer| {
            if call.moves_money() { answer.open(&self.inner.terminal.key) } else { Answer::read(answer) }
        });
        self.inner.closed.learn(&read);
        read
    }
}

/// A body the bank could not decrypt was sealed for a session it no longer knows.
fn asks_for_a_new_token(call: Call, error: &Error) -> bool {
    match error {
        Error::TokenRefused(_) => true,
        Error::TerminalRefused(bank) => {
            call.moves_money() && bank.msg_code == "b_encryptor_failed_decrypt_message"
        }
        Error::InvalidRequest { .. }
        | Error::Refused(_)
        | Error::OrderNotFound(_)
        | Error::OrderExpired(_)
        | Error::Configuration(_)
        | Error::AccessClosed(_)
        | Error::Unavailable(_)
        | Error::NotConnected { .. }
        | Error::ConnectionLost { .. }
        | Error::Timeout { .. }
        | Error::Unreadable { .. }
        | Error::NotAuthorized(_)
        | Error::TokenStore(_) => false,
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("terminal", &self.inner.terminal).finish_non_exhaustive()
    }
}
