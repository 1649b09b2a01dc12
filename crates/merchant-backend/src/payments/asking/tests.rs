use std::time::Duration;

use async_trait::async_trait;

use super::*;
use crate::payments::product::Product;
use crate::provider::{
    Answer, CreateError, CreateOrder, Hint, MalformedNotification, OpenedPage, RefundOrder, RefundSent,
    RefundTold,
};
use crate::store::sqlite::SqliteStore;

/// Breaks off whatever it is asked.
#[derive(Debug)]
struct Broken;

#[async_trait]
impl PaymentProvider for Broken {
    fn products(&self) -> Vec<Product> {
        Vec::new()
    }

    fn merchant_id(&self, _: Product) -> Option<&str> {
        None
    }

    fn page_lifetime(&self, _: Product, wanted: Duration) -> Duration {
        wanted
    }

    async fn create(&self, _: &CreateOrder) -> Result<OpenedPage, CreateError> {
        panic!("broken")
    }

    async fn ask(&self, _: &Question) -> Result<Answer, AskError> {
        panic!("broken")
    }

    async fn refund(&self, _: &RefundOrder) -> RefundSent {
        panic!("broken")
    }

    async fn find_refund(&self, _: &RefundQuestion) -> Result<Option<RefundTold>, AskError> {
        panic!("broken")
    }

    fn hint(&self, _: &[u8]) -> Result<Hint, MalformedNotification> {
        panic!("broken")
    }

    async fn authorize(&self, _: Product) -> Result<(), String> {
        panic!("broken")
    }
}

#[tokio::test]
async fn a_question_that_ends_by_a_panic_is_answered_and_the_next_one_is_put() {
    let folder = tempfile::tempdir().unwrap();
    let store = Arc::new(SqliteStore::open(&folder.path().join("ledger.sqlite")).unwrap());
    let schedule = Schedule {
        while_open: Vec::new(),
        after_expiry: Vec::new(),
        min_gap: Duration::ZERO,
        refunds: Vec::new(),
        refund_arrives_within: Duration::ZERO,
        settlement: Duration::ZERO,
    };
    let metrics = Arc::new(Metrics::default());
    let asking = Asking::new(store, Arc::new(Broken), schedule, Waiting::default(), metrics);
    for _ in 0..2 {
        let question = DueQuestion {
            order: OrderId(1),
            attempt: AttemptId(1),
            product: Product::Card,
            bank_order: Some("bank-1".to_owned()),
            refund: None,
        };
        let answer = tokio::time::timeout(Duration::from_secs(5), asking.ask(question)).await;
        assert!(matches!(answer, Ok(Err(Unanswered::Ledger))), "{answer:?}");
    }
}
