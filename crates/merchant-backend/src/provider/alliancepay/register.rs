//! The bank's daily register: a delimited text file. The documents name some of its columns and nothing else of its
//! form, so separators, decimals, dates and extra columns are taken in every usual writing, and what is not
//! understood becomes a malformed row, never a guess.

mod columns;
mod sums;

use std::fmt::Write;
use std::io::{self, BufRead};

use csv::ByteRecord;
use jiff::civil::Date;
use money::Currency;
use sha2::{Digest, Sha256};

use super::comment::{self, Told};
use crate::settlement::lines::{Line, Lines, fields};
use crate::settlement::{Entry, Malformed, Movement, SettlementRow};
use columns::{Column, Columns};

/// The heading may stand below a title.
const LAST_LINE_OF_HEADING: u64 = 20;
const DELIMITERS: [u8; 4] = *b";,\t|";
const LONGEST_RAW: usize = 1024;
/// More characters than any id has: what is longer is no id, and is not kept.
const LONGEST_ID: usize = 128;
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";
/// A column that every writing of Worldline's report has, and no register of the bank.
const WX_COLUMN: &str = "recordcategory";

/// A file that is no register.
#[derive(Debug, thiserror::Error)]
pub enum NotARegister {
    /// It cannot be read.
    #[error("the file cannot be read: {0}")]
    Unreadable(#[from] io::Error),
    /// Two bytes to a letter.
    #[error("the file is written in UTF-16: save it as CSV in UTF-8")]
    Utf16,
    /// Another provider's report, in a writing that is not read.
    #[error("this is Worldline's WX report as text: have it sent as XML, which is taken packed or not")]
    WxNotXml,
    /// No heading.
    #[error(
        "none of its first lines names the columns: a register has at least `coinAmount` (or `amount`) and one of \
         `operationId`, `rrn`, `merchantComment`"
    )]
    NoHeading,
}

/// A register, row by row.
#[derive(Debug)]
pub struct Register<R> {
    lines: Lines<R>,
    columns: Columns,
    delimiter: u8,
    number: u64,
}

impl<R: BufRead> Register<R> {
    /// Reads as far as the heading.
    pub fn open(input: R) -> Result<Self, NotARegister> {
        let mut lines = Lines::new(input);
        while let Some(line) = lines.line()? {
            if line.number > LAST_LINE_OF_HEADING {
                break;
            }
            if line.number == 1
                && (line.bytes.starts_with(b"\xff\xfe") || line.bytes.starts_with(b"\xfe\xff"))
            {
                return Err(NotARegister::Utf16);
            }
            let text = line.bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(&line.bytes);
            if String::from_utf8_lossy(text).to_ascii_lowercase().contains(WX_COLUMN) {
                return Err(NotARegister::WxNotXml);
            }
            let heading = DELIMITERS
                .iter()
                .find_map(|delimiter| Some((*delimiter, Columns::of(&fields(text, *delimiter)?)?)));
            if let Some((delimiter, columns)) = heading {
                return Ok(Self { lines, columns, delimiter, number: 0 });
            }
        }
        Err(NotARegister::NoHeading)
    }

    fn next_entry(&mut self) -> io::Result<Option<Entry>> {
        loop {
            let Some((line, fields)) = self.lines.record(self.delimiter)? else { return Ok(None) };
            if line.bytes.iter().all(u8::is_ascii_whitespace) && !line.too_long {
                continue;
            }
            self.number += 1;
            let row = self.row(&line, fields.as_ref());
            return Ok(Some(Entry { number: self.number, line: line.number, ends_at: line.ends_at, row }));
        }
    }

    fn row(&self, line: &Line, fields: Option<&ByteRecord>) -> Result<SettlementRow, Malformed> {
        let read = match fields {
            Some(fields) if !line.too_long => self.read(fields),
            Some(_) | None => Err("the line is too long or its quotes do not close".to_owned()),
        };
        read.map_err(|reason| Malformed {
            reason,
            // With another number of values than columns, a name may stand where an id should.
            raw: fields
                .filter(|fields| fields.len() == self.columns.count())
                .map_or_else(|| "***".to_owned(), |fields| self.masked(fields)),
            hash: Sha256::digest(&line.bytes).to_vec(),
        })
    }

    fn read(&self, fields: &ByteRecord) -> Result<SettlementRow, String> {
        if fields.len() != self.columns.count() {
            return Err(format!(
                "the row has {} values, the heading names {} columns",
                fields.len(),
                self.columns.count()
            ));
        }
        let text = |column| self.columns.text(fields, column);
        let sum = |column: Column| match text(column) {
            None => Ok(None),
            Some(text) => sums::minor(&text, self.columns.in_minor_units())
                .map(Some)
                .map_err(|problem| format!("`{}` {problem}", self.columns.name(column))),
        };
        let amount = sum(Column::Amount)?
            .ok_or_else(|| format!("`{}` is empty", self.columns.name(Column::Amount)))?;
        let commission = sum(Column::Commission)?.unwrap_or(0);
        let net = sum(Column::Net)?;
        let kind = text(Column::Kind);
        let movement = movement(kind.as_deref(), amount);
        // A refund in plain numbers is turned round as a whole: the row means what leaves the merchant.
        let turn = movement == Movement::Refund && amount > 0;
        let signed = |minor: i64| if turn { -minor } else { minor };
        let (amount, commission) = (signed(amount), signed(commission));
        let currency = text(Column::Currency).unwrap_or_else(|| Currency::Uah.code().to_owned());
        let currency = Currency::from_numeric(&currency).map_or_else(
            |_| currency.to_uppercase().chars().take(LONGEST_ID).collect(),
            |known| known.code().to_owned(),
        );
        let id = |column| text(column).filter(|id| id.len() <= LONGEST_ID);
        let (provider_id, operation_id) = (id(Column::ProviderId), id(Column::OperationId));
        // What the bank writes where there is none.
        let rrn = id(Column::Rrn).filter(|rrn| rrn != "-1" && rrn.bytes().any(|byte| byte != b'0'));
        let has_id = provider_id.is_some() || operation_id.is_some() || rrn.is_some();
        let order_hint = match text(Column::Comment).as_deref().and_then(comment::read) {
            Some(Told::Order(number)) => Some(number),
            // It would find a payment of the request also where an id says that another one is meant.
            Some(Told::Request(request)) => Some(request).filter(|_| !has_id),
            None => None,
        };
        Ok(SettlementRow {
            movement,
            amount_minor: amount,
            currency,
            commission_minor: commission,
            net_minor: net.map_or(amount - commission, signed),
            provider_id,
            operation_id,
            rrn,
            order_hint,
            merchant_id: id(Column::Merchant),
            mark: id(Column::Mark),
            day: text(Column::Day).as_deref().and_then(day),
            raw: self.masked(fields),
        })
    }

    /// The columns we know as they came; of the others only that they are there.
    fn masked(&self, fields: &ByteRecord) -> String {
        let mut raw = String::new();
        for (name, text) in self.columns.known(fields) {
            let text: String = text.chars().take(LONGEST_ID).collect();
            if !raw.is_empty() {
                raw.push_str("; ");
            }
            raw.push_str(name);
            raw.push('=');
            raw.push_str(&text);
        }
        let others = fields.len().saturating_sub(self.columns.known(fields).count());
        if others > 0 {
            // Writing to a string cannot fail.
            let _ = write!(raw, "; {others} more: ***");
        }
        raw.chars().take(LONGEST_RAW).collect()
    }
}

impl<R: BufRead> Iterator for Register<R> {
    type Item = io::Result<Entry>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_entry().transpose()
    }
}

fn movement(kind: Option<&str>, amount: i64) -> Movement {
    let Some(kind) = kind else {
        return if amount < 0 { Movement::Refund } else { Movement::Payment };
    };
    match kind.to_ascii_uppercase().as_str() {
        "REFUND" | "76" => Movement::Refund,
        "PURCHASE" | "ACCOUNT_2_ACCOUNT" | "A2A" | "COMPLETION" | "35" | "54" | "102" if amount >= 0 => {
            Movement::Payment
        }
        _ => Movement::Other(kind.chars().take(40).collect()),
    }
}

/// `2026-07-09…`, `2026.07.09…` or `09.07.2026…`.
fn day(text: &str) -> Option<Date> {
    let day = text.get(..10)?.replace(['.', '/'], "-");
    let iso = || Date::strptime("%Y-%m-%d", &day).ok();
    iso().or_else(|| Date::strptime("%d-%m-%Y", &day).ok())
}

#[cfg(test)]
mod tests;
