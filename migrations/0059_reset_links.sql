-- Somebody asked for a link to choose a new password. What follows is done in the background, so that neither the answer nor its
-- time tells whether there is such a user.
CREATE TABLE sign_in_reset_wish (
    id @id@,
    -- A user name or an email, as it was typed.
    asked_for @text@ NOT NULL,
    language @text@ NOT NULL DEFAULT '',
    asked_at @bigint@ NOT NULL
) @strict@;
-- The token itself is only in the mailed link; here is its SHA-256 in hexadecimal.
CREATE TABLE sign_in_reset_link (
    token_hash @text@ PRIMARY KEY,
    user_id @bigint@ NOT NULL REFERENCES auth_user (id) ON DELETE CASCADE,
    -- Where it was sent: whoever uses it reads mail there.
    email @text@ NOT NULL,
    ends_at @bigint@ NOT NULL
) @strict@;
CREATE INDEX sign_in_reset_link_by_user ON sign_in_reset_link (user_id);
CREATE INDEX sign_in_reset_link_by_end ON sign_in_reset_link (ends_at);
-- The email that the user showed to read; another one in the column email has not been shown yet.
ALTER TABLE auth_user ADD COLUMN confirmed_email @text@ NOT NULL DEFAULT '';
CREATE INDEX auth_user_by_email ON auth_user (lower(email)) WHERE email <> '';
