-- The list narrowed to a currency: sums of different ones are not to be compared. Its indexes hold all that a filter looks at.
CREATE INDEX orders_by_currency ON orders (currency, created_at, id, state, amount_minor, order_ref);

DROP INDEX orders_by_created;
DROP INDEX orders_by_state;
DROP INDEX orders_by_amount;
DROP INDEX orders_by_number;
CREATE INDEX orders_by_created ON orders (created_at, id, state, amount_minor, order_ref, currency);
CREATE INDEX orders_by_state ON orders (state, created_at, id, amount_minor, order_ref, currency);
CREATE INDEX orders_by_amount ON orders (amount_minor, id, created_at, state, order_ref, currency);
CREATE INDEX orders_by_number ON orders (order_ref, created_at, id, state, amount_minor, currency);
