//! The platform's daily settlement file ("WX", a scheduled report): which payments were collected, given back, charged
//! back. Read record by record, so that a file of any size costs the memory of one record.
//!
//! Sources: the record codes come from the reporting pages of sibling products, the XML's shape from the importer in
//! Worldline's older Magento plugin. No sample for Alipay+ is public, so the reader takes both families of codes, ignores
//! elements it does not know and keeps words it does not know.
//!
//! ```
//! # fn read(file: &[u8]) -> Result<(), worldline_connect::wx::WxError> {
//! use worldline_connect::wx::{Meaning, WxReader};
//!
//! for record in WxReader::new(file) {
//!     let record = record?;
//!     if record.meaning() == Meaning::Collected {
//!         println!("{} is PAID: {:?}", record.payment_id(), record.delivered);
//!     }
//! }
//! # Ok(())
//! # }
//! ```

mod reader;
mod record;

pub use reader::{WxError, WxReader};
pub use record::{Meaning, WxRecord};
