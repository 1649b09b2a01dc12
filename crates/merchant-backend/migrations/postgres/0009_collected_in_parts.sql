-- Which part of an operation a matched row settles; 0: the whole of it. Parts count from 1.
ALTER TABLE settlement_rows ADD COLUMN part BIGINT NOT NULL DEFAULT 0;

-- An operation is settled once: as a whole, or each part of it.
DROP INDEX settlement_rows_settle_once;
CREATE UNIQUE INDEX settlement_rows_settle_once ON settlement_rows (operation, part) WHERE kind = 'matched';
