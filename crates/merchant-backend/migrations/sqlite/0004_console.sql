-- What the merchant's staff see and do. Times are milliseconds UTC.

-- What the list of orders shows, kept with the order so that a page of it is one index scan.
ALTER TABLE orders ADD COLUMN paid_by INTEGER;
ALTER TABLE orders ADD COLUMN refunded_minor INTEGER NOT NULL DEFAULT 0;

UPDATE orders SET
    paid_by = (SELECT id FROM attempts WHERE order_id = orders.id
        AND state IN ('CAPTURED', 'PAID', 'PARTIALLY_REFUNDED', 'REFUNDED')
        ORDER BY state = 'REFUNDED', id LIMIT 1),
    refunded_minor = (SELECT coalesce(sum(amount_minor), 0) FROM refunds
        WHERE order_id = orders.id AND state = 'SUCCESS');

ALTER TABLE operations ADD COLUMN payment_service TEXT;
ALTER TABLE refunds ADD COLUMN asked_by TEXT NOT NULL DEFAULT 'shop';
