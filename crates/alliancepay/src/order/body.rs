//! [`CreateOrder`] in the bank's spelling. What is absent is left out, never null.

use serde::Serialize;

use super::CreateOrder;
use super::page_info::PageInfoBody;
use crate::customer::CustomerData;
use crate::time::BankTime;
use crate::vocabulary::{DirectType, PayType, PaymentMethod, StatusPageType, TryMode};

/// [`CreateOrder`] as it goes over the wire.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CreateOrderBody<'a> {
    merchant_request_id: &'a str,
    merchant_id: &'a str,
    hpp_pay_type: &'a PayType,
    #[serde(skip_serializing_if = "Option::is_none")]
    direct_type: Option<&'a DirectType>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hpp_try_mode: Option<&'a TryMode>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expiration_time_minutes: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pre_auth_exp_date: Option<BankTime>,
    coin_amount: i64,
    currency_code: &'static str,
    payment_methods: &'a [PaymentMethod],
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    notification_url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    notification_encryption: Option<bool>,
    success_url: &'a str,
    fail_url: &'a str,
    status_page_type: &'a StatusPageType,
    #[serde(skip_serializing_if = "Option::is_none")]
    purpose: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    merchant_comment: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    priority_bank_code: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    payment_category_goal: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    generate_qr_nbu: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    editable_amount: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    never_expire: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hpp_page_additional_info: Option<PageInfoBody<'a>>,
    customer_data: &'a CustomerData,
}

impl<'a> CreateOrderBody<'a> {
    pub(super) fn of(order: &'a CreateOrder, merchant_id: &'a str) -> Self {
        Self {
            merchant_request_id: &order.merchant_request_id,
            merchant_id,
            hpp_pay_type: &order.pay_type,
            direct_type: order.direct_type.as_ref(),
            hpp_try_mode: order.try_mode.as_ref(),
            expiration_time_minutes: order.expiration_minutes,
            pre_auth_exp_date: order.preauth_expires,
            coin_amount: order.amount.minor(),
            currency_code: order.amount.currency().numeric(),
            payment_methods: &order.payment_methods,
            language: order.language.as_deref(),
            notification_url: order.notification_url.as_deref(),
            notification_encryption: order.notification_encryption.then_some(true),
            success_url: &order.success_url,
            fail_url: &order.fail_url,
            status_page_type: &order.status_page,
            purpose: order.purpose.as_deref(),
            merchant_comment: order.merchant_comment.as_deref(),
            priority_bank_code: order.priority_bank_code.as_deref(),
            payment_category_goal: order.payment_category_goal.as_deref(),
            generate_qr_nbu: order.nbu_qr.then_some(true),
            editable_amount: order.editable_amount.then_some(true),
            never_expire: order.never_expire.then_some(true),
            hpp_page_additional_info: order.page_basket.as_ref().and_then(PageInfoBody::of),
            customer_data: &order.customer,
        }
    }
}
