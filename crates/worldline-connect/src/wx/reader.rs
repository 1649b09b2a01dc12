//! The file as a stream of records: XML, packed with gzip or not.

use std::collections::BTreeMap;
use std::io::{BufReader, Chain, Cursor, Read};

use flate2::read::MultiGzDecoder;
use quick_xml::Reader;
use quick_xml::events::{BytesRef, Event};

use super::record::WxRecord;

const GZIP: [u8; 2] = [0x1f, 0x8b];
const RECORD: &[u8] = b"DataRecord";
const COUNT: &[u8] = b"NumberOfRecords";
/// A record is some hundred bytes; a field or a record beyond these is no settlement file.
const LONGEST_FIELD: usize = 4 * 1024;
const MOST_FIELDS: usize = 400;
/// What one element, comment or text may take once it is unpacked: a packed file of some megabytes can hold gigabytes of one.
const LONGEST_EVENT: usize = 1024 * 1024;

/// Why a file cannot be read on. What was read before stands: importing is idempotent.
#[derive(Debug, thiserror::Error)]
pub enum WxError {
    /// The file cannot be read or unpacked.
    #[error("the settlement file cannot be read: {0}")]
    Read(#[source] std::io::Error),
    /// It is no XML.
    #[error("the settlement file is not the XML that was expected, near record {record}: {reason}")]
    NotXml {
        /// How many records were begun.
        record: u64,
        /// What is wrong.
        reason: String,
    },
    /// It ends too early, or holds more or fewer records than it says.
    #[error("the settlement file says it has {declared} records and has {read}; fetch it again")]
    Count {
        /// `NumberOfRecords`.
        declared: u64,
        /// What was read.
        read: u64,
    },
    /// A field that must be there is not.
    #[error("record {record} of the settlement file has no {field}")]
    Missing {
        /// Counted from one.
        record: u64,
        /// The element.
        field: &'static str,
    },
    /// A number is not one.
    #[error("{field} of record {record} of the settlement file is not a whole number")]
    NotWhole {
        /// Counted from one.
        record: u64,
        /// The element.
        field: &'static str,
    },
}

/// The records of a file, one after another. A record that cannot be read is an error, and the next one follows; a file
/// that is torn or no XML ends with one.
pub struct WxReader<R: Read> {
    xml: Option<Reader<BufReader<Fenced<R>>>>,
    failed: Option<WxError>,
    walk: Walk,
    buffer: Vec<u8>,
    declared: Option<u64>,
    read: u64,
}

type Begun<R> = Chain<Cursor<Vec<u8>>, R>;

/// Lets so much through until it is opened again.
struct Fenced<R: Read> {
    input: Unpacked<R>,
    left: usize,
}

enum Unpacked<R: Read> {
    Plain(Begun<R>),
    Gzip(Box<MultiGzDecoder<Begun<R>>>),
}

impl<R: Read> WxReader<R> {
    /// Reads `input`, unpacking it when it is packed.
    pub fn new(mut input: R) -> Self {
        let mut begin = Vec::new();
        let failed = input.by_ref().take(2).read_to_end(&mut begin).err().map(WxError::Read);
        let packed = begin == GZIP;
        let input = Cursor::new(begin).chain(input);
        let input = if packed {
            Unpacked::Gzip(Box::new(MultiGzDecoder::new(input)))
        } else {
            Unpacked::Plain(input)
        };
        let xml = Reader::from_reader(BufReader::new(Fenced { input, left: LONGEST_EVENT }));
        Self { xml: Some(xml), failed, walk: Walk::default(), buffer: Vec::new(), declared: None, read: 0 }
    }

    fn step(&mut self) -> Result<Option<WxRecord>, WxError> {
        if let Some(failed) = self.failed.take() {
            return Err(failed);
        }
        let Some(mut xml) = self.xml.take() else { return Ok(None) };
        loop {
            self.buffer.clear();
            xml.get_mut().get_mut().left = LONGEST_EVENT;
            let event = xml.read_event_into(&mut self.buffer).map_err(|error| not_xml(self.read, &error))?;
            match event {
                Event::Start(start) => self.walk.open(start.local_name().as_ref(), self.read)?,
                Event::Text(text) => {
                    self.walk.say(&text.decode().map_err(|error| broken(self.read, &error))?, self.read)?;
                }
                Event::CData(text) => {
                    self.walk.say(&text.decode().map_err(|error| broken(self.read, &error))?, self.read)?;
                }
                Event::GeneralRef(reference) => {
                    self.walk.say(&resolved(&reference, self.read)?, self.read)?;
                }
                Event::End(end) => match self.walk.close(end.local_name().as_ref()) {
                    Closed::Record(fields) => {
                        self.read += 1;
                        self.xml = Some(xml);
                        return WxRecord::from_fields(fields, self.read).map(Some);
                    }
                    Closed::Count(text) => self.declared = text.parse().ok(),
                    Closed::Other => {}
                },
                Event::Eof => return self.end().map(|()| None),
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            }
        }
    }

    fn end(&self) -> Result<(), WxError> {
        if self.walk.inside.is_some() || self.walk.depth > 0 {
            return Err(broken(self.read, &"it ends in the middle"));
        }
        match self.declared {
            Some(declared) if declared != self.read => Err(WxError::Count { declared, read: self.read }),
            Some(_) | None => Ok(()),
        }
    }
}

impl<R: Read> Iterator for WxReader<R> {
    type Item = Result<WxRecord, WxError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.step().transpose()
    }
}

impl<R: Read> std::fmt::Debug for WxReader<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WxReader").field("read", &self.read).finish_non_exhaustive()
    }
}

impl<R: Read> Read for Fenced<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.left == 0 {
            let long = "an element without an end";
            return Err(std::io::Error::new(std::io::ErrorKind::InvalidData, long));
        }
        let most = buffer.len().min(self.left);
        let read = self.input.read(&mut buffer[..most])?;
        self.left -= read;
        Ok(read)
    }
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        match self {
            Self::Plain(input) => input.read(buffer),
            Self::Gzip(input) => input.read(buffer),
        }
    }
}

/// Where in the tree the reader is.
#[derive(Default)]
struct Walk {
    depth: usize,
    /// The fields of the record being read.
    inside: Option<BTreeMap<String, String>>,
    /// The text of the element being read.
    text: String,
}

enum Closed {
    Record(BTreeMap<String, String>),
    Count(String),
    Other,
}

impl Walk {
    fn open(&mut self, name: &[u8], record: u64) -> Result<(), WxError> {
        self.text.clear();
        self.depth += 1;
        if name == RECORD {
            if self.inside.is_some() {
                return Err(broken(record, &"a record inside a record"));
            }
            self.inside = Some(BTreeMap::new());
        }
        Ok(())
    }

    fn say(&mut self, text: &str, record: u64) -> Result<(), WxError> {
        self.text.push_str(text);
        if self.text.len() > LONGEST_FIELD { Err(broken(record, &"a field without an end")) } else { Ok(()) }
    }

    fn close(&mut self, name: &[u8]) -> Closed {
        self.depth = self.depth.saturating_sub(1);
        let text = std::mem::take(&mut self.text);
        let text = text.trim();
        if name == COUNT {
            return Closed::Count(text.to_owned());
        }
        if name == RECORD {
            return self.inside.take().map_or(Closed::Other, Closed::Record);
        }
        let fields = self.inside.as_mut().filter(|fields| fields.len() < MOST_FIELDS && !text.is_empty());
        if let Some(fields) = fields {
            fields.entry(String::from_utf8_lossy(name).into_owned()).or_insert_with(|| text.to_owned());
        }
        Closed::Other
    }
}

/// Only the five references of XML itself and numbers: a file has no business bringing its own.
fn resolved(reference: &BytesRef<'_>, record: u64) -> Result<String, WxError> {
    if let Some(letter) = reference.resolve_char_ref().map_err(|error| broken(record, &error))? {
        return Ok(letter.to_string());
    }
    let name = reference.decode().map_err(|error| broken(record, &error))?;
    let known = quick_xml::escape::resolve_xml_entity(&name);
    known.map(str::to_owned).ok_or_else(|| broken(record, &"an entity that is not XML's own"))
}

fn not_xml(record: u64, error: &quick_xml::Error) -> WxError {
    if let quick_xml::Error::Io(source) = error {
        return WxError::Read(std::io::Error::new(source.kind(), source.to_string()));
    }
    broken(record, error)
}

fn broken(record: u64, reason: &impl ToString) -> WxError {
    WxError::NotXml { record, reason: reason.to_string() }
}
