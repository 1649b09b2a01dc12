-- Settlement: the providers' files, every row of them, and what each came to. Times are milliseconds UTC, days are
-- as the file writes them (YYYY-MM-DD), sums are signed: what leaves the merchant is below zero.

CREATE TABLE settlement_imports (
    id             INTEGER PRIMARY KEY,
    handle         TEXT    NOT NULL CONSTRAINT settlement_imports_handle_unique UNIQUE,
    -- The same file again is the same import.
    file_hash      BLOB    NOT NULL CONSTRAINT settlement_imports_file_unique UNIQUE,
    file_name      TEXT,
    format         TEXT    NOT NULL,
    imported_by    TEXT    NOT NULL,
    bytes          INTEGER NOT NULL,
    bytes_done     INTEGER NOT NULL DEFAULT 0,
    -- rows = matched + unmatched + mismatched + malformed, as the rows stand now.
    rows           INTEGER NOT NULL DEFAULT 0,
    already_known  INTEGER NOT NULL DEFAULT 0,
    matched        INTEGER NOT NULL DEFAULT 0,
    unmatched      INTEGER NOT NULL DEFAULT 0,
    mismatched     INTEGER NOT NULL DEFAULT 0,
    malformed      INTEGER NOT NULL DEFAULT 0,
    started_at     INTEGER NOT NULL,
    updated_at     INTEGER NOT NULL,
    -- Null: the file was not read to its end.
    finished_at    INTEGER,
    CONSTRAINT settlement_imports_none_lost CHECK (rows = matched + unmatched + mismatched + malformed)
) STRICT;

CREATE TABLE settlement_rows (
    id                INTEGER PRIMARY KEY,
    -- Equal rows of one file are counted: the second of them is another row.
    fingerprint       BLOB    NOT NULL,
    occurrence        INTEGER NOT NULL,
    kind              TEXT    NOT NULL
                      CONSTRAINT settlement_rows_kind_known
                      CHECK (kind IN ('matched', 'unmatched', 'mismatched', 'malformed')),
    reason            TEXT,
    detail            TEXT,
    -- What it settles, or is about without settling it.
    operation         TEXT    CONSTRAINT settlement_rows_operation_exists REFERENCES operations (id),
    movement          TEXT,
    amount_minor      INTEGER,
    commission_minor  INTEGER,
    net_minor         INTEGER,
    currency          TEXT,
    provider_id       TEXT,
    operation_id      TEXT,
    rrn               TEXT,
    order_hint        TEXT,
    merchant_id       TEXT,
    day               TEXT    NOT NULL,
    raw               TEXT    NOT NULL,
    recorded_by       TEXT    NOT NULL,
    recorded_at       INTEGER NOT NULL,
    matched_at        INTEGER,
    CONSTRAINT settlement_rows_once UNIQUE (fingerprint, occurrence),
    CONSTRAINT settlement_rows_matched_whole
        CHECK (kind <> 'matched' OR (operation IS NOT NULL AND matched_at IS NOT NULL AND net_minor IS NOT NULL))
) STRICT;

-- An operation is settled once.
CREATE UNIQUE INDEX settlement_rows_settle_once ON settlement_rows (operation) WHERE kind = 'matched';
CREATE INDEX settlement_rows_by_operation ON settlement_rows (operation) WHERE operation IS NOT NULL;
CREATE INDEX settlement_rows_by_day ON settlement_rows (day, currency);
-- What is tried again when an operation becomes known.
CREATE INDEX settlement_rows_open_by_provider_id ON settlement_rows (provider_id)
    WHERE kind IN ('unmatched', 'mismatched');
CREATE INDEX settlement_rows_open_by_operation_id ON settlement_rows (operation_id)
    WHERE kind IN ('unmatched', 'mismatched');
CREATE INDEX settlement_rows_open_by_rrn ON settlement_rows (rrn) WHERE kind IN ('unmatched', 'mismatched');
CREATE INDEX settlement_rows_open_by_order ON settlement_rows (order_hint)
    WHERE kind IN ('unmatched', 'mismatched');

-- Which file holds which row.
CREATE TABLE settlement_sightings (
    import_id  INTEGER NOT NULL CONSTRAINT settlement_sightings_import_exists REFERENCES settlement_imports (id),
    number     INTEGER NOT NULL,
    line       INTEGER NOT NULL,
    row_id     INTEGER NOT NULL CONSTRAINT settlement_sightings_row_exists REFERENCES settlement_rows (id),
    CONSTRAINT settlement_sightings_key PRIMARY KEY (import_id, number),
    CONSTRAINT settlement_sightings_once UNIQUE (row_id, import_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX operations_by_operation_id ON operations (operation_id) WHERE operation_id IS NOT NULL;
CREATE INDEX operations_by_rrn ON operations (rrn) WHERE rrn IS NOT NULL;
CREATE INDEX operations_by_time ON operations (created_at, id);
