//! Our ids of requests as the platform's merchant references: 36 characters do not fit into its 30, the same 128 bits
//! in base 36 do.

use uuid::Uuid;

const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
const LONGEST: usize = 30;

/// The reference of a request.
pub(super) fn of(request_id: &str) -> String {
    let Ok(uuid) = Uuid::parse_str(request_id) else { return request_id.chars().take(LONGEST).collect() };
    let (mut rest, mut digits) = (uuid.as_u128(), Vec::new());
    loop {
        let digit = usize::try_from(rest % 36).unwrap_or(0);
        digits.push(char::from(*DIGITS.get(digit).unwrap_or(&b'0')));
        rest /= 36;
        if rest == 0 {
            return digits.iter().rev().collect();
        }
    }
}

/// The request of a reference; a reference that is none of ours stays as it is, and matches no request.
pub(super) fn request_id(reference: &str) -> String {
    let lower = reference.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_lowercase());
    match u128::from_str_radix(reference, 36) {
        Ok(bits) if lower => Uuid::from_u128(bits).to_string(),
        Ok(_) | Err(_) => reference.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_read_back_from_its_reference() {
        for id in [
            "00000000-0000-0000-0000-000000000000",
            "0f0e5f3c-0000-4000-8000-000000000001",
            "ffffffff-ffff-ffff-ffff-ffffffffffff",
        ] {
            let reference = of(id);
            assert!(reference.len() <= 25, "{reference}");
            assert_eq!(request_id(&reference), id);
        }
    }

    #[test]
    fn anothers_reference_matches_no_request() {
        assert_eq!(request_id("ORDER-1-attempt-1"), "ORDER-1-attempt-1");
        assert_eq!(request_id(""), "");
        assert_eq!(of("not a uuid"), "not a uuid");
    }
}
