-- The app that makes codes for a user's sign-in (RFC 6238). Nobody needs one who has no row here.
CREATE TABLE sign_in_factor (
    user_id @bigint@ PRIMARY KEY REFERENCES auth_user (id) ON DELETE CASCADE,
    -- What site and app share, in base32. A code cannot be checked without it, so it is no hash.
    secret @text@ NOT NULL,
    created_at @bigint@ NOT NULL,
    -- The step of 30 seconds whose code counted last: no code counts twice.
    last_step @bigint@ NOT NULL,
    -- Typed after the right password since the last right code.
    wrong_codes @bigint@ NOT NULL DEFAULT 0,
    -- Of the recovery codes: the codes are made of it and of a cookie, and their hashes of it and of the codes.
    recovery_salt @text@ NOT NULL,
    recovery_at @bigint@ NOT NULL,
    -- The session (token_hash) that is still shown the recovery codes; empty for none.
    recovery_session @text@ NOT NULL DEFAULT ''
) @strict@;
-- Each counts once: then its row goes.
CREATE TABLE sign_in_recovery_code (
    user_id @bigint@ NOT NULL REFERENCES auth_user (id) ON DELETE CASCADE,
    hash @text@ NOT NULL,
    PRIMARY KEY (user_id, hash)
) @strict@;
-- The password was right and the code is still to come. The token is only in the browser's cookie; here is its SHA-256.
CREATE TABLE sign_in_pending (
    token_hash @text@ PRIMARY KEY,
    user_id @bigint@ NOT NULL REFERENCES auth_user (id) ON DELETE CASCADE,
    -- The hash that the password was checked against, and the one that replaces it; empty for none.
    password @text@ NOT NULL,
    fresh_hash @text@ NOT NULL DEFAULT '',
    is_public @bigint@ NOT NULL DEFAULT 0,
    created_at @bigint@ NOT NULL
) @strict@;
CREATE INDEX sign_in_pending_by_user ON sign_in_pending (user_id);
CREATE INDEX sign_in_pending_by_time ON sign_in_pending (created_at);
