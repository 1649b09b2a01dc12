//! A delimited file read record by record in bounded memory: a line too long, or a quote that is never closed, costs
//! that line and no other.

use std::collections::VecDeque;
use std::io::{self, BufRead, Read};

use csv::{ByteRecord, ReaderBuilder, Trim};

/// A longer line is no row.
const LONGEST_LINE: usize = 64 * 1024;
/// A quoted value may go on over this many more lines.
const MOST_LINES_MORE: usize = 8;

/// One line.
#[derive(Debug, Clone)]
pub struct Line {
    /// Counted from 1.
    pub number: u64,
    /// Without its end; cut where it is too long.
    pub bytes: Vec<u8>,
    /// Whether it was cut.
    pub too_long: bool,
    /// Where in the file the next one begins.
    pub ends_at: u64,
}

/// The lines of a file.
#[derive(Debug)]
pub struct Lines<R> {
    input: R,
    ahead: VecDeque<Line>,
    number: u64,
    offset: u64,
}

impl<R: BufRead> Lines<R> {
    /// From the beginning of `input`.
    pub const fn new(input: R) -> Self {
        Self { input, ahead: VecDeque::new(), number: 0, offset: 0 }
    }

    /// The next line.
    pub fn line(&mut self) -> io::Result<Option<Line>> {
        if let Some(line) = self.ahead.pop_front() {
            return Ok(Some(line));
        }
        let mut bytes = Vec::new();
        let longest = u64::try_from(LONGEST_LINE).unwrap_or(u64::MAX);
        let mut read = self.input.by_ref().take(longest).read_until(b'\n', &mut bytes)?;
        if read == 0 {
            return Ok(None);
        }
        let too_long = bytes.len() >= LONGEST_LINE && bytes.last() != Some(&b'\n');
        if too_long {
            read += self.input.skip_until(b'\n')?;
        }
        self.number += 1;
        self.offset += u64::try_from(read).unwrap_or(0);
        while bytes.last().is_some_and(|byte| matches!(byte, b'\n' | b'\r')) {
            bytes.pop();
        }
        Ok(Some(Line { number: self.number, bytes, too_long, ends_at: self.offset }))
    }

    /// The next record and its fields: one line, or more where a quoted value goes on.
    pub fn record(&mut self, delimiter: u8) -> io::Result<Option<(Line, Option<ByteRecord>)>> {
        let Some(first) = self.line()? else { return Ok(None) };
        if first.too_long {
            return Ok(Some((first, None)));
        }
        let mut whole = first.clone();
        let mut more = Vec::new();
        while is_open(&whole.bytes) && more.len() < MOST_LINES_MORE {
            let Some(next) = self.line()? else { break };
            if next.too_long || whole.bytes.len() + next.bytes.len() > LONGEST_LINE {
                more.push(next);
                break;
            }
            whole.bytes.push(b'\n');
            whole.bytes.extend_from_slice(&next.bytes);
            whole.ends_at = next.ends_at;
            more.push(next);
        }
        let joined = if more.is_empty() || !is_well_quoted(&whole.bytes, delimiter) {
            None
        } else {
            fields(&whole.bytes, delimiter)
        };
        if joined.is_some() {
            return Ok(Some((whole, joined)));
        }
        for line in more.into_iter().rev() {
            self.ahead.push_front(line);
        }
        let fields = fields(&first.bytes, delimiter);
        Ok(Some((first, fields)))
    }
}

/// The fields of one record; `None` if the text holds more than one.
pub fn fields(text: &[u8], delimiter: u8) -> Option<ByteRecord> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .trim(Trim::All)
        .buffer_capacity(text.len().max(1))
        .from_reader(text);
    let (mut record, mut rest) = (ByteRecord::new(), ByteRecord::new());
    let read = reader.read_byte_record(&mut record).ok()?;
    let more = reader.read_byte_record(&mut rest).ok()?;
    (read && !more).then_some(record)
}

/// Whether a quote stands open at the end.
fn is_open(text: &[u8]) -> bool {
    text.iter().fold(false, |open, byte| open != (*byte == b'"'))
}

/// Whether every quote opens or closes a whole value. What is not so written is never read over a line's end: it would
/// swallow the rows that follow.
fn is_well_quoted(text: &[u8], delimiter: u8) -> bool {
    enum At {
        Start,
        Bare,
        Quoted,
        AfterQuote,
    }
    let mut at = At::Start;
    for byte in text {
        at = match (at, *byte) {
            (At::Quoted, b'"') => At::AfterQuote,
            (At::Start | At::AfterQuote, b'"') | (At::Quoted, _) => At::Quoted,
            (At::Bare, b'"') => return false,
            (At::Start | At::Bare | At::AfterQuote, byte) if byte == delimiter => At::Start,
            (At::AfterQuote, _) => return false,
            (At::Start | At::Bare, _) => At::Bare,
        };
    }
    !matches!(at, At::Quoted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quoted_value_may_go_on_over_lines_and_an_unclosed_quote_costs_one_line() {
        assert_eq!(all("a;\"b\nc\";d\ne;f\n"), ["1 a|b\nc|d", "3 e|f"]);
        assert_eq!(all("a;\"b\nc;d\ne;f\n"), ["1 a|b", "2 c|d", "3 e|f"]);
        assert_eq!(all("a;b\"c\nd\";e\nf"), ["1 a|b\"c", "2 d\"|e", "3 f"]);
        assert_eq!(all("a;\"b\nc;\"d\ne;f"), ["1 a|b", "2 c|d", "3 e|f"]);
    }

    #[test]
    fn a_line_too_long_costs_itself_and_every_line_end_ends_one() {
        let long = "x".repeat(LONGEST_LINE + 5);
        assert_eq!(all(&format!("a\r\n{long}\nb;\n\nc")), ["1 a", "2 -", "3 b|", "4 ", "5 c"]);
        let exact = "y".repeat(LONGEST_LINE - 1);
        assert_eq!(all(&format!("{exact}\nz")), [format!("1 {exact}"), "2 z".to_owned()]);
    }

    fn all(text: &str) -> Vec<String> {
        let mut lines = Lines::new(text.as_bytes());
        let mut all = Vec::new();
        while let Some((line, fields)) = lines.record(b';').unwrap() {
            let fields = fields.map(|fields| {
                let texts: Vec<_> = fields.iter().map(String::from_utf8_lossy).collect();
                texts.join("|")
            });
            let empty = line.bytes.is_empty();
            all.push(format!(
                "{} {}",
                line.number,
                fields.unwrap_or(if empty { String::new() } else { "-".to_owned() })
            ));
        }
        all
    }
}
