-- What the merchant's staff see and do. Times are milliseconds UTC.

-- What the list of orders shows, kept with the order so that a page of it is one index scan.
ALTER TABLE orders ADD COLUMN paid_by BIGINT;
ALTER TABLE orders ADD COLUMN refunded_minor BIGINT NOT NULL DEFAULT 0;

ALTER TABLE operations ADD COLUMN payment_service TEXT;
ALTER TABLE refunds ADD COLUMN asked_by TEXT NOT NULL DEFAULT 'shop';
