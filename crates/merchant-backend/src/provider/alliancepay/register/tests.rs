use super::*;

const HEADING: &str = "merchantAliasId;operationId;rrn;coinAmount;merchantCommission;STAN;merchantComment";

#[test]
fn the_columns_the_documents_name_are_read() {
    let rows = read(&format!("{HEADING}\nshop-1;op-1;123456789012;12905;194;000001;Order A-1001..\n"));
    let row = rows[0].row.as_ref().unwrap();
    assert_eq!(row.movement, Movement::Payment);
    assert_eq!((row.amount_minor, row.commission_minor, row.net_minor), (12_905, 194, 12_711));
    assert_eq!(row.currency, "UAH");
    assert_eq!(row.operation_id.as_deref(), Some("op-1"));
    assert_eq!(row.rrn.as_deref(), Some("123456789012"));
    assert_eq!(row.order_hint.as_deref(), Some("A-1001"));
    assert_eq!(row.mark.as_deref(), Some("000001"));
    assert_eq!((rows[0].number, rows[0].line), (1, 2));
}

#[test]
fn other_writings_mean_the_same_row() {
    let plain = "operationId,type,coinAmount,currency,merchantCommission,date\nop-1,PURCHASE,12905,980,194,2026-11-21\n";
    let writings = [
        plain.replace('\n', "\r\n"),
        format!("\u{feff}{plain}"),
        plain.replace(',', ";"),
        plain.replace(',', "\t"),
        "Operation ID;TYPE;Coin_Amount;Currency;Merchant commission;Date\nop-1;purchase;129,05;UAH;1,94;21.11.2026\n".to_owned(),
        "Register of 21.11.2026\n\noperationId;amount;commission;type;date;\nop-1;129.05;1.94;35;2026.11.21 10:00;\n".to_owned(),
        "operationId,type,amount,commission,date\n\"op-1\",\"PURCHASE\",\"129,05\",\"1,94\",2026-11-21T10:00:00Z\n".to_owned(),
    ];
    let expected = read(plain)[0].fingerprint();
    for written in writings {
        let rows = read(&written);
        assert_eq!(rows.len(), 1, "{written}");
        assert_eq!(rows[0].fingerprint(), expected, "{written} {:?}", rows[0]);
    }
}

#[test]
fn a_refund_is_below_zero_however_it_is_written() {
    let heading = "operationId;type;amount;commission;net";
    for written in ["op-1;REFUND;60.00;0.90;59.10", "op-1;REFUND;-60.00;-0.90;-59.10", "op-1;;-60;-0,9;-59,1"]
    {
        let rows = read(&format!("{heading}\n{written}"));
        let row = rows[0].row.as_ref().unwrap();
        assert_eq!(row.movement, Movement::Refund, "{written}");
        assert_eq!(
            (row.amount_minor, row.commission_minor, row.net_minor),
            (-6_000, -90, -5_910),
            "{written}"
        );
    }
}

#[test]
fn a_bad_row_is_told_and_the_next_one_is_read() {
    let text = format!(
        "{HEADING}\na;b;c\n;op-1;;x;0;;\n;op-2;;;0;;\n;\"op-3;;100;0;;\n;op-4;;100;0;;\n;;;;;;Total\n"
    );
    let rows = read(&text);
    let bad: Vec<_> =
        rows.iter().filter_map(|entry| Some(entry.row.as_ref().err()?.reason.as_str())).collect();
    assert_eq!(
        bad,
        [
            "the row has 3 values, the heading names 7 columns",
            "`coinAmount` is not a sum",
            "`coinAmount` is empty",
            "the row has 2 values, the heading names 7 columns",
            "`coinAmount` is empty",
        ]
    );
    assert_eq!(rows[4].row.as_ref().unwrap().operation_id.as_deref(), Some("op-4"));
    assert_eq!(rows.len(), 6);
}

#[test]
fn what_is_not_ours_to_keep_is_masked() {
    let rows = read(
        "operationId;senderName;cardNumberMask;coinAmount\nop-1;Petrenko;44411111****0095;100\nPetrenko;1;x\n",
    );
    let raw = &rows[0].row.as_ref().unwrap().raw;
    assert_eq!(raw, "operationId=op-1; coinAmount=100; 2 more: ***");
    assert_eq!(rows[1].row.as_ref().unwrap_err().raw, "***");
}

#[test]
fn a_comment_tells_its_request_only_where_no_id_does() {
    let request = "0f0e5f3c-0000-4000-8000-000000000001";
    for (operation, rrn, expected) in
        [("", "-1", Some(request)), ("op-1", "", None), ("", "123456789012", None)]
    {
        let rows = read(&format!("{HEADING}\n;{operation};{rrn};1;0;;Order WC-1001 #{request}\n"));
        assert_eq!(rows[0].row.as_ref().unwrap().order_hint.as_deref(), expected);
    }
}

#[test]
fn a_missing_reference_is_none() {
    for none in ["-1", "", "000000000000"] {
        let rows = read(&format!("operationId;rrn;coinAmount\nop-1;{none};1"));
        assert_eq!(rows[0].row.as_ref().unwrap().rrn, None);
    }
}

#[test]
fn what_is_no_register_is_refused_in_words() {
    for text in ["", "\n\n", "operationId;rrn\na;b\n", "coinAmount\n1\n", "{\"a\": 1}"] {
        assert!(matches!(Register::open(text.as_bytes()), Err(NotARegister::NoHeading)), "{text}");
    }
    let late = format!("{}{HEADING}\n", "\n".repeat(20));
    assert!(matches!(Register::open(late.as_bytes()), Err(NotARegister::NoHeading)));
    assert!(matches!(Register::open(&b"\xff\xfeo\0"[..]), Err(NotARegister::Utf16)));
}

fn read(text: &str) -> Vec<Entry> {
    Register::open(text.as_bytes()).unwrap().map(Result::unwrap).collect()
}
