//! What the bank is documented to refuse about an order, found before anything is sent.

use jiff::{SignedDuration, Timestamp};

use super::CreateOrder;
use crate::error::Error;
use crate::rules::{self, comment_is_taken, length, optional, refuse};
use crate::vocabulary::PayType;

/// How soon a hold may end (AlliancePay docs: create order page, `preAuthExpDate`).
const SHORTEST_HOLD: SignedDuration = SignedDuration::from_hours(2);
/// How late a hold may end.
const LONGEST_HOLD: SignedDuration = SignedDuration::from_hours(28 * 24);

impl CreateOrder {
    /// Refuses what the bank is documented to refuse, before anything is sent: [`Error::InvalidRequest`] names the
    /// field and the rule. What depends on the hour is in [`CreateOrder::check_at`].
    pub fn check(&self) -> Result<(), Error> {
        self.check_mandatory()?;
        self.check_texts()?;
        let a2a = self.pay_type == PayType::A2a;
        if self.expiration_minutes.is_some_and(|m| m == 0 || m > 1440 || (a2a && m < 60)) {
            return refuse("expirationTimeMinutes", "1 to 1440, for A2A at least 60");
        }
        if self.preauth_expires.is_some() != (self.pay_type == PayType::Preauth) {
            return refuse("preAuthExpDate", "given exactly for PREAUTH");
        }
        if let Some(basket) = &self.page_basket {
            basket.check(self.amount)?;
        }
        match &self.merchant_comment {
            Some(comment) if !comment_is_taken(comment, if a2a { 14 } else { 1 }) => {
                refuse("merchantComment", "at most 255 of `a-zA-Z0-9 ,.;:@#$%'-=+`, for A2A at least 14")
            }
            None if a2a => refuse("merchantComment", "mandatory for A2A"),
            Some(_) | None => Ok(()),
        }
    }

    /// [`CreateOrder::check`], and that a hold ends between 2 hours and 28 days after `now`.
    pub fn check_at(&self, now: Timestamp) -> Result<(), Error> {
        self.check()?;
        let hold = self.preauth_expires.map(|end| end.timestamp().duration_since(now));
        if hold.is_some_and(|hold| hold < SHORTEST_HOLD || hold > LONGEST_HOLD) {
            return refuse("preAuthExpDate", "between 2 hours and 28 days from now");
        }
        Ok(())
    }

    fn check_mandatory(&self) -> Result<(), Error> {
        rules::merchant_request_id(&self.merchant_request_id)?;
        // The docs name no sum for a card check; every other kind moves or holds money.
        if self.amount.is_zero() && self.pay_type != PayType::Verification {
            return refuse("coinAmount", "more than nothing");
        }
        if self.payment_methods.is_empty() {
            return refuse("paymentMethods", "at least one");
        }
        if !length(&self.success_url, 1, 1000) {
            return refuse("successUrl", "1 to 1000 characters");
        }
        if !length(&self.fail_url, 1, 1000) {
            return refuse("failUrl", "1 to 1000 characters");
        }
        if !length(self.customer.customer_id(), 1, 255) {
            return refuse("senderCustomerId", "1 to 255 characters");
        }
        Ok(())
    }

    fn check_texts(&self) -> Result<(), Error> {
        rules::notification_url(self.notification_url.as_deref())?;
        if !optional(self.purpose.as_deref(), 255) {
            return refuse("purpose", "1 to 255 characters");
        }
        if !optional(self.language.as_deref(), 50) {
            return refuse("language", "1 to 50 characters");
        }
        if !optional(self.priority_bank_code.as_deref(), 255) {
            return refuse("priorityBankCode", "a word, or absent");
        }
        if !optional(self.payment_category_goal.as_deref(), 255) {
            return refuse("paymentCategoryGoal", "a word, or absent");
        }
        Ok(())
    }
}
