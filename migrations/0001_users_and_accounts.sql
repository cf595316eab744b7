-- auth_user keeps the columns of Django's table; the rest is ours.
CREATE TABLE auth_user (
    id @id@,
    password @text@ NOT NULL,
    last_login @bigint@,
    is_superuser @bigint@ NOT NULL DEFAULT 0,
    username @text@ NOT NULL UNIQUE,
    first_name @text@ NOT NULL DEFAULT '',
    last_name @text@ NOT NULL DEFAULT '',
    email @text@ NOT NULL DEFAULT '',
    is_staff @bigint@ NOT NULL DEFAULT 0,
    is_active @bigint@ NOT NULL DEFAULT 1,
    date_joined @bigint@ NOT NULL,
    role @text@ NOT NULL DEFAULT 'customer'
        CHECK (role IN ('customer', 'representative', 'supervisor', 'administrator')),
    phone @text@ NOT NULL DEFAULT '',
    must_change_password @bigint@ NOT NULL DEFAULT 0,
    failed_sign_ins @bigint@ NOT NULL DEFAULT 0,
    -- Folded username, names and e-mail, for the staff's search.
    search_text @text@ NOT NULL DEFAULT '',
    version @bigint@ NOT NULL DEFAULT 1
) @strict@;
CREATE INDEX auth_user_by_role ON auth_user (role, id);

-- The token itself is only in the visitor's cookie; here is its SHA-256 in hexadecimal.
CREATE TABLE auth_session (
    token_hash @text@ PRIMARY KEY,
    user_id @bigint@ NOT NULL REFERENCES auth_user (id) ON DELETE CASCADE,
    created_at @bigint@ NOT NULL,
    last_seen_at @bigint@ NOT NULL,
    user_agent @text@ NOT NULL DEFAULT ''
) @strict@;
CREATE INDEX auth_session_by_user ON auth_session (user_id);
CREATE INDEX auth_session_by_last_seen ON auth_session (last_seen_at);

CREATE TABLE service_account (
    id @id@,
    account_number @text@ NOT NULL UNIQUE,
    address @text@ NOT NULL,
    phone_number @text@ NOT NULL DEFAULT '',
    -- The holder. Everybody linked, the holder included, is in service_account_user.
    user_id @bigint@ REFERENCES auth_user (id) ON DELETE SET NULL,
    is_active @bigint@ NOT NULL DEFAULT 1,
    created_at @bigint@ NOT NULL,
    search_text @text@ NOT NULL DEFAULT '',
    version @bigint@ NOT NULL DEFAULT 1
) @strict@;
CREATE INDEX service_account_by_holder ON service_account (user_id);

CREATE TABLE service_account_user (
    account_id @bigint@ NOT NULL REFERENCES service_account (id) ON DELETE CASCADE,
    user_id @bigint@ NOT NULL REFERENCES auth_user (id) ON DELETE CASCADE,
    PRIMARY KEY (account_id, user_id)
) @strict@;
CREATE INDEX service_account_user_by_user ON service_account_user (user_id);
