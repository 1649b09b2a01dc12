//! The settlement file, read as a stream. No public sample shows Alipay+: these files are our own construction after
//! the documented codes and the importer's element names.

use std::io::{Read, Write as _};

use flate2::Compression;
use flate2::write::GzEncoder;
use worldline_connect::AmountOfMoney;
use worldline_connect::wx::{Meaning, WxError, WxReader, WxRecord};

fn record(order: u32, category: &str, kind: &str, status: u16) -> String {
    format!(
        "<DataRecord><MerchantID>88005</MerchantID><OrderID>{order}</OrderID><EffortID>1</EffortID>\
         <AttemptID>1</AttemptID><PaymentData><Recordcategory>{category}</Recordcategory>\
         <Recordtype>{kind}</Recordtype><PaymentStatus>{status}</PaymentStatus><PaymentGroupId>60</PaymentGroupId>\
         <PaymentProductId>866</PaymentProductId><AdditionalReference>A &amp; B-{order}</AdditionalReference>\
         <AmountDelivered>1099</AmountDelivered><CurrencyDelivered>EUR</CurrencyDelivered>\
         <DateCollect>20261124</DateCollect><Future>kept out</Future></PaymentData></DataRecord>\n"
    )
}

fn file(declared: usize, records: &[String]) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<WX><Header><NumberOfRecords> {declared} </NumberOfRecords>\
         </Header>\n<Data>{}</Data></WX>\n",
        records.concat()
    )
}

fn read(file: &str) -> Vec<Result<WxRecord, WxError>> {
    WxReader::new(file.as_bytes()).collect()
}

#[test]
fn records_come_one_by_one_with_ids_sums_and_meaning() {
    let records = [record(1_000_015_778, "X", "IP", 800), record(1_000_015_779, "+", "IP", 1000)];
    let [Ok(captured), Ok(paid)] = &read(&file(2, &records))[..] else { panic!("two records") };
    assert_eq!((captured.meaning(), paid.meaning()), (Meaning::Captured, Meaning::Collected));
    assert_eq!(paid.payment_id(), "000008800510000157790000100001");
    assert_eq!(paid.merchant_reference.as_deref(), Some("A & B-1000015779"));
    assert_eq!(paid.delivered, Some(AmountOfMoney::new(1_099, "EUR")));
    assert_eq!((paid.payment_status, paid.product), (Some(1000), Some(866)));
    assert_eq!(paid.date_collected.as_deref(), Some("20261124"));
}

#[test]
fn a_packed_file_reads_like_a_plain_one() {
    let plain = file(1, &[record(1, "+", "ON", 1000)]);
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(plain.as_bytes()).unwrap();
    let packed = packed.finish().unwrap();
    let from_packed: Vec<WxRecord> = WxReader::new(&packed[..]).map(Result::unwrap).collect();
    let from_plain: Vec<WxRecord> = read(&plain).into_iter().map(Result::unwrap).collect();
    assert_eq!(from_packed, from_plain);
}

#[test]
fn a_packed_file_cannot_hold_more_of_one_element_than_fits_in_memory() {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(b"<File><!--").unwrap();
    let line = [b' '; 1024];
    for _ in 0..64 * 1024 {
        packed.write_all(&line).unwrap();
    }
    let packed = packed.finish().unwrap();
    assert!(packed.len() < 100_000, "64 MiB in {} bytes", packed.len());
    let read: Vec<_> = WxReader::new(&packed[..]).collect();
    let [Err(error)] = &read[..] else { panic!("{read:?}") };
    assert!(error.to_string().contains("without an end"), "{error}");
}

#[test]
fn a_torn_file_gives_its_records_and_then_an_error() {
    let whole = file(2, &[record(1, "+", "IP", 1000), record(2, "+", "IP", 1000)]);
    for end in 0..whole.trim_end().len() {
        let Some(part) = whole.get(..end) else { continue };
        let read = read(part);
        assert!(read.last().is_none_or(Result::is_err) || part.is_empty(), "cut at {end}: {read:?}");
        assert!(read.iter().filter(|one| one.is_ok()).count() <= 2);
    }
    let missing = file(3, &[record(1, "+", "IP", 1000)]);
    assert!(matches!(read(&missing).last(), Some(Err(WxError::Count { declared: 3, read: 1 }))));
}

#[test]
fn what_is_not_a_settlement_file_is_said_to_be_none() {
    for wrong in [
        "<WX><DataRecord><MerchantID>1</MerchantID></DataRecord></WX>".to_owned(),
        "<WX><DataRecord><DataRecord></DataRecord></DataRecord></WX>".to_owned(),
        "<!DOCTYPE x [<!ENTITY a \"b\">]><WX><DataRecord><OrderID>&a;</OrderID></DataRecord></WX>".to_owned(),
        format!("<WX><DataRecord><OrderID>{}</OrderID></DataRecord></WX>", "1".repeat(10_000)),
        "<WX></DataRecord></WX>".to_owned(),
    ] {
        assert!(matches!(read(&wrong).last(), Some(Err(_))), "{wrong:.80}");
    }
}

/// Makes records for as long as it is read, so that nothing can hold the whole file.
struct Endless {
    left: u32,
    ready: std::io::Cursor<Vec<u8>>,
}

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.ready.read(buffer)?;
        if read > 0 || self.left == 0 {
            return Ok(read);
        }
        self.left -= 1;
        let next = if self.left == 0 { "</WX>".to_owned() } else { record(self.left, "+", "IP", 1000) };
        self.ready = std::io::Cursor::new(next.into_bytes());
        self.ready.read(buffer)
    }
}

#[test]
fn a_file_is_never_held_as_a_whole() {
    let begin = std::io::Cursor::new(b"<WX>".to_vec());
    let mut records = WxReader::new(Endless { left: 20_001, ready: begin });
    let many = records.by_ref().inspect(|one| assert!(one.is_ok(), "{one:?}")).count();
    assert_eq!(many, 20_000);
}
