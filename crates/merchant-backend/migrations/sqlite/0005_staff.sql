-- The merchant's staff: accounts, sessions, tokens for embedding, and who did what. Times are milliseconds UTC.

CREATE TABLE staff (
    id                        INTEGER PRIMARY KEY,
    login                     TEXT    NOT NULL CONSTRAINT staff_login_unique UNIQUE,
    password_hash             TEXT    NOT NULL,
    role                      TEXT    NOT NULL
                              CONSTRAINT staff_role_known CHECK (role IN ('viewer', 'operator', 'refunder', 'admin')),
    active                    INTEGER NOT NULL CONSTRAINT staff_active_boolean CHECK (active IN (0, 1)),
    -- In kopecks of what buyers were charged; null: no limit.
    refund_limit_minor        INTEGER CONSTRAINT staff_refund_limit_not_negative CHECK (refund_limit_minor >= 0),
    daily_refund_limit_minor  INTEGER CONSTRAINT staff_daily_limit_not_negative CHECK (daily_refund_limit_minor >= 0),
    locale                    TEXT,
    -- The second factor: asked for once it is on. Its last step is kept, for a code counts once.
    totp_secret               BLOB,
    totp_on                   INTEGER NOT NULL DEFAULT 0,
    totp_last_step            INTEGER NOT NULL DEFAULT 0,
    created_at                INTEGER NOT NULL,
    last_sign_in_at           INTEGER
) STRICT;

CREATE TABLE staff_sessions (
    hash        BLOB    NOT NULL CONSTRAINT staff_sessions_key PRIMARY KEY,
    staff_id    INTEGER NOT NULL CONSTRAINT staff_sessions_staff_exists REFERENCES staff (id),
    created_at  INTEGER NOT NULL,
    seen_at     INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX staff_sessions_by_staff ON staff_sessions (staff_id);
CREATE INDEX staff_sessions_by_expiry ON staff_sessions (expires_at);

CREATE TABLE console_tokens (
    hash        BLOB    NOT NULL CONSTRAINT console_tokens_key PRIMARY KEY,
    -- The one order it opens; null: it reads all of them.
    order_ref   TEXT,
    role        TEXT    NOT NULL
                CONSTRAINT console_tokens_role_known CHECK (role IN ('viewer', 'operator', 'refunder')),
    actor       TEXT    NOT NULL,
    expires_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX console_tokens_by_expiry ON console_tokens (expires_at);

-- What was done beside the orders' own history, which is in `events`.
CREATE TABLE audit (
    id         INTEGER PRIMARY KEY,
    at         INTEGER NOT NULL,
    actor      TEXT    NOT NULL,
    action     TEXT    NOT NULL,
    order_ref  TEXT,
    detail     TEXT
) STRICT;

CREATE INDEX audit_by_order ON audit (order_ref, id) WHERE order_ref IS NOT NULL;
CREATE INDEX audit_by_actor ON audit (actor, id);
CREATE INDEX events_by_who ON events (who, id);

-- A person's refunds of a day.
CREATE INDEX refunds_by_person ON refunds (asked_by, created_at);
