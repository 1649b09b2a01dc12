//! The closed lists of words on the wire. Each keeps a word it does not know, as it came.

macro_rules! words {
    ($(#[doc = $doc:literal])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[cfg_attr(feature = "serde", serde(from = "String", into = "String"))]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)+
            /// A word this build does not know, kept as it came.
            Unrecognized(String),
        }

        impl $name {
            /// Every word this build knows.
            pub const KNOWN: &'static [Self] = &[$(Self::$variant,)+];

            /// The word on the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $word,)+
                    Self::Unrecognized(word) => word,
                }
            }
        }

        #[cfg(feature = "openapi")]
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
                utoipa::openapi::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    .description(Some([$($doc),*].concat().trim()))
                    .enum_values(Some([$($word),+]))
                    .into()
            }
        }

        #[cfg(feature = "openapi")]
        impl utoipa::ToSchema for $name {}

        impl From<&str> for $name {
            fn from(word: &str) -> Self {
                match word {
                    $($word => Self::$variant,)+
                    other => Self::Unrecognized(other.to_owned()),
                }
            }
        }

        impl From<String> for $name {
            fn from(word: String) -> Self {
                Self::from(word.as_str())
            }
        }

        impl From<$name> for String {
            fn from(word: $name) -> Self {
                word.as_str().to_owned()
            }
        }
    };
}

words! {
    /// The stored state of a payment session.
    PaymentState {
        /// Stored; the bank has not yet given a payment page.
        Created = "CREATED",
        /// The payment page exists; the buyer may be paying there.
        Redirected = "REDIRECTED",
        /// The bank confirmed to our backend that it holds the buyer's money.
        Captured = "CAPTURED",
        /// Captured, and seen in a register of the bank.
        Paid = "PAID",
        /// A part has gone back to the buyer.
        PartiallyRefunded = "PARTIALLY_REFUNDED",
        /// All of it has gone back to the buyer.
        Refunded = "REFUNDED",
        /// Refused by the bank.
        Rejected = "REJECTED",
        /// Ended by time or by the bank without a payment.
        Cancelled = "CANCELLED",
    }
}

words! {
    /// What the buyer is told.
    Outcome {
        /// Not known yet.
        Awaiting = "awaiting",
        /// Paid.
        Paid = "paid",
        /// Paid, and all of it returned.
        Refunded = "refunded",
        /// Refused.
        Declined = "declined",
        /// The time to pay ran out.
        Expired = "expired",
        /// Cancelled at the bank.
        Cancelled = "cancelled",
    }
}

words! {
    /// A money fact beside the state.
    Anomaly {
        /// Less came than the order asks for.
        Underpaid = "underpaid",
        /// More came than the order asks for.
        Overpaid = "overpaid",
        /// A second attempt of the same order was captured.
        Repeated = "repeated",
        /// The bank knows the attempt, but nobody has its page.
        Unreachable = "unreachable",
    }
}

words! {
    /// A way to pay.
    Product {
        /// The bank's card page, with Apple Pay and Google Pay.
        Card = "card",
        /// From account to account: the list of banks and the NBU QR.
        A2a = "a2a",
        /// Alipay+.
        AlipayPlus = "alipayplus",
    }
}

words! {
    /// How a refund stands.
    RefundState {
        /// Stored, and the bank's answer is not known: it is looked for, never sent twice.
        Unknown = "UNKNOWN",
        /// The bank has it and has not decided.
        Pending = "PENDING",
        /// Done: at the bank, or recorded only.
        Success = "SUCCESS",
        /// Refused, or it never reached the bank. No money went back.
        Failed = "FAILED",
    }
}

words! {
    /// How a webhook stands.
    DeliveryState {
        /// Still to be delivered.
        Pending = "pending",
        /// The shop took it.
        Delivered = "delivered",
        /// Tried for days without success; replay it.
        GivenUp = "given_up",
    }
}

impl PaymentState {
    /// Whether the bank's money fact stands: captured, settled or refunded in part.
    pub const fn is_captured(&self) -> bool {
        match self {
            Self::Captured | Self::Paid | Self::PartiallyRefunded => true,
            Self::Created
            | Self::Redirected
            | Self::Refunded
            | Self::Rejected
            | Self::Cancelled
            | Self::Unrecognized(_) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_known_word_survives_the_way_out_and_back() {
        for state in PaymentState::KNOWN {
            assert_eq!(&PaymentState::from(state.as_str()), state);
        }
        for outcome in Outcome::KNOWN {
            assert_eq!(&Outcome::from(outcome.as_str()), outcome);
        }
    }

    #[test]
    fn an_unknown_word_is_kept_and_is_not_captured() {
        let state = PaymentState::from("CHARGED_BACK");
        assert_eq!(state.as_str(), "CHARGED_BACK");
        assert!(!state.is_captured());
        assert_eq!(PaymentState::from("captured"), PaymentState::Unrecognized("captured".to_owned()));
    }
}
