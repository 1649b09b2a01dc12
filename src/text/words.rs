//! The list of every string the buyer or the merchant can see. Strings are data: a language is one value of [`Words`].
//!
//! `{amount}`, `{order}`, `{code}`, `{option}`, `{host}` are filled by the typed functions of `text.rs`.

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident,)+) => {
        /// All strings of one language. A missing one does not compile.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct Words {
            $($(#[$doc])* pub $name: &'static str,)+
        }

        impl Words {
            /// Every string with its name, for checks.
            pub fn all(&self) -> Vec<(&'static str, &'static str)> {
                vec![$((stringify!($name), self.$name),)+]
            }
        }
    };
}

words! {
    /// Under the brand in the option.
    instruments,
    /// Above the amount.
    to_pay,
    /// The pay button before the amount is known.
    pay,
    /// The pay button. `{amount}`
    pay_amount,
    /// The pay button of a payment already begun.
    go_on,
    /// The order number. `{order}`
    order,
    /// Under the pay button.
    assurance,
    /// Above the ways to pay.
    ways,
    /// A way to pay.
    way_card,
    /// A way to pay.
    way_a2a,
    /// A way to pay.
    way_alipayplus,
    /// The button while the session is opened.
    opening,
    /// While that takes long.
    opening_slow,
    /// The button while the browser leaves.
    redirecting,
    /// When the browser refused to leave.
    redirect_refused,
    /// The link in that case.
    open_page,
    /// Awaiting: heading.
    awaiting,
    /// Awaiting: what to expect.
    awaiting_text,
    /// Awaiting: offline.
    awaiting_offline,
    /// Awaiting: the last question failed.
    awaiting_retrying,
    /// Paid: heading.
    paid,
    /// Paid: text.
    paid_text,
    /// Refunded: heading.
    refunded,
    /// Refunded: text.
    refunded_text,
    /// Declined: heading.
    declined,
    /// Declined: text when another try is offered.
    declined_text,
    /// Declined: text when none is.
    declined_final,
    /// The bank's code. `{code}`
    bank_code,
    /// Expired: heading.
    expired,
    /// Expired: text.
    expired_text,
    /// Cancelled: heading.
    cancelled,
    /// Cancelled: text.
    cancelled_text,
    /// Unresolved: heading.
    unresolved,
    /// Unresolved: text.
    unresolved_text,
    /// Button after a refusal.
    try_again,
    /// Button after expiry or cancellation.
    pay_again,
    /// Button of the unresolved screen.
    check_again,
    /// Button of a page that is too old.
    reload,
    /// Notice: the backend could not be reached.
    notice_network,
    /// Notice: the backend or the bank is busy.
    notice_busy,
    /// Notice: the page is too old.
    notice_token_stale,
    /// Notice: the shop's page stopped the payment.
    notice_host_stopped,
    /// Notice: the backend refused.
    notice_refused,
    /// Notice: the session of the address does not exist.
    notice_session_not_found,
    /// Set-up error: heading.
    setup_error,
    /// Set-up error: what it means for the buyer.
    setup_error_text,
    /// Set-up error: an option is absent. `{option}`
    setup_missing,
    /// Set-up error: an option is wrong. `{option}`
    setup_invalid,
    /// Set-up error: the payment page's address cannot be read.
    setup_page_unreadable,
    /// Set-up error: the payment page is not https.
    setup_page_not_https,
    /// Set-up error: the payment page's host is not allowed. `{host}`
    setup_page_host,
}
