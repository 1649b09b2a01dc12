//! Every code a problem can have, with its status and what the caller does about it: the documents are written from
//! this, and a debug build stops at a problem that is not in it.

/// One kind of problem.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kind {
    pub(crate) code: &'static str,
    pub(crate) status: u16,
    /// When it comes and what to do, for the caller's developer.
    pub(crate) meaning: &'static str,
}

/// The kind of a code; one that comes with several statuses is written `code@status`.
pub(crate) fn kind(code: &str) -> Option<&'static Kind> {
    let (code, status) = match code.split_once('@') {
        Some((code, status)) => (code, status.parse().ok()),
        None => (code, None),
    };
    KINDS.iter().find(|kind| kind.code == code && status.is_none_or(|status: u16| kind.status == status))
}

/// Whether a code may come with a status.
pub(crate) fn is_known(code: &str, status: u16) -> bool {
    KINDS.iter().any(|kind| kind.code == code && kind.status == status)
}

const fn of(code: &'static str, status: u16, meaning: &'static str) -> Kind {
    Kind { code, status, meaning }
}

/// Sorted by status.
pub(crate) const KINDS: &[Kind] = &[
    of(
        "invalid_request",
        400,
        "The request cannot be read or breaks a rule; `detail` says which. Do not repeat it unchanged.",
    ),
    of("shop_key_invalid", 401, "Send the shop key as `Authorization: Bearer KEY`."),
    of(
        "order_token_invalid",
        401,
        "The order token is unknown or older than 24 hours: the shop gets a new one by putting the order.",
    ),
    of(
        "not_signed_in",
        401,
        "Neither key nor session, or the session or console token has ended: sign in, or get a new one.",
    ),
    of("wrong_credentials", 401, "Login or password are wrong, or the account is not active."),
    of(
        "second_factor_needed",
        401,
        "The password is right: send it again with `code`. A wrong or used code is answered the same.",
    ),
    of("csrf", 403, "Send the `csrf` of `GET /v1/staff/session` as `X-CSRF-Token`."),
    of("role_too_low", 403, "The role may not do this; `detail` says which one may."),
    of("scope", 403, "The console token is for another order, or only reads."),
    of(
        "refund_limit",
        403,
        "More than this person may refund at once or in a day: somebody with a higher limit may.",
    ),
    of("wrong_credentials", 403, "`current` is not the own password."),
    of("second_factor_needed", 403, "The code is wrong or was used: wait for the next one."),
    of("not_found", 404, "There is no such thing, or it is not this caller's."),
    of("method_not_allowed", 405, "The address does not take this method."),
    of("request_timeout", 408, "The body did not arrive in time. Send it again."),
    of("second_factor_on", 409, "The second factor is on: switch it off before a new one is set up."),
    of("login_taken", 409, "There is an account with this login."),
    of("last_admin", 409, "Nobody could manage the staff any more: make somebody else an admin first."),
    of(
        "order_locked",
        409,
        "The sum cannot change while an attempt to pay lives or after money came. Wait, or use a new order number.",
    ),
    of("order_already_paid", 409, "The bank has this order's money: show the session in `session`."),
    of(
        "idempotency_key_in_use",
        409,
        "The same key is still being worked on. Send the same request after `Retry-After`.",
    ),
    of("not_paid", 409, "Only a CAPTURED, PAID or PARTIALLY_REFUNDED order can be refunded."),
    of("nothing_left", 409, "All of it went back or is on its way."),
    of("refund_too_large", 409, "More than remains of the payment, the line or shipping."),
    of("refund_changed", 409, "It comes to another sum than `expectedMinor`: something went back meanwhile."),
    of(
        "several_payments",
        409,
        "The money came in several payments, and one refund takes from one: `detail` says how much at most.",
    ),
    of(
        "waits_for_settlement",
        409,
        "Alipay+ gives money back only after it was collected: try again when `refundable` says so.",
    ),
    of(
        "refund_not_supported",
        409,
        "The bank does not refund this payment: pay back another way and record it with `offline`.",
    ),
    of("too_large", 413, "The body is larger than this address takes."),
    of("weak_password", 422, "The password is too short, too common or holds the login."),
    of(
        "not_a_register",
        422,
        "The file is neither a register of the bank nor a WX file in XML; `detail` says why.",
    ),
    of("idempotency_key_reused", 422, "The key came with another body before: a new wish needs a new key."),
    of("product_not_offered", 422, "Neither this order nor this backend's terminals offer that way to pay."),
    of(
        "return_url_refused",
        422,
        "`returnUrl` is not https, too long, or its host is not in `shop.return_hosts`.",
    ),
    of(
        "too_many_logins",
        429,
        "Too many wrong tries for this login or from this address. Wait for `Retry-After` seconds.",
    ),
    of("rate_limited", 429, "Too many requests. Wait for `Retry-After` seconds."),
    of(
        "bank_refused",
        502,
        "The bank refused the order; the merchant must act. `detail` has the bank's code.",
    ),
    of(
        "bank_unavailable",
        503,
        "The bank did not answer. Nothing is lost: send the same request with the same key after `Retry-After`.",
    ),
    of(
        "unavailable",
        503,
        "The ledger cannot be used right now. Send the same request, with the same key, after `Retry-After`: what is done is not done twice.",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_stands_once_and_the_list_is_sorted_by_status() {
        let mut codes: Vec<(&str, u16)> = KINDS.iter().map(|kind| (kind.code, kind.status)).collect();
        assert!(KINDS.is_sorted_by_key(|kind| kind.status));
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), KINDS.len());
    }
}
