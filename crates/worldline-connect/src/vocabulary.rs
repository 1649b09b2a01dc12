//! The platform's words: statuses, their groups, reasons (Connect docs: statuses, create refund; SDK). Each enum keeps
//! words it does not know.

use crate::open_enum::open_enum;

open_enum! {
    /// How a payment stands (`status`): the field to decide by, unlike the numeric code beside it.
    PaymentStatus {
        /// Made, nothing more. Staying here means trouble (Alipay+ process flows).
        Created = "CREATED",
        /// The buyer was given the wallet page. Its end may come late.
        Redirected = "REDIRECTED",
        /// Waiting for the buyer or a third party.
        PendingPayment = "PENDING_PAYMENT",
        /// A check without a payment.
        AccountVerified = "ACCOUNT_VERIFIED",
        /// Waits for the merchant; not used by Alipay+.
        PendingFraudApproval = "PENDING_FRAUD_APPROVAL",
        /// Waits for the merchant; not used by Alipay+.
        PendingApproval = "PENDING_APPROVAL",
        /// Waits for the merchant; not used by Alipay+.
        PendingCompletion = "PENDING_COMPLETION",
        /// Waits for the merchant; not used by Alipay+.
        PendingCapture = "PENDING_CAPTURE",
        /// Waits for the platform or a third party.
        AuthorizationRequested = "AUTHORIZATION_REQUESTED",
        /// Waits for the platform or a third party.
        CaptureRequested = "CAPTURE_REQUESTED",
        /// Success confirmed, the money is on its way: ship. Not refundable yet.
        Captured = "CAPTURED",
        /// The money was collected: settled, and from now on refundable.
        Paid = "PAID",
        /// Refused; final.
        Rejected = "REJECTED",
        /// The capture failed afterwards.
        RejectedCapture = "REJECTED_CAPTURE",
        /// Cancelled on the Alipay+ side; final.
        Cancelled = "CANCELLED",
        /// The whole sum went back; final.
        Refunded = "REFUNDED",
        /// Money was taken back by another hand.
        Reversed = "REVERSED",
        /// A dispute was announced.
        ChargebackNotification = "CHARGEBACK_NOTIFICATION",
        /// A dispute was lost.
        Chargebacked = "CHARGEBACKED",
    }
}

open_enum! {
    /// How a refund stands.
    RefundStatus {
        /// Made, nothing more.
        Created = "CREATED",
        /// Waits for the merchant; can still be cancelled.
        PendingApproval = "PENDING_APPROVAL",
        /// Taken; can still be cancelled.
        RefundRequested = "REFUND_REQUESTED",
        /// Done; final. Announced as `refund.refunded`.
        Refunded = "REFUNDED",
        /// Handed over to the network; the money goes back (quoted in the docs as `refund.captured`).
        Captured = "CAPTURED",
        /// Refused; final.
        Rejected = "REJECTED",
        /// Failed afterwards; final.
        RejectedCapture = "REJECTED_CAPTURE",
        /// Cancelled by the merchant; final.
        Cancelled = "CANCELLED",
    }
}

open_enum! {
    /// The group of a status (`statusCategory`).
    StatusCategory {
        /// CREATED.
        Created = "CREATED",
        /// REDIRECTED and PENDING_PAYMENT.
        PendingPayment = "PENDING_PAYMENT",
        /// Waits for the merchant.
        PendingMerchant = "PENDING_MERCHANT",
        /// Waits for the platform or a third party.
        PendingConnectOr3rdParty = "PENDING_CONNECT_OR_3RD_PARTY",
        /// CAPTURED, PAID and the announcement of a dispute.
        Completed = "COMPLETED",
        /// CHARGEBACKED and REVERSED.
        Reversed = "REVERSED",
        /// REFUNDED.
        Refunded = "REFUNDED",
        /// Refused, failed and cancelled.
        Unsuccessful = "UNSUCCESSFUL",
        /// ACCOUNT_VERIFIED.
        AccountVerified = "ACCOUNT_VERIFIED",
    }
}

open_enum! {
    /// What the merchant's page has to do next (`merchantAction.actionType`).
    ActionType {
        /// Send the buyer to `redirectData.redirectURL`.
        Redirect = "REDIRECT",
        /// Show what `showData` holds; not used by Alipay+.
        ShowForm = "SHOW_FORM",
        /// Show instructions; not used by Alipay+.
        ShowInstructions = "SHOW_INSTRUCTIONS",
        /// Show a result; not used by Alipay+.
        ShowTransactionResults = "SHOW_TRANSACTION_RESULTS",
    }
}

open_enum! {
    /// Why money goes back (`refundReason`).
    RefundReason {
        /// Goods came back.
        Return = "RETURN",
        /// The sum was wrong.
        Correction = "CORRECTION",
        /// To avoid a dispute.
        PreDispute = "PRE_DISPUTE",
        /// A subscription ended.
        Subscription = "SUBSCRIPTION",
        /// A service was cancelled late.
        ServiceLateCancellation = "SERVICE_LATE_CANCELLATION",
        /// Something else.
        Other = "OTHER",
    }
}

open_enum! {
    /// Who an error comes from (`category`).
    ErrorCategory {
        /// The API itself.
        ConnectPlatform = "CONNECT_PLATFORM_ERROR",
        /// The payment platform or something behind it.
        PaymentPlatform = "PAYMENT_PLATFORM_ERROR",
        /// A connection of the platform's.
        Io = "IO_ERROR",
    }
}

open_enum! {
    /// What a webhook event is about (`type`). The list is open: what counts is the object the event carries.
    EventKind {
        /// The payment was made.
        PaymentCreated = "payment.created",
        /// The buyer was given the wallet page.
        PaymentRedirected = "payment.redirected",
        /// Success confirmed.
        PaymentCaptured = "payment.captured",
        /// The money was collected.
        PaymentPaid = "payment.paid",
        /// Part of the money was collected, or more than asked for: compare `amount_paid`.
        PaymentPaidIncrement = "payment.paid_increment",
        /// Refused.
        PaymentRejected = "payment.rejected",
        /// The capture failed afterwards.
        PaymentRejectedCapture = "payment.rejected_capture",
        /// Cancelled on the Alipay+ side.
        PaymentCancelled = "payment.cancelled",
        /// The whole sum went back.
        PaymentRefunded = "payment.refunded",
        /// Money was taken back by another hand.
        PaymentReversed = "payment.reversed",
        /// A dispute was lost.
        PaymentChargebacked = "payment.chargebacked",
        /// A refund was taken.
        RefundRequested = "refund.refund_requested",
        /// A refund is done.
        RefundRefunded = "refund.refunded",
        /// A refund was refused.
        RefundRejected = "refund.rejected",
        /// A refund was cancelled by the merchant.
        RefundCancelled = "refund.cancelled",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_word_is_kept_as_it_came() {
        let status: PaymentStatus = serde_json::from_str("\"PARTIALLY_SETTLED\"").unwrap();
        assert_eq!(status, PaymentStatus::Unrecognized("PARTIALLY_SETTLED".to_owned()));
        assert_eq!(serde_json::to_string(&status).unwrap(), "\"PARTIALLY_SETTLED\"");
        assert_ne!(PaymentStatus::from("captured"), PaymentStatus::Captured);
    }

    #[test]
    fn every_known_word_reads_back_as_itself() {
        for status in PaymentStatus::KNOWN {
            assert_eq!(PaymentStatus::from(status.as_str()), *status);
        }
        for status in RefundStatus::KNOWN {
            assert_eq!(RefundStatus::from(status.as_str()), *status);
        }
        for kind in EventKind::KNOWN {
            assert_eq!(EventKind::from(kind.as_str()), *kind);
        }
    }
}
