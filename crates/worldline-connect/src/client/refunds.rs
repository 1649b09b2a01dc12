//! Refunds: asked for, asked about, cancelled while that is possible.

use super::Client;
use super::call::Call;
use super::transport::Request;
use crate::error::Error;
use crate::idempotence::{IdempotenceKey, Repeatable};
use crate::refund::{CreateRefund, Refund, Refunds};

impl Client {
    /// Asks to give money back. Alipay+ takes it only when the payment's `is_refundable` says so, that is once it is
    /// PAID. Store the refund and the key before calling.
    ///
    /// `Ok` is the refund as it was taken, as a rule REFUND_REQUESTED: it is done when it is REFUNDED. On an error with
    /// [`Error::outcome_unknown`] the money may be on its way: send it again with the same key, or look among
    /// [`Client::refunds_of`]; never send it under another key. [`Error::RefundDeclined`] holds a refund that was made
    /// and declined.
    pub async fn refund(
        &self,
        payment: &str,
        wish: &CreateRefund,
        key: &IdempotenceKey,
    ) -> Result<Repeatable<Refund>, Error> {
        wish.check()?;
        self.post(Call::CreateRefund, self.url(&["payments", payment, "refund"])?, &wish.body(), key).await
    }

    /// Every refund of a payment.
    pub async fn refunds_of(&self, payment: &str) -> Result<Vec<Refund>, Error> {
        let url = self.url(&["payments", payment, "refunds"])?;
        Ok(self.get::<Refunds>(Call::RefundsOf, url).await?.refunds)
    }

    /// Finds refunds by the merchant's reference of them: the way back after a lost answer.
    pub async fn find_refunds(&self, merchant_reference: &str) -> Result<Vec<Refund>, Error> {
        let mut url = self.url(&["refunds"])?;
        url.query_pairs_mut().append_pair("merchantReference", merchant_reference);
        Ok(self.get::<Refunds>(Call::FindRefunds, url).await?.refunds)
    }

    /// Asks how a refund stands.
    pub async fn refund_by_id(&self, id: &str) -> Result<Refund, Error> {
        self.get(Call::Refund, self.url(&["refunds", id])?).await
    }

    /// Cancels a refund for good. Only possible at PENDING_APPROVAL or REFUND_REQUESTED.
    pub async fn cancel_refund(&self, id: &str) -> Result<(), Error> {
        let url = self.url(&["refunds", id, "cancel"])?;
        let request = Request { method: "POST", url, body: None, key: None };
        self.send(Call::CancelRefund, request).await?.done()
    }
}
