//! Which column of a register is which: by its name, whatever its case and punctuation.

use csv::ByteRecord;

/// A column we know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    ProviderId,
    OperationId,
    Rrn,
    Comment,
    Merchant,
    Amount,
    Currency,
    Commission,
    Net,
    Kind,
    Day,
    Mark,
    /// Shown to people, used for nothing.
    Shown,
}

/// The columns' names in small letters and digits only; the earlier of two names for the same column wins.
const NAMES: [(&str, Column); 33] = [
    ("ecomoperationid", Column::ProviderId),
    ("operationid", Column::OperationId),
    ("rrn", Column::Rrn),
    ("merchantcomment", Column::Comment),
    ("merchantid", Column::Merchant),
    ("merchantaliasid", Column::Shown),
    (IN_MINOR_UNITS, Column::Amount),
    ("amount", Column::Amount),
    ("transactionamount", Column::Amount),
    ("sum", Column::Amount),
    ("transactioncurrency", Column::Currency),
    ("currencycode", Column::Currency),
    ("currency", Column::Currency),
    ("merchantcommission", Column::Commission),
    ("commission", Column::Commission),
    ("fee", Column::Commission),
    ("netamount", Column::Net),
    ("netcoinamount", Column::Net),
    ("net", Column::Net),
    ("type", Column::Kind),
    ("operationtype", Column::Kind),
    ("transactiontype", Column::Kind),
    ("settlementdate", Column::Day),
    ("registerdate", Column::Day),
    ("processingdatetime", Column::Day),
    ("transactiondatetime", Column::Day),
    ("operationdatetime", Column::Day),
    ("creationdatetime", Column::Day),
    ("date", Column::Day),
    ("stan", Column::Mark),
    ("hpporderid", Column::Shown),
    ("status", Column::Shown),
    ("approvalcode", Column::Shown),
];

/// Under this name a whole number counts kopecks.
const IN_MINOR_UNITS: &str = "coinamount";

/// The columns of one file.
#[derive(Debug)]
pub(super) struct Columns {
    /// By position: the name as written, and what it is.
    all: Vec<(String, Option<Column>)>,
    in_minor_units: bool,
}

impl Columns {
    /// The columns a heading names; `None` if it is no heading.
    pub(super) fn of(heading: &ByteRecord) -> Option<Self> {
        let names: Vec<(String, String)> = heading
            .iter()
            .map(|name| {
                let name = readable(name);
                let plain = name.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
                (name, plain.to_ascii_lowercase())
            })
            .collect();
        let mut all: Vec<(String, Option<Column>)> =
            names.iter().map(|(name, _)| (name.clone(), None)).collect();
        let mut in_minor_units = false;
        for (known, column) in NAMES {
            let taken = column != Column::Shown && all.iter().any(|(_, other)| *other == Some(column));
            let Some(index) = names.iter().position(|(_, plain)| plain == known).filter(|_| !taken) else {
                continue;
            };
            all[index].1 = Some(column);
            in_minor_units |= known == IN_MINOR_UNITS;
        }
        let has = |column| all.iter().any(|(_, other)| *other == Some(column));
        let keyed =
            [Column::ProviderId, Column::OperationId, Column::Rrn, Column::Comment].into_iter().any(has);
        (has(Column::Amount) && keyed).then_some(Self { all, in_minor_units })
    }

    pub(super) fn count(&self) -> usize {
        self.all.len()
    }

    pub(super) const fn in_minor_units(&self) -> bool {
        self.in_minor_units
    }

    /// The column's name as the file writes it.
    pub(super) fn name(&self, column: Column) -> &str {
        self.all.iter().find(|(_, other)| *other == Some(column)).map_or("", |(name, _)| name)
    }

    /// A value, unless it is empty.
    pub(super) fn text(&self, fields: &ByteRecord, column: Column) -> Option<String> {
        let index = self.all.iter().position(|(_, other)| *other == Some(column))?;
        let text = readable(fields.get(index)?);
        (!text.is_empty()).then_some(text)
    }

    /// The values of the columns we know, with their names.
    pub(super) fn known(&self, fields: &ByteRecord) -> impl Iterator<Item = (&str, String)> {
        self.all
            .iter()
            .zip(fields.iter().map(readable))
            .filter_map(|((name, column), text)| column.map(|_| (name.as_str(), text)))
    }
}

/// As text, whatever the bytes. Controls are no part of any value, and a database need not take them.
fn readable(bytes: &[u8]) -> String {
    let text: String =
        String::from_utf8_lossy(bytes).chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    text.trim().to_owned()
}
