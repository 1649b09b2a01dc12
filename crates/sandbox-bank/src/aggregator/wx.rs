//! The daily settlement file ("WX") as XML. The platform publishes no sample for Alipay+: element names are those of
//! the importer in its older Magento plugin, codes those of products that are no cards.

use jiff::Timestamp;
use maud::{Markup, PreEscaped, Render as _};

use super::payment::{Payment, Status};
use crate::bank::Bank;

/// One movement of money, or the notice of one.
#[derive(Debug, Clone)]
pub(crate) struct Movement {
    pub(crate) at: Timestamp,
    order: u64,
    effort: i64,
    category: char,
    kind: &'static str,
    status: u32,
    reference: String,
    payment: String,
    amount: i64,
    currency: String,
}

impl Movement {
    /// What a payment's new status means in the file, if anything.
    pub(super) fn of(payment: &Payment, at: Timestamp) -> Option<Self> {
        let (category, kind) = match payment.status {
            Status::Captured => ('X', "IP"),
            Status::Paid => match payment.before() {
                // A dispute is won: what it took comes back, what it only announced never went.
                Some(Status::Chargebacked) => ('+', "CB"),
                Some(Status::ChargebackNotification) => return None,
                Some(_) | None => ('+', "IP"),
            },
            Status::Reversed => ('-', "RI"),
            Status::RejectedCapture => ('-', "IP"),
            Status::ChargebackNotification => ('X', "CB"),
            Status::Chargebacked => ('-', "CB"),
            Status::Created
            | Status::Redirected
            | Status::PendingFraudApproval
            | Status::Rejected
            | Status::Cancelled
            | Status::Refunded => return None,
        };
        let status = payment.status.wire().2;
        Some(Self::new(payment, 1, category, kind, status, payment.amount, at))
    }

    /// A part of the payment's money was collected.
    pub(super) fn collection(payment: &Payment, amount: i64, at: Timestamp) -> Self {
        Self::new(payment, 1, '+', "IP", Status::Paid.wire().2, amount, at)
    }

    pub(super) fn refund(payment: &Payment, number: usize, amount: i64, at: Timestamp) -> Self {
        let effort = -i64::try_from(number).unwrap_or(1);
        Self::new(payment, effort, '-', "RF", 1800, amount, at)
    }

    fn new(
        payment: &Payment,
        effort: i64,
        category: char,
        kind: &'static str,
        status: u32,
        amount: i64,
        at: Timestamp,
    ) -> Self {
        Self {
            at,
            order: payment.order,
            effort,
            category,
            kind,
            status,
            reference: payment.reference.clone(),
            payment: payment.id.clone(),
            amount,
            currency: payment.currency.clone(),
        }
    }

    /// What the platform keeps: one hundredth, of collections only.
    fn fee(&self) -> i64 {
        if (self.category, self.kind) == ('+', "IP") { self.amount / 100 } else { 0 }
    }
}

impl Bank {
    /// Every movement of a day (`YYYYMMDD`), or of all days.
    pub(crate) fn wx_file(&self, day: Option<&str>) -> String {
        let of_day = |movement: &&Movement| day.is_none_or(|day| date(movement.at) == day);
        let movements: Vec<&Movement> = self.aggregator.movements.iter().filter(of_day).collect();
        let merchant = &self.aggregator.account.merchant_id;
        let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<WXFile>\n<Header>");
        text.push_str(&element("MerchantID", merchant));
        text.push_str(&element("DateOfReport", day.unwrap_or(&date(self.clock.now()))));
        text.push_str(&element("NumberOfRecords", &movements.len().to_string()));
        text.push_str("</Header>\n<DataRecords>\n");
        for movement in movements {
            text.push_str(&record(movement, merchant));
        }
        text.push_str("</DataRecords>\n</WXFile>\n");
        text
    }

    /// `wx.` + merchant in ten digits + day + version.
    pub(crate) fn wx_name(&self, day: Option<&str>) -> String {
        let today = date(self.clock.now());
        format!("wx.{:0>10}{}.000001.xml", self.aggregator.account.merchant_id, day.unwrap_or(&today))
    }
}

fn record(movement: &Movement, merchant: &str) -> String {
    let fields = [
        ("Recordcategory", movement.category.to_string()),
        ("Recordtype", movement.kind.to_owned()),
        ("PaymentStatus", movement.status.to_string()),
        ("PaymentGroupId", "60".to_owned()),
        ("PaymentProductId", "866".to_owned()),
        ("AdditionalReference", movement.reference.clone()),
        ("OriginalPaymentID", if movement.effort < 0 { movement.payment.clone() } else { String::new() }),
        ("AmountDelivered", movement.amount.to_string()),
        ("CurrencyDelivered", movement.currency.clone()),
        ("AmountDue", (movement.amount - movement.fee()).to_string()),
        ("CurrencyDue", movement.currency.clone()),
        ("TransactionDateTime", movement.at.strftime("%Y%m%d%H%M%S").to_string()),
        ("DateCollect", date(movement.at)),
    ];
    let mut text = String::from("<DataRecord>");
    text.push_str(&element("MerchantID", merchant));
    text.push_str(&element("OrderID", &movement.order.to_string()));
    text.push_str(&element("EffortID", &movement.effort.to_string()));
    text.push_str(&element("AttemptID", "1"));
    text.push_str("<PaymentData>");
    for (name, value) in fields {
        text.push_str(&element(name, &value));
    }
    text.push_str("</PaymentData></DataRecord>\n");
    text
}

fn element(name: &str, value: &str) -> String {
    let value: Markup = PreEscaped(value.render().into_string());
    format!("<{name}>{}</{name}>", value.into_string())
}

fn date(at: Timestamp) -> String {
    at.strftime("%Y%m%d").to_string()
}
