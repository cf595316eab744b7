-- User names are compared without regard to case: username_key is the folded spelling, which SQL cannot make. It is
-- empty until `migrate` or the first start has made it. Of names from before that differ in nothing but case all stay:
-- username_twin is 0 for the first one, and the own id for each later one.
ALTER TABLE auth_user ADD COLUMN username_key @text@ NOT NULL DEFAULT '';
ALTER TABLE auth_user ADD COLUMN username_twin @bigint@ NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX auth_user_by_username_key ON auth_user (username_key, username_twin) WHERE username_key <> '';
-- Browser and system of the last sign-in, by their names; empty for ones that we don't know.
ALTER TABLE auth_user ADD COLUMN last_browser @text@ NOT NULL DEFAULT '';
ALTER TABLE auth_user ADD COLUMN last_system @text@ NOT NULL DEFAULT '';
-- Temporary passwords that are shown again to whoever set them. Not the password: it is made of the salt and of the
-- session's cookie, which the database does not have either.
CREATE TABLE service_shown_password (
    user_id @bigint@ PRIMARY KEY REFERENCES auth_user (id) ON DELETE CASCADE,
    shown_to @bigint@ NOT NULL REFERENCES auth_user (id) ON DELETE CASCADE,
    salt @text@ NOT NULL,
    created_at @bigint@ NOT NULL
) @strict@;
-- The service requests on the page of an account: the open ones, then the newest, as servicerequest_by_user has them.
DROP INDEX servicerequest_by_account;
CREATE INDEX servicerequest_by_account ON service_servicerequest (account_id, id, status) WHERE account_id IS NOT NULL;
