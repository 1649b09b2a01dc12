-- The list narrowed to a currency: sums of different ones are not to be compared.
CREATE INDEX orders_by_currency ON orders (currency, created_at, id);
