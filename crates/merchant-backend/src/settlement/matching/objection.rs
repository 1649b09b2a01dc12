//! Why a row settles nothing: what each reason means for the row, its word and its sentence.

use std::fmt;

use crate::settlement::row::Kind;

/// Why a row settles nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Objection {
    /// The ledger knows no such operation.
    NoOperation,
    /// The row names nothing an operation could be found by.
    NoKey,
    /// A kind of movement we do not know.
    UnknownMovement(String),
    /// Another hand than the merchant's took the payment's money back, and the provider has not told of it yet.
    TakenBack,
    /// What another hand had taken came back: what that means a person decides.
    CameBack,
    /// A dispute was announced; no money has moved.
    Disputed,
    /// The operation has not succeeded, as far as the provider told us.
    NotSuccessful(String),
    /// More than one payment fits, and nothing tells which is meant.
    Ambiguous,
    /// Another sum than the operation's.
    Sum {
        /// What the ledger has.
        ledger: i64,
        /// What the row has.
        row: i64,
    },
    /// Another currency than the operation's.
    Currency {
        /// What the ledger has.
        ledger: String,
        /// What the row has.
        row: String,
    },
    /// Another merchant than the operation's.
    Merchant,
    /// The row's own sums do not add up.
    Net,
    /// The commission is larger than the payment.
    Commission,
    /// Another row settles this operation.
    AlreadySettled,
    /// The reference number is this operation's, the operation's id is another's.
    IdsDiffer,
}

impl Objection {
    /// How a row with this objection stands.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::NoOperation
            | Self::NoKey
            | Self::UnknownMovement(_)
            | Self::TakenBack
            | Self::CameBack
            | Self::Disputed
            | Self::NotSuccessful(_)
            | Self::Ambiguous => Kind::Unmatched,
            Self::Sum { .. }
            | Self::Currency { .. }
            | Self::Merchant
            | Self::Net
            | Self::Commission
            | Self::AlreadySettled
            | Self::IdsDiffer => Kind::Mismatched,
        }
    }

    /// Whether the provider may know more of the operation by now than the ledger does.
    pub const fn may_be_old_news(&self) -> bool {
        match self {
            Self::TakenBack | Self::CameBack | Self::NotSuccessful(_) | Self::Sum { .. } => true,
            Self::NoOperation
            | Self::NoKey
            | Self::UnknownMovement(_)
            | Self::Disputed
            | Self::Ambiguous
            | Self::Currency { .. }
            | Self::Merchant
            | Self::Net
            | Self::Commission
            | Self::AlreadySettled
            | Self::IdsDiffer => false,
        }
    }

    /// A stable word for it.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::NoOperation => "no_operation",
            Self::NoKey => "no_key",
            Self::UnknownMovement(_) => "unknown_movement",
            Self::TakenBack => "taken_back",
            Self::CameBack => "came_back",
            Self::Disputed => "disputed",
            Self::NotSuccessful(_) => "not_successful",
            Self::Ambiguous => "ambiguous",
            Self::Sum { .. } => "sum",
            Self::Currency { .. } => "currency",
            Self::Merchant => "merchant",
            Self::Net => "net",
            Self::Commission => "commission",
            Self::AlreadySettled => "already_settled",
            Self::IdsDiffer => "ids_differ",
        }
    }
}

/// In words, for a person.
impl fmt::Display for Objection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoOperation => f.write_str(
                "the ledger knows no such operation; the row is looked at again when it learns of one",
            ),
            Self::NoKey => f.write_str("the row has no id, reference number or order number"),
            Self::UnknownMovement(word) => write!(f, "the kind of movement `{word}` is not known"),
            Self::TakenBack => f.write_str(
                "this payment's money was taken back; the provider is asked, and the row is looked at again",
            ),
            Self::CameBack => {
                f.write_str("money that had been taken back from this payment came again: look at the order")
            }
            Self::Disputed => f.write_str("a dispute about this payment was announced; no money has moved"),
            Self::NotSuccessful(word) => write!(
                f,
                "the operation stands at {word} in the ledger; the row is looked at again when that changes"
            ),
            Self::Ambiguous => f.write_str("more than one payment fits, and nothing tells which is meant"),
            Self::Sum { ledger, row } => {
                write!(f, "the ledger has {ledger} in minor units, the row has {row}")
            }
            Self::Currency { ledger, row } => write!(f, "the ledger has {ledger}, the row has {row}"),
            Self::Merchant => f.write_str("the row names another merchant than the operation's"),
            Self::Net => f.write_str("the net sum is not the sum less the commission"),
            Self::Commission => f.write_str("the commission is larger than the sum"),
            Self::AlreadySettled => f.write_str("another row settles this operation already"),
            Self::IdsDiffer => {
                f.write_str("the reference number is this operation's, but the operation's id is another one")
            }
        }
    }
}
