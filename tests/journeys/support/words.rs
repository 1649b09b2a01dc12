//! What the widget and the backend's status page say in English: the sentences journeys wait for, in one place.

pub(crate) const PAID: &str = "Paid";
pub(crate) const DECLINED: &str = "Payment declined";
pub(crate) const EXPIRED: &str = "Time to pay has run out";
pub(crate) const AWAITING: &str = "Waiting for the payment to be confirmed";
