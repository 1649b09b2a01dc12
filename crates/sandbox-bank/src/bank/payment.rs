//! What a buyer can do to an order: pay by card, confirm by code, pay from an account, cancel.

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::Bank;
use super::cards::{self, CardForm, Decline, FormError, Plan};
use super::clock::later;
use super::conversion;
use super::operation::{Instrument, Operation, OperationKind, OperationStatus, Settling};
use super::order::{Order, OrderStatus, PayType, TryMode};

const MAX_WRONG_CODES: u8 = 3;
const SETTLING: SignedDuration = SignedDuration::from_secs(5);

/// Why the page can't do what the buyer pressed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PageError {
    NotFound,
    Expired,
    /// Already decided, or an attempt is under way.
    Closed,
    Form(Vec<FormError>),
    WrongCode,
}

impl Bank {
    pub(crate) fn pay_by_card(&mut self, hpp_order_id: &str, form: &CardForm) -> Result<(), PageError> {
        let now = self.clock.now();
        let pace = self.pace;
        let order = self.payable(hpp_order_id, now)?;
        let card = cards::read(form, order.request.coin_amount, now).map_err(PageError::Form)?;
        let instrument = Instrument::Card { mask: card.mask, system: card.system };
        let mut operation = new_payment(order, instrument, order.request.coin_amount, now);
        operation.three_ds = card.plan == Plan::ThreeDs;
        let later_by = order.slow_settling_ms.map(SignedDuration::from_millis);
        let settle = |refusal, by| Settling { at: later(now, by), refusal };
        match (card.plan, later_by) {
            (Plan::ThreeDs, _) => {
                operation.status = OperationStatus::Required3ds;
                order.status = OrderStatus::Required3ds;
            }
            (Plan::SettleLater, by) => {
                operation.settling = Some(settle(None, by.unwrap_or_else(|| pace.wait(SETTLING))));
            }
            (Plan::Succeed, Some(by)) => operation.settling = Some(settle(None, by)),
            (Plan::Decline(why), Some(by)) => operation.settling = Some(settle(Some(why), by)),
            (Plan::Succeed, None) => operation.finish(None, now),
            (Plan::Decline(why), None) => operation.finish(Some(why), now),
        }
        let id = operation.ecom_operation_id.clone();
        order.operations.push(operation);
        self.conclude(hpp_order_id, &id, now);
        Ok(())
    }

    /// The 3-D Secure step.
    pub(crate) fn confirm(&mut self, hpp_order_id: &str, code: &str) -> Result<(), PageError> {
        let now = self.clock.now();
        let order = self.open(hpp_order_id, now)?;
        let right = code.trim() == cards::THREE_DS_CODE;
        if !right {
            order.wrong_codes += 1;
        }
        let give_up = order.wrong_codes >= MAX_WRONG_CODES;
        let operation = order.open_attempt().ok_or(PageError::Closed)?;
        if operation.status != OperationStatus::Required3ds {
            return Err(PageError::Closed);
        }
        if !right && !give_up {
            return Err(PageError::WrongCode);
        }
        operation.finish((!right).then_some(cards::NOT_AUTHENTICATED), now);
        let id = operation.ecom_operation_id.clone();
        self.conclude(hpp_order_id, &id, now);
        Ok(())
    }

    pub(crate) fn pay_from_account(&mut self, hpp_order_id: &str, bank: &str) -> Result<(), PageError> {
        let now = self.clock.now();
        let order = self.payable(hpp_order_id, now)?;
        let instrument = Instrument::Account { bank: bank.to_owned() };
        let mut operation = new_payment(order, instrument, order.request.coin_amount, now);
        let refusal = match cards::by_amount(order.request.coin_amount) {
            Some(Plan::Decline(why)) => Some(why),
            Some(Plan::Succeed | Plan::ThreeDs | Plan::SettleLater) | None => None,
        };
        match order.slow_settling_ms.map(SignedDuration::from_millis) {
            Some(by) => operation.settling = Some(Settling { at: later(now, by), refusal }),
            None => operation.finish(refusal, now),
        }
        let id = operation.ecom_operation_id.clone();
        order.operations.push(operation);
        self.conclude(hpp_order_id, &id, now);
        Ok(())
    }

    pub(crate) fn cancel(&mut self, hpp_order_id: &str) -> Result<(), PageError> {
        let now = self.clock.now();
        let order = self.open(hpp_order_id, now)?;
        match order.open_attempt() {
            Some(operation) if operation.status == OperationStatus::Pending => return Err(PageError::Closed),
            Some(operation) => operation.finish(Some(cards::NOT_AUTHENTICATED), now),
            None => {}
        }
        order.status = OrderStatus::Canceled;
        self.announce(hpp_order_id, None, now);
        Ok(())
    }

    /// Finishes an order from outside, whatever its state: a late success, a wrong sum, a second payment.
    pub(crate) fn complete(
        &mut self,
        id: &str,
        coin_amount: Option<u64>,
        refusal: Option<Decline>,
    ) -> Option<String> {
        let now = self.clock.now();
        let order = self.orders.iter_mut().find(|order| order.is_named(id))?;
        let hpp_order_id = order.hpp_order_id.clone();
        let ecom_operation_id = match (order.open_attempt(), coin_amount) {
            (Some(operation), None) => {
                operation.finish(refusal, now);
                operation.ecom_operation_id.clone()
            }
            (_, amount) => {
                let instrument = match order.request.pay_type {
                    PayType::Purchase => {
                        Instrument::Card { mask: "41111111••••1111".to_owned(), system: "VISA" }
                    }
                    PayType::A2a => Instrument::Account { bank: "MONO_BANK".to_owned() },
                };
                let amount = amount.unwrap_or(order.request.coin_amount);
                let mut operation = new_payment(order, instrument, amount, now);
                operation.repeated = order.status.is_paid();
                operation.finish(refusal, now);
                let made = operation.ecom_operation_id.clone();
                order.operations.push(operation);
                made
            }
        };
        self.conclude(&hpp_order_id, &ecom_operation_id, now);
        Some(hpp_order_id)
    }

    /// Draws the order's status from an operation that has just changed, and announces a final one.
    pub(super) fn conclude(&mut self, hpp_order_id: &str, ecom_operation_id: &str, now: Timestamp) {
        let retry = self.switches.retry_after_decline;
        let Some(order) = self.orders.iter_mut().find(|order| order.hpp_order_id == hpp_order_id) else {
            return;
        };
        let Some(operation) = order.operations.iter().find(|one| one.ecom_operation_id == ecom_operation_id)
        else {
            return;
        };
        let more_tries = match order.request.try_mode {
            Some(TryMode::MultiPayment) => true,
            Some(TryMode::OneTry) => false,
            None => retry,
        };
        match operation.status {
            OperationStatus::Pending | OperationStatus::Required3ds => return,
            OperationStatus::Success => order.status = OrderStatus::Success,
            OperationStatus::Fail if order.status.is_paid() => {}
            OperationStatus::Fail if more_tries && order.status != OrderStatus::Canceled => {
                order.status = OrderStatus::Pending;
                return;
            }
            OperationStatus::Fail => order.status = OrderStatus::Fail,
        }
        self.announce(hpp_order_id, Some(ecom_operation_id), now);
    }

    /// An order whose page still takes orders from the buyer.
    fn open(&mut self, hpp_order_id: &str, now: Timestamp) -> Result<&mut Order, PageError> {
        let order = self
            .orders
            .iter_mut()
            .find(|order| order.hpp_order_id == hpp_order_id)
            .ok_or(PageError::NotFound)?;
        if order.expired(now) {
            return Err(PageError::Expired);
        }
        if order.status.is_final() {
            return Err(PageError::Closed);
        }
        Ok(order)
    }

    /// Open, and no attempt under way: a second press of "pay" must not pay twice.
    fn payable(&mut self, hpp_order_id: &str, now: Timestamp) -> Result<&mut Order, PageError> {
        let order = self.open(hpp_order_id, now)?;
        if order.open_attempt().is_some() {
            return Err(PageError::Closed);
        }
        Ok(order)
    }
}

fn new_payment(order: &Order, instrument: Instrument, amount: u64, now: Timestamp) -> Operation {
    let (coin_amount, source) = conversion::charge(amount, order.request.currency);
    let kind = match instrument {
        Instrument::Card { .. } => OperationKind::Purchase,
        Instrument::Account { .. } => OperationKind::AccountToAccount,
    };
    Operation {
        kind,
        status: OperationStatus::Pending,
        operation_id: Some(format!("{}{:06}", now.as_millisecond(), rand::random_range(0..1_000_000_u32))),
        ecom_operation_id: Uuid::new_v4().to_string(),
        merchant_request_id: None,
        coin_amount,
        source,
        created: now,
        modified: now,
        instrument,
        three_ds: false,
        refusal: None,
        approval_code: None,
        rrn: None,
        error_details: None,
        settling: None,
        original: None,
        notification_url: None,
        notification_encryption: order.request.notification_encryption,
        merchant_comment: None,
        repeated: false,
    }
}
