-- From where a session was begun: an IPv4 address, or the /64 network of an IPv6 address; empty for one from before.
ALTER TABLE auth_session ADD COLUMN address @text@ NOT NULL DEFAULT '';
-- A new email that a user typed and has not shown to read yet. What follows is done in the background, so that neither the answer nor
-- its time tells whether the email is somebody else's. A row that is over only counts for the limits.
CREATE TABLE auth_email_change (
    id @id@,
    user_id @bigint@ NOT NULL REFERENCES auth_user (id) ON DELETE CASCADE,
    state @text@ NOT NULL DEFAULT 'asked' CHECK (state IN ('asked', 'mailed', 'known', 'over')),
    -- SHA-256 of the token in the mailed link, in hexadecimal.
    token_hash @text@ NOT NULL DEFAULT '',
    email @text@ NOT NULL,
    language @text@ NOT NULL DEFAULT '',
    asked_at @bigint@ NOT NULL
) @strict@;
CREATE UNIQUE INDEX email_change_by_token ON auth_email_change (token_hash) WHERE token_hash <> '';
CREATE INDEX email_change_by_user ON auth_email_change (user_id, asked_at);
CREATE INDEX email_change_by_email ON auth_email_change (lower(email), asked_at);
CREATE INDEX email_change_by_age ON auth_email_change (asked_at);
CREATE INDEX email_change_asked ON auth_email_change (id) WHERE state = 'asked';
