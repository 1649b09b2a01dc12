-- The list of orders: sorted, filtered and searched by indexes.

-- The order's anomalies, as words separated by commas; null: none.
ALTER TABLE orders ADD COLUMN anomalies TEXT;
-- The transaction that changed it last: who has seen all up to one asks for what came after.
ALTER TABLE orders ADD COLUMN change BIGINT NOT NULL DEFAULT 0;

UPDATE orders SET anomalies = (SELECT string_agg(DISTINCT kind, ',') FROM anomalies
    JOIN attempts ON attempts.id = anomalies.attempt_id WHERE attempts.order_id = orders.id);

DROP INDEX orders_by_state;
CREATE INDEX orders_by_created ON orders (created_at, id);
CREATE INDEX orders_by_state ON orders (state, created_at, id);
CREATE INDEX orders_by_amount ON orders (amount_minor, id);
CREATE INDEX orders_by_number ON orders (order_ref COLLATE "C");
CREATE INDEX orders_with_anomaly ON orders (created_at, id) WHERE anomalies IS NOT NULL;
CREATE INDEX orders_by_change ON orders (change, id);

-- What an order is found by: its words in small letters, each once.
CREATE TABLE order_words (
    order_id  BIGINT  NOT NULL CONSTRAINT order_words_key PRIMARY KEY
              CONSTRAINT order_words_order_exists REFERENCES orders (id),
    words     TEXT    NOT NULL
);

-- Orders from before: their words are made anew when they change.
INSERT INTO order_words (order_id, words)
SELECT id, trim(regexp_replace(lower(order_ref || ' ' || coalesce(description, '') || ' ' || coalesce(customer_id, '')),
    '[^[:alnum:]]+', ' ', 'g')) FROM orders;

CREATE INDEX order_words_found ON order_words USING gin (array_to_tsvector(string_to_array(words, ' ')));

-- The numbers of a day.
CREATE INDEX operations_done_by_time ON operations (created_at) WHERE effect <> 'other' AND standing = 'success';
CREATE INDEX attempts_by_time ON attempts (created_at, state, reason);
CREATE INDEX attempts_open ON attempts (created_at) WHERE state IN ('CREATED', 'REDIRECTED');
CREATE INDEX refunds_recorded ON refunds (created_at) WHERE merchant_request_id IS NULL;
