//! Test cards and test amounts: what decides how an attempt ends. Nothing here keeps a card number: a form turns
//! into a [`Plan`] and a mask.

use jiff::{Timestamp, civil};

/// What the buyer typed. Never logged, never stored: `Debug` shows nothing.
pub(crate) struct CardForm {
    pub(crate) pan: String,
    pub(crate) expiry: String,
    pub(crate) cvv: String,
}

impl std::fmt::Debug for CardForm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CardForm(..)")
    }
}

/// A field the form must show a word about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FormError {
    Pan,
    UnknownCard,
    Expiry,
    ExpiryPast,
    Cvv,
}

/// How the attempt will end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Plan {
    Succeed,
    Decline(Decline),
    ThreeDs,
    SettleLater,
}

/// The issuer's refusal, as `transactionResponseInfo` carries it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Decline {
    pub(crate) action: &'static str,
    pub(crate) response: &'static str,
    pub(crate) description: &'static str,
}

pub(crate) const NO_FUNDS: Decline =
    Decline { action: "1", response: "16", description: "Insufficient funds" };
pub(crate) const EXPIRED_CARD: Decline = Decline { action: "1", response: "01", description: "Expired card" };
pub(crate) const WRONG_CVV: Decline =
    Decline { action: "1", response: "85", description: "CVV2 verification failed" };
pub(crate) const BY_AMOUNT: Decline =
    Decline { action: "1", response: "21", description: "Card limit exceeded" };
pub(crate) const NOT_AUTHENTICATED: Decline =
    Decline { action: "33", response: "05", description: "3-D Secure authentication failed" };
pub(crate) const REFUSED_REFUND: Decline =
    Decline { action: "9", response: "11", description: "Issuer or switch is inoperative" };

pub(crate) const THREE_DS_CODE: &str = "1234";

/// A card that passed the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Accepted {
    pub(crate) plan: Plan,
    pub(crate) mask: String,
    pub(crate) system: &'static str,
}

/// Checks the form and decides. Only the sandbox's own cards are taken, so that nobody types a real one in vain.
pub(crate) fn read(form: &CardForm, coin_amount: u64, now: Timestamp) -> Result<Accepted, Vec<FormError>> {
    let pan: String = form.pan.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    let mut errors = Vec::new();
    let by_card = by_card(&pan);
    if !is_card_number(&pan) {
        errors.push(FormError::Pan);
    } else if by_card.is_none() {
        errors.push(FormError::UnknownCard);
    }
    let expiry = expiry(&form.expiry);
    match expiry {
        None => errors.push(FormError::Expiry),
        Some(month) if ended(month, now) => errors.push(FormError::ExpiryPast),
        Some(_) => {}
    }
    let cvv = form.cvv.trim();
    if cvv.len() != 3 || !cvv.bytes().all(|b| b.is_ascii_digit()) {
        errors.push(FormError::Cvv);
    }
    let Some(by_card) = by_card.filter(|_| errors.is_empty()) else { return Err(errors) };

    let outcome = by_amount(coin_amount).unwrap_or_else(|| {
        if cvv != "123" {
            Plan::Decline(WRONG_CVV)
        } else if expiry != Some((2030, 12)) {
            Plan::Decline(EXPIRED_CARD)
        } else {
            by_card
        }
    });
    Ok(Accepted { plan: outcome, mask: mask(&pan), system: "VISA" })
}

/// The bank's test terminals decide by the whole sum in minor units, before looking at the card.
pub(crate) fn by_amount(coin_amount: u64) -> Option<Plan> {
    match coin_amount {
        4 => Some(Plan::Succeed),
        5 | 6 => Some(Plan::Decline(BY_AMOUNT)),
        _ => None,
    }
}

/// The same rule for refunds: `Some(true)` succeeds, `Some(false)` fails.
pub(crate) fn refund_by_amount(coin_amount: u64) -> Option<bool> {
    match coin_amount {
        16 => Some(true),
        17 | 18 => Some(false),
        _ => None,
    }
}

fn by_card(pan: &str) -> Option<Plan> {
    match pan {
        "4111111111111111" => Some(Plan::Succeed),
        "4000000000000002" => Some(Plan::Decline(NO_FUNDS)),
        "4000000000003220" => Some(Plan::ThreeDs),
        "4000000000000259" => Some(Plan::SettleLater),
        _ => None,
    }
}

/// `41111111••••1111`, as the bank writes it.
fn mask(pan: &str) -> String {
    format!("{}••••{}", pan.get(..8).unwrap_or_default(), pan.get(12..).unwrap_or_default())
}

fn is_card_number(pan: &str) -> bool {
    let digits: Vec<u32> = pan.chars().filter_map(|c| c.to_digit(10)).collect();
    let luhn: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(at, digit)| match (at % 2, digit * 2) {
            (0, _) => *digit,
            (_, doubled) if doubled > 9 => doubled - 9,
            (_, doubled) => doubled,
        })
        .sum();
    digits.len() == pan.chars().count() && (13..=19).contains(&digits.len()) && luhn.is_multiple_of(10)
}

/// `12/30`, `1230` or `12 / 2030` → year and month.
fn expiry(text: &str) -> Option<(i16, i8)> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    if !text.chars().all(|c| c.is_ascii_digit() || c == '/' || c == ' ') {
        return None;
    }
    let month: i8 = digits.get(..2)?.parse().ok()?;
    let year: i16 = match digits.len() {
        4 => digits.get(2..)?.parse::<i16>().ok()? + 2000,
        6 => digits.get(2..)?.parse().ok()?,
        _ => return None,
    };
    (1..=12).contains(&month).then_some((year, month))
}

fn ended((year, month): (i16, i8), now: Timestamp) -> bool {
    let today = now.to_zoned(jiff::tz::TimeZone::UTC).date();
    civil::Date::new(year, month, 1).is_ok_and(|first| first.last_of_month() < today)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(pan: &str, expiry: &str, cvv: &str) -> CardForm {
        CardForm { pan: pan.to_owned(), expiry: expiry.to_owned(), cvv: cvv.to_owned() }
    }

    fn plan(pan: &str, amount: u64) -> Plan {
        let now = "2026-11-21T10:00:00Z".parse().expect("a time");
        read(&typed(pan, "12/30", "123"), amount, now).expect("an accepted card").plan
    }

    #[test]
    fn each_test_card_has_its_outcome() {
        assert_eq!(plan("4111 1111 1111 1111", 1000), Plan::Succeed);
        assert_eq!(plan("4000000000000002", 1000), Plan::Decline(NO_FUNDS));
        assert_eq!(plan("4000000000003220", 1000), Plan::ThreeDs);
        assert_eq!(plan("4000000000000259", 1000), Plan::SettleLater);
    }

    #[test]
    fn a_test_amount_decides_before_the_card() {
        assert_eq!(plan("4000000000000002", 4), Plan::Succeed);
        assert_eq!(plan("4111111111111111", 5), Plan::Decline(BY_AMOUNT));
        assert_eq!(plan("4000000000003220", 6), Plan::Decline(BY_AMOUNT));
        assert_eq!(plan("4000000000000002", 104), Plan::Decline(NO_FUNDS));
    }

    #[test]
    fn the_form_names_every_wrong_field() {
        let now = "2026-11-21T10:00:00Z".parse().expect("a time");
        let wrong = |pan, expiry, cvv| read(&typed(pan, expiry, cvv), 1000, now).expect_err("errors");
        assert_eq!(wrong("4111", "13/30", "12"), vec![FormError::Pan, FormError::Expiry, FormError::Cvv]);
        assert_eq!(
            wrong("4242424242424242", "10/26", "123"),
            vec![FormError::UnknownCard, FormError::ExpiryPast]
        );
    }

    #[test]
    fn only_a_mask_is_left_of_a_card() {
        let now = "2026-11-21T10:00:00Z".parse().expect("a time");
        let card = read(&typed("4111111111111111", "12/30", "123"), 1000, now).expect("accepted");
        assert_eq!(card.mask, "41111111••••1111");
        assert_eq!(format!("{:?}", typed("4111111111111111", "12/30", "123")), "CardForm(..)");
    }
}
