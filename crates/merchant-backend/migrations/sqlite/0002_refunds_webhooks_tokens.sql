-- Refunds, webhooks to the shop, and the bank token that all processes share. Times are milliseconds UTC.

-- What refunds need of the bank's operations. A stored operation is asked about again before its money goes back.
ALTER TABLE operations ADD COLUMN charged_minor INTEGER NOT NULL DEFAULT 0;
ALTER TABLE operations ADD COLUMN merchant_request_id TEXT;
ALTER TABLE operations ADD COLUMN gives_back TEXT;
ALTER TABLE operations ADD COLUMN refundable INTEGER NOT NULL DEFAULT 1;

CREATE TABLE refunds (
    id                   INTEGER PRIMARY KEY,
    handle               TEXT    NOT NULL CONSTRAINT refunds_handle_unique UNIQUE,
    order_id             INTEGER NOT NULL CONSTRAINT refunds_order_exists REFERENCES orders (id),
    attempt_id           INTEGER NOT NULL CONSTRAINT refunds_attempt_exists REFERENCES attempts (id),
    -- The operation whose money goes back.
    payment              TEXT    NOT NULL CONSTRAINT refunds_payment_exists REFERENCES operations (id),
    -- Kept for good: the same key never refunds twice.
    key                  TEXT    NOT NULL,
    body_hash            BLOB    NOT NULL,
    state                TEXT    NOT NULL
                         CONSTRAINT refunds_state_known CHECK (state IN ('UNKNOWN', 'PENDING', 'SUCCESS', 'FAILED')),
    amount_minor         INTEGER NOT NULL CONSTRAINT refunds_amount_positive CHECK (amount_minor > 0),
    currency             TEXT    NOT NULL,
    charged_minor        INTEGER NOT NULL CONSTRAINT refunds_charge_positive CHECK (charged_minor > 0),
    shipping_minor       INTEGER NOT NULL CONSTRAINT refunds_shipping_not_negative CHECK (shipping_minor >= 0),
    reason               TEXT,
    code                 TEXT,
    -- Our id of the request to the bank; null for a refund that is only recorded.
    merchant_request_id  TEXT    CONSTRAINT refunds_request_unique UNIQUE,
    created_at           INTEGER NOT NULL,
    updated_at           INTEGER NOT NULL,
    asked                INTEGER NOT NULL DEFAULT 0,
    next_ask_at          INTEGER,
    CONSTRAINT refunds_key_unique UNIQUE (order_id, key)
) STRICT;

CREATE INDEX refunds_by_attempt ON refunds (attempt_id);
CREATE INDEX refunds_due ON refunds (next_ask_at) WHERE next_ask_at IS NOT NULL;

CREATE TABLE refund_lines (
    refund_id     INTEGER NOT NULL CONSTRAINT refund_lines_refund_exists REFERENCES refunds (id),
    position      INTEGER NOT NULL,
    line_id       TEXT    NOT NULL,
    quantity      INTEGER NOT NULL CONSTRAINT refund_lines_quantity_not_negative CHECK (quantity >= 0),
    amount_minor  INTEGER NOT NULL CONSTRAINT refund_lines_amount_not_negative CHECK (amount_minor >= 0),
    CONSTRAINT refund_lines_key PRIMARY KEY (refund_id, position)
) STRICT, WITHOUT ROWID;

-- The outbox: written with the change it tells of. The body is made when it is sent.
CREATE TABLE webhooks (
    id            TEXT    NOT NULL CONSTRAINT webhooks_key PRIMARY KEY,
    order_id      INTEGER NOT NULL CONSTRAINT webhooks_order_exists REFERENCES orders (id),
    revision      INTEGER NOT NULL,
    created_at    INTEGER NOT NULL,
    tries         INTEGER NOT NULL,
    -- Null: delivered, or given up.
    next_try_at   INTEGER,
    -- It is given up some days after this; a replay moves it.
    since         INTEGER NOT NULL,
    delivered_at  INTEGER,
    problem       TEXT
) STRICT;

CREATE INDEX webhooks_due ON webhooks (next_try_at) WHERE next_try_at IS NOT NULL;
CREATE INDEX webhooks_by_order ON webhooks (order_id);

-- One row: whether changes are written to the outbox, that is whether a shop listens.
CREATE TABLE webhook_switch (
    id        INTEGER NOT NULL CONSTRAINT webhook_switch_key PRIMARY KEY CONSTRAINT webhook_switch_single CHECK (id = 1),
    listened  INTEGER NOT NULL
) STRICT;

INSERT INTO webhook_switch (id, listened) VALUES (1, 0);

-- A secret: whoever can read this file can act at the bank for as long as the token lives.
CREATE TABLE bank_tokens (
    service_code  TEXT    NOT NULL CONSTRAINT bank_tokens_key PRIMARY KEY,
    token         TEXT,
    -- Who renews it now; a lease ends by itself should its holder die.
    holder        TEXT,
    held_until    INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
