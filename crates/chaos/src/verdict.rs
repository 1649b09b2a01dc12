//! The end: every order held against the bank's and the aggregator's books, and every row of the settlement file against
//! the ledger. Repeated until nothing differs or patience ends, for the
//! backend finds out by asking, in its own time.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::Instant;

use crate::aggregator::Aggregator;
use crate::books::{self, BankOrder};
use crate::purchase::Purchase;
use crate::receiver::Receiver;
use crate::shop::Shop;

#[derive(Debug, Default)]
pub(crate) struct Verdict {
    mismatches: u64,
    double_charges: u64,
    double_refunds: u64,
    webhooks_missing: u64,
    /// What is wrong, in words.
    pub(crate) findings: Vec<String>,
    /// How many orders ended in which state.
    pub(crate) summary: String,
}

impl Verdict {
    pub(crate) fn is_clean(&self) -> bool {
        self.mismatches + self.double_charges + self.double_refunds + self.webhooks_missing == 0
    }

    pub(crate) fn json(&self, seed: u64, purchases: usize, kills: usize) -> Value {
        json!({
            "seed": seed,
            "purchases": purchases,
            "kills": kills,
            "mismatches": self.mismatches,
            "doubleCharges": self.double_charges,
            "doubleRefunds": self.double_refunds,
            "webhooksMissing": self.webhooks_missing,
        })
    }
}

pub(crate) async fn reach(
    purchases: &[Purchase],
    shop: &Shop,
    aggregator: &Aggregator,
    receiver: &Receiver,
    patience: Duration,
) -> anyhow::Result<Verdict> {
    let deadline = Instant::now() + patience;
    loop {
        let verdict = compare(purchases, shop, aggregator, receiver).await?;
        if verdict.is_clean() || Instant::now() > deadline {
            return Ok(verdict);
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

async fn compare(
    purchases: &[Purchase],
    shop: &Shop,
    aggregator: &Aggregator,
    receiver: &Receiver,
) -> anyhow::Result<Verdict> {
    let mut books = books::of_bank(&aggregator.bank().get("/sandbox/orders").await?);
    books.extend(books::of_aggregator(&aggregator.truth().await?));
    let mut verdict = Verdict::default();
    let mut ends: BTreeMap<String, usize> = BTreeMap::new();
    let mut claimed = HashSet::new();
    for purchase in purchases {
        let order = shop.order(&purchase.order).await?;
        *ends
            .entry(format!("{} {}", text(&order["state"]), text(&order["amount"]["currency"])))
            .or_default() += 1;
        hold_against(&order, purchase, &books, &mut verdict);
        claimed.extend(attempts(&order).map(|attempt| text(&attempt["merchantRequestId"])));
        for webhook in shop.webhooks(&purchase.order).await?["webhooks"].as_array().into_iter().flatten() {
            let id = text(&webhook["id"]);
            if !receiver.has(&id) {
                verdict.webhooks_missing += 1;
                verdict.findings.push(format!("{}: webhook {id} never arrived", purchase.order));
            }
        }
        let (revision, told) =
            (order["revision"].as_u64().unwrap_or_default(), receiver.newest(&purchase.order));
        if has_attempts(&order) && told < revision {
            verdict.webhooks_missing += 1;
            verdict.findings.push(format!("{}: revision {revision}, the shop knows {told}", purchase.order));
        }
    }
    hold_books_against(&books, &claimed, &mut verdict);
    hold_file_against(&shop.import(&aggregator.file().await?).await?, &mut verdict);
    if receiver.forged() > 0 {
        verdict.webhooks_missing += receiver.forged();
        verdict.findings.push(format!("{} webhooks had a wrong signature", receiver.forged()));
    }
    verdict.summary =
        ends.iter().map(|(state, count)| format!("{count} {state}")).collect::<Vec<_>>().join(", ");
    Ok(verdict)
}

/// The other way round: no money moved under a request that no attempt of the ledger made.
fn hold_books_against(books: &HashMap<String, BankOrder>, claimed: &HashSet<String>, verdict: &mut Verdict) {
    for (request, one) in
        books.iter().filter(|(request, one)| one.moves_money() && !claimed.contains(*request))
    {
        verdict.mismatches += 1;
        verdict.findings.push(format!(
            "{request}: {:?} paid and {:?} returned, and no attempt of the ledger made this request",
            one.payments, one.refunds
        ));
    }
}

/// Every movement in the file is one of the ledger's, to the cent.
fn hold_file_against(import: &Value, verdict: &mut Verdict) {
    for kind in ["unmatched", "mismatched", "malformed"] {
        let rows = import[kind].as_u64().unwrap_or(u64::MAX);
        if rows > 0 {
            verdict.mismatches += rows;
            verdict.findings.push(format!("the settlement file: {rows} rows are {kind}: {import}"));
        }
    }
}

fn hold_against(
    order: &Value,
    purchase: &Purchase,
    books: &HashMap<String, BankOrder>,
    verdict: &mut Verdict,
) {
    let ours: Vec<BankOrder> = attempts(order)
        .filter_map(|attempt| books.get(attempt["merchantRequestId"].as_str()?).cloned())
        .collect();
    let payments: Vec<u64> = ours.iter().flat_map(|one| one.payments.clone()).collect();
    let refunds: Vec<(String, u64)> = ours.iter().flat_map(|one| one.refunds.clone()).collect();
    let paid: u64 = payments.iter().sum();
    let returned: u64 = refunds.iter().map(|(_, sum)| sum).sum();
    let name = &purchase.order;

    if payments.len() > 1 {
        verdict.double_charges += 1;
        verdict.findings.push(format!("{name}: the bank took money {} times", payments.len()));
    }
    for problem in double_refunds(order, purchase, &refunds, paid, returned) {
        verdict.double_refunds += 1;
        verdict.findings.push(format!("{name}: {problem}"));
    }
    let (state, reason) = (text(&order["state"]), text(&order["reason"]));
    let undecided = ours.iter().any(|one| one.pending);
    let last = attempts(order).last().and_then(|attempt| attempt["merchantRequestId"].as_str());
    let last_was_made = last.is_some_and(|request| books.contains_key(request));
    let expected = expected(&ours, last_was_made, paid, returned);
    let booked_paid = sum(&order["operations"]);
    let booked_returned = sum_of_refunds(&order["refunds"]);
    if undecided
        || !expected.contains(&(state.as_str(), reason.as_str()))
        || booked_paid != paid
        || booked_returned != returned
    {
        verdict.mismatches += 1;
        verdict.findings.push(format!(
            "{name}: {state} {reason}, {booked_paid} paid, {booked_returned} returned; at the bank {paid} paid, \
             {returned} returned{}, so {expected:?}",
            if undecided { ", some undecided" } else { "" }
        ));
    }
}

/// The states that tell the truth; the reason of a refusal is the bank's own and not compared.
fn expected(
    ours: &[BankOrder],
    last_was_made: bool,
    paid: u64,
    returned: u64,
) -> Vec<(&'static str, &'static str)> {
    match (paid, returned) {
        // The bank never made the last order: the session was refused, expired, or never opened, whatever became of those
        // before. 9002 is the aggregator's word for a key it does not take.
        (0, _) if !last_was_made => NEVER_MADE.to_vec(),
        (0, _) if ours.last().is_some_and(|one| one.status == "FAIL") => DECLINED.to_vec(),
        (0, _) if ours.last().is_some_and(|one| one.status == "CANCELED") => vec![("CANCELLED", "bank")],
        (0, _) => vec![("CANCELLED", "expired")],
        (_, 0) if ours.iter().any(|one| one.settled) => vec![("PAID", "")],
        (_, 0) => vec![("CAPTURED", "")],
        (paid, returned) if returned < paid => vec![("PARTIALLY_REFUNDED", "")],
        (_, _) => vec![("REFUNDED", "")],
    }
}

const NEVER_MADE: [(&str, &str); 4] =
    [("CREATED", ""), ("CANCELLED", "expired"), ("REJECTED", "b_unknown_error"), ("REJECTED", "9002")];
const DECLINED: [(&str, &str); 3] = [("REJECTED", "16"), ("REJECTED", "1/16"), ("REJECTED", "100")];

fn double_refunds(
    order: &Value,
    purchase: &Purchase,
    refunds: &[(String, u64)],
    paid: u64,
    returned: u64,
) -> Vec<String> {
    let mut problems = Vec::new();
    if returned > paid {
        problems.push(format!("{returned} went back of {paid}"));
    }
    let mut by_request: HashMap<&str, usize> = HashMap::new();
    for (request, _) in refunds {
        *by_request.entry(request).or_default() += 1;
    }
    problems.extend(
        by_request
            .iter()
            .filter(|(_, times)| **times > 1)
            .map(|(request, times)| format!("refund {request} was carried out {times} times")),
    );
    let known = |request: &str| {
        let refunds = order["refunds"].as_array();
        refunds.into_iter().flatten().any(|refund| refund["merchantRequestId"] == request)
    };
    problems.extend(
        refunds
            .iter()
            .filter(|(request, _)| !known(request))
            .map(|(request, _)| format!("refund {request} is unknown")),
    );
    for asked in &purchase.refunds {
        if asked.ids.windows(2).any(|pair| pair[0] != pair[1]) {
            problems.push(format!("the key {} made two refunds: {:?}", asked.key, asked.ids));
        }
    }
    problems
}

fn attempts(order: &Value) -> impl Iterator<Item = &Value> {
    order["attempts"].as_array().into_iter().flatten()
}

fn has_attempts(order: &Value) -> bool {
    attempts(order).next().is_some()
}

fn sum(operations: &Value) -> u64 {
    let operations = operations.as_array().into_iter().flatten();
    let brings = ["PURCHASE", "ACCOUNT_2_ACCOUNT", "SALE"];
    let brought = |one: &&Value| brings.iter().any(|kind| one["kind"] == *kind);
    let counted = operations.filter(brought).filter(|one| one["status"] == "SUCCESS");
    counted.filter_map(|one| one["amount"]["minor"].as_u64()).sum()
}

fn sum_of_refunds(refunds: &Value) -> u64 {
    let refunds = refunds.as_array().into_iter().flatten().filter(|one| one["state"] == "SUCCESS");
    refunds.filter_map(|one| one["amount"]["minor"].as_u64()).sum()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_under_a_request_that_no_attempt_made_is_a_mismatch() {
        let paid = BankOrder { payments: vec![100], ..BankOrder::default() };
        let returned = BankOrder { refunds: vec![("refund".to_owned(), 100)], ..BankOrder::default() };
        let pending = BankOrder { pending: true, ..BankOrder::default() };
        let books = [("claimed", paid.clone()), ("paid", paid), ("returned", returned), ("pending", pending)];
        let mut books: HashMap<String, BankOrder> =
            books.into_iter().map(|(request, one)| (request.to_owned(), one)).collect();
        books.insert("never paid".to_owned(), BankOrder::default());
        let mut verdict = Verdict::default();
        hold_books_against(&books, &HashSet::from(["claimed".to_owned()]), &mut verdict);
        assert_eq!((verdict.mismatches, verdict.findings.len()), (3, 3));
        assert!(!verdict.is_clean());
    }
}
