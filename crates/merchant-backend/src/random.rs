//! Names and secrets that nobody can guess.

use rand::TryRngCore;
use rand::rngs::OsRng;

use crate::store::StoreError;

/// 128 random bits as 32 hexadecimal digits. Digits alone, because a name with a `-` in front is a flag on a command
/// line and a formula in a spreadsheet.
pub(crate) fn random_text() -> Result<String, StoreError> {
    let mut bits = [0_u8; 16];
    OsRng.try_fill_bytes(&mut bits).map_err(|error| StoreError::Unavailable(error.to_string()))?;
    Ok(format!("{:032x}", u128::from_be_bytes(bits)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_digits_alone_and_new_each_time() {
        let (one, other) = (random_text().unwrap(), random_text().unwrap());
        assert_eq!(one.len(), 32);
        assert!(one.chars().all(|digit| matches!(digit, '0'..='9' | 'a'..='f')), "{one}");
        assert_ne!(one, other);
    }
}
