//! The problem codes that the console decides by, beside those of `checkout_api::code`.

/// 401: login, password or both are wrong, or the account is not active. One answer for all.
pub const WRONG_CREDENTIALS: &str = "wrong_credentials";
/// 401: the password is right; send it again with `code`. A wrong or used code is answered the same.
pub const SECOND_FACTOR_NEEDED: &str = "second_factor_needed";
/// 429: too many wrong tries for this login or from this address; wait for `Retry-After`.
pub const TOO_MANY_LOGINS: &str = "too_many_logins";
/// 401: no session, or it has ended.
pub const NOT_SIGNED_IN: &str = "not_signed_in";
/// 403: a request with the cookie came without the right `X-CSRF-Token`.
pub const CSRF: &str = "csrf";
/// 403: the role may not do this.
pub const ROLE_TOO_LOW: &str = "role_too_low";
/// 403: more than this person may refund at once or in a day.
pub const REFUND_LIMIT: &str = "refund_limit";
/// 403: the token is for another order, or not for this.
pub const SCOPE: &str = "scope";
/// 422: the password is too short, too common or holds the login.
pub const WEAK_PASSWORD: &str = "weak_password";
/// 409: there is a member of staff with this login.
pub const LOGIN_TAKEN: &str = "login_taken";
/// 409: nobody could manage the staff any more.
pub const LAST_ADMIN: &str = "last_admin";
/// 409: nothing may be refunded of this order: it is not paid.
pub const NOT_PAID: &str = "not_paid";
/// 409: all of it went back already.
pub const NOTHING_LEFT: &str = "nothing_left";
/// 409: more than remains, of the order, of a line or of shipping.
pub const REFUND_TOO_LARGE: &str = "refund_too_large";
/// 409: the bank takes no refund of this payment; it can be recorded only.
pub const REFUND_NOT_SUPPORTED: &str = "refund_not_supported";
