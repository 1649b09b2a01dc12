//! The questions. They change nothing at the bank, so each is asked once more after a broken connection.

use std::time::Duration;

use serde::de::DeserializeOwned;
use serde_json::json;

use super::Client;
use super::call::{Body, Call};
use crate::error::Error;
use crate::operation::Operation;
use crate::operations::{OperationsRequest, OrderOperations};
use crate::token::BankToken;
use crate::vocabulary::OperationType;

/// How long a repeated question waits: the bank's short trouble should be over.
const PAUSE_BEFORE_REPEAT: Duration = Duration::from_millis(250);

impl Client {
    /// Asks what happened to an order, by the bank's number of it. An order the bank does not know is
    /// [`Error::OrderNotFound`].
    pub async fn operations(&self, hpp_order_id: &str) -> Result<OrderOperations, Error> {
        self.ask(Call::Operations, &OperationsRequest { hpp_order_id }).await
    }

    /// Asks for one operation by its `operationId`; none when the bank does not know it. A refund can carry the
    /// `operationId` of its payment: look at [`Operation::kind`], and find refunds by [`Client::find_refund`].
    pub async fn operation(&self, operation_id: &str) -> Result<Option<Operation>, Error> {
        found(self.ask(Call::OperationById, &json!({"id": operation_id})).await)
    }

    /// Asks for the operation that carries our own `merchantRequestId`; none when the bank does not know it. Refunds
    /// and completions carry one, payments of the hosted page do not.
    pub async fn operation_by_request(&self, merchant_request_id: &str) -> Result<Option<Operation>, Error> {
        let question = json!({"merchantRequestId": merchant_request_id});
        let operation = found(self.ask(Call::OperationByRequest, &question).await)?;
        operation.map(|operation| own(operation, Call::OperationByRequest, merchant_request_id)).transpose()
    }

    /// The way back to a refund whose answer was lost. None means that the bank does not know it now: right after a
    /// time-out it may still arrive, so a refund is given up only after the bank has been asked for a while.
    pub async fn find_refund(&self, merchant_request_id: &str) -> Result<Option<Operation>, Error> {
        let operation = self.operation_by_request(merchant_request_id).await?;
        match &operation {
            Some(operation) if operation.kind != OperationType::Refund => {
                let reason = "the operation under this merchantRequestId is no refund";
                Err(strange(Call::OperationByRequest, reason))
            }
            Some(_) | None => Ok(operation),
        }
    }

    async fn ask<T: DeserializeOwned>(
        &self,
        call: Call,
        question: &(impl serde::Serialize + Sync),
    ) -> Result<T, Error> {
        let (body, mut renewed) = (|_: &BankToken| Body::json(question), false);
        match self.call_renewing_once(call, &body, &mut renewed).await {
            Err(error) if worth_repeating(&error) => {
                tracing::debug!(%error, "asking the bank once more");
                tokio::time::sleep(PAUSE_BEFORE_REPEAT).await;
                self.call_renewing_once(call, &body, &mut renewed).await
            }
            answered => answered,
        }
    }
}

/// The bank's several ways to say that there is no such operation (AlliancePay docs: error codes page).
fn found(answer: Result<Operation, Error>) -> Result<Option<Operation>, Error> {
    match answer {
        Ok(operation) => Ok(Some(operation)),
        Err(Error::Refused(error))
            if matches!(
                error.msg_code.as_str(),
                "payment_operation_not_found" | "b_operation_not_found" | "b_payment_not_found"
            ) =>
        {
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// The operation, if it is the one that was asked about: acting on another one's state would be acting on a guess.
pub(super) fn own(operation: Operation, call: Call, merchant_request_id: &str) -> Result<Operation, Error> {
    match operation.merchant_request_id.as_deref() {
        Some(other) if !other.eq_ignore_ascii_case(merchant_request_id) => {
            Err(strange(call, "it is about another merchantRequestId"))
        }
        Some(_) | None => Ok(operation),
    }
}

fn strange(call: Call, reason: &str) -> Error {
    Error::Unreadable { call: call.path(), status: 200, reason: reason.to_owned() }
}

const fn worth_repeating(error: &Error) -> bool {
    matches!(error, Error::NotConnected { .. } | Error::ConnectionLost { .. } | Error::Unavailable(_))
}
