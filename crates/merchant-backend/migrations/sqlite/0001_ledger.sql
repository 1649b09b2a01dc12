-- The ledger: orders, attempts to pay them, and what the bank said. Times are milliseconds UTC.

CREATE TABLE orders (
    id              INTEGER PRIMARY KEY,
    order_ref       TEXT    NOT NULL CONSTRAINT orders_ref_unique UNIQUE,
    amount_minor    INTEGER NOT NULL CONSTRAINT orders_amount_positive CHECK (amount_minor > 0),
    currency        TEXT    NOT NULL CONSTRAINT orders_currency_known CHECK (currency IN ('UAH', 'USD', 'EUR')),
    description     TEXT,
    shipping_minor  INTEGER NOT NULL CONSTRAINT orders_shipping_not_negative CHECK (shipping_minor >= 0),
    customer_id     TEXT,
    return_url      TEXT,
    locale          TEXT,
    products        TEXT    NOT NULL,
    state           TEXT    NOT NULL,
    reason          TEXT,
    revision        INTEGER NOT NULL,
    latest_attempt  INTEGER CONSTRAINT orders_latest_attempt_exists REFERENCES attempts (id),
    created_at      INTEGER NOT NULL,
    updated_at      INTEGER NOT NULL
) STRICT;

CREATE INDEX orders_by_state ON orders (state, id);

CREATE TABLE order_lines (
    order_id    INTEGER NOT NULL CONSTRAINT order_lines_order_exists REFERENCES orders (id),
    position    INTEGER NOT NULL,
    line_id     TEXT    NOT NULL,
    name        TEXT    NOT NULL,
    quantity    INTEGER NOT NULL CONSTRAINT order_lines_quantity_positive CHECK (quantity > 0),
    unit_minor  INTEGER NOT NULL CONSTRAINT order_lines_price_not_negative CHECK (unit_minor >= 0),
    CONSTRAINT order_lines_key PRIMARY KEY (order_id, position),
    CONSTRAINT order_lines_id_unique UNIQUE (order_id, line_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE order_tokens (
    hash        BLOB    NOT NULL CONSTRAINT order_tokens_key PRIMARY KEY,
    order_id    INTEGER NOT NULL CONSTRAINT order_tokens_order_exists REFERENCES orders (id),
    expires_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX order_tokens_by_expiry ON order_tokens (expires_at);

CREATE TABLE attempts (
    id                   INTEGER PRIMARY KEY,
    session              TEXT    NOT NULL CONSTRAINT attempts_session_unique UNIQUE,
    order_id             INTEGER NOT NULL CONSTRAINT attempts_order_exists REFERENCES orders (id),
    product              TEXT    NOT NULL,
    locale               TEXT,
    merchant_id          TEXT    NOT NULL,
    merchant_request_id  TEXT    NOT NULL CONSTRAINT attempts_request_unique UNIQUE,
    notification_secret  TEXT    NOT NULL CONSTRAINT attempts_secret_unique UNIQUE,
    amount_minor         INTEGER NOT NULL CONSTRAINT attempts_amount_positive CHECK (amount_minor > 0),
    currency             TEXT    NOT NULL,
    state                TEXT    NOT NULL,
    reason               TEXT,
    -- The bank's order, known only from an answer to a question of ours.
    bank_order           TEXT    CONSTRAINT attempts_bank_order_unique UNIQUE,
    bank_reference       TEXT,
    page                 TEXT,
    status_page          TEXT,
    -- The bank's order as a notification claims it: good for a question, for nothing else.
    claimed_bank_order   TEXT,
    created_at           INTEGER NOT NULL,
    opened_at            INTEGER,
    expires_at           INTEGER NOT NULL,
    notified_at          INTEGER,
    asked_at             INTEGER,
    ask_failures         INTEGER NOT NULL,
    next_ask_at          INTEGER
) STRICT;

CREATE INDEX attempts_by_order ON attempts (order_id, id);
CREATE INDEX attempts_due ON attempts (next_ask_at) WHERE next_ask_at IS NOT NULL;

CREATE TABLE idempotency_keys (
    order_id    INTEGER NOT NULL CONSTRAINT idempotency_keys_order_exists REFERENCES orders (id),
    key         TEXT    NOT NULL,
    body_hash   BLOB    NOT NULL,
    attempt_id  INTEGER NOT NULL CONSTRAINT idempotency_keys_attempt_exists REFERENCES attempts (id),
    expires_at  INTEGER NOT NULL,
    CONSTRAINT idempotency_keys_key PRIMARY KEY (order_id, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX idempotency_keys_by_expiry ON idempotency_keys (expires_at);

CREATE TABLE anomalies (
    attempt_id  INTEGER NOT NULL CONSTRAINT anomalies_attempt_exists REFERENCES attempts (id),
    kind        TEXT    NOT NULL
                CONSTRAINT anomalies_kind_known CHECK (kind IN ('underpaid', 'overpaid', 'repeated', 'unreachable')),
    since       INTEGER NOT NULL,
    CONSTRAINT anomalies_key PRIMARY KEY (attempt_id, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE operations (
    id            TEXT    NOT NULL CONSTRAINT operations_key PRIMARY KEY,
    attempt_id    INTEGER NOT NULL CONSTRAINT operations_attempt_exists REFERENCES attempts (id),
    -- The bank's words, and what they mean for the buyer's money.
    kind          TEXT    NOT NULL,
    status        TEXT    NOT NULL,
    effect        TEXT    NOT NULL CONSTRAINT operations_effect_known CHECK (effect IN ('capture', 'refund', 'other')),
    standing      TEXT    NOT NULL
                  CONSTRAINT operations_standing_known CHECK (standing IN ('success', 'failed', 'undecided')),
    amount_minor  INTEGER NOT NULL,
    currency      TEXT    NOT NULL,
    operation_id  TEXT,
    rrn           TEXT,
    instrument    TEXT,
    reason        TEXT,
    receipt       TEXT,
    created_at    INTEGER,
    modified_at   INTEGER
) STRICT;

CREATE INDEX operations_by_attempt ON operations (attempt_id);

CREATE TABLE events (
    id          INTEGER PRIMARY KEY,
    order_id    INTEGER NOT NULL CONSTRAINT events_order_exists REFERENCES orders (id),
    attempt_id  INTEGER CONSTRAINT events_attempt_exists REFERENCES attempts (id),
    at          INTEGER NOT NULL,
    who         TEXT    NOT NULL,
    what        TEXT    NOT NULL,
    detail      TEXT,
    raw         TEXT
) STRICT;

CREATE INDEX events_by_order ON events (order_id, id);
