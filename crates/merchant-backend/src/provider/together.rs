//! Several providers as one: each product belongs to one of them.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;

use super::{
    Answer, AskError, CreateError, CreateOrder, Hint, Limits, MalformedNotification, OpenedPage,
    PaymentProvider, Question, RefundOrder, RefundQuestion, RefundSent, RefundTold,
};
use crate::payments::product::Product;

/// Providers that share no product.
#[derive(Debug)]
pub struct Together(Vec<Arc<dyn PaymentProvider>>);

impl Together {
    /// Puts them together; what the first of them offers is shown first.
    pub fn new(providers: Vec<Arc<dyn PaymentProvider>>) -> Self {
        Self(providers)
    }

    fn of(&self, product: Product) -> Option<&Arc<dyn PaymentProvider>> {
        self.0.iter().find(|provider| provider.products().contains(&product))
    }
}

#[async_trait]
impl PaymentProvider for Together {
    fn products(&self) -> Vec<Product> {
        self.0.iter().flat_map(|provider| provider.products()).collect()
    }

    fn merchant_id(&self, product: Product) -> Option<&str> {
        self.of(product)?.merchant_id(product)
    }

    fn limits(&self, product: Product) -> Limits {
        self.of(product).map_or(Limits::Nothing, |provider| provider.limits(product))
    }

    fn page_lifetime(&self, product: Product, wanted: Duration) -> Duration {
        self.of(product).map_or(wanted, |provider| provider.page_lifetime(product, wanted))
    }

    async fn create(&self, request: &CreateOrder) -> Result<OpenedPage, CreateError> {
        if let Some(provider) = self.of(request.product) {
            return provider.create(request).await;
        }
        let message = format!("{} is not switched on", request.product.word());
        Err(CreateError::Refused { code: "no_terminal".to_owned(), message })
    }

    async fn ask(&self, question: &Question) -> Result<Answer, AskError> {
        self.of(question.product).ok_or_else(|| switched_off(question.product))?.ask(question).await
    }

    async fn refund(&self, order: &RefundOrder) -> RefundSent {
        match self.of(order.product) {
            Some(provider) => provider.refund(order).await,
            None => RefundSent::Answered(RefundTold::not_sent()),
        }
    }

    async fn find_refund(&self, question: &RefundQuestion) -> Result<Option<RefundTold>, AskError> {
        self.of(question.product).ok_or_else(|| switched_off(question.product))?.find_refund(question).await
    }

    fn hint(&self, body: &[u8]) -> Result<Hint, MalformedNotification> {
        let mut refused = MalformedNotification("no provider is switched on".to_owned());
        for provider in &self.0 {
            match provider.hint(body) {
                Ok(hint) => return Ok(hint),
                // The first one's words: notifications on the attempts' own URLs are its own.
                Err(error) if refused.0.starts_with("no provider") => refused = error,
                Err(_) => {}
            }
        }
        Err(refused)
    }

    async fn authorize(&self, product: Product) -> Result<(), String> {
        match self.of(product) {
            Some(provider) => provider.authorize(product).await,
            None => Err(switched_off(product).to_string()),
        }
    }
}

/// Switched off by the configuration: until it is on again every question stays open.
fn switched_off(product: Product) -> AskError {
    AskError::Silent(format!("{} is not switched on", product.word()))
}
