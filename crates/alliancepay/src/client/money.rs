//! The two calls that move money by themselves: both bodies are encrypted, and neither is repeated on a doubt.

use jiff::Timestamp;

use super::Client;
use super::call::{Body, Call};
use super::lookup::own;
use crate::completion::Completion;
use crate::error::Error;
use crate::operation::Operation;
use crate::refund::Refund;
use crate::token::BankToken;

impl Client {
    /// Asks the bank to give money back. Store the refund before calling.
    ///
    /// `Ok` is the refund as the bank took it, as a rule still PENDING: it is done when its status is SUCCESS. On an
    /// error with [`Error::outcome_unknown`] the money may be on its way: ask [`Client::find_refund`], never send it
    /// under another `merchant_request_id`. [`Error::is_duplicate`] says that the bank already has this one.
    ///
    /// The client sends a refund a second time only when the bank refused the first for its token, that is before
    /// reading it: it is then encrypted anew, for the new session's key and with a new `date`.
    ///
    /// ```no_run
    /// # async fn example(client: alliancepay::Client) -> Result<(), alliancepay::Error> {
    /// use alliancepay::{Amount, Currency, OperationStatus, Refund};
    ///
    /// let twenty_five = Amount::new(25_00, Currency::Uah).expect("a sum above zero");
    /// let refund = Refund::new("b0000000-0000-4000-8000-000000000001", "17594943825392XRyx8EeK6e", twenty_five);
    /// let status = match client.refund(&refund).await {
    ///     Ok(operation) => operation.status,
    ///     Err(error) if error.outcome_unknown() || error.is_duplicate() => {
    ///         match client.find_refund(&refund.merchant_request_id).await? {
    ///             Some(operation) => operation.status,
    ///             // Not there yet, or never arrived: keep the refund open and ask again later.
    ///             None => OperationStatus::Pending,
    ///         }
    ///     }
    ///     Err(refused) => return Err(refused),
    /// };
    /// # let _ = status;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn refund(&self, refund: &Refund) -> Result<Operation, Error> {
        refund.check()?;
        let sealed = |token: &BankToken| {
            let body = refund.body(&self.inner.terminal.merchant_id, Timestamp::now());
            Body::sealed(&body, &token.server_public)
        };
        own(self.call(Call::Refund, sealed).await?, Call::Refund, &refund.merchant_request_id)
    }

    /// Turns a hold into a payment. What [`Client::refund`] says about storing it, doubts and repeats holds here too;
    /// the way back is [`Client::operation_by_request`].
    pub async fn complete(&self, completion: &Completion) -> Result<Operation, Error> {
        completion.check()?;
        let sealed = |token: &BankToken| {
            let body = completion.body(&self.inner.terminal.merchant_id, Timestamp::now());
            Body::sealed(&body, &token.server_public)
        };
        own(self.call(Call::Completion, sealed).await?, Call::Completion, &completion.merchant_request_id)
    }
}
