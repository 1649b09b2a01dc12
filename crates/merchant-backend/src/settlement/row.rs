//! One row of a settlement file in our words, and how it can stand to the ledger.

use jiff::civil::Date;
use sha2::{Digest, Sha256};

/// One data row of a file.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Counts the file's data rows from 1.
    pub number: u64,
    /// The line of the file it begins on.
    pub line: u64,
    /// How far into the file it ends, in bytes.
    pub ends_at: u64,
    /// What it says, or why it cannot be read.
    pub row: Result<SettlementRow, Malformed>,
}

/// A row that cannot be read. It is kept and listed like every other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Malformed {
    /// What is wrong, for a person.
    pub reason: String,
    /// The row, masked.
    pub raw: String,
    /// The row as it came, hashed.
    pub hash: Vec<u8>,
}

/// What a row says. Sums are signed: what leaves the merchant is below zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettlementRow {
    /// Which way the money went.
    pub movement: Movement,
    /// The movement's sum, in minor units of `currency`.
    pub amount_minor: i64,
    /// ISO 4217 letters, or the file's own text where it is no currency we take.
    pub currency: String,
    /// What the provider keeps of it.
    pub commission_minor: i64,
    /// What reaches the merchant's account.
    pub net_minor: i64,
    /// The provider's own id of the movement, the ledger's id of an operation.
    pub provider_id: Option<String>,
    /// The id that refunds refer to; a refund may carry its payment's.
    pub operation_id: Option<String>,
    /// The bank's reference number.
    pub rrn: Option<String>,
    /// The shop's order number, as far as the row's text tells it, or our own id of the request.
    pub order_hint: Option<String>,
    /// The terminal's merchant.
    pub merchant_id: Option<String>,
    /// Tells two otherwise equal rows apart.
    pub mark: Option<String>,
    /// The day it was settled, as the file says.
    pub day: Option<Date>,
    /// The row, masked: only columns we know are shown.
    pub raw: String,
}

/// Which way the money went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Movement {
    /// The buyer's money came.
    Payment,
    /// Money went back to the buyer.
    Refund,
    /// A dispute over a payment: below zero it took money, above it gave some back, at zero it is only announced.
    Chargeback,
    /// A payment was reversed; above zero, the reversal was.
    Reversal,
    /// The file's word, which we do not know.
    Other(String),
}

/// How a row stands to the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// It settles one operation.
    Matched,
    /// No operation is known for it yet.
    Unmatched,
    /// It is about an operation we know, and they differ.
    Mismatched,
    /// It cannot be read.
    Malformed,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Matched, Self::Unmatched, Self::Mismatched, Self::Malformed];

    /// The word stored and sent.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Matched => "matched",
            Self::Unmatched => "unmatched",
            Self::Mismatched => "mismatched",
            Self::Malformed => "malformed",
        }
    }

    /// The kind of a stored word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

impl Movement {
    /// The word stored.
    pub fn word(&self) -> &str {
        match self {
            Self::Payment => "payment",
            Self::Refund => "refund",
            Self::Chargeback => "chargeback",
            Self::Reversal => "reversal",
            Self::Other(word) => word,
        }
    }

    /// The movement of a stored word.
    pub fn from_word(word: &str) -> Self {
        match word {
            "payment" => Self::Payment,
            "refund" => Self::Refund,
            "chargeback" => Self::Chargeback,
            "reversal" => Self::Reversal,
            other => Self::Other(other.to_owned()),
        }
    }
}

impl Entry {
    /// What makes two rows the same, whatever file they come in.
    pub fn fingerprint(&self) -> Vec<u8> {
        match &self.row {
            Ok(row) => row.fingerprint(),
            Err(malformed) => malformed.hash.clone(),
        }
    }
}

impl SettlementRow {
    fn fingerprint(&self) -> Vec<u8> {
        let mut hash = Sha256::new();
        let mut add = |text: &str| {
            hash.update(text.len().to_le_bytes());
            hash.update(text.as_bytes());
        };
        add(self.movement.word());
        add(&self.currency);
        for sum in [self.amount_minor, self.commission_minor, self.net_minor] {
            add(&sum.to_string());
        }
        let texts = [
            &self.provider_id,
            &self.operation_id,
            &self.rrn,
            &self.order_hint,
            &self.merchant_id,
            &self.mark,
            &self.day.map(|day| day.to_string()),
        ];
        for text in texts {
            add(text.as_deref().unwrap_or("\0"));
        }
        hash.finalize().to_vec()
    }
}
