-- The list of orders: sorted, filtered and searched by indexes that hold all that a filter looks at.

-- The order's anomalies, as words separated by commas; null: none.
ALTER TABLE orders ADD COLUMN anomalies TEXT;
-- Grows with every change of any order: who has seen up to here asks for what came after.
ALTER TABLE orders ADD COLUMN change INTEGER NOT NULL DEFAULT 0;

UPDATE orders SET change = id, anomalies = (SELECT group_concat(DISTINCT kind) FROM anomalies
    JOIN attempts ON attempts.id = anomalies.attempt_id WHERE attempts.order_id = orders.id);

DROP INDEX orders_by_state;
CREATE INDEX orders_by_created ON orders (created_at, id, state, amount_minor, order_ref);
CREATE INDEX orders_by_state ON orders (state, created_at, id, amount_minor, order_ref);
CREATE INDEX orders_by_amount ON orders (amount_minor, id, created_at, state, order_ref);
CREATE INDEX orders_by_number ON orders (order_ref, created_at, id, state, amount_minor);
CREATE INDEX orders_with_anomaly ON orders (created_at, id) WHERE anomalies IS NOT NULL;
CREATE INDEX orders_by_change ON orders (change, id);

-- What an order is found by: its words in small letters, each once.
CREATE TABLE order_words (
    order_id  INTEGER PRIMARY KEY CONSTRAINT order_words_order_exists REFERENCES orders (id),
    words     TEXT    NOT NULL
) STRICT;

CREATE VIRTUAL TABLE order_search USING fts5 (
    words, content = '', contentless_delete = 1, detail = none, prefix = '2 3', tokenize = 'unicode61 remove_diacritics 0'
);

-- Orders from before: their words are made anew when they change.
INSERT INTO order_words (order_id, words)
SELECT id, lower(order_ref || ' ' || coalesce(description, '') || ' ' || coalesce(customer_id, '')) FROM orders;
INSERT INTO order_search (rowid, words) SELECT order_id, words FROM order_words;

-- The numbers of a day.
CREATE INDEX operations_done_by_time ON operations (created_at) WHERE effect <> 'other' AND standing = 'success';
CREATE INDEX attempts_by_time ON attempts (created_at, state, reason);
CREATE INDEX attempts_open ON attempts (created_at) WHERE state IN ('CREATED', 'REDIRECTED');
CREATE INDEX refunds_recorded ON refunds (created_at) WHERE merchant_request_id IS NULL;
