//! Foreign-currency orders are charged in hryvnias; the operation tells both sums. Integers only.

use super::operation::Source;
use super::order::Currency;

/// Kopecks charged for `amount` minor units, and what the operation says about the source.
pub(crate) fn charge(amount: u64, currency: Currency) -> (u64, Option<Source>) {
    let Some(rate) = rate(currency) else { return (amount, None) };
    let kopecks = (amount.saturating_mul(rate) + 5_000) / 10_000;
    let text = format!("{}.{:04}", rate / 10_000, rate % 10_000);
    (kopecks, Some(Source { amount, currency: currency.code(), rate: text }))
}

/// Ten-thousandths of a hryvnia per unit.
fn rate(currency: Currency) -> Option<u64> {
    match currency {
        Currency::Uah => None,
        Currency::Usd => Some(443_500),
        Currency::Eur => Some(515_200),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_cents_cost_what_the_banks_sample_says() {
        let (kopecks, source) = charge(10, Currency::Usd);
        assert_eq!(kopecks, 444);
        assert_eq!(source, Some(Source { amount: 10, currency: "840", rate: "44.3500".to_owned() }));
        assert_eq!(charge(1000, Currency::Uah), (1000, None));
    }
}
