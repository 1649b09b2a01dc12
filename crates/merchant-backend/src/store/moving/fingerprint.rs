//! How many rows a table has and what stands in them, whatever their order: each row is hashed, the hashes are added up.

use std::fmt;

use sha2::{Digest, Sha256};

use crate::store::sql::{Cell, without_nul};

/// Of one table.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Fingerprint {
    /// How many rows.
    pub rows: u64,
    checksum: u128,
}

impl Fingerprint {
    pub(super) fn add(&mut self, row: &[Cell<'_>]) {
        let mut hash = Sha256::new();
        for cell in row {
            let text;
            let (kind, bytes): (u8, &[u8]) = match cell {
                Cell::Null => (0, &[]),
                Cell::Int(number) => (1, &number.to_be_bytes()),
                // As the other database can have it.
                Cell::Text(found) => {
                    text = without_nul(found);
                    (2, text.as_bytes())
                }
                Cell::Bytes(bytes) => (3, bytes),
            };
            hash.update([kind]);
            hash.update(bytes.len().to_be_bytes());
            hash.update(bytes);
        }
        let hash = hash.finalize();
        let number = hash.first_chunk().map_or(0, |half| u128::from_be_bytes(*half));
        self.checksum = self.checksum.wrapping_add(number);
        self.rows += 1;
    }

    /// As text of a fixed width.
    pub fn checksum(&self) -> String {
        format!("{:032x}", self.checksum)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} rows ({})", self.rows, self.checksum())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_does_not_matter_and_everything_else_does() {
        let of = |rows: &[&[Cell<'_>]]| {
            let mut fingerprint = Fingerprint::default();
            for row in rows {
                fingerprint.add(row);
            }
            fingerprint
        };
        let (one, two) = ([Cell::Int(1), Cell::Text("a")], [Cell::Int(2), Cell::Null]);
        assert_eq!(of(&[&one, &two]), of(&[&two, &one]));
        assert_ne!(of(&[&one]), of(&[&one, &one]));
        assert_ne!(of(&[&[Cell::Text("ab"), Cell::Text("c")]]), of(&[&[Cell::Text("a"), Cell::Text("bc")]]));
        assert_ne!(of(&[&[Cell::Null]]), of(&[&[Cell::Text("")]]));
        assert_ne!(of(&[&[Cell::Int(1)]]), of(&[&[Cell::Int(2)]]));
    }
}
