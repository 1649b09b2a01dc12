//! Pieces that several pages have.

pub mod bars;
pub mod busy_button;
pub mod copied;
pub mod dialog;
pub mod field;
pub mod icon;
pub mod link;
pub mod loaded;
pub mod mark;
pub mod notice;
pub mod once;
pub mod table;

pub use bars::{Figure, figure};
pub use busy_button::{Look, busy_button, button};
pub use copied::copied;
pub use dialog::{Dialog, dialog};
pub use field::{Field, field, select};
pub use icon::{Icon, icon};
pub use link::{external, order_link};
pub use loaded::{Load, loaded};
pub use mark::{Mark, Tone, chip, mark_of_operation, mark_of_refund, mark_of_state};
pub use notice::{failed, notice};
pub use once::Once;
pub use table::{cell, head, table};
