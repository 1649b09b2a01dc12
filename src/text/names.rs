//! The list of every text a buyer or a merchant can see: one entry per key of `texts/*.json`, in the keys' own
//! alphabetical order, because the loader hands a language over as a bare list in that order.

macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident = $key:literal,)+) => {
        /// A text, by what it is for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Text {
            $($(#[$doc])* $name,)+
        }

        impl Text {
            /// Every text with its key.
            pub const ALL: &'static [(Self, &'static str)] = &[$((Self::$name, $key),)+];
        }
    };
}

texts! {
    /// Above the pay button.
    Assurance = "assurance",
    /// Awaiting: heading.
    Awaiting = "awaiting",
    /// Opening, awaiting: offline.
    AwaitingOffline = "awaitingOffline",
    /// Awaiting: the last question failed.
    AwaitingRetrying = "awaitingRetrying",
    /// Awaiting: what to expect.
    AwaitingText = "awaitingText",
    /// The bank's code. `{code}`
    BankCode = "bankCode",
    /// Ready: why no other way can be chosen.
    Begun = "begun",
    /// Cancelled: heading.
    Cancelled = "cancelled",
    /// Cancelled: text.
    CancelledText = "cancelledText",
    /// Button of the unresolved screen.
    CheckAgain = "checkAgain",
    /// Declined: heading.
    Declined = "declined",
    /// Declined: text when none is.
    DeclinedFinal = "declinedFinal",
    /// Declined: text when another try is offered.
    DeclinedText = "declinedText",
    /// Expired: heading.
    Expired = "expired",
    /// Expired: text.
    ExpiredText = "expiredText",
    /// The pay button of a payment already begun.
    GoOn = "goOn",
    /// Under the brand in the option.
    Instruments = "instruments",
    /// The tag of the language itself.
    Lang = "lang",
    /// Notice: the backend or the bank is busy.
    NoticeBusy = "noticeBusy",
    /// Notice: the shop's page stopped the payment.
    NoticeHostStopped = "noticeHostStopped",
    /// Notice: the backend could not be reached.
    NoticeNetwork = "noticeNetwork",
    /// Notice: the backend refused.
    NoticeRefused = "noticeRefused",
    /// Notice: the session of the address does not exist.
    NoticeSessionNotFound = "noticeSessionNotFound",
    /// Notice: the page is too old.
    NoticeTokenStale = "noticeTokenStale",
    /// The link in that case.
    OpenPage = "openPage",
    /// The button while the session is opened.
    Opening = "opening",
    /// While that takes long.
    OpeningSlow = "openingSlow",
    /// The order number. `{order}`
    Order = "order",
    /// Paid: heading.
    Paid = "paid",
    /// Paid: text.
    PaidText = "paidText",
    /// The pay button before the amount is known.
    Pay = "pay",
    /// Button after expiry or cancellation.
    PayAgain = "payAgain",
    /// The pay button. `{amount}`
    PayAmount = "payAmount",
    /// Button beside the code.
    PayHere = "payHere",
    /// The quiet button under the pay button.
    Phone = "phone",
    /// When the browser refused to leave.
    RedirectRefused = "redirectRefused",
    /// The button while the browser leaves.
    Redirecting = "redirecting",
    /// Refunded: heading.
    Refunded = "refunded",
    /// Refunded: text.
    RefundedText = "refundedText",
    /// Button of a page that is too old.
    Reload = "reload",
    /// Awaiting a payment on the phone: heading.
    Scan = "scan",
    /// Awaiting a payment on the phone: what to do.
    ScanText = "scanText",
    /// Set-up error: heading.
    SetupError = "setupError",
    /// Set-up error: what it means for the buyer.
    SetupErrorText = "setupErrorText",
    /// Set-up error: an option is wrong. `{option}`
    SetupInvalid = "setupInvalid",
    /// Set-up error: an option is absent. `{option}`
    SetupMissing = "setupMissing",
    /// Set-up error: the payment page's host is not allowed. `{host}`
    SetupPageHost = "setupPageHost",
    /// Set-up error: the payment page is not https.
    SetupPageNotHttps = "setupPageNotHttps",
    /// Set-up error: the payment page's address cannot be read.
    SetupPageUnreadable = "setupPageUnreadable",
    /// Above the amount.
    ToPay = "toPay",
    /// Button after a refusal.
    TryAgain = "tryAgain",
    /// Unresolved: heading.
    Unresolved = "unresolved",
    /// Unresolved: text.
    UnresolvedText = "unresolvedText",
    /// A way to pay.
    WayA2a = "wayA2a",
    /// What will happen.
    WayA2aText = "wayA2aText",
    /// A way to pay.
    WayAlipayplus = "wayAlipayplus",
    /// What will happen.
    WayAlipayplusText = "wayAlipayplusText",
    /// A way to pay.
    WayCard = "wayCard",
    /// Above the ways to pay.
    Ways = "ways",
}
