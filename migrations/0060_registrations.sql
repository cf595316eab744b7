-- People who asked for a sign-in of their own and have not shown yet that they read the mail of the email they gave. What follows is
-- done in the background, so that neither the answer nor its time tells whether the email is known.
CREATE TABLE auth_registration (
    id @id@,
    state @text@ NOT NULL DEFAULT 'asked' CHECK (state IN ('asked', 'mailed', 'known')),
    -- SHA-256 of the token in the mailed link, in hexadecimal.
    token_hash @text@ NOT NULL DEFAULT '',
    email @text@ NOT NULL,
    username @text@ NOT NULL DEFAULT '',
    first_name @text@ NOT NULL,
    last_name @text@ NOT NULL,
    -- An encoded hash; removed when the email turns out to be known.
    password @text@ NOT NULL,
    -- What claims a service account; empty for none.
    account_number @text@ NOT NULL DEFAULT '',
    postal_code @text@ NOT NULL DEFAULT '',
    language @text@ NOT NULL DEFAULT '',
    wrong_passwords @bigint@ NOT NULL DEFAULT 0,
    asked_at @bigint@ NOT NULL
) @strict@;
CREATE UNIQUE INDEX auth_registration_by_token ON auth_registration (token_hash) WHERE token_hash <> '';
CREATE INDEX auth_registration_by_email ON auth_registration (lower(email), asked_at);
CREATE INDEX auth_registration_by_age ON auth_registration (asked_at);
CREATE INDEX auth_registration_asked ON auth_registration (id) WHERE state = 'asked';
