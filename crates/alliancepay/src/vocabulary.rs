//! The bank's words: pay types, methods, statuses, operation types (AlliancePay docs: order statuses, create order,
//! operation types pages). Each enum keeps words it does not know.

use crate::open_enum::open_enum;

open_enum! {
    /// What kind of payment an order is (`hppPayType`); each kind has its own terminal.
    PayType {
        /// Card, Apple Pay or Google Pay.
        Purchase = "PURCHASE",
        /// Account to account.
        A2a = "A2A",
        /// A hold, completed later (docs 2.56).
        Preauth = "PREAUTH",
        /// A card check without a payment (docs 2.57).
        Verification = "VERIFICATION",
    }
}

open_enum! {
    /// How the buyer may pay on the hosted page (`paymentMethods`).
    PaymentMethod {
        /// Card data typed in.
        Card = "CARD",
        /// Apple Pay.
        ApplePay = "APPLE_PAY",
        /// Google Pay.
        GooglePay = "GOOGLE_PAY",
    }
}

open_enum! {
    /// How the buyer reaches the payment (`directType`; `hppDirectType` in notifications).
    DirectType {
        /// The hosted page; the bank's default.
        Redirect = "REDIRECT",
        /// A link into a bank's app; A2A.
        BankLink = "BANK_LINK",
        /// A link that can be paid many times (docs 2.45).
        StaticLink = "STATIC_LINK",
        /// Made in the bank's own office pages; only seen in notifications.
        Link = "LINK",
        /// A QR code; only seen in notifications.
        Qr = "QR",
    }
}

open_enum! {
    /// How often an order can be tried (`hppTryMode`; `tryMode` in notifications).
    TryMode {
        /// One operation only.
        OneTry = "ONE_TRY",
        /// Many operations; with static links.
        MultiPayment = "MULTI_PAYMENT",
    }
}

open_enum! {
    /// What the buyer sees after paying (`statusPageType`).
    StatusPageType {
        /// The bank's status page, which leaves for the shop after a minute; the bank's default.
        Timer = "STATUS_TIMER_PAGE",
        /// The bank's status page with the receipt; it stays.
        Stay = "STATUS_PAGE",
        /// Straight back to the shop. Gone from the newer docs: ask the bank before using it.
        MerchantPage = "STATUS_REDIRECT_MERCHANT_PAGE",
    }
}

open_enum! {
    /// The bank's word about a whole order (`orderStatus`). It never proves a payment: operations do.
    OrderStatus {
        /// Paid, says the bank; final.
        Success = "SUCCESS",
        /// Refused; final.
        Fail = "FAIL",
        /// Not finished.
        Pending = "PENDING",
        /// The buyer is asked by their bank; not finished.
        Required3ds = "REQUIRED_3DS",
        /// Named on the create-order page without an explanation.
        Canceled = "CANCELED",
        /// Part of the sum was refunded.
        PartialRefund = "PARTIAL_REFUND",
    }
}

open_enum! {
    /// The bank's word about one operation (`status`).
    OperationStatus {
        /// Done; final.
        Success = "SUCCESS",
        /// Refused; final.
        Fail = "FAIL",
        /// Not finished.
        Pending = "PENDING",
        /// The buyer is asked by their bank; not finished.
        Required3ds = "REQUIRED_3DS",
        /// The card cannot do the 3-D Secure mode that was asked for.
        ThreeDsModeError = "DESIRED_THREEDS_MODE_ERROR",
    }
}

open_enum! {
    /// Whether 3-D Secure is asked for (`desiredThreeDSMode`).
    ThreeDsMode {
        /// No payment without it.
        Must = "MUST",
        /// With it where the card can.
        Should = "SHOULD",
        /// Without it.
        MustNot = "MUST_NOT",
    }
}

open_enum! {
    /// What an operation does (`type`).
    OperationType {
        /// A card payment.
        Purchase = "PURCHASE",
        /// Money back.
        Refund = "REFUND",
        /// An A2A payment.
        AccountToAccount = "ACCOUNT_2_ACCOUNT",
        /// A hold.
        Preauth = "PREAUTH",
        /// A hold turned into a payment.
        Completion = "COMPLETION",
        /// A card check.
        Verification = "VERIFICATION",
        /// Card to account; not made by the hosted page.
        CardToAccount = "CARD_2_ACCOUNT",
        /// Account to card; not made by the hosted page.
        AccountToCard = "ACCOUNT_2_CARD",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_word_is_kept_as_it_came() {
        let status: OrderStatus = serde_json::from_str("\"PARTIAL_REFUNDED\"").unwrap();
        assert_eq!(status, OrderStatus::Unrecognized("PARTIAL_REFUNDED".to_owned()));
        assert_eq!(serde_json::to_string(&status).unwrap(), "\"PARTIAL_REFUNDED\"");
        assert_eq!(serde_json::from_str::<OrderStatus>("null").unwrap(), OrderStatus::default());
    }

    #[test]
    fn a_word_in_another_alphabet_is_not_the_word() {
        // The docs' tables spell SUCCESS with a Cyrillic letter; only the Latin word is a success.
        let cyrillic = OperationStatus::from("SU\u{421}CESS");
        assert_ne!(cyrillic, OperationStatus::Success);
        assert_ne!(OperationStatus::from("success"), OperationStatus::Success);
    }

    #[test]
    fn every_known_word_reads_back_as_itself() {
        for status in OperationStatus::KNOWN {
            assert_eq!(OperationStatus::from(status.as_str()), *status);
        }
        for kind in OperationType::KNOWN {
            assert_eq!(OperationType::from(kind.as_str()), *kind);
        }
    }
}
