//! Payments: made, asked about, found again; and the product they are made of.

use serde::Deserialize;
use url::Url;

use super::Client;
use super::call::Call;
use crate::create_payment::{CreatePayment, CreatedPayment};
use crate::error::Error;
use crate::idempotence::{IdempotenceKey, Repeatable};
use crate::lenient;
use crate::payment::Payment;
use crate::product::{Product, ProductQuestion};

/// What to find payments by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindPayments {
    /// The merchant's reference of the payment.
    pub merchant_reference: String,
    /// How many at most: 1 to 100.
    pub limit: u8,
}

#[derive(Debug, Deserialize)]
struct Found {
    #[serde(default, deserialize_with = "lenient::or_default")]
    payments: Vec<Payment>,
}

impl Client {
    /// Asks whether a product is offered for a country and a currency, and within which sums. `Ok(None)`: not offered.
    pub async fn product(&self, question: &ProductQuestion) -> Result<Option<Product>, Error> {
        let mut url = self.url(&["products", &question.product.to_string()])?;
        let amount = question.amount.map(|amount| amount.to_string());
        query(
            &mut url,
            &[
                ("countryCode", Some(&question.country_code)),
                ("currencyCode", Some(&question.currency_code)),
                ("amount", amount.as_deref()),
                ("hide", Some("fields")),
            ],
        );
        match self.get(Call::Product, url).await {
            Ok(product) => Ok(Some(product)),
            // How the platform says that there is no such product here is not documented: each of its refusals does.
            Err(Error::NotFound(_) | Error::Refused(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Makes a payment. Store the attempt and the key before calling.
    ///
    /// On an error with [`Error::outcome_unknown`] send the same request with the same key again within 24 hours: the
    /// platform makes it once. After that, [`Client::find_payments`] tells. [`Error::PaymentDeclined`] holds a payment
    /// that was made and declined: store its id.
    ///
    /// ```no_run
    /// # async fn example(client: worldline_connect::Client) -> Result<(), worldline_connect::Error> {
    /// use worldline_connect::{AmountOfMoney, CreatePayment, IdempotenceKey};
    ///
    /// let ten_euro_99 = AmountOfMoney::new(10_99, "EUR");
    /// let wish = CreatePayment::new(ten_euro_99, "DE", "ORDER-1-attempt-1", "https://shop.example/thanks");
    /// let key = IdempotenceKey::new("0f0e5f3c-0000-4000-8000-000000000001")?;
    /// let created = client.create_payment(&wish, &key).await?;
    /// println!("{} is paid at {:?}", created.answer.payment.id, created.answer.redirect_url());
    /// # Ok(())
    /// # }
    /// ```
    pub async fn create_payment(
        &self,
        wish: &CreatePayment,
        key: &IdempotenceKey,
    ) -> Result<Repeatable<CreatedPayment>, Error> {
        wish.check(self.inner.local)?;
        self.post(Call::CreatePayment, self.url(&["payments"])?, &wish.body(), key).await
    }

    /// Asks how a payment stands: the only word on which to ship.
    pub async fn payment(&self, id: &str) -> Result<Payment, Error> {
        self.get(Call::Payment, self.url(&["payments", id])?).await
    }

    /// Finds payments by the merchant's reference: the way back after a lost answer.
    pub async fn find_payments(&self, wanted: &FindPayments) -> Result<Vec<Payment>, Error> {
        let mut url = self.url(&["payments"])?;
        let limit = wanted.limit.clamp(1, 100).to_string();
        query(&mut url, &[("merchantReference", Some(&wanted.merchant_reference)), ("limit", Some(&limit))]);
        Ok(self.get::<Found>(Call::FindPayments, url).await?.payments)
    }
}

fn query(url: &mut Url, pairs: &[(&str, Option<&str>)]) {
    let mut query = url.query_pairs_mut();
    for (name, value) in pairs {
        if let Some(value) = value {
            query.append_pair(name, value);
        }
    }
}
