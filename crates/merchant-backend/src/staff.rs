//! The merchant's staff: who may sign in and how. Pure parts and the sign-in itself; routes are in `routes/staff*`, who
//! may do what is `access`.

pub(crate) mod accounts;
pub(crate) mod address;
pub(crate) mod password;
pub(crate) mod second_factor;
pub(crate) mod session;
pub(crate) mod sign_in;
pub(crate) mod tries;

pub use accounts::{AccountError, create, is_login, reset};
pub use password::WeakPassword;
