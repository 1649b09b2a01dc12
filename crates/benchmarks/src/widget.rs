//! The widget's page and its peers' pages, from one server with brotli, in one browser, in turns.

mod conditions;
mod contestants;
mod measure;
mod picture;
mod server;
mod table;

pub use conditions::{CONDITIONS, Condition};
pub use contestants::{ADYEN, CONTESTANTS, Contestant, OURS, PLAIN, PREACT};
pub use measure::{Sample, take};
pub use picture::draw;
pub use server::{Files, Site};
pub use table::{Compared, Samples, Spread, cases, verdicts};
