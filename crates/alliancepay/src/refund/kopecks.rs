//! What a part of a payment is in kopecks. The bank refunds in hryvnia; an order in dollars or euro was paid at a rate
//! the operation carries (official Node library: `coinAmount = sourceAmount × conversionRate`).

use money::{Amount, Currency};

use crate::operation::Operation;

impl Operation {
    /// The kopecks to send for giving back `part` of this payment, when `already` of it was given back before; both
    /// in the order's currency. Exact integers; parts that add up to the whole payment add up to its whole
    /// `coinAmount`, to the kopeck.
    ///
    /// None when more than the payment would go back, currencies differ, or the bank's sums are not comparable
    /// (see [`Operation::amount`]).
    pub fn refund_amount(&self, already: Amount, part: Amount) -> Option<Amount> {
        let paid = self.amount()?;
        let kopecks = Amount::new(self.coin_amount?, self.transaction_currency()?).ok()?;
        if kopecks.currency() != Currency::Uah || paid.currency() != already.currency() {
            return None;
        }
        let until = already.checked_add(part).ok()?;
        paid.checked_sub(until).ok()?;
        let before = share(kopecks, already, paid)?;
        share(kopecks, until, paid)?.checked_sub(before).ok()
    }

    /// Whether the official plugins refuse to refund this kind: an A2A payment with `transactionType` 102 (seen in
    /// their code, not in the docs).
    pub fn known_as_not_refundable(&self) -> bool {
        self.transaction_type == Some(102)
    }
}

/// `kopecks × part ÷ whole`, rounded half up.
fn share(kopecks: Amount, part: Amount, whole: Amount) -> Option<Amount> {
    let (kopecks, part, whole) =
        (i128::from(kopecks.minor()), i128::from(part.minor()), i128::from(whole.minor()));
    let rounded = (2 * kopecks * part + whole).checked_div(2 * whole)?;
    Amount::new(i64::try_from(rounded).ok()?, Currency::Uah).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn usd(minor: i64) -> Amount {
        Amount::new(minor, Currency::Usd).unwrap()
    }

    fn uah(minor: i64) -> Amount {
        Amount::new(minor, Currency::Uah).unwrap()
    }

    fn paid_in_dollars(cents: i64, kopecks: i64) -> Operation {
        Operation {
            coin_amount: Some(kopecks),
            source_amount: Some(cents),
            source_currency_code: Some("840".to_owned()),
            ..Operation::default()
        }
    }

    #[test]
    fn hryvnia_go_back_as_they_came() {
        let paid = Operation { coin_amount: Some(12_905), ..Operation::default() };
        assert_eq!(paid.refund_amount(uah(0), uah(2_500)), Some(uah(2_500)));
        assert_eq!(paid.refund_amount(uah(2_500), uah(10_405)), Some(uah(10_405)));
        assert_eq!(paid.refund_amount(uah(2_500), uah(10_406)), None);
        assert_eq!(paid.refund_amount(usd(0), usd(1)), None);
    }

    #[test]
    fn the_docs_dollars_are_444_kopecks_and_half_of_them_222() {
        let paid = paid_in_dollars(10, 444);
        assert_eq!(paid.refund_amount(usd(0), usd(10)), Some(uah(444)));
        assert_eq!(paid.refund_amount(usd(0), usd(5)), Some(uah(222)));
        assert_eq!(paid.refund_amount(uah(0), usd(5)), None);
        assert_eq!(paid_in_dollars(0, 444).refund_amount(usd(0), usd(0)), None);
        assert_eq!(Operation::default().refund_amount(uah(0), uah(1)), None);
    }

    proptest! {
        #[test]
        fn parts_of_a_payment_add_up_to_the_kopeck(
            parts in proptest::collection::vec(1_i64..100_000, 1..8),
            kopecks in 1..=Amount::MAX_MINOR,
        ) {
            let paid = paid_in_dollars(parts.iter().sum(), kopecks);
            let (mut already, mut sent) = (usd(0), uah(0));
            for part in parts {
                let refund = paid.refund_amount(already, usd(part)).unwrap();
                sent = sent.checked_add(refund).unwrap();
                already = already.checked_add(usd(part)).unwrap();
            }
            prop_assert_eq!(sent, uah(kopecks));
        }
    }
}
