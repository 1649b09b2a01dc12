-- The country the buyer's bill is in, two letters; null: the shop did not say.
ALTER TABLE orders ADD COLUMN buyer_country TEXT;
