//! JSON → the wire types, read by the browser's own parser: a JSON library in the wasm would cost every shopper 19 kB.
//!
//! The golden files of `checkout-api` hold this reading equal to serde's.

use checkout_api::{
    Anomaly, Checkout, OpenSession, OrderRef, OrderToken, Outcome, PaymentSession, PaymentState, Product,
    Revision, SessionId,
};
use js_sys::{Array, JSON, Number, Object, Reflect};
use money::{Amount, Currency};
use wasm_bindgen::{JsCast, JsValue};

/// A JSON value in the browser's hands.
#[derive(Debug, Clone)]
pub struct Json(JsValue);

impl Json {
    /// What the browser has parsed.
    pub const fn new(parsed: JsValue) -> Self {
        Self(parsed)
    }

    /// A session, from either route.
    pub fn payment_session(&self) -> Option<PaymentSession> {
        Some(PaymentSession {
            session: SessionId::new(self.text("session")?),
            order: OrderRef::new(self.text("order")?),
            state: PaymentState::from(self.text("state")?),
            reason: self.text("reason"),
            revision: Revision(u64::try_from(self.integer("revision")?).ok()?),
            amount: self.amount("amount")?,
            page: self.text("page"),
            expires_at: self.text("expiresAt"),
            outcome: Outcome::from(self.text("outcome")?),
            anomalies: self.words("anomalies", Anomaly::from),
            can_retry: self.flag("canRetry"),
        })
    }

    /// The order behind an order token.
    pub fn checkout(&self) -> Option<Checkout> {
        Some(Checkout {
            order: OrderRef::new(self.text("order")?),
            amount: self.amount("amount")?,
            description: self.text("description"),
            products: self.words("products", Product::from),
            session: self.text("session").map(SessionId::new),
            state: self.text("state").map(PaymentState::from),
            can_retry: self.flag("canRetry"),
            order_token_expires_at: self.text("orderTokenExpiresAt")?,
        })
    }

    /// The answer of a shop's `token-url`.
    pub fn order_token(&self) -> Option<OrderToken> {
        self.text("orderToken").filter(|token| !token.is_empty()).map(OrderToken::new)
    }

    /// A text field; `None` when absent, null or of another kind.
    pub fn text(&self, field: &str) -> Option<String> {
        self.field(field).as_string()
    }

    fn field(&self, field: &str) -> JsValue {
        Reflect::get(&self.0, &field.into()).unwrap_or(JsValue::UNDEFINED)
    }

    fn flag(&self, field: &str) -> bool {
        self.field(field).is_truthy()
    }

    /// What a field holds.
    #[must_use]
    pub fn inside(&self, field: &str) -> Self {
        Self(self.field(field))
    }

    /// An exact integer; a fraction is refused rather than rounded.
    pub fn integer(&self, field: &str) -> Option<i64> {
        let value = self.field(field);
        let exact = Number::is_safe_integer(&value).then(|| value.unchecked_into::<Number>())?;
        String::from(exact.to_string_with_radix(10).ok()?).parse().ok()
    }

    fn amount(&self, field: &str) -> Option<Amount> {
        let amount = self.inside(field);
        let currency: Currency = amount.text("currency")?.parse().ok()?;
        Amount::new(amount.integer("minor")?, currency).ok()
    }

    fn words<T>(&self, field: &str, word: fn(String) -> T) -> Vec<T> {
        let list: Array = self.field(field).dyn_into().unwrap_or_default();
        list.iter().filter_map(|item| item.as_string()).map(word).collect()
    }
}

/// The body of `POST /v1/payment-sessions`.
pub fn open_session(body: &OpenSession) -> String {
    let object = Object::new();
    let set = |field: &str, value: Option<&str>| {
        if let Some(value) = value {
            // A plain object of our own takes every field.
            let _ = Reflect::set(&object, &field.into(), &value.into());
        }
    };
    set("product", body.product.as_ref().map(Product::as_str));
    set("locale", body.locale.as_deref());
    JSON::stringify(&object).map(String::from).unwrap_or_default()
}
