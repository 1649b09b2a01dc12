//! The request for a payment that the buyer makes on the wallet page, and its answer (Connect docs: create payment;
//! Alipay+ testing page).

use serde::Deserialize;
use serde_json::{Value, json};
use url::{Host, Url};

use crate::ALIPAY_PLUS;
use crate::amount::AmountOfMoney;
use crate::error::{Error, refuse};
use crate::lenient;
use crate::payment::Payment;
use crate::vocabulary::ActionType;

/// A request for a payment with the redirect input. Only these fields matter to Alipay+: there are none of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreatePayment {
    /// What the buyer pays; above zero.
    pub amount: AmountOfMoney,
    /// The buyer's country, ISO 3166-1 letters such as `HK`.
    pub country_code: String,
    /// The merchant's reference, the key of reconciliation: 1 to 30 characters.
    pub merchant_reference: String,
    /// Where the buyer comes back to: absolute, https, neither an IP address nor localhost. The platform appends `REF`
    /// (the payment's id) and `RETURNMAC`.
    pub return_url: String,
    /// The buyer's language, such as `en_GB`.
    pub locale: Option<String>,
    /// The payment product; Alipay+ unless changed.
    pub product: u32,
}

impl CreatePayment {
    /// A payment by Alipay+.
    pub fn new(
        amount: AmountOfMoney,
        country_code: impl Into<String>,
        merchant_reference: impl Into<String>,
        return_url: impl Into<String>,
    ) -> Self {
        Self {
            amount,
            country_code: country_code.into(),
            merchant_reference: merchant_reference.into(),
            return_url: return_url.into(),
            locale: None,
            product: ALIPAY_PLUS,
        }
    }

    /// Refuses what the platform would refuse. `local` allows return URLs on this machine, for a stand-in.
    pub(crate) fn check(&self, local: bool) -> Result<(), Error> {
        if self.amount.amount <= 0 {
            return refuse("order.amountOfMoney.amount", "above zero");
        }
        if !is_letters(&self.amount.currency_code, 3) {
            return refuse("order.amountOfMoney.currencyCode", "three capital letters");
        }
        if !is_letters(&self.country_code, 2) {
            return refuse("order.customer.billingAddress.countryCode", "two capital letters");
        }
        merchant_reference(&self.merchant_reference)?;
        return_url(&self.return_url, local)
    }

    pub(crate) fn body(&self) -> Value {
        let mut customer = json!({"billingAddress": {"countryCode": self.country_code}});
        if let Some(locale) = &self.locale {
            customer["locale"] = json!(locale);
        }
        json!({
            "order": {
                "amountOfMoney": self.amount,
                "customer": customer,
                "references": {"merchantReference": self.merchant_reference},
            },
            "redirectPaymentMethodSpecificInput": {
                "paymentProductId": self.product,
                "redirectionData": {"returnUrl": self.return_url},
            },
        })
    }
}

/// `merchantReference`: 30 characters at most on the platform of Alipay+.
pub(crate) fn merchant_reference(reference: &str) -> Result<(), Error> {
    if (1..=30).contains(&reference.chars().count()) {
        Ok(())
    } else {
        refuse("merchantReference", "1 to 30 characters")
    }
}

fn is_letters(code: &str, many: usize) -> bool {
    code.len() == many && code.bytes().all(|byte| byte.is_ascii_uppercase())
}

fn return_url(text: &str, local: bool) -> Result<(), Error> {
    const RULE: &str = "an absolute https address, neither an IP address nor localhost";
    let refused = || refuse("redirectionData.returnUrl", RULE);
    let Ok(url) = Url::parse(text) else { return refused() };
    if local {
        return if matches!(url.scheme(), "http" | "https") { Ok(()) } else { refused() };
    }
    match (url.scheme(), url.host()) {
        ("https", Some(Host::Domain(name))) if name != "localhost" => Ok(()),
        _ => refused(),
    }
}

/// The answer to a request that was taken: the payment, and where to send the buyer.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CreatedPayment {
    /// References of the platform.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub creation_output: CreationOutput,
    /// What the page has to do next; none when the payment ended at once.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub merchant_action: Option<MerchantAction>,
    /// The payment itself.
    pub payment: Payment,
}

impl CreatedPayment {
    /// The wallet page.
    pub fn redirect_url(&self) -> Option<&str> {
        self.merchant_action.as_ref()?.redirect_data.redirect_url.as_deref()
    }
}

/// References of the platform.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct CreationOutput {
    /// The first 20 characters of the payment's id.
    #[serde(deserialize_with = "lenient::text")]
    pub additional_reference: Option<String>,
    /// The payment's id once more.
    #[serde(deserialize_with = "lenient::text")]
    pub external_reference: Option<String>,
}

/// What the page has to do next.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct MerchantAction {
    /// What to do.
    pub action_type: ActionType,
    /// Where to send the buyer.
    #[serde(deserialize_with = "lenient::or_default")]
    pub redirect_data: RedirectData,
}

/// Where to send the buyer.
#[derive(Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub struct RedirectData {
    /// The wallet page.
    #[serde(rename = "redirectURL", deserialize_with = "lenient::text")]
    pub redirect_url: Option<String>,
    /// A random token that comes back in the return URL; it identifies the returning buyer and proves no payment.
    #[serde(rename = "RETURNMAC", deserialize_with = "lenient::text")]
    pub return_mac: Option<String>,
}

impl std::fmt::Debug for RedirectData {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The page's address is the right to pay this payment; the token is a secret of the returning buyer.
        f.write_str("RedirectData(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish() -> CreatePayment {
        let amount = AmountOfMoney::new(2_499, "HKD");
        CreatePayment::new(amount, "HK", "ORDER-1-attempt-1", "https://shop.example/return/abc")
    }

    #[test]
    fn the_body_is_the_documented_one() {
        let documented = json!({
            "order": {
                "amountOfMoney": {"currencyCode": "HKD", "amount": 2499},
                "customer": {"billingAddress": {"countryCode": "HK"}},
                "references": {"merchantReference": "ORDER-1-attempt-1"},
            },
            "redirectPaymentMethodSpecificInput": {
                "paymentProductId": 866,
                "redirectionData": {"returnUrl": "https://shop.example/return/abc"},
            },
        });
        assert_eq!(wish().body(), documented);
        assert!(wish().check(false).is_ok());
    }

    #[test]
    fn what_the_platform_would_refuse_is_not_sent() {
        let long = CreatePayment { merchant_reference: "x".repeat(31), ..wish() };
        let free = CreatePayment { amount: AmountOfMoney::new(0, "EUR"), ..wish() };
        let nowhere = CreatePayment { country_code: "Hong Kong".to_owned(), ..wish() };
        for wrong in [long, free, nowhere] {
            assert!(matches!(wrong.check(true), Err(Error::InvalidRequest { .. })), "{wrong:?}");
        }
    }

    #[test]
    fn a_return_url_is_public_unless_the_platform_itself_is_on_this_machine() {
        for (url, public, local) in [
            ("https://shop.example/thanks?order=1", true, true),
            ("http://shop.example/thanks", false, true),
            ("https://127.0.0.1/thanks", false, true),
            ("https://localhost/thanks", false, true),
            ("shop.example/thanks", false, false),
            ("javascript:alert(1)", false, false),
        ] {
            assert_eq!(return_url(url, false).is_ok(), public, "{url}");
            assert_eq!(return_url(url, true).is_ok(), local, "{url}");
        }
    }

    #[test]
    fn neither_the_page_nor_the_token_prints() {
        let data: RedirectData =
            serde_json::from_str(r#"{"RETURNMAC":"f1f2993f","redirectURL":"https://pay.example/x"}"#)
                .unwrap();
        let printed = format!("{data:?}");
        assert!(!printed.contains("f1f2993f") && !printed.contains("pay.example"));
        assert_eq!(data.redirect_url.as_deref(), Some("https://pay.example/x"));
    }
}
