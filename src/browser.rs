//! Every call into the browser, one file per part of it. No decisions here: what happens is turned into an event,
//! what is asked for is done.

pub mod backend;
pub mod clock;
pub mod focus;
pub mod host;
pub mod lifecycle;
pub mod navigation;
pub mod page;
pub mod random;
pub mod script;
pub mod storage;
