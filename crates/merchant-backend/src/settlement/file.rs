//! Which provider's file it is, by its first bytes, and its rows whichever it is.

use std::io::{self, BufRead};

use super::Entry;
use crate::provider::alipayplus::wx::WxRows;
use crate::provider::alliancepay::register::{NotARegister, Register};

const GZIP: &[u8] = b"\x1f\x8b";
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// A settlement file of any provider.
#[derive(Debug)]
pub enum SettlementFile<R: BufRead> {
    /// The bank's register.
    Register(Register<R>),
    /// Worldline's report about Alipay+.
    Wx(Box<WxRows<R>>),
}

impl<R: BufRead> SettlementFile<R> {
    /// Looks at the first bytes: XML, packed or not, is Worldline's; anything else must be a register.
    pub fn open(mut input: R) -> Result<Self, NotARegister> {
        let begins = input.fill_buf()?;
        let text = begins.strip_prefix(BYTE_ORDER_MARK).unwrap_or(begins);
        let is_xml = text.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'<');
        if begins.starts_with(GZIP) || is_xml {
            return Ok(Self::Wx(Box::new(WxRows::new(input))));
        }
        Register::open(input).map(Self::Register)
    }

    /// The word for its kind.
    pub const fn format(&self) -> &'static str {
        match self {
            Self::Register(_) => "alliancepay-register",
            Self::Wx(_) => "worldline-wx",
        }
    }
}

impl<R: BufRead> Iterator for SettlementFile<R> {
    type Item = io::Result<Entry>;

    fn next(&mut self) -> Option<Self::Item> {
        match self {
            Self::Register(rows) => rows.next(),
            Self::Wx(rows) => rows.next(),
        }
    }
}
